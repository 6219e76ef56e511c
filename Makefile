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

.PHONY: help setup demo test test-fast ci coverage test-versions lint format types docs docs-check frameworks check conformance bundle
.PHONY: dist bench bench-large audit hooks node-tools clients lock release clean

# Programs from npm, pinned in tools/node, for the targets that need them.
NODE_TOOLS := tools/node/node_modules/.package-lock.json
CLIENTS := tools/clients/node_modules/.package-lock.json

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.dev  ## set up .venv with the locked dependencies, those of the other targets too (they do it themselves)

demo: .venv/.run  ## run the main job on a fresh sandbox, through a real MCP client, and show each call
	@$(PYTHON) -m miro_mcp demo

test: .venv/.dev  ## run the tests, one process a core; PYTEST_ARGS="-k name" to choose
	$(PYTHON) -m pytest $(PYTEST_ARGS)

test-fast: .venv/.dev  ## run the quick tests, for while working: under a minute, no browser
	$(PYTHON) -m pytest $(PYTEST_ARGS) -m "not slow and not browser"

ci:  ## run what continuous integration runs
	bash .ci/run

coverage: .venv/.dev  ## run the tests and report which lines and branches they reach
	$(PYTHON) -m pytest $(PYTEST_ARGS) --cov --cov-report=term:skip-covered

test-versions: .venv/.dev  ## run the tests on each supported Python that is on this machine
	$(PYTHON) tools/check_versions.py

lint: .venv/.dev  ## check style and formatting
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

format: .venv/.dev  ## correct style and formatting where that can be done automatically
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

types: .venv/.dev  ## check types
	$(PYTHON) -m pyright --pythonpath $(PYTHON)

docs: .venv/.dev  ## write the files that follow from the code: pages of docs, manifests, figures of the README
	$(PYTHON) tools/make_docs.py

docs-check: .venv/.dev  ## check that they are up to date
	$(PYTHON) tools/make_docs.py --check

frameworks: .venv/.dev  ## run the Python of the pages on agent frameworks, each with its framework
	$(PYTHON) tools/check_frameworks.py

clients: .venv/.dev $(CLIENTS)  ## connect Claude Code, Codex and the Gemini CLI, and ask them whether they are (needs npm)
	$(PYTHON) tools/check_clients.py

conformance: .venv/.dev node-tools  ## run the official conformance suite of both protocol eras, and the Inspector
	$(PYTHON) tools/conformance.py

bundle: .venv/.dev node-tools  ## pack the bundle for Claude Desktop with the official tool, which checks it: dist/*.mcpb
	$(PYTHON) tools/make_bundle.py

dist: .venv/.dev  ## build the wheel and the sdist: dist/*.whl, dist/*.tar.gz
	$(PYTHON) -m hatchling build --directory dist

check: .venv/.run  ## compare the catalogue with Miro's API description in MIRO_OPENAPI=PATH, if it is there
	@if [ -f "$(MIRO_OPENAPI)" ]; then \
		$(PYTHON) tools/check_catalogue.py "$(MIRO_OPENAPI)"; \
	else \
		echo "Not checked: there is no API description at $(MIRO_OPENAPI). Set MIRO_OPENAPI to its path."; \
	fi

bench: .venv/.dev  ## measure start, memory, calls, tokens and the reading of a board, as ratios within the run
	$(PYTHON) tools/bench.py
	$(PYTHON) tools/bench_boards.py

bench-large: .venv/.dev  ## measure what reading boards of 5,000 and 20,000 items takes, and the pauses beside it
	$(PYTHON) tools/bench_boards.py 5000 20000

audit: .venv/.dev  ## look the locked dependencies up among known vulnerabilities (the advisories are online)
	$(PYTHON) tools/audit.py

hooks: .venv/.dev  ## have git check each commit first
	.venv/bin/pre-commit install

node-tools: $(NODE_TOOLS)  ## set up the programs from npm that conformance and bundle need (they do it themselves)

release: .venv/.dev  ## check everything, build what is published, and say how to publish it; VERSION=1.2.3 to set it first
	$(PYTHON) tools/release.py $(VERSION)

lock:  ## lock the dependencies anew after a change in pyproject.toml (needs uv); LOCK_ARGS=--upgrade for the newest
	@command -v uv > /dev/null || { echo "make lock needs uv on PATH." >&2; exit 1; }
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraints requirements.lock --output-file requirements-dev.lock

clean:  ## remove .venv, caches and built files
	rm -rf .venv dist build tools/node/node_modules tools/clients/node_modules .pytest_cache .coverage* .ruff_cache .hypothesis
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.run: requirements.lock pyproject.toml
	@tools/setup.sh requirements.lock
	@touch $@

.venv/.dev: requirements-dev.lock requirements.lock pyproject.toml
	@tools/setup.sh requirements-dev.lock
	@touch .venv/.run $@

$(NODE_TOOLS) $(CLIENTS): tools/%/node_modules/.package-lock.json: tools/%/package-lock.json
	@command -v npm > /dev/null || { echo "This needs npm on PATH (Node.js is installed from there)." >&2; exit 1; }
	npm ci --prefix tools/$* --no-audit --no-fund --loglevel error
	@touch $@
