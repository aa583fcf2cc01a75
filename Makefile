# make run    the bot: against Discord with DISCORD_TOKEN set, else the playground in the browser
# make test   all tests; what this machine lacks is skipped with a reason
# make check  style, types and layers
# make bench  the figures of docs/benchmarks.md
# Each makes its environment first; a second time that takes no time. Python: make PYTHON=python3.12 run

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --require-hashes

.PHONY: run test check bench pin

run: $(VENV)/run.stamp
	@$(BIN)/python -m bot

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

check: $(VENV)/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.bench

# Choose newer versions within the bounds of pyproject.toml. No address of a registry may get into these files.
pin: $(VENV)/test.stamp
	$(BIN)/python -m pip --quiet install uv
	$(BIN)/uv pip compile -q -U $(PIN) --extra postgres pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q -U $(PIN) --extra postgres --extra playground pyproject.toml -o requirements/playground.txt
	$(BIN)/uv pip compile -q -U $(PIN) --extra test pyproject.toml -o requirements/test.txt

PIN := --universal --python-version 3.11 --generate-hashes --no-header

$(VENV)/run.stamp: requirements/playground.txt | $(BIN)/python
	@echo "Installing what the bot needs (once) ..."
	@$(PIP) -r $<
	@touch $@

$(VENV)/test.stamp: requirements/test.txt | $(BIN)/python
	@echo "Installing what the tests need (once) ..."
	@$(PIP) -r $<
	@touch $@ $(VENV)/run.stamp

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Stepwise needs Python 3.11 or newer: make PYTHON=/path/to/python")'
	@$(PYTHON) -m venv $(VENV) && $@ -m pip --version >/dev/null || { rm -rf $(VENV); exit 1; }
