"""Which of the caller's turns were not understood, as the conversation so far shows it."""

from __future__ import annotations

from livekit.agents import llm

from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.sentences_support import SupportSentence

ANSWERS = (Sentence.UNCLEAR, Sentence.UNCLEAR_AGAIN, Sentence.NOT_ON_MENU, Sentence.NOT_IN_CART)
"""What a turn that was not understood is answered with."""
OFFERS = (CallerSentence.LOST_CART_OFFER, CallerSentence.USUAL_OFFER)
"""What is open is said again instead."""


def is_not_understood(answer: str) -> bool:
    """An answer that the caller broke off is known by its beginning."""
    said = answer.strip().removesuffix(SupportSentence.PERSON_OFFER.words()).strip()
    said = said.removeprefix(Sentence.ONE_MOMENT.words()).strip()
    is_offer = any(said.startswith(offer) or offer.startswith(said) for offer in map(_beginning_of, OFFERS))
    return bool(said) and (is_offer or any(sentence.words().startswith(said) for sentence in ANSWERS))


def _beginning_of(offer: Said) -> str:
    """Up to its first slot."""
    return offer.template.partition("{")[0]


def not_understood_in_a_row(chat_ctx: llm.ChatContext) -> int:
    """Of the turns before the last one; one that got no answer neither counts nor ends the row.

    Read from the conversation, because a reply that is prepared early and thrown away must not count.
    """
    count = 0
    answer: str | None = None
    is_last = True
    for item in reversed(chat_ctx.items):
        if not isinstance(item, llm.ChatMessage) or item.role not in ("user", "assistant"):
            continue
        if item.role == "assistant":
            answer = item.text_content or ""
            continue
        if not is_last and answer is not None:
            if not is_not_understood(answer):
                return count
            count += 1
        answer, is_last = None, False
    return count
