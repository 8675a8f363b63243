"""Zip files as Moodle and Canvas give them."""

import stat
import zipfile

import pytest

from course.intake.collect import collect


def zipped(path, files):
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


MOODLE = {
    "Ada Lovelace_1017_assignsubmission_file_/hw2.ipynb": "ada",
    "Bob B. Müller_1018_assignsubmission_file_/my solution.ipynb": "bob",
    "Cyd_1019_assignsubmission_file_/": "",
    "Dan_1020_assignsubmission_file_hw2.ipynb": "dan",
    "Eve_1021_assignsubmission_file_/report.pdf": "%PDF",
}
CANVAS = {
    "lovelaceada_501_9001_hw2.ipynb": "ada",
    "bobb_LATE_502_9002_hw2-1.ipynb": "bob",
    "eve_503_9003_report.pdf": "%PDF",
}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            MOODLE,
            {
                "1017": (b"ada", "", "Ada Lovelace"),
                "1018": (b"bob", "", "Bob B. Müller"),
                "1020": (b"dan", "", "Dan"),
                "1021": (b"", "no notebook (found: report.pdf)", "Eve"),
            },
        ),
        (
            CANVAS,
            {
                "501": (b"ada", "", "lovelaceada"),
                "502": (b"bob", "", "bobb"),
                "503": (b"", "no notebook (found: report.pdf)", "eve"),
            },
        ),
        ({"ada/hw2.ipynb": "ada", "bob/sub/hw2.ipynb": "bob"}, {"ada": (b"ada", "", ""), "bob": (b"bob", "", "")}),
    ],
    ids=["moodle", "canvas", "folders"],
)
def test_as_downloaded(tmp_path, files, expected):
    found = collect(zipped(tmp_path / "all.zip", files), "hw2")
    assert {s.student: (s.content, s.failure, s.shown) for s in found} == expected


def test_a_name_can_not_be_made_to_look_like_anothers(tmp_path):
    """In a zip file of Canvas, the end of a name is the student's choice."""
    forged = "mallory_666_9009_x_501_assignsubmission_file_hw2.ipynb"
    found = collect(zipped(tmp_path / "all.zip", CANVAS | {forged: "forged"}), "hw2")
    assert {s.student: s.content for s in found} == {"501": b"ada", "502": b"bob", "503": b"", "666": b"forged"}
    [alone] = collect(zipped(tmp_path / "one.zip", {forged: "forged"}), "hw2")
    assert alone.student == "666"


def test_what_is_no_submission_in_a_zip_is_left_out(tmp_path):
    files = {"ada/hw2.ipynb": "ada", "__MACOSX/ada/._hw2.ipynb": "x", "all.csv": "x"}
    assert [s.student for s in collect(zipped(tmp_path / "all.zip", files), "hw2")] == ["ada"]


def test_ids_of_the_course_in_place_of_the_lms(tmp_path):
    found = collect(zipped(tmp_path / "all.zip", CANVAS), "hw2", {"501": "ada", "503": "eve"})
    assert [submission.student for submission in found] == ["502", "ada", "eve"]


def test_links_in_a_zip_are_not_followed(tmp_path):
    link = zipfile.ZipInfo("ada/hw2.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    [submission] = collect(tmp_path / "all.zip", "hw2")
    assert "is a link" in submission.failure
    assert submission.content == b""


def test_a_zip_bomb_is_read_no_further_than_a_notebook_may_be(tmp_path):
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ada/hw2.ipynb", bytes(200 << 20))
    [submission] = collect(tmp_path / "all.zip", "hw2")
    assert len(submission.content) == (20 << 20) + 1


def test_a_damaged_entry_is_one_students_matter(tmp_path):
    path = zipped(tmp_path / "all.zip", {"ada/hw2.ipynb": "a" * 1000, "bob/hw2.ipynb": "bob"})
    content = bytearray(path.read_bytes())
    content[200:210] = b"##########"
    path.write_bytes(content)
    ada, bob = collect(path, "hw2")
    assert "can't be read" in ada.failure
    assert bob.content == b"bob"
