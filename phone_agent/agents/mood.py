"""Whether a caller is upset: by the words of the last turns, and by how often they were not understood."""

from __future__ import annotations

from functools import cache, lru_cache

from livekit.agents import llm
from vader import SentimentIntensityAnalyzer

from phone_agent.agents.not_understood import is_not_understood
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.text import plain_words

UPSET_BELOW = -0.35
"""VADER's compound score, from -1 to 1."""
TURNS_LOOKED_AT = 4
SAID_OF_DISHES = frozenset({"no", "without", "kill", "hit", "cancel"})
"""Words that order and refuse without any heat."""
SIGNS_OF_ANGER = 2
"""One angry word may be a dish, or said to somebody else in the room."""


def is_upset(chat_ctx: llm.ChatContext, menu: Menu) -> bool:
    """Read from the conversation, because a reply that is prepared early and thrown away must not count."""
    signs = sum(_is_sign(said, answer, menu) for said, answer in last_turns(chat_ctx))
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


def sentiment_of(words: str, menu: Menu) -> float:
    """From -1 to 1. What dishes are called says nothing of a mood: "killer burger", "death by chocolate"."""
    named = _menu_words(menu)
    left = [word for word in words.split() if not set(plain_words(word)) & (named | SAID_OF_DISHES)]
    return float(_analyzer().polarity_scores(" ".join(left))["compound"])


def _is_sign(said: str, answer: str, menu: Menu) -> bool:
    return is_not_understood(answer) or sentiment_of(said, menu) <= UPSET_BELOW


@cache
def _analyzer() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()


@lru_cache(maxsize=8)
def _menu_words(menu: Menu) -> frozenset[str]:
    names = [name for item in menu.items for name in item.names]
    choices = [m.label for item in menu.items for group in item.option_groups for m in group.modifiers]
    return frozenset(word for name in (*names, *choices) for word in plain_words(name))
