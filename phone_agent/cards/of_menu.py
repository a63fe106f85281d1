"""Cards of the menu: dishes, restaurants and menus, in parts where they are long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from uuid import uuid4

from phone_agent.cards.parts import Choice, Dish, MenuSection, OptionGroup, Place, PriceAtSize, money
from phone_agent.cards.schema import DishesCard, FoundCard, MenuCard, RestaurantsCard
from phone_agent.order_pad.browsing import Found
from phone_agent.ordering.hours import takes_orders
from phone_agent.ordering.language import called
from phone_agent.ordering.menu import Menu, MenuItem, Modifier, Restaurant
from phone_agent.ordering.menu import OptionGroup as Options

MOST_BYTES = 11_000
"""Of the dishes of one card: LiveKit takes 15 kB, and a restaurant may stand beside them."""
MOST_OF_ONE_DISH = 5_000
MOST_PLACES = 12
LONGEST_TEXT = 300
HTTPS = "https://"


def cards_of(found: Found, menu: Menu, now: datetime) -> Iterator[FoundCard]:
    if found.menu_of is not None:
        yield from _menu_cards(found, found.menu_of, menu, now)
    elif found.dishes:
        dishes = [dish_of(item, menu) for item in found.dishes]
        yield DishesCard(query=cut(found.query), dishes=parcels(dishes)[0])
    elif found.places:
        places = [place_of(place, now) for place in found.places[:MOST_PLACES]]
        yield RestaurantsCard(query=cut(found.query), restaurants=places)


def _menu_cards(found: Found, of: Restaurant, menu: Menu, now: datetime) -> Iterator[MenuCard]:
    dishes = [dish_of(item, menu) for section in found.sections for item in section.items]
    parts, place, id_ = parcels(dishes), place_of(of, now), str(uuid4())
    for number, part in enumerate(parts, start=1):
        sections = [
            MenuSection(id=section_id, title=of_section[0].section, dishes=of_section)
            for section_id, of_section in _by_section(part, menu)
        ]
        yield MenuCard(id=id_, part=number, parts=len(parts), restaurant=place, sections=sections)


def _by_section(dishes: Sequence[Dish], menu: Menu) -> list[tuple[str, list[Dish]]]:
    return [(key, list(some)) for key, some in groupby(dishes, lambda dish: menu.item(dish.id).section_id)]


def parcels(dishes: Sequence[Dish]) -> list[list[Dish]]:
    """As few as will do, in their order; one where there are no dishes."""
    made: list[list[Dish]] = [[]]
    room = MOST_BYTES
    for dish in dishes:
        size = size_of(dish)
        if size > room:
            made.append([])
            room = MOST_BYTES
        made[-1].append(dish)
        room -= size
    return made


def size_of(dish: Dish) -> int:
    return len(dish.model_dump_json().encode())


def dish_of(item: MenuItem, menu: Menu) -> Dish:
    dish = Dish(
        id=item.id,
        name=called(item.name),
        restaurant_id=item.restaurant_id,
        restaurant_name=menu.restaurant_of(item).name,
        section=called(menu.section_of(item).title),
        price=money(item.price_cents),
        description=cut(item.description),
        image=image_at(item.image),
        tags=[called(tag) for tag in item.dietary_tags],
        allergens=[called(allergen) for allergen in item.allergens],
        options=[_options_of(group) for group in item.option_groups],
        is_cut=False,
        is_available=item.is_available,
        back_at=item.sold_out_until,
    )
    return dish if size_of(dish) <= MOST_OF_ONE_DISH else dish.model_copy(update={"options": [], "is_cut": True})


def place_of(place: Restaurant, now: datetime) -> Place:
    return Place(
        id=place.id,
        slug=place.slug,
        name=place.name,
        cuisine=called(place.cuisine),
        address=cut(place.address),
        city=place.city,
        phone=place.phone,
        image=image_at(place.image),
        tags=[called(tag) for tag in place.dietary_tags],
        standout_dish=called(place.standout_dish),
        eta_minutes=place.eta_minutes,
        is_open=takes_orders(place.hours, place.timezone, now),
        delivers=place.delivery is not None,
    )


def image_at(address: str) -> str | None:
    """Nothing but a secure address is passed on to a page."""
    return address if address.startswith(HTTPS) else None


def cut(text: str) -> str:
    return text[:LONGEST_TEXT]


def _options_of(group: Options) -> OptionGroup:
    return OptionGroup(
        id=group.id,
        title=called(group.title),
        role=group.role,
        least=group.least,
        most=group.max,
        has_halves=group.has_halves,
        choices=[_choice_of(modifier) for modifier in group.modifiers],
    )


def _choice_of(modifier: Modifier) -> Choice:
    return Choice(
        id=modifier.id,
        label=called(modifier.label),
        price=money(modifier.price_cents),
        prices_by_size=[PriceAtSize(size_id=slug, price=money(cents)) for slug, cents in modifier.prices_by_size],
        is_default=modifier.is_default,
        is_available=modifier.is_available,
    )
