"""The language of one call: what the agent's sentences, small words and the menu's names are in it."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

ENGLISH_CODE = "en"


@dataclass(frozen=True)
class Language:
    """English is what stands in the code; what a language lacks is said in English."""

    code: str
    name: str
    """As its speakers call it."""
    sentences: Mapping[str, str] = field(default_factory=dict)
    """Name of a sentence → its template, with the same slots."""
    phrases: Mapping[str, str] = field(default_factory=dict)
    """English → this language, with the same slots: "half {topping}", "today"."""
    corrections: Mapping[str, str] = field(default_factory=dict)
    """What comes out wrong where templates are filled → what it should be: " 1 minutos"."""
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    """Words of politeness, which leave a yes a yes and a no a no."""
    unfinished: frozenset[str] = frozenset()
    """At its end these leave a yes unfinished: more is to come."""
    backchannels: frozenset[str] = frozenset()
    """Said to show that one listens."""
    asked_for: frozenset[str] = frozenset()
    """How callers ask for it, in any language."""
    usual: frozenset[str] = frozenset()
    """Words that callers use all the time: by them it is told from other languages."""
    courtesies: frozenset[str] = frozenset()
    """Questions that a short answer does without."""
    claims: frozenset[str] = frozenset()
    """How one says that an order is placed."""
    moods: Mapping[str, float] = field(default_factory=dict)
    """Words and phrases → how glad or angry they are, from 4 to -4; empty: English, which a library knows."""
    negations: frozenset[str] = frozenset()
    """They turn the mood of a word that follows."""

    def corrected(self, text: str) -> str:
        for wrong, right in self.corrections.items():
            text = text.replace(wrong, right)
        return text


ENGLISH = Language(
    ENGLISH_CODE,
    "English",
    corrections={" 1 minutes": " 1 minute"},
    asked_for=frozenset(["english"]),
    usual=frozenset((
        "i", "i'd", "i'll", "i'm", "you", "can", "could", "get", "have", "want", "like", "need", "would",
        "please", "the", "and", "with", "of", "to", "is", "it", "this", "that", "what", "do", "does", "your",
        "my", "me", "we", "for", "some", "one", "two", "three", "hello", "hi", "hey", "thanks", "thank",
        "order", "yes",
    )),
    claims=frozenset((
        "order number is", "order is placed", "order is now placed", "order has been placed", "order was placed",
        "order is confirmed", "order has been confirmed", "order is complete", "order is on its way",
        "placed your order", "placed the order", "confirmed your order", "sent your order", "sent it to the kitchen",
    )),
    courtesies=frozenset(
        ["Anything else?", "What else would you like?", "What would you like?", "Could you say it again?"]
    ),
)  # fmt: skip


class Tongue:
    """What one call is held in; it may change while the call goes on."""

    def __init__(self) -> None:
        self.language = ENGLISH
        self.names: Mapping[str, str] = {}
        """The menu's names in this language, by those that the kitchen knows."""

    def speak(self, language: Language, names: Mapping[str, str]) -> None:
        self.language, self.names = language, names


_SPOKEN: ContextVar[Tongue] = ContextVar("spoken")
_NOBODYS = Tongue()
"""Outside of calls: English."""


def adopt(tongue: Tongue) -> None:
    """From here on, and in tasks that are begun from here, everything is said in it."""
    _SPOKEN.set(tongue)


def spoken() -> Tongue:
    return _SPOKEN.get(_NOBODYS)


def called(name: str) -> str:
    """A name of the menu as the caller hears it."""
    tongue = spoken()
    return tongue.names.get(name) or tongue.language.phrases.get(name, name)


def in_words(phrase: str, **slots: str) -> str:
    """`phrase`: English, with {slots}."""
    return spoken().language.phrases.get(phrase, phrase).format(**slots)
