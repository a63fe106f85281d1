"""How figures and signs are said in a language, and by which voice of this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from phone_agent.languages import file_of


@dataclass(frozen=True)
class Speech:
    code: str
    """As num2words knows it."""
    voice: str
    """As espeak-ng knows it."""
    dollars: tuple[str, str]
    """One, several."""
    cents: tuple[str, str]
    dollars_and_cents: str
    one_thing: str
    """The number before what is counted."""
    one_hour: str
    oclock: str
    signs: Mapping[str, str]
    corrections: Mapping[str, str]


@lru_cache
def speech_of(code: str) -> Speech:
    file = file_of(code)["speech"]
    return Speech(
        code,
        voice=file["voice"],
        dollars=tuple(file["dollars"]),
        cents=tuple(file["cents"]),
        dollars_and_cents=file["dollars_and_cents"],
        one_thing=file["one_thing"],
        one_hour=file["one_hour"],
        oclock=file["oclock"],
        signs=file["signs"],
        corrections=file["corrections"],
    )
