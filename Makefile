# Two commands need nothing but Python 3.11 and make: `make serve` and `make test`.
# uv is used where it is installed, pip where it is not.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help serve test test-slow check format bench screenshots lock clean

help:  ## Show this help
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "customcrm needs Python 3.11 or later; name one: make PYTHON=python3.12 ..."; exit 1; }
ifdef UV
	uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
else
	$(PYTHON) -m venv $(VENV)
endif

# What is installed follows the lock files: each stamp is newer than its lock.
define install_uv
	uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/$(1).txt
	uv pip install --quiet --python $(BIN)/python --no-deps -e .
endef

define install_pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
endef

$(VENV)/.runtime: $(VENV)/pyvenv.cfg requirements/runtime.txt pyproject.toml
	$(call install_$(if $(UV),uv,pip),runtime)
	@touch $@

$(VENV)/.dev: $(VENV)/pyvenv.cfg requirements/dev.txt pyproject.toml
	$(call install_$(if $(UV),uv,pip),dev)
	@touch $@ $(VENV)/.runtime

serve: $(VENV)/.runtime  ## Set up and run the server
	@$(BIN)/customcrm serve

test: $(VENV)/.dev  ## Set up and run every test but the slow ones
	$(BIN)/python -m pytest -q -n 2 --dist loadfile tests/unit tests/integration tests/acceptance tests/browser

# What people do in the dashboard, for the database that `make test` does not do it in.
ACTIONS := $(foreach room,work reading editing bulk duplicates properties people hand live toasts numbers,tests/browser/test_$(room).py)

test-slow: $(VENV)/.dev  ## Run the tests that take minutes
	$(BIN)/python -m pytest -q -n 2 --dist loadfile tests/slow
	BROWSER_DATABASE=postgresql $(BIN)/python -m pytest -q -n 2 --dist loadfile $(ACTIONS)

check: $(VENV)/.dev  ## Check format, lint, types and architecture
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev  ## Measure the server and its pages and print tables
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.pages
	$(BIN)/python -m benchmarks.duplicates

screenshots: $(VENV)/.dev  ## Take the pictures in docs/images (needs Chromium)
	$(BIN)/python -m tests.browser.screenshots

lock:  ## Choose new versions of everything we depend on (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command 'make lock' pyproject.toml -o requirements/runtime.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command 'make lock' -c requirements/runtime.txt \
	  pyproject.toml --group dev -o requirements/dev.txt

clean:  ## Remove what make has made; your database stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
