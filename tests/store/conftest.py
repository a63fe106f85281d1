"""The contract suite: every test that takes `store` holds for every store there is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from tests.builders import a_menu


async def open_sqlite(folder: Path) -> Store:
    return await SqliteStore.open(folder / "store.sqlite3")


STORES: dict[str, Callable[[Path], Awaitable[Store]]] = {"sqlite": open_sqlite}


@pytest.fixture
def menu() -> Menu:
    return a_menu()


@pytest.fixture(params=STORES)
async def store(request: pytest.FixtureRequest, tmp_path: Path, menu: Menu) -> AsyncIterator[Store]:
    """Empty but for the menu."""
    opened = await STORES[request.param](tmp_path)
    await opened.save_menu(menu)
    yield opened
    await opened.close()


@pytest.fixture
async def path(tmp_path: Path, menu: Menu) -> Path:
    """An SQLite file with the menu, which nobody has open."""
    file = tmp_path / "shared.sqlite3"
    opened = await SqliteStore.open(file)
    await opened.save_menu(menu)
    await opened.close()
    return file
