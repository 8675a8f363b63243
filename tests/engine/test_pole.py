"""The file alone: imported in a fresh process, with nothing of the series, it balances the pole."""

import os
import subprocess
import sys

from helpers.engine import storage
from helpers.engine.part import PARTS

ALONE = """
import importlib.util, sys

spec = importlib.util.spec_from_file_location("my_gradient", sys.argv[1])
my = importlib.util.module_from_spec(spec)
spec.loader.exec_module(my)
needed = {name.partition(".")[0] for name in sys.modules}
import gymnasium, numpy as np

poles = gymnasium.make_vec("CartPole-v1", num_envs=32, vectorization_mode="vector_entry_point")
rng = np.random.default_rng(0)
networks = my.init_params((4, 32, 1), rng), my.init_params((4, 32, 1), rng)
*_, returns = my.train(poles, *networks, 2000, 0.05, 0.05, 0.99, 0, np.array([2.4, 2.0, 0.21, 2.0]))
print("helpers" in needed, "gymnasium" in needed, np.mean(returns[:30]), np.mean(returns[-30:]))
"""


def test_the_file_alone_balances_the_pole(tmp_path, monkeypatch):
    monkeypatch.setenv("FTG_MINE", str(tmp_path / "my_gradient.py"))
    for name, part in PARTS.items():
        storage.keep(name, part.own)
    command = [sys.executable, "-I", "-c", ALONE, os.environ["FTG_MINE"]]
    helpers, gym, first, last = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=True
    ).stdout.split()
    assert (helpers, gym) == ("False", "False")
    assert float(first) < 40 and float(last) > 300
    text = (tmp_path / "my_gradient.py").read_text(encoding="utf-8")
    assert text.count("# --- mine: ") == len(PARTS) and "# --- lent: " not in text
