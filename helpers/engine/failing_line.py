"""The line of a reader's part that was running when an error was raised."""

from helpers.engine.assembly import file_name


def where(error, part, text):
    """The line of the reader's text that was running when the error was raised, or ''.

    It is counted as the cell shows it, in which the decorator's line stands above the text.
    """
    number, lines = line_of(error, part, text), text.splitlines()
    if isinstance(error, RecursionError):  # where it stopped by chance
        return ""
    return f" Line {number + 1}: `{lines[number - 1].strip()}`." if number and number <= len(lines) else ""


def line_of(error, part, text):
    """The number of the line of the text, from 1, that was running when the error was raised; None for none."""
    file, trace, number = file_name(part.name, text), error.__traceback__, None
    while trace is not None:
        number = trace.tb_lineno if trace.tb_frame.f_code.co_filename == file else number
        trace = trace.tb_next
    return number
