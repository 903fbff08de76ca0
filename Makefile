# Needs make and Python 3.11, 3.12 or 3.13 with pip and venv; everything else is set up in .venv.

PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(if \
	$(shell $(p) -c 'import sys; print((3, 11) <= sys.version_info < (3, 14) or "")' 2>/dev/null),$(p))))
VENV ?= .venv
WORKERS ?= 2
# `make deep` runs what `make test` leaves out, and in full what tries less every day.
DEEP = slow
FULL = more
COVER_ALL ?= 95
COVER_ENGINE ?= 100

BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
export UV_PROJECT_ENVIRONMENT := $(VENV)
export UV_PYTHON_DOWNLOADS := never
# Without bytecode every process that a test starts would compile all libraries again.
unexport PYTHONDONTWRITEBYTECODE
# Prefect calls home otherwise.
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help setup demo quick test without lint types arch bench deep docs format lock build clean

help: ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: $(STAMP) ## make .venv and install what uv.lock says

# uv reads neither pip's configuration nor its mirrors: where it cannot fetch, pip installs the same
# versions, checked by the same hashes.
$(STAMP): pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "no Python 3.11 to 3.13 found; try: make PYTHON=/path/to/python3" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet 'uv>=0.9,<1'
	$(BIN)/uv sync --frozen --quiet --compile-bytecode || $(MAKE) --no-print-directory setup-with-pip
	@touch $@

.PHONY: setup-with-pip
setup-with-pip:
	$(BIN)/uv export --frozen --quiet --no-emit-project --output-file $(VENV)/requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement $(VENV)/requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .

demo: $(STAMP) ## walk three cases from the first move to the verified history
	$(BIN)/heyi demo

quick: $(STAMP) lint types arch ## lint, types, arch and the tests that tell most: a minute of CPU
	$(BIN)/python -m pytest -q -m "not slow" -k "not postgresql" @tests/quick.txt

# Measuring doubles what a test costs: what reaches no line alone runs in a second pass without it.
UNMEASURED = $(shell cat tests/unmeasured.txt)

test: $(STAMP) ## all tests but the deep ones, with branch coverage
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not external_service" --cov --cov-report= \
	  $(UNMEASURED:%=--ignore=%)
	$(BIN)/coverage report --fail-under=$(COVER_ALL)
	$(BIN)/coverage report --include='engine/*' --fail-under=$(COVER_ENGINE)
	$(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not external_service" $(UNMEASURED)

without: $(STAMP) ## the same as if Prefect and APScheduler were not installed, orchestration left out
	HEYI_TEST_WITHOUT=prefect,apscheduler \
	  $(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not external_service"

lint: $(STAMP) ## ruff, its formatter, codespell
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

arch: $(STAMP) ## which room may know which
	$(BIN)/lint-imports

bench: $(STAMP) ## measure, beside others; installs the group bench first
	$(BIN)/uv sync --frozen --quiet --group bench
	for script in benchmarks/bench_*.py; do \
	  $(BIN)/python -m benchmarks.$$(basename $$script .py) || exit 1; done

deep: $(STAMP) ## the slow tests, and all others in full; writes docs/reports/deep-DATE.md
	$(BIN)/python -m tests.deep --date $$(date -u +%F) --workers $(WORKERS) \
	  --marks "$(DEEP)" --full "$(FULL)"

docs: $(STAMP) ## write the reference pages that come from the source
	$(BIN)/python -m tests.project.pages

format: $(STAMP) ## let ruff lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(STAMP) ## resolve again: newest versions that the bounds in pyproject.toml allow
	$(BIN)/uv lock --upgrade --default-index https://pypi.org/simple

build: $(STAMP) ## wheel and source archive in dist/
	$(BIN)/uv build

clean: ## remove what was made
	rm -rf $(VENV) dist .coverage* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
