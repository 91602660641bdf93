# make demo, make test, make check, make bench: each sets up what it needs. See the README.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
export PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
STAMPS := var/stamps
# Each process takes whole files: the tests of a file share a page. Those that drive a browser wait more than they compute.
WORKERS ?= 2
BROWSERS ?= 3
PYTEST := $(BIN)/pytest --dist loadfile --no-loadscope-reorder

# The demo's settings; what the environment already holds wins.
export HTTPS ?= off
export ALLOWED_HOSTS ?= localhost,127.0.0.1,[::1]
export SECRET_KEY ?= $(shell mkdir -p var && [ -s var/secret-key ] || (umask 077; head -c 40 /dev/urandom | base64 | tr -d '\n' >var/secret-key); cat var/secret-key)

.PHONY: help demo test test-in-browser check bench load faults screenshots fuzz audit sbom setup clean format

help:
	@echo "make demo    set everything up and serve the demo at http://127.0.0.1:$(PORT)"
	@echo "make test    run every check and test, on SQLite and PostgreSQL, in a real Chromium"
	@echo "make test-in-browser  the slow part of make test, on the database and Chromium of the environment"
	@echo "make check   the fast part of make test: format, lint, types, unit tests on SQLite"
	@echo "make bench   measure how fast it all is, side by side with others; writes docs/benchmarks/"
	@echo "make load    play a lesson of 300 students, then of 600, against one host: docs/benchmarks/load.md"
	@echo "make faults  kill, restart and fill up the parts of a host while students save: docs/benchmarks/faults.md"
	@echo "make screenshots  make the pictures of the guides anew, from the demo data"
	@echo "make fuzz    send 20,000 odd requests to every address (FUZZ_REQUESTS, FUZZ_SEED)"
	@echo "make audit   ask PyPI and npm for known holes in what is used (needs the internet)"
	@echo "make sbom    list what others made and is shipped: var/bill-of-materials.cdx.json (CycloneDX)"
	@echo "make format  format Python, templates, JavaScript and CSS"

$(STAMPS)/tools:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install it, or set PYTHON to its path." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Set PYTHON to a newer one." >&2; exit 1; }
	@command -v npm >/dev/null || { echo "Node.js 20 or newer with npm is needed to build the front end: install it." >&2; exit 1; }
	@mkdir -p $(STAMPS) && touch $@

$(BIN)/python: | $(STAMPS)/tools
	$(PYTHON) -m venv $(VENV)

$(STAMPS)/requirements: requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(STAMPS)/requirements-dev: requirements-dev.txt requirements.txt | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(STAMPS)/requirements-load: benchmarks/load/requirements.txt | $(STAMPS)/tools
	$(PYTHON) -m venv var/load-venv
	var/load-venv/bin/pip install --quiet --disable-pip-version-check -r benchmarks/load/requirements.txt
	@touch $@

$(STAMPS)/frontend: frontend/package-lock.json frontend/package.json $(wildcard frontend/vendor-src/*) | $(STAMPS)/tools
	npm --prefix frontend ci --no-audit --no-fund --loglevel=error
	npm --prefix frontend run --silent build
	@touch $@

$(STAMPS)/observatory: tools/observatory/package-lock.json | $(STAMPS)/tools
	npm --prefix tools/observatory ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(STAMPS)/runtime: $(STAMPS)/requirements $(STAMPS)/frontend $(wildcard frontend/runtime/*)
	$(MANAGE) build_runtime
	@touch $@

setup: $(STAMPS)/requirements $(STAMPS)/frontend $(STAMPS)/runtime

demo: export DEMO_PASSWORD ?= $(shell mkdir -p var && [ -s var/demo-password ] || $(PYTHON) -c 'import secrets; print("-".join(secrets.choice("amber basil cedar delta ember fjord grove hazel iris jade kiwi lemon maple north olive pearl quartz river sable tulip umber vivid willow yarrow".split()) for _ in range(4)))' >var/demo-password; cat var/demo-password)
demo: setup
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) seed_demo --force
	@echo "Serving on http://$${HOST:-127.0.0.1}:$(PORT) (Ctrl+C ends it)"
	@exec $(BIN)/gunicorn --config deploy/gunicorn.conf.py

check: $(STAMPS)/requirements-dev $(STAMPS)/frontend
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/bandit --quiet --configfile pyproject.toml --severity-level medium --recursive .
	tools/find-secrets
	$(BIN)/mypy .
	$(BIN)/djhtml --check $$(git ls-files '*.html')
	cd frontend && npx --no-install biome ci --error-on-warnings --colors=off .
	$(MANAGE) makemigrations --check --dry-run
	node --test "frontend/tests/js/"
	tools/find-age >/dev/null
	$(PYTEST) --numprocesses $(WORKERS) -m "not browser and not heavy"

test: check $(STAMPS)/runtime $(STAMPS)/observatory
	HTTPS=on DATABASE_URL=postgres://localhost/codeplatform SECRET_KEY=$$(head -c 60 /dev/urandom | base64 | tr -d '\n') $(MANAGE) check --deploy --fail-level WARNING
	CHROMIUM=$$(tools/find-chromium); NGINX=$$(tools/find-nginx); SYSTEMD_ANALYZE=$$(tools/find-systemd-analyze); export CHROMIUM NGINX SYSTEMD_ANALYZE; tools/with-postgres $(MAKE) --no-print-directory test-in-browser

# Those that measure time have the machine to themselves.
test-in-browser:
	$(PYTEST) -m alone
	$(PYTEST) --numprocesses $(BROWSERS) -m "(browser or database or heavy) and not alone"

bench: $(STAMPS)/requirements-dev setup
	export CHROMIUM=$$(tools/find-chromium) && $(BIN)/python -m benchmarks

load: $(STAMPS)/requirements-dev setup $(STAMPS)/requirements-load
	NGINX=$$(tools/find-nginx); export NGINX; tools/with-postgres $(BIN)/python -m benchmarks.load $(LOAD)

faults: $(STAMPS)/requirements-dev setup
	NGINX=$$(tools/find-nginx); export NGINX; tools/with-postgres $(BIN)/python -m benchmarks.faults $(FAULTS)

screenshots: $(STAMPS)/requirements-dev setup
	export CHROMIUM=$$(tools/find-chromium) && $(BIN)/python -m screenshots

audit: $(STAMPS)/requirements $(STAMPS)/frontend
	$(BIN)/python tools/audit

sbom: setup
	tools/bill-of-materials >var/bill-of-materials.cdx.json

fuzz: export FUZZ_REQUESTS ?= 20000
fuzz: $(STAMPS)/requirements-dev $(STAMPS)/frontend
	tools/with-postgres $(BIN)/pytest --quiet codeplatform/tests/fuzz

format: $(STAMPS)/requirements-dev $(STAMPS)/frontend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djhtml $$(git ls-files '*.html')
	cd frontend && npx --no-install biome check --write .

clean:
	rm -rf $(VENV) $(STAMPS) frontend/node_modules tools/observatory/node_modules frontend/static/vendor var/static
