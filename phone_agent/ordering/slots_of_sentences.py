"""Every sentence of the agent's, and what may stand in their {slots}."""

from __future__ import annotations

from collections.abc import Mapping

from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.ordering.sentences_ready import ReadySentence
from phone_agent.ordering.sentences_screen import ScreenSentence
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.ordering.sentences_terms import TermSentence

SENTENCES: tuple[Said, ...] = (
    *Sentence,
    *TermSentence,
    *CallerSentence,
    *SupportSentence,
    *PersonSentence,
    *ReadySentence,
    *ScreenSentence,
)
"""Every sentence that the agent says by itself."""

SLOTS: Mapping[str, str] = {
    "allergens": "allergens",
    "area": "area",
    "cities": "cities",
    "count": "count",
    "cuisines": "cuisines",
    "dish": "dish",
    "dishes": "dishes",
    "dishes_with_places": "dishes_with_places",
    "dishes_with_prices": "dishes_with_prices",
    "household": "household",
    "language": "language",
    "limit": "count",
    "lines": "lines",
    "minutes": "count",
    "option": "label",
    "option_group": "option_group",
    "options": "options",
    "order_number": "order_number",
    "percent": "count",
    "phone": "phone",
    "price": "money",
    "restaurant": "restaurant",
    "restaurants": "restaurants",
    "section": "section",
    "sections": "sections",
    "subtotal": "money",
    "tag": "tag",
    "total": "money",
    "choice": "label",
    "day_part": "day_part",
    "other_dish": "dish",
    "address": "own_words",
    "allergy": "own_words",
    "charges": "charges",
    "day": "day",
    "minimum": "money",
    "missing": "money",
    "next_status": "status",
    "note": "own_words",
    "status": "status",
    "time": "time",
    "tip": "money",
    "street": "street",
    "dish_names": "dish_names",
    "earlier_dish_names": "dish_names",
    "name": "own_words",
    "description": "description",
    "tags": "tags",
    "digits": "own_words",
}
"""Slot → kind: what may stand there. wording_slots.py says how each kind is put into words."""
