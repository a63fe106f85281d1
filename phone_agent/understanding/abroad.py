"""What is understood in any language: which one a caller asks for, and a clear yes or no."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from phone_agent.ordering.language import Language
from phone_agent.understanding.answer import Answer

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
POLITE = ("please", "por favor", "gracias", "thank you", "can we", "could we", "do you speak", "speak", "i speak")

ENOUGH_WORDS = 2
"""One word may be a slip of the recogniser's, where it is not all that was said."""


def language_asked_for(text: str, languages: Iterable[Language]) -> Language | None:
    """Nothing else may be said with it: "Spanish rice" is a dish."""
    said = " ".join(_words(text))
    for polite in POLITE:
        said = f" {said} ".replace(f" {polite} ", " ").strip()
    return next((language for language in languages if said in language.asked_for), None)


def answer_in_language(text: str, language: Language) -> Answer | None:
    """A no outweighs a yes; anything beside them that is not politeness makes it neither, and so does what goes on."""
    words = _words(text)
    said = set(_phrases_in(words, language.yes | language.no | language.beside) or ())
    if said & language.no:
        return "no"
    return "yes" if said & language.yes and not _goes_on(words, language) else None


def language_heard(text: str, languages: Iterable[Language], names: Collection[str] = ()) -> Language | None:
    """By the words that its speakers use all the time; None where they do not tell. `names`: words that any may use."""
    words = set(_words(text)) - set(names)
    counts = sorted(
        ((len(words & language.usual), at, language) for at, language in enumerate(languages)), reverse=True
    )
    most, *others = [count for count, _, _ in counts]
    is_clear = most >= min(ENOUGH_WORDS, len(words)) and most > max(others, default=0)
    return counts[0][2] if is_clear else None


def is_only(text: str, phrases: Collection[str]) -> bool:
    """Nothing else is said."""
    return bool(_phrases_in(_words(text), phrases))


def _goes_on(words: Sequence[str], language: Language) -> bool:
    """ "Sí, y un" does: to place the order then would leave out what is still to be said."""
    return words[-1] in language.unfinished


def _phrases_in(words: Sequence[str], phrases: Collection[str]) -> list[str] | None:
    """Those that the words consist of, the longest first; None where something else is said too."""
    found: list[str] = []
    at = 0
    while at < len(words):
        ends = range(len(words), at, -1)
        end = next((end for end in ends if " ".join(words[at:end]) in phrases), None)
        if end is None:
            return None
        found.append(" ".join(words[at:end]))
        at = end
    return found


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
