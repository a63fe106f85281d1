"""The store as all requests share it, and what of the menu strangers may ask for as often as they like."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from phone_agent.settings import Settings, SettingsError
from phone_agent.store.open import demo_household, open_store
from phone_agent.store.protocol import Store

MENU_KEPT_SECONDS = 10.0


@dataclass(frozen=True)
class Place:
    """A restaurant, as the page offers it."""

    slug: str
    name: str


class KeptStore:
    """One store for all requests: opened by the first that needs it, and again by the next where that failed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store: Store | None = None
        self._opening = asyncio.Lock()
        self._places: tuple[Place, ...] = ()
        self._places_until = float("-inf")

    async def get(self) -> Store:
        """Raises what open_store raises."""
        async with self._opening:
            if self._store is None:
                self._store = await open_store(self._settings)
        return self._store

    async def places(self) -> tuple[Place, ...]:
        """Of the last seconds: strangers ask as often as they like. Raises what open_store raises."""
        if time.monotonic() > self._places_until:
            menu = await (await self.get()).load_menu()
            self._places = tuple(Place(slug=place.slug, name=place.name) for place in menu.active)
            self._places_until = time.monotonic() + MENU_KEPT_SECONDS
        return self._places

    async def has_demo_household(self) -> bool:
        """Whether page callers are that household. Raises what open_store raises, without SettingsError."""
        try:
            return await demo_household(await self.get(), self._settings) is not None
        except SettingsError:
            return False

    async def close(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            await store.close()
