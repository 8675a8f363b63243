"""What is packed for the browser: files with the right hash and no others, at the versions of the lock."""

import hashlib
import json
import zipfile
from importlib.metadata import version

import pytest
from packaging.utils import canonicalize_name


def test_a_package_is_taken_from_where_it_has_its_hash(tmp_path):
    from tools.lite.pyodide import NotToBeHad, stock

    places = [tmp_path / name for name in ("nothing", "wrong", "right")]
    for place in places:
        place.mkdir()
    (places[1] / "a.whl").write_bytes(b"changed")
    (places[2] / "a.whl").write_bytes(b"as it was")
    entry = {"file_name": "a.whl", "sha256": hashlib.sha256(b"as it was").hexdigest()}
    addresses = [f"{place.as_uri()}/" for place in places]
    assert stock(entry, *addresses) == b"as it was"
    with pytest.raises(NotToBeHad, match="a.whl"):
        stock(entry, *addresses[:2])


def test_the_lock_names_what_is_there(built):
    from tools.lite.wheels import OURS, PURE

    folder = built / "static/pyodide"
    packages = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))["packages"]
    for entry in packages.values():
        assert hashlib.sha256((folder / entry["file_name"]).read_bytes()).hexdigest() == entry["sha256"]
        assert set(map(canonicalize_name, entry["depends"])) <= set(packages)
    for name in (OURS, *PURE):
        assert packages[name]["version"] == version(name)
    with zipfile.ZipFile(folder / packages[OURS]["file_name"]) as wheel:
        assert {"helpers/drawing/script/card.css", "helpers/engine/series.py"} <= set(wheel.namelist())
