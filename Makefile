# Everything runs in .venv, which the first target that needs it makes: with uv where it is on PATH, else with venv and pip.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
PYTEST_ARGS ?= -n auto
MIRO_OPENAPI ?= ../shared/miro-openapi.json
LOCK_ARGS ?=
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url $(LOCK_ARGS)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
export MIRO_OPENAPI

.PHONY: help setup demo test lint format types docs docs-check check bench lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.dev  ## set up .venv with the locked dependencies, those of the other targets too (they do it themselves)

demo: .venv/.run  ## run the main job on a fresh sandbox, through a real MCP client, and show each call
	@$(PYTHON) -m miro_mcp demo

test: .venv/.dev  ## run the tests, one process a core; PYTEST_ARGS="-k name" to choose
	$(PYTHON) -m pytest $(PYTEST_ARGS)

lint: .venv/.dev  ## check style and formatting
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

format: .venv/.dev  ## correct style and formatting where that can be done automatically
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

types: .venv/.dev  ## check types
	$(PYTHON) -m pyright --pythonpath $(PYTHON)

docs: .venv/.run  ## write the documentation that follows from the catalogue
	$(PYTHON) tools/make_docs.py

docs-check: .venv/.run  ## check that it is up to date
	$(PYTHON) tools/make_docs.py --check

check: .venv/.run  ## compare the catalogue with Miro's API description in MIRO_OPENAPI=PATH, if it is there
	@if [ -f "$(MIRO_OPENAPI)" ]; then \
		$(PYTHON) tools/check_catalogue.py "$(MIRO_OPENAPI)"; \
	else \
		echo "Not checked: there is no API description at $(MIRO_OPENAPI). Set MIRO_OPENAPI to its path."; \
	fi

bench: .venv/.dev  ## measure start, memory, calls and tokens as ratios to a bare server
	$(PYTHON) tools/bench.py

lock:  ## lock the dependencies anew after a change in pyproject.toml (needs uv); LOCK_ARGS=--upgrade for the newest
	@command -v uv > /dev/null || { echo "make lock needs uv on PATH." >&2; exit 1; }
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:  ## remove .venv, caches and built files
	rm -rf .venv dist build .pytest_cache .ruff_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: requirements.lock pyproject.toml
	@tools/setup.sh requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock requirements.lock pyproject.toml
	@tools/setup.sh requirements-dev.lock
	@touch .venv/.run $@
