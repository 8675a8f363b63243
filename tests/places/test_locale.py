"""A machine that writes neither UTF-8 nor to its home: everything a reader sees and keeps is the same there."""

import os
import shutil
import subprocess
import sys

import pytest
from notebook_runs import LESSONS, hidden_errors, read, run
from parts_in_lessons import with_parts

WORDS = """
import locale, sys
from IPython.core.formatters import DisplayFormatter
from helpers.engine import mine
from helpers.guesses.prediction import QUESTIONS, predict
from helpers.installation import check_installation
from helpers.running_actor import actor_graph
from helpers.steppers import show_gradient_flow
given = [key for key, question in QUESTIONS.items() if question.truth is not None]
guesses = [predict(key) for key in given]
for output in [show_gradient_flow(actor_graph()), mine.picture(), mine.solution("sigmoid"), *guesses]:
    print(DisplayFormatter().format(output)[0]["text/plain"])
for guess in guesses:
    print(guess.answer())
print(check_installation())
print(len(guesses), locale.getpreferredencoding(False), sys.flags.utf8_mode, file=sys.stderr)
"""


@pytest.fixture(scope="module", params=["cp1252"] if os.name == "nt" else ["ascii", "cp1252"])
def machine(request, tmp_path_factory):
    """Variables of a machine with this encoding, and a folder that it may write."""
    folder = tmp_path_factory.mktemp("Übung")
    variables = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}
    if request.param == "cp1252" and os.name != "nt":
        make = [shutil.which("localedef") or "false", "-i", "de_DE", "-f", "CP1252", folder / "de_DE.CP1252"]
        if subprocess.run(make).returncode:
            pytest.skip("locale: localedef makes no de_DE in CP1252 here (Debian: apt-get install locales)")
        variables |= {"LC_ALL": "de_DE.CP1252", "LOCPATH": str(folder)}
    (folder / "home").touch()  # a file: nothing can be written below it, whoever asks
    variables |= dict.fromkeys(["HOME", "USERPROFILE"], str(folder / "home"))
    others = ("LANG", "PYTHONIOENCODING", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
    environment = {name: value for name, value in os.environ.items() if name not in others}
    return request.param, environment | variables, folder


def test_a_lesson_runs_and_keeps_the_readers_parts(machine):
    _, environment, folder = machine
    file = folder / "my_gradient.py"
    done = run(with_parts(read(LESSONS[0])), env=environment | {"FTG_MINE": str(file)})
    said = [error.get("text", error) for error in hidden_errors(done)]
    assert [text for text in said if "matplotlib" not in text] == []  # it wants a home
    assert "def sigmoid" in file.read_text("utf-8")


def test_what_is_said_can_be_printed(machine):
    encoding, environment, _ = machine
    said = subprocess.run([sys.executable, "-c", WORDS], env=environment, capture_output=True)
    assert said.returncode == 0, said.stderr.decode("latin-1")
    assert "Everything is ready." in said.stdout.decode(encoding)
    guesses, found, utf8 = said.stderr.decode("latin-1").split()[-3:]
    assert (
        int(guesses) > 0
        and utf8 == "0"
        and found.lower() in {"ascii": ["ansi_x3.4-1968", "ascii"], "cp1252": ["cp1252"]}[encoding]
    )
