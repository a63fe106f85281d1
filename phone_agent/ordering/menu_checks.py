"""Mistakes in a menu file that no single field shows: twins, and option groups that nobody could satisfy."""

from __future__ import annotations

from collections.abc import Iterator

from phone_agent.ordering.menu_links import slips_of_links
from phone_agent.ordering.menu_nodes import Node, children, empty, text, twins, whole
from phone_agent.ordering.menu_slips import Slip


def slips_in(raw: object) -> tuple[Slip, ...]:
    """Looks at the raw data, so that these are told together with the mistakes of shape."""
    return tuple(_slips_of_menu(raw)) if isinstance(raw, dict) else ()


def _slips_of_menu(menu: Node) -> Iterator[Slip]:
    restaurants = list(children(menu, "restaurants", ""))
    yield from empty(menu, "restaurants", "")
    yield from twins(restaurants, "id")
    yield from twins(restaurants, "name")
    yield from _numbers_of_two(restaurants)
    for path, restaurant in restaurants:
        yield from empty(restaurant, "sections", path)
        sections = list(children(restaurant, "sections", path))
        items = [entry for section_path, section in sections for entry in children(section, "items", section_path)]
        yield from twins(sections, "id")
        yield from twins(items, "id")
        yield from twins(items, "name")
        yield from twins(list(children(restaurant, "coupons", path)), "code")
        for item_path, item in items:
            yield from _slips_of_item(item_path, item)
        yield from slips_of_links(path, restaurant, items)


def _numbers_of_two(restaurants: list[tuple[str, Node]]) -> Iterator[Slip]:
    first: dict[str, str] = {}
    for path, restaurant in restaurants:
        numbers = restaurant.get("numbers")
        for place, number in enumerate(numbers if isinstance(numbers, list) else []):
            here = f"{path}.numbers[{place}]"
            if isinstance(number, str) and first.setdefault(number, here) != here:
                yield Slip(here, f"{number} is taken by {first[number]}")


def _slips_of_item(path: str, item: Node) -> Iterator[Slip]:
    groups = list(children(item, "option_groups", path))
    parts = list(children(item, "combo", path))
    yield from twins([*groups, *parts], "id")
    sizes = [(group_path, group) for group_path, group in groups if group.get("role") == "size"]
    if len(sizes) > 1:
        yield Slip(f"{sizes[1][0]}.role", "the item has a size already")
    slugs = {text(size, "id") for _, group in sizes[:1] for _, size in children(group, "modifiers", "")}
    for group_path, group in groups:
        yield from _slips_of_group(group_path, group)
        for modifier_path, modifier in children(group, "modifiers", group_path):
            yield from _slips_of_prices(modifier_path, modifier, slugs, is_size=group.get("role") == "size")


def _slips_of_group(path: str, group: Node) -> Iterator[Slip]:
    modifiers = list(children(group, "modifiers", path))
    yield from empty(group, "modifiers", path)
    yield from twins(modifiers, "id")
    yield from twins(modifiers, "label")
    least = max(whole(group, "min", 0), int(group.get("required") is True))
    most = whole(group, "max", 1)
    defaults = sum(modifier.get("is_default") is True for _, modifier in modifiers)
    if least > most:
        yield Slip(f"{path}.min", f"{least} is more than max, which is {most}")
    if modifiers and least > len(modifiers):
        yield Slip(f"{path}.min", f"{least} is more than the {len(modifiers)} modifiers")
    if defaults > most:
        yield Slip(f"{path}.modifiers", f"{defaults} defaults, but max is {most}")
    if group.get("role") == "size":
        yield from _slips_of_size(path, group, most)


def _slips_of_size(path: str, group: Node, most: int) -> Iterator[Slip]:
    if most != 1:
        yield Slip(f"{path}.max", "an item has one size")
    if group.get("has_halves") is True:
        yield Slip(f"{path}.has_halves", "both halves have the same size")


def _slips_of_prices(path: str, modifier: Node, sizes: set[str], *, is_size: bool) -> Iterator[Slip]:
    by_size = modifier.get("price_by_size")
    if not isinstance(by_size, dict) or not by_size:
        return
    if is_size:
        yield Slip(f"{path}.price_by_size", "a size has one price")
        return
    for size in by_size:
        if size not in sizes:
            yield Slip(f"{path}.price_by_size.{size}", f"the item has no size with the id {size!r}")
