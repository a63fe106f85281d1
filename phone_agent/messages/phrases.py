"""The texts by language: one file each, read once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

HOME = "en"
SUFFIX = ".toml"


class Phrases(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    receipt: str
    receipt_delivery: str
    ready: str
    on_the_way: str
    cancelled: str
    call_back: str
    more: str
    number: str
    time: str
    day_and_time: str
    stopped: str
    started: str
    help: str
    not_read: str
    stop_words: tuple[str, ...]
    start_words: tuple[str, ...]
    help_words: tuple[str, ...]


def languages() -> tuple[str, ...]:
    """English first."""
    there = (entry.name for entry in (files(__package__) / "texts").iterdir())
    codes = {name.removesuffix(SUFFIX) for name in there if name.endswith(SUFFIX)}
    return (HOME, *sorted(codes - {HOME}))


@lru_cache
def phrases_in(language: str) -> Phrases:
    """English where there is no file for it."""
    code = language if language in languages() else HOME
    content = (files(__package__) / "texts" / f"{code}{SUFFIX}").read_text(encoding="utf-8")
    return Phrases.model_validate(tomllib.loads(content))
