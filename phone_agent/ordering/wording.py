"""What the agent says: the cart, the quote, the order and what was found, put into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.diet import diet_in
from phone_agent.ordering.dish_words import HALF
from phone_agent.ordering.lists import both, either
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant, Section
from phone_agent.ordering.order import Order, OrderLine, Quote, order_line
from phone_agent.ordering.search import is_called, names_unknown_restaurant, nearest_items
from phone_agent.ordering.sentences import SLOTS, Sentence
from phone_agent.ordering.text import plain_words

__all__ = ["SLOTS", "Sentence", "both", "either", "format_usd"]

CENTS_PER_DOLLAR = 100
SECONDS_PER_MINUTE = 60
DISHES_BY_EAR = 3


def format_usd(cents: int) -> str:
    """ "$31.98" as on a screen; the voice turns it into words."""
    return f"${cents // CENTS_PER_DOLLAR}.{cents % CENTS_PER_DOLLAR:02d}"


def words_for_greeting(household_name: str | None) -> str:
    if household_name is None:
        return Sentence.GREETING_GUEST.words()
    return Sentence.GREETING_HOUSEHOLD.words(household=household_name)


def words_for_profile(household_name: str | None, area: str, favorite_cuisines: Sequence[str]) -> str:
    if household_name is None:
        return Sentence.PROFILE_GUEST.words()
    if not favorite_cuisines or not area:
        return Sentence.PROFILE_NO_TASTES.words(household=household_name)
    return Sentence.PROFILE.words(household=household_name, area=area, cuisines=both(favorite_cuisines))


def words_for_line(line: LineItem | OrderLine) -> str:
    """ "2 large Pad Thai with extra peanuts and no egg", "1 Garden Pizza with olives, half bacon"."""
    copy = order_line(line) if isinstance(line, LineItem) else line
    sizes, choices, extras, left, right = (
        [option.label for option in copy.options if option.role == role]
        for role in ("size", "choice", "extra", "left", "right")
    )
    after = ", ".join([" ".join([str(copy.quantity), *sizes, copy.name]), *choices])
    if extras:
        after += f"{',' if ',' in after else ''} with {both(extras)}"
    halves = (f"{HALF}{both([label.removeprefix(HALF) for label in labels])}" for labels in (left, right) if labels)
    return ", ".join([after, *halves, *((copy.note,) if copy.note else ())])


def words_for_lines(lines: Sequence[LineItem] | Sequence[OrderLine]) -> str:
    return both([words_for_line(line) for line in lines])


def words_for_cart(cart: Cart) -> str:
    if cart.is_empty:
        return Sentence.CART_EMPTY.words()
    return Sentence.CART.words(lines=words_for_lines(cart.lines), subtotal=format_usd(cart.subtotal_cents))


def words_for_added(lines: Sequence[LineItem]) -> str:
    return Sentence.ADDED.words(lines=words_for_lines(lines))


def words_for_changed(line: LineItem) -> str:
    return Sentence.CHANGED.words(lines=words_for_line(line))


def words_for_removed(line: LineItem, cart: Cart) -> str:
    """`cart`: what is left."""
    return (Sentence.REMOVED_LAST if cart.is_empty else Sentence.REMOVED).words(dish=line.item.name)


def words_for_quote(quote: Quote, now: datetime) -> str:
    """The order and its total; how to confirm it is a sentence of its own."""
    return Sentence.READ_BACK.words(
        lines=words_for_lines(quote.lines),
        restaurant=quote.restaurant_name,
        tax=format_usd(quote.totals.tax_cents),
        total=format_usd(quote.totals.total_cents),
        minutes=str(max(1, minutes_until(quote.ready_at, now))),
    )


def words_for_order(order: Order, now: datetime) -> str:
    number, minutes = f"{order.number:03d}", minutes_until(order.ready_at, now)
    if minutes < 1:
        return Sentence.ORDER_READY.words(order_number=number)
    return Sentence.ORDER_PLACED.words(order_number=number, minutes=str(minutes))


def minutes_until(moment: datetime, now: datetime) -> int:
    """Rounded up: nobody should stand at the counter too early."""
    return -int((now - moment).total_seconds() // SECONDS_PER_MINUTE)


def words_for_dishes(items: Sequence[MenuItem]) -> str:
    """ "Pad Thai for $13.50 and Green Curry for $14.25"."""
    return both([f"{item.name} for {format_usd(item.price_cents)}" for item in items])


def words_for_found(query: str, shown: Sequence[MenuItem], menu: Menu) -> str:
    """At most three dishes with their price, or what comes nearest."""
    available = [item for item in shown if item.is_available][:DISHES_BY_EAR]
    if not available:
        return _words_for_not_found(query, shown, menu)
    if names_unknown_restaurant(query, menu):
        place = menu.restaurant_of(available[0])
        theirs = [item for item in available if item.restaurant_id == place.id]
        return Sentence.FOUND_ELSEWHERE.words(restaurant=place.name, dishes_with_prices=words_for_dishes(theirs))
    tags = diet_in(plain_words(query), menu.items).tags
    if tags and len(available) > 1:
        return Sentence.DIET_FOUND.words(tag=tags[0], dishes_with_prices=words_for_dishes(available))
    sentence = Sentence.FOUND_ONE if len(available) == 1 else Sentence.FOUND
    return sentence.words(dishes_with_prices=words_for_dishes(available))


def _words_for_not_found(query: str, shown: Sequence[MenuItem], menu: Menu) -> str:
    if shown:
        section = menu.section_of(shown[0]).items
        instead = [item for item in section if item.is_available][:DISHES_BY_EAR]
        if not instead:
            return Sentence.SOLD_OUT_ALONE.words(dish=shown[0].name)
        return Sentence.FOUND_SOLD_OUT.words(dish=shown[0].name, dishes_with_prices=words_for_dishes(instead))
    nearest = nearest_items(menu, query)
    if not nearest:
        return Sentence.NOTHING_FOUND.words()
    return Sentence.NOTHING_FOUND_NEAREST.words(dishes_with_prices=words_for_dishes(nearest))


def words_for_restaurants(words: str, found: Sequence[Restaurant], menu: Menu) -> str:
    if not found:
        every = both([restaurant.name for restaurant in menu.restaurants if restaurant.is_active])
        return Sentence.RESTAURANTS_NONE.words(restaurants=every)
    if not any(is_called(restaurant, words) for restaurant in found):
        return Sentence.RESTAURANT_NEAREST.words(restaurant=found[0].name)
    if len(found) == 1:
        return Sentence.RESTAURANTS_FOUND_ONE.words(restaurant=found[0].name)
    return Sentence.RESTAURANTS_FOUND.words(restaurants=both([restaurant.name for restaurant in found]))


def words_for_sections(restaurant: Restaurant) -> str:
    titles = both([section.title for section in restaurant.sections])
    return Sentence.MENU_SECTIONS.words(restaurant=restaurant.name, sections=titles)


def words_for_section(section: Section, items: Sequence[MenuItem], *, has_more: bool) -> str:
    """`items`: the next few of the section, as Call.browse counts them."""
    sentence = Sentence.SECTION_MORE if has_more else Sentence.SECTION_LAST
    return sentence.words(section=section.title, dishes_with_prices=words_for_dishes(items))


def words_for_menu(restaurant: Restaurant | None, menu: Menu) -> str:
    """The restaurant's sections; where none was named, the restaurants."""
    if restaurant is not None:
        return words_for_sections(restaurant)
    every = both([place.name for place in menu.restaurants if place.is_active])
    return Sentence.RESTAURANTS_ALL.words(restaurants=every)


def words_for_price(item: MenuItem) -> str:
    """A required choice may cost more, and then it is where the price starts."""
    extra = [min(m.price_cents for m in group.modifiers) for group in item.option_groups if group.least]
    varies = any(m.price_cents for group in item.option_groups if group.least for m in group.modifiers)
    sentence = Sentence.PRICE_FROM if varies else Sentence.PRICE
    return sentence.words(dish=item.name, price=format_usd(item.price_cents + sum(extra)))


def words_for_diet(item: MenuItem, tag: str) -> str:
    return (Sentence.DIET_YES if tag in item.dietary_tags else Sentence.DIET_NO).words(dish=item.name, tag=tag)


def words_for_allergens(item: MenuItem) -> str:
    if not item.allergens:
        return Sentence.ALLERGENS_NONE.words(dish=item.name)
    return Sentence.ALLERGENS.words(dish=item.name, allergens=both(item.allergens))
