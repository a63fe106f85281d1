# Every target that is offered explains itself after ##.
.DEFAULT_GOAL := help
SHELL := /bin/bash
RUN := uv run --no-sync
# uv as scripts/setup leaves it where the machine had none.
export PATH := $(PATH):$(CURDIR)/.run/tools/bin
# Half of a short run of the tests is imports: compiled files are kept, whatever the machine's habit.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup call up down dev check test bench lint prove

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  Arguments for call, up, dev, test, bench go into ARGS: make up ARGS=--detach'

setup: ## install and build what is missing; quick when nothing is
	@scripts/setup

call: setup ## a simulated caller rings the agent and orders; you watch
	@$(RUN) phone-agent call $(ARGS)

up: setup ## start servers and agent and keep them; ARGS=--detach returns when they are ready
	@$(RUN) phone-agent up $(ARGS)

dev: setup ## make up, staying in the foreground with the logs
	@$(RUN) phone-agent up $(ARGS)

down: ## stop what make up ARGS=--detach has started
	@$(RUN) phone-agent down

lint: ## format, style, types and the direction of imports
	$(RUN) ruff format --check . scripts/setup
	$(RUN) ruff check . scripts/setup
	$(RUN) mypy
	$(RUN) lint-imports

check: ## lint, and the tests that need no server and little sound
	@log=$$(mktemp); $(MAKE) --no-print-directory lint >$$log 2>&1 & lint=$$!; \
	$(RUN) pytest -q -n auto --hypothesis-profile few -m 'not (stack or softphone or hearing or program or long)' $(ARGS); tests=$$?; \
	wait $$lint; lint=$$?; cat $$log; rm $$log; exit $$((tests | lint))

test: setup ## every test, with real servers and real calls
	$(RUN) pytest -m 'not long' $(ARGS)

prove: setup ## the long ones too: load and soak
	$(RUN) pytest $(ARGS)

bench: setup ## measure speed and cost of calls at the softphone
	$(RUN) python -m bench $(ARGS)
