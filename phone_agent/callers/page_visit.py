"""What a page caller's token carries to the agent that is dispatched: the name that was typed, and a restaurant."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

LONGEST_NAME = 60
SLUG = r"^[A-Za-z0-9_-]{1,64}$"
MOST_WORDS = 4
SECOND_SCREEN = "screen_"
"""How the identity of a page beside a telephone begins; the server that makes the tokens chooses it."""
JOINERS = "\u200c\u200d"
"""Invisible, but names are spelt with them."""


def clean_name(typed: str) -> str:
    """Letters of any script and what joins them, in a few words: no markup, and no sentence for a model to obey."""
    composed = unicodedata.normalize("NFC", typed.replace("\u2019", "'"))
    spaced = "".join(" " if character.isspace() else character for character in composed)
    words = "".join(character for character in spaced if _is_of_a_name(character)).split()
    return " ".join([word for word in words if word.strip("'-.")][:MOST_WORDS])[:LONGEST_NAME]


def _is_of_a_name(character: str) -> bool:
    """Letters, and the marks that some scripts write upon them."""
    return character in JOINERS or character in " '-." or unicodedata.category(character)[0] in "LM"


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
