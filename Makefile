# Two commands matter: `make run` starts everything, `make check` proves that it is in order. Needs Python 3.11 and make.

PYTHON ?= python3.11
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Where it is set, every process compiles every module anew: seconds at each start, minutes in the tests.
unexport PYTHONDONTWRITEBYTECODE

# The stamps say that a step is done; they are older than what it is made of when it has to be done again.
VENV := .venv/uv.stamp
PACKAGES := .venv/packages.stamp
NODE_MODULES := web/node_modules/.stamp
SITE := web/dist/.stamp
SITE_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

CODE := src tests $(wildcard evals benchmarks scripts)
# How many test processes: one a core, and one more, since there is always one that waits for something.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: run install web test check lint types format prove mutation bench api docs lock tools clean help

help:
	@echo 'make run      start Tembea: database, API, worker, mail listener, with demo data'
	@echo 'make check    everything a change has to pass: lint, types, all tests'
	@echo 'make test     the tests alone'
	@echo 'make prove    the tests that take too long for every change'
	@echo 'make mutation changes the pricing kernel and sees whether a test notices'
	@echo 'make bench    the benchmarks, kept in docs/proofs/benchmarks.md'
	@echo 'make format   put the code into shape'
	@echo 'make api      write the OpenAPI document and the types that the web app makes of it'
	@echo 'make docs     write the readiness page and the schema of an agency’s file'
	@echo 'make lock     pin the packages anew, with hashes'
	@echo 'make clean    remove what was built; the data in .tembea stays'

run: $(PACKAGES) $(SITE)
	@exec $(BIN)/tembea up

install: $(PACKAGES)

web: $(SITE)

check: lint types test

lint: $(PACKAGES) $(NODE_MODULES)
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/ruff format --quiet --check $(CODE)
	@report=$$($(BIN)/lint-imports --no-logo --no-cache 2>&1) || { echo "$$report" >&2; exit 1; }
	@cd web && npm run --silent lint
	@echo 'lint: in order'

types: $(PACKAGES) $(NODE_MODULES)
	@$(BIN)/basedpyright --level error
	@cd web && npm run --silent types
	@echo 'types: in order'

# T names a part: make test T=tests/pricing
test: $(PACKAGES) $(SITE) tools
	@$(BIN)/pytest -n $(WORKERS) --dist loadfile $(T)
	@cd web && npm test --silent

prove: $(PACKAGES) $(SITE) tools
	@$(BIN)/pytest -m prove

# Every change takes hours; SAMPLE=300 tries so many of them.
mutation: $(PACKAGES)
	@$(BIN)/python scripts/mutation.py $(if $(SAMPLE),--sample $(SAMPLE))

bench: $(PACKAGES)
	@$(BIN)/python scripts/benchmarks.py

format: $(PACKAGES) $(NODE_MODULES)
	@$(BIN)/ruff check --quiet --fix $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)
	@cd web && npm run --silent format

# What is made from other files and kept in the repository; a test says when one is out of date.
api: $(PACKAGES) $(NODE_MODULES)
	@$(BIN)/tembea openapi >web/openapi.json
	@cd web && npm run --silent api >/dev/null

docs: $(PACKAGES)
	@PYTHONPATH=. $(BIN)/python scripts/readiness.py
	@PYTHONPATH=. $(BIN)/python scripts/access.py
	@$(BIN)/tembea tenant schema >clients/config.schema.json

lock: $(PACKAGES)
	@$(BIN)/uv pip compile --quiet pyproject.toml --extra models --extra tracing --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-emit-index-url -o requirements.lock

# What tests need from the system, where we may install it. A test says "not run: ..." without its tool, and fails under CI.
tools:
	@for tool in chromium:chromium promtool:prometheus dovecot:dovecot-imapd; do \
	  command -v "$${tool%%:*}" >/dev/null && continue; \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "installing $${tool##*:}" && apt-get -qq update >/dev/null \
	    && apt-get -qq install -y --no-install-recommends "$${tool##*:}" >/dev/null; } || true; \
	done

clean:
	@rm -rf .venv web/node_modules web/dist .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV): requirements-uv.txt
	@command -v $(PYTHON) >/dev/null || { echo 'Tembea needs Python 3.11 ($(PYTHON)); set PYTHON to where it is.' >&2; exit 1; }
	@echo 'installing Python packages'
	@$(PYTHON) -m venv --clear .venv >/dev/null || { \
	  echo 'Python has no venv module; on Debian and Ubuntu: apt-get install python3.11-venv' >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@touch $@

# uv does not read pip's configuration: a mirror that is set there is passed on. The project itself is linked, not
# built: a build would fetch its backend without a hash.
$(PACKAGES): requirements.lock $(VENV)
	@mirror="$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null)}"; \
	  [ -z "$$mirror" ] || export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$mirror}"; \
	  $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@echo '$(CURDIR)/src' >"$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/tembea.pth"
	@printf '#!/bin/sh\nexec "%s/python" -m tembea "$$@"\n' '$(CURDIR)/$(BIN)' >$(BIN)/tembea && chmod +x $(BIN)/tembea
	@touch $@

$(NODE_MODULES): web/package-lock.json web/package.json web/.npmrc | $(PACKAGES)
	@echo 'installing web packages'
	@cd web && npm ci --no-progress --no-update-notifier --loglevel=error >/dev/null
	@touch $@

$(SITE): $(NODE_MODULES) $(SITE_SOURCES)
	@echo 'building the web app'
	@cd web && { npm run --silent build >node_modules/build.log 2>&1 || { cat node_modules/build.log >&2; exit 1; }; }
	@touch $@
