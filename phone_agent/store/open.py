"""The store that the settings name, ready to use."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.menu_file import MenuFileError, parse_menu
from phone_agent.settings import DEMO_PROFILE_ID, Settings, SettingsError
from phone_agent.store.protocol import Store
from phone_agent.store.records import Profile
from phone_agent.store.seed import fill_if_empty
from phone_agent.store.sqlite import SqliteStore
from phone_agent.store.supabase import SupabaseStore

Result = TypeVar("Result")
CANNOT_OPEN = (StoreUnavailable, SettingsError, MenuFileError)
"""What opening and filling a store may raise: who does it again and again goes on after any of them."""


async def open_store(settings: Settings) -> Store:
    """Creates and fills what is not there yet. Raises StoreUnavailable, SettingsError, MenuFileError."""
    store = await connect(settings)
    try:
        if not (await store.load_menu()).restaurants:
            text = await asyncio.to_thread(read_menu, Path(settings.menu))
            await fill_if_empty(store, parse_menu(text), str(settings.demo_profile_id or DEMO_PROFILE_ID))
    except BaseException:
        await store.close()
        raise
    return store


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """Closed at the end. Raises what open_store raises."""
    store = await open_store(settings)
    try:
        yield store
    finally:
        await store.close()


class KeptOpen:
    """One store for many: opened by the first that needs it, and again by the next where that failed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store: Store | None = None
        self._opening = asyncio.Lock()

    async def get(self) -> Store:
        """Raises what open_store raises."""
        async with self._opening:
            if self._store is None:
                self._store = await open_store(self._settings)
        return self._store

    async def close(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            await store.close()


def run_with_store(work: Callable[[Store], Awaitable[Result]]) -> Result:
    """For a command: the store that the environment names."""

    async def run() -> Result:
        async with opened_store(Settings.from_env(os.environ)) as store:
            return await work(store)

    return asyncio.run(run())


async def connect(settings: Settings) -> Store:
    if settings.supabase_url and settings.supabase_service_role_key:
        return await SupabaseStore.open(settings.supabase_url, settings.supabase_service_role_key)
    database = Path(settings.database)
    await asyncio.to_thread(make_folder, database.parent)
    return await SqliteStore.open(database)


async def demo_household(store: Store, settings: Settings) -> Profile | None:
    """None: a guest. Raises SettingsError where the variable names no household, StoreUnavailable.

    The household of the demo is what `make up` names unasked: a store that was not filled with it has guests only.
    """
    if settings.demo_profile_id is None:
        return None
    try:
        return await store.load_profile(str(settings.demo_profile_id))
    except KeyError as error:
        if settings.demo_profile_id == DEMO_PROFILE_ID:
            return None
        place = settings.supabase_url or settings.database
        raise SettingsError(
            f"DEMO_PROFILE_ID: {place} has no household {settings.demo_profile_id}; unset it for guests."
        ) from error


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"PHONE_AGENT_DATABASE: the folder {folder} cannot be made: {error.strerror}.") from error


def read_menu(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"PHONE_AGENT_MENU: the menu file {path} cannot be read: {error.strerror}.") from error
