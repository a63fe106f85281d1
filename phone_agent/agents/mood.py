"""Whether a caller is upset: by the words of the last turns, and by how often they were not understood."""

from __future__ import annotations

from functools import cache, lru_cache

from livekit.agents import llm
from vader import SentimentIntensityAnalyzer

from phone_agent.agents.not_understood import is_not_understood
from phone_agent.ordering.language import ENGLISH, Language
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.text import plain_words
from phone_agent.ordering.translations import names_in

UPSET_BELOW = -0.35
"""VADER's compound score, from -1 to 1."""
TURNS_LOOKED_AT = 4
SAID_OF_DISHES = frozenset({"no", "without", "kill", "hit", "cancel"})
"""Words that order and refuse without any heat."""
SIGNS_OF_ANGER = 2
"""One angry word may be a dish, or said to somebody else in the room."""


def is_upset(chat_ctx: llm.ChatContext, menu: Menu, language: Language = ENGLISH) -> bool:
    """Read from the conversation, because a reply that is prepared early and thrown away must not count."""
    signs = sum(_is_sign(said, answer, menu, language) for said, answer in last_turns(chat_ctx))
    return signs >= SIGNS_OF_ANGER


def last_turns(chat_ctx: llm.ChatContext) -> list[tuple[str, str]]:
    """What the caller said and what was answered, newest first; the newest has no answer yet."""
    turns: list[tuple[str, str]] = []
    answer = ""
    for item in reversed(chat_ctx.items):
        if not isinstance(item, llm.ChatMessage) or item.role not in ("user", "assistant"):
            continue
        if item.role == "assistant":
            answer = f"{item.text_content or ''} {answer}"
            continue
        turns.append((item.text_content or "", answer.strip()))
        answer = ""
        if len(turns) == TURNS_LOOKED_AT:
            break
    return turns


def sentiment_of(words: str, menu: Menu, language: Language = ENGLISH) -> float:
    """From -1 to 1. What dishes are called says nothing of a mood: "killer burger", "death by chocolate"."""
    named = _menu_words(menu, language.code)
    if language.moods:
        left = [word for word in plain_words(words) if word not in named]
        scores = _analyzer_of(frozenset(language.moods.items()), language.negations)
    else:
        left = [word for word in words.split() if not set(plain_words(word)) & (named | SAID_OF_DISHES)]
        scores = _analyzer()
    return float(scores.polarity_scores(" ".join(left))["compound"])


def _is_sign(said: str, answer: str, menu: Menu, language: Language) -> bool:
    return is_not_understood(answer) or sentiment_of(said, menu, language) <= UPSET_BELOW


@cache
def _analyzer() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@cache
def _analyzer_of(moods: frozenset[tuple[str, float]], negations: frozenset[str]) -> SentimentIntensityAnalyzer:
    """The library's rules with another language's words; accents count for nothing, transcripts have them or not."""
    plain = {" ".join(plain_words(words)): mood for words, mood in moods}
    return SentimentIntensityAnalyzer(
        {words: mood for words, mood in plain.items() if " " not in words},
        multiword={words: mood for words, mood in plain.items() if " " in words},
        negations=[" ".join(plain_words(word)) for word in negations],
        booster={},
        special_cases={},
        idioms={},
    )


@lru_cache(maxsize=8)
def _menu_words(menu: Menu, code: str) -> frozenset[str]:
    names = [name for item in menu.items for name in item.names]
    choices = [m.label for item in menu.items for group in item.option_groups for m in group.modifiers]
    return frozenset(word for name in (*names, *choices, *names_in(menu, code).values()) for word in plain_words(name))
