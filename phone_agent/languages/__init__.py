"""The languages that a call can be held in: English, which stands in the code, and one file for each other one."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from phone_agent.ordering.language import ENGLISH, ENGLISH_CODE, Language
from phone_agent.settings import SettingsError

SUFFIX = ".toml"


def known_codes() -> tuple[str, ...]:
    """English first."""
    there = (entry.name for entry in files(__name__).iterdir())
    return (ENGLISH_CODE, *sorted(name.removesuffix(SUFFIX) for name in there if name.endswith(SUFFIX)))


@lru_cache
def load_language(code: str) -> Language:
    """`code`: one of known_codes()."""
    if code == ENGLISH_CODE:
        return ENGLISH
    file = file_of(code)
    return Language(
        code,
        file["name"],
        sentences=file["sentences"],
        phrases=file["phrases"],
        corrections=file["corrections"],
        yes=frozenset(file["yes"]),
        no=frozenset(file["no"]),
        beside=frozenset(file["beside"]),
        unfinished=frozenset(file["unfinished"]),
        backchannels=frozenset(file["backchannels"]),
        asked_for=frozenset(file["asked_for"]),
    )


def languages_of(codes: Sequence[str]) -> tuple[Language, ...]:
    """Raises SettingsError where there is no file for one of them."""
    unknown = [code for code in codes if code not in known_codes()]
    if unknown:
        there = ", ".join(known_codes())
        raise SettingsError(f"PHONE_AGENT_LANGUAGES: no {', '.join(unknown)} here, only {there}.")
    return tuple(load_language(code) for code in codes)


def file_of(code: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / f"{code}{SUFFIX}").read_text(encoding="utf-8"))
