"""The file: complete at any time, never lost, whatever happens to it or around it."""

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.engine import assembled, engine, storage
from helpers.engine.file_text import module_text, parts_in, untouched
from helpers.engine.part import PARTS

ROOT = Path(__file__).resolve().parents[2]
PASS_BACK = PARTS["pass_back"].own.replace("Give each", "Hand each")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A file of one's own, not there yet."""
    monkeypatch.setenv("FTG_MINE", str(tmp_path / "my_gradient.py"))
    monkeypatch.setattr(storage, "_memory", {})
    monkeypatch.setattr(assembled, "_said", set())
    return tmp_path / "my_gradient.py"


def imported(path):
    spec = importlib.util.spec_from_file_location("my_gradient_of_a_test", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def asides(file):
    return sorted(path.name for path in file.parent.iterdir() if path != file)


@given(st.sets(st.sampled_from(list(PARTS))))
def test_what_is_written_is_read_again_and_the_file_is_complete(names):
    kept = {name: PARTS[name].own.replace('"""', '"""Mine. ', 1) for name in names}
    text = module_text(kept)
    assert parts_in(text) == kept and untouched(text)
    defined = {node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}
    assert {part.function for part in PARTS.values()} <= defined


def test_a_file_with_one_part_works_as_a_whole(file):
    assert storage.keep("pass_back", PASS_BACK) == (file, None)
    my = imported(file)
    a = my.Value(3.0)
    s = a + a
    (s + s * s).backward()
    assert a.grad == 26.0 and my.pass_back.__doc__.startswith("Hand each")
    assert asides(file) == []


def test_the_last_writer_wins_for_each_part(file):
    storage.keep("pass_back", PARTS["pass_back"].own)
    storage.keep("score", PARTS["score"].own)
    storage.keep("pass_back", PASS_BACK)
    assert storage.kept() == {"pass_back": PASS_BACK, "score": PARTS["score"].own}
    assert asides(file) == []


@pytest.mark.parametrize("garbage", [b"\xff\xfe\x00 garbage", b"def (:\n", b"\x00" * 50, b"x = '" * 9])
def test_a_file_that_cannot_be_read_is_kept_aside(file, garbage):
    file.write_bytes(garbage)
    assert storage.kept() == {} and engine().yours == ()
    _, aside = storage.keep("score", PARTS["score"].own)
    assert aside.name == "my_gradient.broken-1.py" and aside.read_bytes() == garbage
    assert list(storage.kept()) == ["score"]


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 0.9, 0.99])
def test_of_a_truncated_file_the_whole_parts_remain(file, share):
    for name, part in PARTS.items():
        storage.keep(name, part.own)
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole[: int(share * len(whole))], encoding="utf-8")
    kept = storage.kept()
    assert set(engine().yours) <= set(kept) <= set(PARTS)
    storage.keep("train", PARTS["train"].own)
    assert imported(file).train and set(storage.kept()) >= set(kept)


def test_a_foreign_file_is_kept_aside_and_not_run(file):
    file.write_text("print('run')\nraise SystemExit\n", encoding="utf-8")
    assert engine().yours == ()
    _, aside = storage.keep("score", PARTS["score"].own)
    assert aside.name == "my_gradient.changed-1.py" and "SystemExit" in aside.read_text(encoding="utf-8")


def test_only_single_undecorated_functions_are_run(file, tmp_path):
    storage.keep("score", PARTS["score"].own)
    text = file.read_text(encoding="utf-8")
    trace = tmp_path / "trace"
    for evil in (f"open({str(trace)!r}, 'w')\n", f"@print\n@(lambda f: open({str(trace)!r}, 'w'))\n"):
        file.write_text(text.replace("def score", evil + "def score"), encoding="utf-8")
        assert "score" not in engine().yours and not trace.exists()


def test_a_part_spoilt_by_hand_is_named_once_and_stays(file, capsys):
    storage.keep("pass_back", PASS_BACK)
    storage.keep("score", PARTS["score"].own)
    file.write_text(file.read_text(encoding="utf-8").replace("+= local", "= local"), encoding="utf-8")
    E = engine()
    assert E.yours == ("score",) and "pass_back" in E.lent
    a = E.Value(3.0)
    (a + a).backward()
    assert "the second share has replaced the first" in capsys.readouterr().out
    engine()
    assert capsys.readouterr().out == ""
    assert "= local" in storage.kept()["pass_back"]


def test_no_version_changed_by_hand_is_overwritten_without_a_copy(file):
    storage.keep("pass_back", PASS_BACK)
    changed = file.read_text(encoding="utf-8").replace("Hand each", "Changed by hand: each")
    file.write_text(changed, encoding="utf-8")
    assert "Changed by hand" in storage.kept()["pass_back"]
    _, aside = storage.keep("pass_back", PASS_BACK)
    assert aside.read_text(encoding="utf-8") == changed
    assert storage.keep("pass_back", PASS_BACK)[1] is None


def test_a_lent_part_that_was_rewritten_in_the_file_is_the_readers(file):
    storage.keep("score", PARTS["score"].own)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("parent.grad += local * node.grad", "parent.grad += node.grad * local"), encoding="utf-8"
    )
    assert engine().yours == ("pass_back", "score")


def test_ends_of_lines_are_no_change(file):
    storage.keep("score", PARTS["score"].own)
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert list(storage.kept()) == ["score"]
    assert storage.keep("pass_back", PASS_BACK)[1] is None


def test_a_part_that_is_unknown_here_stays_in_the_file(file, capsys):
    own = "def future(x):\n    return x\n"
    file.write_text(module_text({"score": PARTS["score"].own, "future": own}), encoding="utf-8")
    E = engine()
    assert "future" not in vars(E) and "future" in capsys.readouterr().out
    storage.keep("pass_back", PASS_BACK)
    assert storage.kept()["future"] == own and imported(file).future(3) == 3


def test_without_a_disk_a_part_lasts_as_long_as_the_kernel(monkeypatch):
    monkeypatch.setenv("FTG_MINE", "/proc/nowhere/my_gradient.py")
    monkeypatch.setattr(storage, "_memory", {})
    assert storage.keep("score", PARTS["score"].own) == (None, None)
    assert engine().yours == ("score",)


def test_off_reads_and_writes_nothing(file, monkeypatch):
    storage.keep("score", PARTS["score"].own)
    before = file.read_bytes()
    monkeypatch.setenv("FTG_MINE", "off")
    assert engine().yours == () and storage.candidates() == []
    assert storage.keep("pass_back", PASS_BACK) == (None, None)
    assert file.read_bytes() == before and engine().yours == ("pass_back",)


def test_the_file_stands_beside_the_lessons_wherever_the_kernel_was_started(tmp_path, monkeypatch):
    monkeypatch.delenv("FTG_MINE")
    monkeypatch.chdir(tmp_path)
    assert storage.candidates()[0] == ROOT / "notebooks" / "my_gradient.py"


def test_beside_a_read_only_folder_stands_a_folder_of_the_users_own(tmp_path, monkeypatch):
    monkeypatch.delenv("FTG_MINE")
    monkeypatch.setattr(storage, "LESSONS", tmp_path)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    refuse = storage.write

    def write(path, text):
        if path.parent == tmp_path:
            raise PermissionError("read-only")
        refuse(path, text)

    monkeypatch.setattr(storage, "write", write)
    path, _ = storage.keep("score", PARTS["score"].own)
    assert path == tmp_path / "home" / "follow-the-gradient" / "my_gradient.py"
    assert engine().yours == ("score",)


def test_a_lock_that_was_left_behind_delays_and_no_more(file, monkeypatch):
    monkeypatch.setattr(storage, "PATIENCE", 0.02)
    lock = file.with_name(f".{file.name}.lock")
    lock.touch()
    assert storage.keep("score", PARTS["score"].own)[0] == file
    assert not lock.exists()


def test_four_processes_that_write_at_once_lose_nothing(file):
    code = (
        "import sys\nfrom helpers.engine import storage\nfrom helpers.engine.part import PARTS\n"
        "for k in range(10):\n    storage.keep(sys.argv[1], PARTS[sys.argv[1]].own)"
    )
    names = ("pass_back", "score", "td_error", "reward_to_go")
    run = [subprocess.Popen([sys.executable, "-c", code, name], cwd=ROOT) for name in names]
    assert [process.wait() for process in run] == [0] * 4
    assert set(storage.kept()) == set(names) and imported(file).score and asides(file) == []


def test_a_slow_part_is_kept_and_said(file, monkeypatch, capsys):
    storage.keep("score", PARTS["score"].own.replace("a[:, None] - p", "-(p - a[:, None])"))
    monkeypatch.setattr(assembled, "seconds", lambda work, E: 1.0)  # of the reader's part
    monkeypatch.setattr(assembled, "seconds_for", lambda work, E: 0.01)  # of the series' own
    assert engine().yours == ("score",)
    assert "takes about 100 times as long" in capsys.readouterr().out


# Homework


def test_neither_homework_nor_grading_knows_the_engine():
    for path in [
        *(ROOT / "course").rglob("*.py"),
        *(ROOT / "course/source").rglob("*.ipynb"),
        *(ROOT / "notebooks/homework").rglob("*.ipynb"),
    ]:
        assert "helpers.engine" not in path.read_text(encoding="utf-8"), path


def test_grading_and_its_sandbox_switch_the_engine_off():
    code = "import os, course, course.running.sandbox\nprint(os.environ['FTG_MINE'], course.running.sandbox.environment()['FTG_MINE'])"
    environment = {**os.environ, "FTG_MINE": "/tmp/somebody.py"}
    run = [sys.executable, "-c", code]
    if importlib.util.find_spec("jupyter_client") is None:
        pytest.skip("needs jupyter_client")
    result = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.split() == ["off", "off"]
