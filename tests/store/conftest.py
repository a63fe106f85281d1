"""The contract suite: every test that takes `store` holds for every store there is."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from tests.builders import a_menu

STORE_FILE = "store.sqlite3"


async def open_sqlite(folder: Path) -> Store:
    return await SqliteStore.open(folder / STORE_FILE)


STORES: dict[str, Callable[[Path], Awaitable[Store]]] = {"sqlite": open_sqlite}


@pytest.fixture
def menu() -> Menu:
    return a_menu()


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, path: Path, menu: Menu) -> AsyncIterator[Store]:
    """Empty but for the menu."""
    opened = await STORES[request.param](path.parent)
    await opened.save_menu(menu)
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
