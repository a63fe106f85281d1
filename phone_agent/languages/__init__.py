"""The languages that a call can be held in: English, which stands in the code, and one file for each other one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from phone_agent.ordering.language import ENGLISH, ENGLISH_CODE, Language
from phone_agent.settings import SettingsError

SUFFIX = ".toml"
KINDS = {str: "text", list: "list", dict: "table"}
T = TypeVar("T", str, list[str], dict[str, Any])


def known_codes() -> tuple[str, ...]:
    """English first."""
    there = (entry.name for entry in files(__name__).iterdir())
    return (ENGLISH_CODE, *sorted(name.removesuffix(SUFFIX) for name in there if name.endswith(SUFFIX)))


@lru_cache
def load_language(code: str) -> Language:
    """`code`: one of known_codes()."""
    if code == ENGLISH_CODE:
        return ENGLISH
    return language_in(file_of(code), code)


def language_in(file: Mapping[str, Any], code: str) -> Language:
    """Raises SettingsError, which names the file, where a part is missing or is not what it must be."""

    def part(name: str, kind: type[T]) -> T:
        if not isinstance(value := file.get(name), kind):
            raise SettingsError(f"{code}{SUFFIX}: {name} must be a {KINDS[kind]}.")
        return value

    def words(name: str) -> frozenset[str]:
        return frozenset(part(name, list))

    return Language(
        code,
        part("name", str),
        sentences=part("sentences", dict),
        phrases=part("phrases", dict),
        corrections=part("corrections", dict),
        yes=words("yes"),
        no=words("no"),
        beside=words("beside"),
        unfinished=words("unfinished"),
        backchannels=words("backchannels"),
        asked_for=words("asked_for"),
        usual=words("usual"),
        courtesies=words("courtesies"),
        claims=words("claims"),
        moods=part("moods", dict),
        negations=words("negations"),
    )


def languages_of(codes: Sequence[str]) -> tuple[Language, ...]:
    """Raises SettingsError where there is no file for one of them."""
    unknown = [code for code in codes if code not in known_codes()]
    if unknown:
        there = ", ".join(known_codes())
        raise SettingsError(f"PHONE_AGENT_LANGUAGES: no {', '.join(unknown)} here, only {there}.")
    return tuple(load_language(code) for code in codes)


def file_of(code: str) -> dict[str, Any]:
    """Raises SettingsError where it cannot be read."""
    return parsed((files(__name__) / f"{code}{SUFFIX}").read_bytes(), f"{code}{SUFFIX}")


def parsed(content: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except ValueError as error:
        raise SettingsError(f"{name}: {error}") from error
