"""What the agent says: the cart, the quote, the order and what was found, put into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.diet import diet_in
from phone_agent.ordering.language import called, in_words
from phone_agent.ordering.lists import both, either
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant, Section
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.order import Order, OrderLine, Quote
from phone_agent.ordering.pricing import Totals
from phone_agent.ordering.search import is_called, names_unknown_restaurant, nearest_items
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.text import plain_words
from phone_agent.ordering.wishes import Fulfilment
from phone_agent.ordering.wording_lines import words_for_line
from phone_agent.ordering.wording_screen import words_for_shown_dishes
from phone_agent.ordering.wording_times import words_for_day, words_for_time

__all__ = ["Sentence", "both", "either", "format_usd", "words_for_line"]

SECONDS_PER_MINUTE = 60
DISHES_BY_EAR = 3
RESTAURANTS_BY_EAR = 3
LOCAL_DIGITS = 7
FREE = "free"
"""How a tag about an allergen ends: "nut-free"."""


def format_phone(number: str) -> str:
    """E.164 as it is read out in groups: "407-555-0133"; abroad as it is."""
    area, rest = number.removeprefix("+1")[:3], number.removeprefix("+1")[3:]
    if not number.startswith("+1") or len(rest) != LOCAL_DIGITS:
        return number
    return f"{area}-{rest[:3]}-{rest[3:]}"


def words_for_profile(household_name: str | None, area: str, favorite_cuisines: Sequence[str]) -> str:
    if household_name is None:
        return Sentence.PROFILE_GUEST.words()
    if not favorite_cuisines or not area:
        return Sentence.PROFILE_NO_TASTES.words(household=household_name)
    return Sentence.PROFILE.words(household=household_name, area=area, cuisines=both(favorite_cuisines))


def words_for_lines(lines: Sequence[LineItem] | Sequence[OrderLine]) -> str:
    return both([words_for_line(line) for line in lines])


def words_for_cart(cart: Cart) -> str:
    if cart.is_empty:
        return Sentence.CART_EMPTY.words()
    return Sentence.CART.words(lines=words_for_lines(cart.lines), subtotal=format_usd(cart.subtotal_cents))


def words_for_added(lines: Sequence[LineItem], *, more_follows: bool = False) -> str:
    return (Sentence.ADDED_ALREADY if more_follows else Sentence.ADDED).words(lines=words_for_lines(lines))


def words_for_changed(line: LineItem) -> str:
    return Sentence.CHANGED.words(lines=words_for_line(line))


def words_for_removed(line: LineItem, cart: Cart) -> str:
    """`cart`: what is left."""
    return (Sentence.REMOVED_LAST if cart.is_empty else Sentence.REMOVED).words(dish=line.item.name)


def words_for_read_back(quote: Quote, now: datetime) -> tuple[str, str, str]:
    """The dishes, the clause with the total and when it is handed over, and the notes."""
    wanted = quote.fulfilment
    slots = {
        "lines": words_for_lines(quote.lines),
        "restaurant": quote.restaurant_name,
        "charges": words_for_charges(quote.totals),
        "total": format_usd(quote.totals.total_cents),
        **words_for_when(wanted, quote.arrives_at or quote.ready_at, quote.timezone, now),
    }
    if wanted.kind == "pickup":
        sentence = Sentence.READ_BACK if wanted.requested_at is None else TermSentence.READ_BACK_AT
    else:
        slots["address"] = wanted.address
        sentence = (
            TermSentence.READ_BACK_DELIVERY if wanted.requested_at is None else TermSentence.READ_BACK_DELIVERY_AT
        )
    before, place, total = sentence.words(**slots).rpartition(f"{quote.restaurant_name}. ")
    return f"{before}{place}".rstrip(), total, " ".join(_words_for_notes(quote))


def words_for_order(order: Order, now: datetime) -> str:
    number, wanted = f"{order.number:03d}", order.fulfilment
    at = order.arrives_at or order.ready_at
    if wanted.kind == "pickup" and minutes_until(at, now) < 1:
        return Sentence.ORDER_READY.words(order_number=number)
    if wanted.kind == "pickup":
        sentence = Sentence.ORDER_PLACED if wanted.requested_at is None else TermSentence.ORDER_PLACED_AT
    else:
        is_soon = wanted.requested_at is None
        sentence = TermSentence.ORDER_PLACED_DELIVERY if is_soon else TermSentence.ORDER_PLACED_DELIVERY_AT
    return sentence.words(order_number=number, **words_for_when(wanted, at, order.timezone, now))


def minutes_until(moment: datetime, now: datetime) -> int:
    """Rounded up: nobody should stand at the counter too early."""
    return -int((now - moment).total_seconds() // SECONDS_PER_MINUTE)


def words_for_dishes(items: Sequence[MenuItem]) -> str:
    """ "Pad Thai for $13.50 and Green Curry for $14.25"."""
    for_price = "{dish} for {price}"
    return both([in_words(for_price, dish=called(i.name), price=format_usd(i.price_cents)) for i in items])


def dishes_to_say(query: str, found: Sequence[MenuItem], menu: Menu) -> tuple[MenuItem, ...]:
    """At most three that can be had; of one restaurant where the caller named one that is not here."""
    available = [item for item in found if item.is_available]
    if available and names_unknown_restaurant(query, menu):
        available = [item for item in available if item.restaurant_id == available[0].restaurant_id]
    return tuple(available[:DISHES_BY_EAR])


def words_for_found(
    query: str, shown: Sequence[MenuItem], menu: Menu, *, nearby: Sequence[Restaurant] | None = None,
    on_screen: Sequence[MenuItem] = (),
) -> str:  # fmt: skip
    """At most three dishes with their price, or what comes nearest; what is `on_screen` is not read out."""
    available = dishes_to_say(query, shown, menu)
    if not available:
        return _words_for_not_found(query, shown, menu, nearby)
    if names_unknown_restaurant(query, menu):
        sentence = Sentence.FOUND_ELSEWHERE if len(available) == 1 else Sentence.FOUND_ELSEWHERE_SEVERAL
        place = menu.restaurant_of(available[0])
        return sentence.words(restaurant=place.name, dishes_with_prices=words_for_dishes(available))
    tags = diet_in(plain_words(query), menu.items).tags
    if tags and (len(available) > 1 or tags[0].endswith(FREE)):
        sentence = Sentence.DIET_FOUND if len(available) > 1 else Sentence.DIET_FOUND_ONE
        return sentence.words(tag=tags[0], dishes_with_prices=words_for_dishes(available))
    if len(available) > 1 and on_screen:
        return words_for_shown_dishes(on_screen)
    sentence = Sentence.FOUND_ONE if len(available) == 1 else Sentence.FOUND
    return sentence.words(dishes_with_prices=words_for_dishes(available))


def _words_for_not_found(query: str, shown: Sequence[MenuItem], menu: Menu, nearby: Sequence[Restaurant] | None) -> str:
    if shown:
        section = menu.section_of(shown[0]).items
        instead = [item for item in section if item.is_available][:DISHES_BY_EAR]
        if not instead:
            return Sentence.SOLD_OUT_ALONE.words(dish=shown[0].name)
        return Sentence.FOUND_SOLD_OUT.words(dish=shown[0].name, dishes_with_prices=words_for_dishes(instead))
    nearest = nearest_items(menu, query, restaurants=nearby)
    if not nearest:
        return Sentence.NOTHING_FOUND.words()
    return Sentence.NOTHING_FOUND_NEAREST.words(dishes_with_prices=words_for_dishes(nearest))


def words_for_restaurants(
    words: str, found: Sequence[Restaurant], menu: Menu, *, nearby: Sequence[Restaurant] | None = None
) -> str:
    if not found:
        return _words_for_some(Sentence.RESTAURANTS_NONE, Sentence.RESTAURANTS_NONE_OF_MANY, nearby or menu.active)
    if not any(is_called(restaurant, words) for restaurant in found):
        return Sentence.RESTAURANT_NEAREST.words(restaurant=found[0].name)
    if len(found) == 1:
        return Sentence.RESTAURANTS_FOUND_ONE.words(restaurant=found[0].name)
    return Sentence.RESTAURANTS_FOUND.words(restaurants=both([restaurant.name for restaurant in found]))


def words_for_no_restaurant_there(menu: Menu) -> str:
    """The caller asked for another city."""
    return Sentence.RESTAURANTS_NOT_THERE.words(cities=both(list(dict.fromkeys(place.city for place in menu.active))))


def words_for_more_restaurants(restaurants: Sequence[Restaurant]) -> str:
    return Sentence.RESTAURANTS_MORE.words(restaurants=both([place.name for place in restaurants]))


def _words_for_some(of_few: Sentence, of_many: Sentence, restaurants: Sequence[Restaurant]) -> str:
    """All of them where they can be kept in mind, else how many there are and the first ones."""
    names = [place.name for place in restaurants]
    if len(names) <= RESTAURANTS_BY_EAR:
        return of_few.words(restaurants=both(names))
    return of_many.words(count=str(len(names)), restaurants=both(names[:RESTAURANTS_BY_EAR]))


def words_for_sections(restaurant: Restaurant) -> str:
    titles = both([section.title for section in restaurant.sections])
    return Sentence.MENU_SECTIONS.words(restaurant=restaurant.name, sections=titles)


def words_for_section(section: Section, items: Sequence[MenuItem], *, has_more: bool) -> str:
    """`items`: the next few of the section, as Call.browse counts them."""
    sentence = Sentence.SECTION_MORE if has_more else Sentence.SECTION_LAST
    return sentence.words(section=section.title, dishes_with_prices=words_for_dishes(items))


def words_for_menu(restaurant: Restaurant | None, restaurants: Sequence[Restaurant]) -> str:
    """The restaurant's sections; where none was named, the restaurants that there are."""
    if restaurant is not None:
        return words_for_sections(restaurant)
    return _words_for_some(Sentence.RESTAURANTS_ALL, Sentence.RESTAURANTS_MANY, restaurants)


def words_for_price(item: MenuItem) -> str:
    """A required choice may cost more, and then it is where the price starts."""
    extra = [min(m.price_cents for m in group.modifiers) for group in item.option_groups if group.least]
    varies = any(m.price_cents for group in item.option_groups if group.least for m in group.modifiers)
    sentence = Sentence.PRICE_FROM if varies else Sentence.PRICE
    return sentence.words(dish=item.name, price=format_usd(item.price_cents + sum(extra)))


def words_for_diet(item: MenuItem, tag: str) -> str:
    """What is free of something is never promised: a mark on the menu is all that is known."""
    if tag not in item.dietary_tags:
        return Sentence.DIET_NO.words(dish=item.name, tag=tag)
    return (Sentence.DIET_MARKED if tag.endswith(FREE) else Sentence.DIET_YES).words(dish=item.name, tag=tag)


def words_for_allergens(item: MenuItem) -> str:
    if not item.allergens:
        return Sentence.ALLERGENS_NONE.words(dish=item.name)
    return Sentence.ALLERGENS.words(dish=item.name, allergens=both(item.allergens))


def words_for_listed_allergens(item: MenuItem) -> str:
    """Where it is said anyway that nobody can promise anything."""
    if not item.allergens:
        return Sentence.ALLERGENS_UNLISTED.words(dish=item.name)
    return Sentence.ALLERGENS_LISTED.words(dish=item.name, allergens=both(item.allergens))


def words_for_charges(totals: Totals) -> str:
    """The tax always; coupon, delivery and tip where there are any: "$2.00 off and $0.58 tax"."""
    others = (
        ("{money} off", totals.discount_cents),
        ("{money} delivery", totals.fees_cents),
        ("{money} tip", totals.tip_cents),
    )
    charges = [in_words(charge, money=format_usd(cents)) for charge, cents in others if cents]
    return both([*charges, in_words("{money} tax", money=format_usd(totals.tax_cents))])


def words_for_when(wanted: Fulfilment, at: datetime, timezone: str, now: datetime) -> dict[str, str]:
    """Minutes where it is to be soon, otherwise the day and the time: slots of the sentences that say when."""
    if wanted.requested_at is None:
        return {"minutes": str(max(1, minutes_until(at, now)))}
    return {"day": words_for_day(at, now, timezone), "time": words_for_time(at, timezone)}


def _words_for_notes(quote: Quote) -> list[str]:
    """The allergy first: it is the one that must not be missed."""
    said = []
    if quote.wishes.allergy_note:
        said.append(TermSentence.READ_BACK_ALLERGY.words(allergy=quote.wishes.allergy_note))
    if quote.wishes.order_note:
        said.append(TermSentence.READ_BACK_NOTE.words(note=quote.wishes.order_note))
    if quote.coupon_minimum_cents:
        said.append(TermSentence.READ_BACK_COUPON_TOO_SMALL.words(minimum=format_usd(quote.coupon_minimum_cents)))
    return said


def words_for_dish_and_diet(item: MenuItem, asked: str, menu: Menu) -> str:
    """`asked`: a dietary tag or an allergen. By the menu's marks only; what is not marked is never called safe."""
    if any(asked in other.dietary_tags for other in menu.items):
        return words_for_diet(item, asked)
    return words_for_allergens(item)


def words_for_total(quote: Quote) -> str:
    return Sentence.TOTAL.words(charges=words_for_charges(quote.totals), total=format_usd(quote.totals.total_cents))


def words_for_person(restaurant: Restaurant | None) -> str:
    """The number of the restaurant that the call is about, where there is one."""
    if restaurant is None or not restaurant.phone:
        return Sentence.PERSON.words()
    return Sentence.PERSON_NUMBER.words(restaurant=restaurant.name, phone=format_phone(restaurant.phone))
