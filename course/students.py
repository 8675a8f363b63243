"""The list of students that the teacher gives: ids of the course, and those of the LMS."""

import csv

from course.authoring.sources import ID


def read_students(path):
    """Ids of the students in a CSV file with a column `id`; ValueError for what is no list of them."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    ids = [(row.get("id") or "").strip() for row in rows]
    if not ids or "" in ids:
        raise ValueError(f"{path} must have a column `id`, filled in on each line")
    if not all(map(ID.fullmatch, ids)):
        raise ValueError(f"{path}: {next(name for name in ids if not ID.fullmatch(name))!r} can't be a student's id")
    if len(set(ids)) < len(ids):
        raise ValueError(f"{path} names {next(name for name in ids if ids.count(name) > 1)!r} twice")
    return ids


def lms_ids(path):
    """{id in the LMS: id in the course}, from the column `lms` of the students' file."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        return {line["lms"].strip(): line["id"].strip() for line in csv.DictReader(file) if line.get("lms")}
