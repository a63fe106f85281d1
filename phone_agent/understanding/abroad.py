"""What is understood in any language: which one a caller asks for, and a clear yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterable

from phone_agent.ordering.language import Language
from phone_agent.understanding.answer import Answer

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
POLITE = ("please", "por favor", "gracias", "thank you", "can we", "could we", "do you speak", "speak", "i speak")


def language_asked_for(text: str, languages: Iterable[Language]) -> Language | None:
    """Nothing else may be said with it: "Spanish rice" is a dish."""
    said = " ".join(_words(text))
    for polite in POLITE:
        said = f" {said} ".replace(f" {polite} ", " ").strip()
    return next((language for language in languages if said in language.asked_for), None)


def answer_in_language(text: str, language: Language) -> Answer | None:
    """A no outweighs a yes; anything beside them that is not politeness makes it neither."""
    words = set(_words(text))
    if not words or not words <= language.yes | language.no | language.beside:
        return None
    if words & language.no:
        return "no"
    return "yes" if words & language.yes else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
