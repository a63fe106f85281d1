"""What the offline model does about pickup and delivery, coupons, tips, notes, hours and addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import get_args

from phone_agent.call import Call
from phone_agent.counter.editing import dishes_in_cart
from phone_agent.line import restaurant_of
from phone_agent.ordering.clock import Day
from phone_agent.ordering.diet import lists_any
from phone_agent.ordering.lists import both, either
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.money import format_usd
from phone_agent.ordering.readiness import words_for_open, words_if_closed
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.text import plain_words, singular
from phone_agent.ordering.wording import Sentence, words_for_listed_allergens
from phone_agent.ordering.wording_terms import words_for_handover
from phone_agent.understanding import term_intents as meant
from phone_agent.voice.offline.model_offers import Offer, offer_in
from phone_agent.voice.offline.model_steps import ToolUse

Step = ToolUse | str
ASKED: tuple[tuple[str, str], ...] = (
    (TermSentence.WHICH_STREET, "street"),
    (TermSentence.WHICH_ZIP_CODE, "zip_code"),
    (TermSentence.OUT_OF_ZONE, "zip_code"),
    (TermSentence.TIME_UNCLEAR, "time"),
    (TermSentence.TIME_PASSED, "time"),
    (TermSentence.WHICH_TIP, "tip"),
    (TermSentence.TIP_TOO_MUCH, "tip"),
    (TermSentence.TIP_NOT_WHOLE, "tip"),
    (TermSentence.WHICH_COUPON, "coupon"),
    (TermSentence.WHICH_ALLERGY, "allergy"),
)
OFFERED = re.compile(r"(today|tomorrow|on \w+|in \d+ days) at (\d+:\d\d [AP]M); would you like that\?$")
FOR_LATER = "; would you like it for later?"


def asked_in(last_said: str) -> str:
    """What the agent has just asked for, beside dishes."""
    return next((asked for sentence, asked in ASKED if last_said.endswith(_after_slots(sentence))), "")


def _after_slots(sentence: str) -> str:
    return sentence.rpartition("}")[2]


def taken_offer(call: Call) -> Sequence[Step] | None:
    """A yes to a time, to delivery or to starting over; None where none of these was offered."""
    offer = offer_in(call.last_said)
    if offer is Offer.DELIVERY:
        return hand_over(meant.HandOver("delivery"), call)
    if offer is Offer.START_OVER:
        return [ToolUse.of("start_over")]
    if call.last_said.endswith(FOR_LATER):
        return [TermSentence.TIME_UNCLEAR.words()]
    offered = OFFERED.search(call.last_said)
    if offered is None:
        return None
    day = next((day for day in get_args(Day) if day and offered[1].lower().removeprefix("on ") == day), None)
    if day is None:
        return [TermSentence.TIME_UNCLEAR.words()]
    return hand_over(meant.HandOver(day=day, time=offered[2]), call)


def hand_over(intent: meant.HandOver, call: Call) -> Sequence[Step]:
    """What is chosen already leaves a read-back as it is."""
    before = call.wishes.fulfilment
    kind = intent.kind or before.kind
    is_same = kind == before.kind and not (intent.day or intent.time or intent.street or intent.zip_code)
    if is_same and kind == "pickup":
        return [words_for_handover(before, _timezone(call), call.now)]
    return [
        ToolUse.of(
            "choose_pickup_or_delivery",
            kind=kind,
            day=intent.day,
            time=intent.time,
            street=intent.street,
            zip_code=intent.zip_code,
        )
    ]


def use_coupon(intent: meant.UseCoupon, call: Call) -> Sequence[Step]:
    return [ToolUse.of("apply_coupon", code=intent.code) if intent.code else TermSentence.WHICH_COUPON.words()]


def give_tip(intent: meant.GiveTip, call: Call) -> Sequence[Step]:
    if intent.amount is None:
        return [TermSentence.WHICH_TIP.words()]
    return [ToolUse.of("set_tip", unit=intent.unit, amount=intent.amount)]


def tell_kitchen(intent: meant.TellKitchen, call: Call) -> Sequence[Step]:
    if not intent.words:
        return [TermSentence.NOTE_WITHOUT_WORDS.words()]
    return [ToolUse.of("add_note", kind="order", text=intent.words)]


def tell_allergy(intent: meant.TellAllergy, call: Call) -> Sequence[Step]:
    """A dish of the order that lists it is named; the kitchen is told in any case."""
    if not intent.words:
        return [] if call.wishes.allergy_note else [TermSentence.WHICH_ALLERGY.words()]
    listing = [dish for dish in dishes_in_cart(call) if lists_any(dish, intent.words)]
    return [
        *(words_for_listed_allergens(item) for item in listing[:1]),
        ToolUse.of("add_note", kind="allergy", text=intent.words),
    ]


def drop_allergy(intent: meant.DropAllergy, call: Call) -> Sequence[Step]:
    """What is told beside it stays told."""
    parts = [part for part in re.split(r"; | and ", call.wishes.allergy_note) if intent.words and part]
    dropped = {singular(word) for word in plain_words(intent.words)}
    rest = [part for part in parts if not dropped & {singular(word) for word in plain_words(part)}]
    drop = ToolUse.of("add_note", kind="allergy", text="")
    return [drop, ToolUse.of("add_note", kind="allergy", text=" and ".join(rest))] if rest else [drop]


def is_about_allergy(use: ToolUse) -> bool:
    return use.name == "add_note" and json.loads(use.arguments)["kind"] == "allergy"


def words_for_payment(call: Call) -> str:
    is_delivered = call.wishes.fulfilment.kind == "delivery"
    return (TermSentence.PAYMENT_ON_DELIVERY if is_delivered else Sentence.PAYMENT).words()


def words_for_delivery(call: Call) -> str:
    """Whether the restaurant delivers, or which of them do."""
    if not call.known.hears_own_words:
        return TermSentence.NO_ADDRESS_HERE.words()
    place = restaurant_of(call)
    if place is None:
        return _words_for_who_delivers([place.name for place in call.nearby if place.delivery])
    if place.delivery is None:
        return TermSentence.NO_DELIVERY.words(restaurant=place.name)
    terms = place.delivery
    return TermSentence.DELIVERS.words(
        restaurant=place.name, minimum=format_usd(terms.minimum_cents), price=format_usd(terms.fee_cents)
    )


def _words_for_who_delivers(names: Sequence[str]) -> str:
    if not names:
        return TermSentence.NONE_DELIVERS.words()
    if len(names) == 1:
        return TermSentence.ONE_DELIVERS.words(restaurant=names[0])
    return TermSentence.SOME_DELIVER.words(restaurants=both(names))


def words_for_hours(intent: meant.AskHours, call: Call) -> str:
    place = _place(intent.restaurant, call)
    if place is None:
        return TermSentence.HOURS_OF_WHICH.words(restaurants=either([place.name for place in call.nearby]))
    return words_if_closed(place, call.now) or words_for_open(place, call.now)


def words_for_address(intent: meant.AskAddress, call: Call) -> str:
    place = _place(intent.restaurant, call)
    if place is None:
        return TermSentence.ADDRESS_OF_WHICH.words(restaurants=either([place.name for place in call.nearby]))
    if not place.address:
        return TermSentence.ADDRESS_UNKNOWN.words(restaurant=place.name)
    return TermSentence.ADDRESS.words(restaurant=place.name, street=place.address)


def _place(slug: str | None, call: Call) -> Restaurant | None:
    named = next((place for place in call.menu.restaurants if place.slug == slug), None)
    return named or restaurant_of(call)


def _timezone(call: Call) -> str:
    return (restaurant_of(call) or call.menu.restaurants[0]).timezone
