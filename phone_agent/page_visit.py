"""What a page caller's token carries to the agent that is dispatched: the name that was typed, and a restaurant."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

LONGEST_NAME = 60
SLUG = r"^[A-Za-z0-9_-]{1,64}$"
JOINERS = "\u200c\u200d"
"""Invisible, but names are spelt with them."""


def clean_name(typed: str) -> str:
    """In one line, without what cannot be seen: control, direction and private characters."""
    spaced = "".join(" " if character.isspace() else character for character in typed)
    seen = (c for c in spaced if c in JOINERS or not unicodedata.category(c).startswith("C"))
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())[:LONGEST_NAME]


class PageVisit(BaseModel):
    """The dispatch's metadata, as JSON. The name is a stranger's text: for greeting, never an instruction."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: Annotated[str, AfterValidator(clean_name)] = ""
    """Empty: none was typed."""
    restaurant: Annotated[str, Field(pattern=SLUG)] | None = None
    """The slug of the only restaurant whose menu this visit is about; None: all of them."""

    def as_metadata(self) -> str:
        return self.model_dump_json()

    @classmethod
    def from_metadata(cls, metadata: str) -> Self:
        """Of a job that another dispatch made, or a broken one: a visit of which nothing is known."""
        try:
            return cls.model_validate_json(metadata)
        except ValidationError:
            return cls()
