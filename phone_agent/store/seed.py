"""What an empty store begins with: the menu, and a demo household with one earlier order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from phone_agent.ordering.cart import Cart, ChosenModifier, LineItem
from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup, Restaurant
from phone_agent.ordering.order import Order, make_quote
from phone_agent.store.protocol import Store
from phone_agent.store.records import Profile

DEMO_PHONE = "+14075550142"
"""The number that `make call` rings from."""
DEMO_CUISINE = "Thai"
DEMO_ORDER_AGE = timedelta(days=6)


async def fill_if_empty(store: Store, menu: Menu, demo_profile_id: str) -> None:
    """Each step can be repeated, so several processes may fill one store at once."""
    if (await store.load_menu()).restaurants:
        return
    household = demo_household(demo_profile_id)
    await store.save_profile(household)
    await store.save_menu(menu)
    thai = next((r for r in menu.restaurants if r.cuisine == DEMO_CUISINE), None)
    if thai is not None:
        await store.import_order(earlier_order(household, thai, datetime.now(UTC) - DEMO_ORDER_AGE))


def demo_household(profile_id: str) -> Profile:
    return Profile(
        id=profile_id,
        household_name="Rivera Household",
        phone=DEMO_PHONE,
        city="Orlando",
        state="FL",
        zip_code="32801",
        favorite_cuisines=("cheesecake", "seafood"),
    )


def earlier_order(household: Profile, restaurant: Restaurant, at: datetime) -> Order:
    """The dish that the restaurant is known for, as it comes."""
    order_id = str(uuid5(NAMESPACE_URL, f"{household.id}/earlier-order"))
    item = min(restaurant.items, key=lambda item: (not item.is_available, item.name != restaurant.standout_dish))
    cart = Cart(order_id, (LineItem(order_id, item, modifiers=usual_modifiers(item)),))
    quote = make_quote(cart, restaurant, quote_id=order_id, call_id="", now=at)
    return Order(
        id=order_id,
        number=1,
        profile_id=household.id,
        restaurant_id=restaurant.id,
        restaurant_name=restaurant.name,
        timezone=restaurant.timezone,
        lines=quote.lines,
        totals=quote.totals,
        status="delivered",
        channel="phone",
        placed_at=at,
        ready_at=quote.ready_at,
        confirmed_by="keypad",
    )


def usual_modifiers(item: MenuItem) -> tuple[ChosenModifier, ...]:
    return tuple(ChosenModifier(g.id, modifier) for g in item.option_groups for modifier in usual_choices(g))


def usual_choices(group: OptionGroup) -> list[Modifier]:
    needed = max(group.min, int(group.required))
    return list(group.defaults or group.modifiers[:needed])
