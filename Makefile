# Every target that is offered explains itself after ##.
.DEFAULT_GOAL := help
SHELL := /bin/bash
RUN := uv run --no-sync
BUILD_PAGE := python3 scripts/build_page.py
# uv as scripts/setup leaves it where the machine had none.
export PATH := $(PATH):$(CURDIR)/.run/tools/bin
# Half of a short run of the tests is imports: compiled files are kept, whatever the machine's habit.
unexport PYTHONDONTWRITEBYTECODE
# These tests listen and speak in real time: nothing may run beside them. Two files at once take 20 minutes instead of 29,
# and then phones take each other's ports.
CALLS := stack or softphone

# LAN=1, or LAN= and an address of this machine: a telephone on the desk can call.
LAN_ARGS = $(if $(LAN),--lan $(if $(filter 1,$(LAN)),auto,$(LAN)))

# Both parts run, whatever the first one says. ARGS may leave one of them without tests, which pytest calls 5.
define in_two_parts
trap 'exit 130' INT; \
echo 'Part 1 of 2: what can run side by side'; \
$(RUN) pytest -n auto --dist worksteal -m 'not ($(CALLS)) $(1)' $(ARGS); beside=$$?; \
echo 'Part 2 of 2: real servers and real calls'; \
$(RUN) pytest --durations 10 -m '($(CALLS)) $(1)' $(ARGS); calls=$$?; \
case $$beside-$$calls in 0-0 | 0-5 | 5-0) verdict=passed ;; *) verdict='NOT passed' ;; esac; \
echo "make $@: $$verdict (exit codes: $$beside side by side, $$calls with real calls; 0 is passed, 5 is no such tests)"; \
[ "$$verdict" = passed ]
endef

.PHONY: help setup setup-tests page call up down dev check test bench lint prove

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  Arguments for call, up, dev, test, bench go into ARGS: make up ARGS=--detach'

setup: ## install and build what is missing; quick when nothing is
	@scripts/setup

call: setup ## a simulated caller rings the agent and orders; you watch
	@$(RUN) phone-agent call $(ARGS)

page: ## build the browser's page; quick when nothing has changed
	@$(BUILD_PAGE)

up: setup ## start servers, agent and page and keep them; ARGS=--detach returns when they are ready; LAN=1: this network may call
	@$(BUILD_PAGE) || echo 'The page could not be built (make page); everything else goes on.'
	@$(RUN) phone-agent up $(LAN_ARGS) $(ARGS)

dev: setup ## make up, staying in the foreground with the logs
	@$(BUILD_PAGE) || echo 'The page could not be built (make page); everything else goes on.'
	@$(RUN) phone-agent up $(LAN_ARGS) $(ARGS)

down: ## stop what make up ARGS=--detach has started
	@$(RUN) phone-agent down

lint: ## format, style, types and the direction of imports
	$(RUN) ruff format --check . scripts/setup
	$(RUN) ruff check . scripts/setup
	$(RUN) mypy
	$(RUN) lint-imports

check: ## lint, and the tests that need no server and little sound
	@log=$$(mktemp); $(MAKE) --no-print-directory lint >$$log 2>&1 & lint=$$!; \
	$(RUN) pytest -q -n auto --dist worksteal --hypothesis-profile few -m 'not ($(CALLS) or postgrest or program or hearing or long)' $(ARGS); tests=$$?; \
	wait $$lint; lint=$$?; cat $$log; rm $$log; exit $$((tests | lint))

setup-tests:
	@scripts/setup tests
	@$(BUILD_PAGE)

test: setup-tests ## every test, with real servers and real calls
	@$(call in_two_parts,and not long)

prove: setup-tests ## the long ones too: load and soak
	@$(call in_two_parts,)

bench: setup ## measure speed and cost of calls at the softphone; ARGS=hosted: with keys
	$(RUN) python -m bench $(ARGS)
