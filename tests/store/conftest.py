"""The contract suite: every test that takes `store` holds for every store there is."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from phone_agent.store.supabase import SupabaseStore
from tests.builders import a_menu
from tests.conftest import STORES
from tests.postgrest.gateway import SECRET_KEY
from tests.postgrest.project import Project

PATIENCE = {"longest_wait_s": 60.0, "answer_s": 20.0}
"""Fifty callers at once on a busy machine of two cores are not what the limits are tested with."""
STORE_FILE = "store.sqlite3"


@pytest.fixture
def menu() -> Menu:
    return a_menu()


@pytest.fixture(params=STORES)
async def empty(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> AsyncIterator[Store]:
    """Without a menu."""
    if request.param == "sqlite":
        opened: Store = await SqliteStore.open(shutil.copy(migrated, tmp_path / STORE_FILE))
    else:
        project: Project = request.getfixturevalue("project")
        opened = await SupabaseStore.open(project.url, SECRET_KEY, **PATIENCE)
    yield opened
    await opened.close()


@pytest.fixture
async def store(empty: Store, menu: Menu) -> Store:
    """Empty but for the menu."""
    await empty.save_menu(menu)
    return empty


@pytest.fixture
async def supabase(project: Project, menu: Menu) -> AsyncIterator[SupabaseStore]:
    """Empty but for the menu."""
    opened = await SupabaseStore.open(project.url, SECRET_KEY, **PATIENCE)
    await opened.save_menu(menu)
    project.gateway.forget()
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: creating a file takes longer than most tests."""
    return asyncio.run(file_with_menu(tmp_path_factory.mktemp("prepared") / STORE_FILE))


async def file_with_menu(path: Path) -> Path:
    opened = await SqliteStore.open(path)
    await opened.save_menu(a_menu())
    await opened.close()
    return path


@pytest.fixture
def path(tmp_path: Path, prepared: Path) -> Path:
    """An SQLite file with the menu, which nobody has open."""
    return Path(shutil.copy(prepared, tmp_path / STORE_FILE))
