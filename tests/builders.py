"""Small real values for tests: a menu, carts, and calls that have come as far as a quote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from phone_agent.ordering.cart import Amount, Cart, ChosenModifier, LineItem
from phone_agent.ordering.menu import Menu, MenuItem, Modifier, OptionGroup, Restaurant, Section
from phone_agent.ordering.menu_fields import id_of
from phone_agent.ordering.order import Quote, make_quote
from phone_agent.ordering.wishes import NO_WISHES, Wishes
from phone_agent.ordering.wording import words_for_read_back
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord, Profile

NOON = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
"""Noon in Orlando."""


def an_id(path: str) -> str:
    return id_of(path)


def a_menu() -> Menu:
    """The Grill (Caesar Salad, Grilled Salmon, Lemonade sold out) and the Thai Garden (Pad Thai with options)."""
    return Menu((the_grill(), the_thai_garden()))


def the_grill() -> Restaurant:
    salads = (an_item("grill", "salads", "Caesar Salad", 899, aliases=("caesar",), allergens=("egg", "fish")),)
    mains = (
        an_item("grill", "mains", "Grilled Salmon", 2299, dietary_tags=("gluten-free",)),
        an_item("grill", "mains", "Lemonade", 350, is_available=False),
    )
    sections = (a_section("grill", "salads", salads), a_section("grill", "mains", mains))
    return a_restaurant("grill", "The Grill", "seafood", sections)


def the_thai_garden() -> Restaurant:
    extras = a_group("thai/pad-thai", "extras", (("Peanuts", 75), ("Egg", 150), ("Lime", 0)), max_chosen=3)
    spice = a_group("thai/pad-thai", "spice", (("Mild", 0), ("Hot", 0)), required=True)
    noodles = (an_item("thai", "noodles", "Pad Thai", 1250, option_groups=(spice, extras)),)
    return a_restaurant("thai", "Thai Garden", "Thai", (a_section("thai", "noodles", noodles),))


def a_restaurant(slug: str, name: str, cuisine: str, sections: tuple[Section, ...]) -> Restaurant:
    return Restaurant(
        id=an_id(slug), slug=slug, name=name, cuisine=cuisine, cuisine_group="dinner", sections=sections,
        tax_rate_basis_points=650, timezone="America/New_York", eta_minutes=25, city="Orlando", state="FL",
        address="1 Lake Street", phone="+14075550101", aliases=(f"the {slug}",), dietary_tags=("vegetarian",),
        standout_dish=sections[0].items[0].name,
    )  # fmt: skip


def a_section(restaurant: str, slug: str, items: tuple[MenuItem, ...]) -> Section:
    return Section(an_id(f"{restaurant}/{slug}"), slug, slug.title(), items)


def an_item(
    restaurant: str, section: str, name: str, price_cents: int, *, aliases: tuple[str, ...] = (),
    option_groups: tuple[OptionGroup, ...] = (), dietary_tags: tuple[str, ...] = (), allergens: tuple[str, ...] = (),
    is_available: bool = True,
) -> MenuItem:  # fmt: skip
    slug = name.lower().replace(" ", "-")
    return MenuItem(
        id=an_id(f"{restaurant}/{slug}"), slug=slug, name=name, price_cents=price_cents,
        restaurant_id=an_id(restaurant), section_id=an_id(f"{restaurant}/{section}"), description=f"Our {name}.",
        aliases=aliases, option_groups=option_groups, dietary_tags=dietary_tags, allergens=allergens,
        is_available=is_available,
    )  # fmt: skip


def a_group(
    item: str, slug: str, choices: tuple[tuple[str, int], ...], *, required: bool = False, max_chosen: int = 1
) -> OptionGroup:
    modifiers = tuple(
        Modifier(an_id(f"{item}/{slug}/{label}"), label.lower(), label, cents, aliases=(f"{label.lower()}s",))
        for label, cents in choices
    )
    return OptionGroup(
        id=an_id(f"{item}/{slug}"), slug=slug, title=slug.title(), modifiers=modifiers, required=required,
        min=int(required), max=max_chosen,
    )  # fmt: skip


def item_named(menu: Menu, name: str) -> MenuItem:
    return next(item for item in menu.items if item.name == name)


def with_item(menu: Menu, changed: MenuItem) -> Menu:
    """The same menu with this item in the place of the one with its id."""

    def section(old: Section) -> Section:
        return replace(old, items=tuple(changed if item.id == changed.id else item for item in old.items))

    return Menu(tuple(replace(r, sections=tuple(section(s) for s in r.sections)) for r in menu.restaurants))


def a_line(item: MenuItem, quantity: int = 1, *options: tuple[str, Amount], note: str = "") -> LineItem:
    amounts = dict(options)
    chosen = tuple(
        ChosenModifier(group.id, modifier, amounts[modifier.label])
        for group in item.option_groups
        for modifier in group.modifiers
        if modifier.label in amounts
    )
    return LineItem(str(uuid4()), item, quantity, chosen, note)


def a_cart(menu: Menu) -> Cart:
    """2 Caesar Salads and a Grilled Salmon: $40.97 before tax."""
    salads = a_line(item_named(menu, "Caesar Salad"), 2, note="dressing on the side")
    return Cart(str(uuid4())).add(salads).add(a_line(item_named(menu, "Grilled Salmon")))


def a_thai_cart(menu: Menu) -> Cart:
    options: tuple[tuple[str, Amount], ...] = (("Hot", "regular"), ("Peanuts", "double"), ("Egg", "no"))
    return Cart(str(uuid4())).add(a_line(item_named(menu, "Pad Thai"), 3, *options, note="no plastic, please"))


def read_back_of(quote: Quote, now: datetime) -> str:
    """All that is said of it in one: how to confirm it is a sentence of its own."""
    return " ".join(filter(None, words_for_read_back(quote, now)))


async def a_call(store: Store, number: str | None = None) -> CallRecord:
    """A guest rings."""
    guest = Profile(str(uuid4()))
    await store.save_profile(guest)
    record = CallRecord(str(uuid4()), f"room-{uuid4()}", "phone", guest.id, number, "+14075550100", NOON)
    await store.open_call(record)
    return record


async def a_quote(
    store: Store, menu: Menu, cart: Cart | None = None, *, now: datetime = NOON, number: str | None = None
) -> Quote:
    """A guest rings, fills a cart and checks out."""
    record = await a_call(store, number)
    return await a_quote_of(store, menu, cart or a_cart(menu), record.id, now=now)


async def a_quote_of(
    store: Store, menu: Menu, cart: Cart, call_id: str, *, now: datetime = NOON, wishes: Wishes = NO_WISHES
) -> Quote:
    """A caller checks out: the quote is as it would be if the kitchen had nothing else to do."""
    frozen = await store.freeze_cart(cart, call_id=call_id, wishes=wishes, now=now)
    restaurant = menu.restaurant(cart.lines[0].item.restaurant_id)
    made = make_quote(
        frozen.cart, restaurant, quote_id=str(uuid4()), call_id=call_id, now=now, versions=frozen.versions
    )
    return replace(made, wishes=wishes)
