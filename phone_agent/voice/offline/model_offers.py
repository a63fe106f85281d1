"""What the agent offered in its last sentence, so that a bare yes or no has a meaning."""

from __future__ import annotations

from enum import Enum, auto

from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.wording import Sentence


class Offer(Enum):
    ADD = auto()
    MENU = auto()
    MORE = auto()
    ELSE = auto()
    DELIVERY = auto()
    START_OVER = auto()


OFFERS: tuple[tuple[Said, Offer], ...] = (
    (Sentence.FOUND_ONE, Offer.ADD),
    (Sentence.FOUND_ELSEWHERE, Offer.ADD),
    (Sentence.RESTAURANTS_FOUND_ONE, Offer.MENU),
    (Sentence.NOT_AT_RESTAURANT, Offer.MENU),
    (Sentence.SECTION_MORE, Offer.MORE),
    (Sentence.ADDED, Offer.ELSE),
    (TermSentence.DELIVERS, Offer.DELIVERY),
)


def offer_in(last_said: str) -> Offer | None:
    said = last_said.strip()
    if "Shall I start over with " in said and said.endswith("?"):
        return Offer.START_OVER
    return next((offer for sentence, offer in OFFERS if said.endswith(_question_of(sentence))), None)


def asked_how_many(last_said: str, menu: Menu) -> MenuItem | None:
    """The dish whose number was asked back, so that a bare "ten" has a meaning."""
    if not last_said.endswith(_question_of(Sentence.HOW_MANY_OF)):
        return None
    named = [item for item in menu.items if f"Of the {item.name} I" in last_said]
    return named[0] if named else None


def _question_of(sentence: Said) -> str:
    return sentence.value.rsplit(". ", 1)[-1]
