"""The store as all requests share it, and what of the menu strangers may ask for as often as they like."""

from __future__ import annotations

import time
from dataclasses import dataclass

from phone_agent.settings import SettingsError
from phone_agent.store.open import KeptOpen, demo_household

MENU_KEPT_SECONDS = 10.0


@dataclass(frozen=True)
class Place:
    """A restaurant, as the page offers it."""

    slug: str
    name: str


class KeptStore(KeptOpen):
    _places: tuple[Place, ...] = ()
    _places_until = float("-inf")

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
