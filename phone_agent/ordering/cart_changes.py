"""What has become of a cart on a menu that changed meanwhile: sold out, at another price, or changed by somebody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from phone_agent.ordering.cart import Cart, LineItem
from phone_agent.ordering.errors import SoldOut
from phone_agent.ordering.lists import both, either
from phone_agent.ordering.menu import Menu, Modifier
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.serving import instead_of


def sold_out_lines(cart: Cart) -> tuple[LineItem, ...]:
    return tuple(line for line in cart.lines if not line.is_available)


def put_in_vain(before: Cart, after: Cart) -> tuple[LineItem, ...]:
    """Lines that were added, or became more, though they are sold out."""
    return tuple(line for line in sold_out_lines(after) if not _was_there(line, before))


def _was_there(line: LineItem, cart: Cart) -> bool:
    return any(o.id == line.id and o.is_same_dish(line) and o.quantity >= line.quantity for o in cart.lines)


def repriced_lines(before: Cart, after: Cart) -> tuple[LineItem, ...]:
    """As they are afterwards; a line that is another dish now has no earlier price."""
    prices = {line.id: line for line in before.lines}
    return tuple(
        line
        for line in after.lines
        if line.id in prices
        and line.is_same_dish(prices[line.id])
        and line.unit_price_cents != prices[line.id].unit_price_cents
    )


def is_same(one: Cart, other: Cart) -> bool:
    """The very same lines, whatever they cost."""
    lines = {line.id: line for line in other.lines}
    return len(one.lines) == len(lines) and all(
        line.id in lines and line.quantity == lines[line.id].quantity and line.is_same_dish(lines[line.id])
        for line in one.lines
    )


def is_as_before(one: Cart, other: Cart) -> bool:
    """To be had, and at the price that was known."""
    return not repriced_lines(one, other) and sold_out_lines(one) == sold_out_lines(other)


def words_for_prices(lines: Sequence[LineItem]) -> list[str]:
    said = [
        CallerSentence.REORDER_PRICE.words(dish=line.item.name, price=format_usd(line.unit_price_cents))
        for line in lines
    ]
    return list(dict.fromkeys(said))


def words_for_sold_out(lines: Sequence[LineItem], menu: Menu, at: datetime) -> str:
    """Of lines that are in the cart: whether to leave them out."""
    names = list(dict.fromkeys(line.item.name for line in lines))
    if len(names) > 1:
        return Sentence.SOLD_OUT_MEANWHILE_SEVERAL.words(dish_names=both(names))
    lost = _lost_choice(lines[0])
    if lost is not None:
        return Sentence.CHOICE_OUT_MEANWHILE.words(choice=lost.label, dish=names[0])
    others = instead_of(lines[0].item, menu, at)
    if not others:
        return Sentence.SOLD_OUT_MEANWHILE_ALONE.words(dish=names[0])
    return Sentence.SOLD_OUT_MEANWHILE.words(dish=names[0], dishes=either(others))


def refusal_of(line: LineItem, menu: Menu, at: datetime) -> SoldOut:
    """Of a line that was to be put in: with what there is instead."""
    lost = _lost_choice(line)
    if lost is not None:
        return SoldOut(Sentence.OPTION_SOLD_OUT_ALONE.words(choice=lost.label))
    dish = next(dish for dish in (line.item, line.other_half) if dish is not None and not dish.is_available)
    others = instead_of(dish, menu, at)
    if not others:
        return SoldOut(Sentence.SOLD_OUT_ALONE.words(dish=dish.name))
    return SoldOut(Sentence.SOLD_OUT.words(dish=dish.name, dishes=either(others)))


def _lost_choice(line: LineItem) -> Modifier | None:
    """None where a dish itself is sold out."""
    if not line.item.is_available or (line.other_half is not None and not line.other_half.is_available):
        return None
    return next(c.modifier for c in line.modifiers if c.amount != "no" and not c.modifier.is_available)
