"""Looking at the raw data of a menu file, which may have any shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from phone_agent.ordering.menu_slips import Slip

Node = dict[str, Any]


def twins(nodes: Iterable[tuple[str, Node]], field: str) -> Iterator[Slip]:
    first: dict[str, str] = {}
    for path, node in nodes:
        value = node.get(field)
        if not isinstance(value, str):
            continue
        seen = first.setdefault(value.casefold(), path)
        if seen != path:
            yield Slip(f"{path}.{field}", f'"{value}" is taken by {seen}')


def empty(node: Node, field: str, path: str) -> Iterator[Slip]:
    if node.get(field) == []:
        yield Slip(f"{path}.{field}".removeprefix("."), "needs at least one")


def children(node: Node, field: str, path: str) -> Iterator[tuple[str, Node]]:
    nodes = node.get(field)
    for index, child in enumerate(nodes if isinstance(nodes, list) else []):
        if isinstance(child, dict):
            yield f"{path}.{field}[{index}]".removeprefix("."), child


def child(node: Node, field: str) -> Node:
    value = node.get(field)
    return value if isinstance(value, dict) else {}


def text(node: Node, field: str) -> str:
    value = node.get(field)
    return value if isinstance(value, str) else ""


def texts(node: Node, field: str) -> list[str]:
    values = node.get(field)
    return [value if isinstance(value, str) else "" for value in values] if isinstance(values, list) else []


def whole(node: Node, field: str, otherwise: int) -> int:
    value = node.get(field, otherwise)
    return value if isinstance(value, int) else otherwise
