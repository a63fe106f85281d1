"""Mistakes in a menu file that no single field shows: twins, and option groups that nobody could satisfy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Node = dict[str, Any]


def path_of(location: Sequence[str | int]) -> str:
    """("sections", 0, "title") as a person would look it up: sections[0].title."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".") or "the file"


def slips_in(raw: object) -> tuple[str, ...]:
    """Looks at the raw data, so that these are told together with the mistakes of shape."""
    return tuple(_slips_of_menu(raw)) if isinstance(raw, dict) else ()


def _slips_of_menu(menu: Node) -> Iterator[str]:
    restaurants = list(_children(menu, "restaurants", ""))
    yield from _empty(menu, "restaurants", "")
    yield from _twins(restaurants, "id")
    yield from _twins(restaurants, "name")
    for path, restaurant in restaurants:
        yield from _empty(restaurant, "sections", path)
        sections = list(_children(restaurant, "sections", path))
        items = [entry for section_path, section in sections for entry in _children(section, "items", section_path)]
        yield from _twins(sections, "id")
        yield from _twins(items, "id")
        yield from _twins(items, "name")
        for item_path, item in items:
            yield from _slips_of_item(item_path, item)


def _slips_of_item(path: str, item: Node) -> Iterator[str]:
    groups = list(_children(item, "option_groups", path))
    yield from _twins(groups, "id")
    sizes = [group_path for group_path, group in groups if group.get("role") == "size"]
    if len(sizes) > 1:
        yield f"{sizes[1]}.role: the item has a size already"
    for group_path, group in groups:
        yield from _slips_of_group(group_path, group)


def _slips_of_group(path: str, group: Node) -> Iterator[str]:
    modifiers = list(_children(group, "modifiers", path))
    yield from _empty(group, "modifiers", path)
    yield from _twins(modifiers, "id")
    yield from _twins(modifiers, "label")
    least = max(_whole(group, "min", 0), int(group.get("required") is True))
    most = _whole(group, "max", 1)
    defaults = sum(modifier.get("is_default") is True for _, modifier in modifiers)
    if least > most:
        yield f"{path}.min: {least} is more than max, which is {most}"
    if modifiers and least > len(modifiers):
        yield f"{path}.min: {least} is more than the {len(modifiers)} modifiers"
    if defaults > most:
        yield f"{path}.modifiers: {defaults} defaults, but max is {most}"
    if group.get("role") == "size" and most != 1:
        yield f"{path}.max: an item has one size"


def _twins(nodes: Iterable[tuple[str, Node]], field: str) -> Iterator[str]:
    first: dict[str, str] = {}
    for path, node in nodes:
        value = node.get(field)
        if not isinstance(value, str):
            continue
        seen = first.setdefault(value.casefold(), path)
        if seen != path:
            yield f'{path}.{field}: "{value}" is taken by {seen}'


def _empty(node: Node, field: str, path: str) -> Iterator[str]:
    if node.get(field) == []:
        yield f"{path}.{field}: needs at least one".removeprefix(".")


def _children(node: Node, field: str, path: str) -> Iterator[tuple[str, Node]]:
    children = node.get(field)
    for index, child in enumerate(children if isinstance(children, list) else []):
        if isinstance(child, dict):
            yield f"{path}.{field}[{index}]".removeprefix("."), child


def _whole(node: Node, field: str, otherwise: int) -> int:
    value = node.get(field, otherwise)
    return value if isinstance(value, int) else otherwise
