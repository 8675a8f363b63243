# Every target sets itself up: .venv is built from uv.lock on first use, and brought up to date when the lock changes.
# Programs run as `python -m …`: the scripts in .venv/bin break when the path to this folder holds a space.
PYTHON ?= python3
PY := .venv/bin/python
READY := .venv/.ready
unexport VIRTUAL_ENV
export UV_PROJECT_ENVIRONMENT := .venv

.PHONY: help setup lab test lint pins shown picture bench bench-setup bench-backprop bench-cartpole bench-stepper clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## build .venv from uv.lock

lab: $(READY) ## open the first lesson in JupyterLab (ARGS="--no-browser")
	$(PY) -m jupyterlab --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb $(ARGS)

test: $(READY) ## run the tests (ARGS="-k gradient")
	$(PY) -m pytest $(ARGS)

lint: $(READY) ## check style, stripped outputs, generated files and shown code
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m nbstripout --verify --keep-id notebooks/*.ipynb
	$(PY) tools/pins.py --check
	$(PY) tools/shown_code.py --check

pins: $(READY) ## rewrite environment.yml, binder/ and the links to the repository
	$(PY) tools/pins.py

shown: $(READY) ## rewrite the cells that show code from helpers/
	$(PY) tools/shown_code.py

picture: $(READY) ## redraw the README's picture
	$(PY) tools/picture.py

bench: bench-backprop bench-cartpole bench-stepper ## time all that has a target, and rewrite the reports

bench-setup: ## build .venv-bench with the peers: PyTorch, JAX, SB3 and others (ARGS="--index-url ...", for pip)
	$(PYTHON) -m venv --clear .venv-bench
	.venv-bench/bin/python -m pip install --quiet -r benchmarks/requirements.txt $(ARGS)
	.venv-bench/bin/python -m pip install --quiet --no-deps -e .

bench-backprop: $(READY) ## time our backward passes against their peers (those that bench-setup has installed)
	$(firstword $(wildcard .venv-bench/bin/python) $(PY)) benchmarks/backprop.py

bench-cartpole: $(READY) ## train on CartPole until solved, against the peers (about 15 minutes)
	$(firstword $(wildcard .venv-bench/bin/python) $(PY)) benchmarks/cartpole.py

bench-stepper: $(READY) ## time the steppers against interact
	$(PY) benchmarks/stepper_latency.py

clean: ## remove .venv, .venv-bench and caches
	rm -rf .venv .venv-bench .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# `uv --version` rather than `command -v uv`: a pyenv shim is found even when no uv stands behind it.
# --inexact keeps what the reader has added to .venv.
$(READY): pyproject.toml uv.lock
	@if uv --version >/dev/null 2>&1; then uv sync --frozen --inexact; else \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed; name one with: make setup PYTHON=python3.12" >&2; exit 1; }; \
	  $(PY) -m uv --version >/dev/null 2>&1 || \
	    { $(PYTHON) -m venv --clear .venv && $(PY) -m pip install --quiet uv; } && \
	  $(PY) -m uv sync --frozen --inexact; fi
	@touch $@
