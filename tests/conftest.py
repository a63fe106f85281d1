"""Stores to copy, a Supabase project for whoever asks for one; and how many examples each property is tried with.

`make check` takes few, `make test` takes all.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from phone_agent.settings import Settings
from phone_agent.store.open import open_store
from phone_agent.store.sqlite import SqliteStore
from tests.postgrest.project import Project
from tests.postgrest.servers import Postgres
from tests.twilio.peer import Twilio, running_twilio

MENU = Path(__file__).parents[1] / "menus" / "food_court.json"
STORES = ["sqlite", pytest.param("supabase", marks=pytest.mark.postgrest)]

settings.register_profile("all", deadline=None)
settings.register_profile("few", deadline=None, max_examples=20)
settings.load_profile("all")


def pytest_sessionstart() -> None:
    """Importing and collecting leave no garbage worth looking for."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is there now stays: a test's garbage is looked for among what came since."""
    gc.enable()
    gc.freeze()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without rows, to be copied: making one takes longer than most tests."""

    async def made(path: Path) -> Path:
        await (await SqliteStore.open(path)).close()
        return path

    return asyncio.run(made(tmp_path_factory.mktemp("migrated") / "store.sqlite3"))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demo menu and its household, to be copied."""

    async def filled(path: Path) -> Path:
        env = {"PHONE_AGENT_DATABASE": str(path), "PHONE_AGENT_MENU": str(MENU)}
        await (await open_store(Settings.from_env(env))).close()
        return path

    return asyncio.run(filled(tmp_path_factory.mktemp("prepared") / "orders.sqlite3"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def served(postgres: Postgres) -> Iterator[Project]:
    project = Project.create(postgres, "project")
    yield project
    project.close()


@pytest.fixture
def project(served: Project) -> Project:
    """A migrated Supabase project without rows."""
    served.empty()
    return served


@pytest.fixture(scope="session")
def twilio_by_its_word(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twilio]:
    with running_twilio(tmp_path_factory.mktemp("prism")) as peer:
        yield peer


@pytest.fixture
def twilio(twilio_by_its_word: Twilio) -> Twilio:
    """An account in which nothing was made; a test that asks for it is marked `program`."""
    twilio_by_its_word.service.reset()
    return twilio_by_its_word
