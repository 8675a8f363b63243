"""Intake: what students handed in, whose it is, and put back into the released form."""
