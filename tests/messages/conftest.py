"""A store with a menu, and orders and cut calls that are to be told of."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from tests.builders import a_menu
from tests.messages.till import Till, running_till


@pytest.fixture
def menu() -> Menu:
    return a_menu()


@pytest.fixture
def path(tmp_path: Path, migrated: Path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "orders.sqlite3"))


@pytest.fixture
async def store(path: Path, menu: Menu) -> AsyncIterator[Store]:
    opened = await SqliteStore.open(path)
    await opened.save_menu(menu)
    yield opened
    await opened.close()


@pytest.fixture
async def till() -> AsyncIterator[Till]:
    async with running_till() as till:
        yield till
