"""Names of the menu as closed sets in tool schemas, as far as a strict schema takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field

MOST_NAMES = 300
"""Above that the model takes names from what a tool has found."""
MOST_CHARACTERS = 15_000
"""Of all the names of a set together, where they are more than 250."""


def is_closed_set(names: Iterable[str]) -> bool:
    known = set(names)
    return 0 < len(known) <= MOST_NAMES and sum(map(len, known)) <= MOST_CHARACTERS


def one_of(names: Iterable[str]) -> Any:  # noqa: ANN401 - a type that is made from data
    """The type of a parameter: one of these, or any text where they are too many."""
    known = list(dict.fromkeys(names))
    return Annotated[str, Field(json_schema_extra={"enum": list[Any](known)})] if is_closed_set(known) else str
