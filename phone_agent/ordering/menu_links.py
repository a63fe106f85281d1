"""Mistakes in a menu file between one entry and another: combos, day parts, halves, coupons, hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from phone_agent.ordering.coupons import characters_of
from phone_agent.ordering.menu_nodes import Node, child, children, empty, text, texts, twins, whole
from phone_agent.ordering.menu_slips import Slip
from phone_agent.ordering.menu_terms import WEEKDAYS


def slips_of_links(path: str, restaurant: Node, items: Sequence[tuple[str, Node]]) -> Iterator[Slip]:
    hours = child(restaurant, "hours")
    week = [hours[day] for day in WEEKDAYS if day in hours]
    if week and not any(week):
        yield Slip(f"{path}.hours", "closed on every day; set is_active to false instead")
    yield from _slips_of_coupons(list(children(restaurant, "coupons", path)))
    yield from _slips_of_halves(items)
    dishes = {text(item, "id"): item for _, item in items}
    for item_path, item in items:
        for place, part in enumerate(texts(item, "day_parts")):
            if part not in child(hours, "day_parts"):
                yield Slip(f"{item_path}.day_parts[{place}]", f'the restaurant\'s hours have no day part "{part}"')
        yield from _slips_of_combo(item_path, item, dishes)


def _slips_of_coupons(coupons: Sequence[tuple[str, Node]]) -> Iterator[Slip]:
    """A code is heard, not read: two that are said alike are one."""
    first: dict[str, str] = {}
    for path, coupon in coupons:
        if ("percent" in coupon) == ("amount" in coupon):
            yield Slip(path, "needs either percent or amount")
        elif not coupon.get("percent", 0) and not text(coupon, "amount").strip("0."):
            yield Slip(path, "takes nothing off")
        code = text(coupon, "code")
        said = first.setdefault(characters_of(code), code)
        if said.casefold() != code.casefold():
            yield Slip(f"{path}.code", f'"{code}" is said like "{said}"')


def _slips_of_halves(items: Sequence[tuple[str, Node]]) -> Iterator[Slip]:
    halved = [path for path, item in items if item.get("half_price") is not None]
    if len(halved) == 1:
        yield Slip(f"{halved[0]}.half_price", "no other dish of the restaurant is sold in halves")


def _slips_of_combo(path: str, item: Node, dishes: Mapping[str, Node]) -> Iterator[Slip]:
    for part_path, part in children(item, "combo", path):
        choices = list(children(part, "choices", part_path))
        yield from empty(part, "choices", part_path)
        yield from twins(choices, "item")
        if sum(choice.get("is_default") is True for _, choice in choices) > 1:
            yield Slip(f"{part_path}.choices", "only one can be the default")
        for choice_path, choice in choices:
            words = _why_not(choice, item, dishes)
            if words:
                yield Slip(f"{choice_path}.item", words)


def _why_not(choice: Node, combo: Node, dishes: Mapping[str, Node]) -> str:
    """Why the dish cannot be a part of the combo."""
    slug = text(choice, "item")
    dish = dishes.get(slug)
    if dish is None:
        return f"the restaurant has no dish with the id {slug!r}"
    if dish.get("combo"):
        return "a combo cannot be part of another one"
    if whole(dish, "minimum_age", 0) > whole(combo, "minimum_age", 0):
        return "has a minimum age, so the combo needs it too"
    if any(_asks(group) for _, group in children(dish, "option_groups", "")):
        return "has a required choice without a default, which a combo does not ask for"
    return ""


def _asks(group: Node) -> bool:
    least = max(whole(group, "min", 0), int(group.get("required") is True))
    defaults = sum(modifier.get("is_default") is True for _, modifier in children(group, "modifiers", ""))
    return defaults < least
