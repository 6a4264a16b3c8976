# Two commands do everything: `make run` and `make test`. Both need Python 3.11+, make and git.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
COLLECTED := $(or $(VAR_DIR),var)/static/staticfiles.json
STATIC := $(shell find static -type f 2>/dev/null)

.PHONY: run test dev check bench lock clean

run: $(VENV)/.base $(COLLECTED) ## the site with demo content, production settings
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo --if-empty
	@$(BIN)/python manage.py welcome
	@exec $(BIN)/gunicorn --config gallery/gunicorn.py

dev: $(VENV)/.dev ## the debug server, reloading on change
	@DEBUG=1 $(BIN)/python manage.py migrate --verbosity 0
	DEBUG=1 $(BIN)/python manage.py runserver $(HOST):$(PORT)

test: $(VENV)/.dev ## the whole suite, browser journeys included
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: $(VENV)/.dev ## what CI runs beside the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	ALLOWED_HOSTS=gallery.example.org SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))") \
	  EMAIL_URL=smtp://localhost $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: $(VENV)/.dev ## figures, as ratios within one run, into benchmarks/results/
	$(BIN)/python -m benchmarks $(ARGS)

lock: ## pin what pyproject.toml asks for, with hashes and without host names (needs uv)
	uv pip compile pyproject.toml $(LOCK) --output-file requirements/base.txt
	uv pip compile pyproject.toml --extra s3 $(LOCK) --output-file requirements/s3.txt
	uv pip compile pyproject.toml --extra s3 --group dev $(LOCK) --output-file requirements/dev.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet --upgrade

clean:
	rm -rf $(VENV) var

$(VENV)/bin/python:
ifdef UV
	$(UV) venv --quiet --python ">=3.11" $(VENV)
else
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
endif

ifdef UV
INSTALL = $(UV) pip install --quiet --no-deps --python $(BIN)/python --require-hashes
else
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
endif

$(VENV)/.base: requirements/base.txt | $(VENV)/bin/python
	$(INSTALL) -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(VENV)/bin/python
	$(INSTALL) -r requirements/dev.txt
	@touch $(VENV)/.base $@

$(COLLECTED): $(VENV)/.base $(STATIC) gallery/staticfiles.py
	@$(BIN)/python manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@
