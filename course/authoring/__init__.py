"""Authoring: an assignment's source, its keys, the students' version, the gate, the export for Otter."""
