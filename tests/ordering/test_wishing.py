"""Pickup or delivery, coupons, tips and notes, as a caller names them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from phone_agent.ordering.clock import Day
from phone_agent.ordering.coupons import coupon_said
from phone_agent.ordering.errors import CouponRefused, NotDelivered, TipRefused, TooMany
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.order import Quote, make_quote
from phone_agent.ordering.terms import Capacity, Coupon, DeliveryTerms
from phone_agent.ordering.wishes import NO_WISHES, Fulfilment, FulfilmentKind, NoteKind, Tip, Wishes
from phone_agent.ordering.wishing import (
    TipUnit,
    kind_of_note,
    refuse_unless_deliverable,
    with_handover,
    with_note,
    with_tip,
)
from phone_agent.ordering.wording import words_for_order
from phone_agent.ordering.wording_terms import words_for_handover
from tests.builders import NOON, a_cart, a_menu, read_back_of
from tests.ordering.orders import order_of

COUPONS = (
    Coupon("WELCOME10", percent=10, minimum_cents=5000),
    Coupon("Lunch", amount_cents=200, until=date(2026, 11, 20)),
)
TODAY = date(2026, 11, 20)
HOME = Fulfilment("delivery", None, "1 Lake Street", "32801")


def the_grill() -> Restaurant:
    terms = DeliveryTerms(("32801", "32803"), minimum_cents=4000, fee_cents=399, minutes=20)
    return replace(a_menu().restaurants[0], delivery=terms, coupons=COUPONS, capacity=Capacity(4))


def handover(
    wishes: Wishes, kind: FulfilmentKind, *, day: Day = "", time: str = "", street: str = "", zip_code: str = ""
) -> Fulfilment:
    grill = the_grill()
    return with_handover(wishes, kind, (day, time), (street, zip_code), grill, a_cart(a_menu()), NOON).fulfilment


def quote(wishes: Wishes) -> Quote:
    return make_quote(a_cart(a_menu()), the_grill(), quote_id="q", call_id="c", now=NOON, wishes=wishes)


@pytest.mark.parametrize("said", ["WELCOME10", "welcome 10", "Welcome ten", "w e l c o m e one zero"])
def test_a_coupon_is_known_however_its_code_is_said(said: str) -> None:
    assert coupon_said(said, COUPONS, TODAY) is COUPONS[0]


@pytest.mark.parametrize(
    ("said", "day", "why"), [("hello", 20, "don't know"), ("", 20, "don't know"), ("lunch", 21, "no longer")]
)
def test_a_coupon_that_does_not_count_is_refused(said: str, day: int, why: str) -> None:
    with pytest.raises(CouponRefused, match=why):
        coupon_said(said, COUPONS, date(2026, 11, day))


def test_a_coupon_counts_on_its_last_day() -> None:
    assert coupon_said("lunch", COUPONS, TODAY) is COUPONS[1]


def test_what_is_said_later_is_put_to_what_was_said_before() -> None:
    street = handover(NO_WISHES, "delivery", street="1 Lake Street")
    whole = handover(Wishes(street), "delivery", zip_code="32801")
    timed = handover(Wishes(whole), "delivery", time="7:30 PM")

    assert whole == HOME
    assert timed == replace(HOME, requested_at=NOON + timedelta(hours=7, minutes=30))
    assert handover(Wishes(timed), "delivery", time="now") == HOME
    assert handover(Wishes(timed), "pickup") == Fulfilment("pickup", timed.requested_at)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Fulfilment("delivery"), "What is the street address"),
        (Fulfilment("delivery", None, "1 Lake Street"), "What is the zip code"),
        (Fulfilment("delivery", None, "1 Lake Street", "328"), "What is the zip code"),
        (Fulfilment("delivery", None, "1 Lake Street", "90210"), "doesn't deliver to that zip code"),
    ],
)
def test_an_address_is_asked_for_until_it_is_whole_and_near(wanted: Fulfilment, said: str) -> None:
    with pytest.raises(NotDelivered, match=said):
        refuse_unless_deliverable(wanted, the_grill())
    with pytest.raises(NotDelivered, match=said):
        quote(Wishes(wanted))


def test_a_zip_code_with_its_extension_is_in_the_zone() -> None:
    refuse_unless_deliverable(replace(HOME, zip_code="32801-1234"), the_grill())


def test_a_place_that_does_not_deliver_says_so() -> None:
    grill = replace(the_grill(), delivery=None)

    with pytest.raises(NotDelivered, match="The Grill doesn't deliver"):
        with_handover(NO_WISHES, "delivery", ("", ""), ("1 Lake Street", "32801"), grill, a_cart(a_menu()), NOON)


def test_too_small_a_delivery_says_what_is_missing() -> None:
    cart = a_cart(a_menu())
    small = cart.remove(cart.lines[0].id)

    with pytest.raises(NotDelivered, match=r"delivers from \$40.00 on. That is \$17.01 more"):
        make_quote(small, the_grill(), quote_id="q", call_id="c", now=NOON, wishes=Wishes(HOME))


@pytest.mark.parametrize(
    ("unit", "amount", "tip"), [("percent", 18, Tip(18)), ("dollars", 2.5, Tip(0, 250)), ("dollars", 0, Tip())]
)
def test_a_tip_is_a_share_or_an_amount(unit: TipUnit, amount: float, tip: Tip) -> None:
    assert with_tip(Wishes(tip=Tip(99)), unit, amount).tip == tip


@pytest.mark.parametrize(
    ("unit", "amount"),
    [("percent", 101), ("percent", 12.5), ("percent", -1), ("dollars", 501), ("dollars", float("nan"))],
)
def test_a_tip_that_nobody_means_is_refused(unit: TipUnit, amount: float) -> None:
    with pytest.raises(TipRefused):
        with_tip(NO_WISHES, unit, amount)


@pytest.mark.parametrize("kind", ["order", "allergy"])
def test_notes_add_up_and_an_empty_one_drops_them(kind: NoteKind) -> None:
    both = with_note(with_note(NO_WISHES, kind, " no  nuts "), kind, "no sesame")
    notes = {"allergy": both.allergy_note, "order": both.order_note}

    assert notes.pop(kind) == "no nuts; no sesame"
    assert list(notes.values()) == [""]
    assert with_note(both, kind, "") == NO_WISHES


def test_an_allergy_is_never_cut_off() -> None:
    long = with_note(NO_WISHES, "allergy", "x" * 495)

    assert with_note(NO_WISHES, "order", "x" * 600).order_note == "x" * 500
    with pytest.raises(TooMany, match="call the restaurant"):
        with_note(long, "allergy", "peanuts")


def test_an_allergy_that_was_told_already_is_not_noted_twice() -> None:
    told = with_note(NO_WISHES, "allergy", "peanuts and milk")

    assert with_note(told, "allergy", "peanut") == told


@pytest.mark.parametrize("text", ["peanut allergy", "I'm lactose intolerant", "celiac", "Allergic to nuts"])
def test_an_allergy_is_no_note_among_others(text: str) -> None:
    assert kind_of_note("order", text) == "allergy"
    assert kind_of_note("order", "ring twice") == "order"


def test_the_read_back_of_a_plain_order_names_nothing_that_is_not_there() -> None:
    assert read_back_of(quote(NO_WISHES), NOON).endswith(
        "from The Grill. With $2.66 tax that is $43.63, for pickup, ready in about 25 minutes."
    )


def test_the_read_back_names_address_coupon_fee_tip_and_notes() -> None:
    wishes = Wishes(HOME, Tip(10), "Lunch", order_note="ring twice", allergy_note="sesame")

    assert read_back_of(quote(wishes), NOON).endswith(
        "With $2.00 off, $3.99 delivery, $4.10 tip, and $2.53 tax that is $49.59, "
        "delivered to 1 Lake Street, zip code 32801 in about 45 minutes. "
        "The kitchen is told about your allergy, sesame. Nobody can promise that a dish is safe. "
        "Your note for the kitchen is: ring twice."
    )


def test_a_coupon_that_no_longer_counts_is_not_passed_over_in_silence() -> None:
    said = read_back_of(quote(Wishes(coupon="WELCOME10")), NOON)

    assert "off" not in said
    assert said.endswith("Your coupon does not count below $50.00.")


@pytest.mark.parametrize(
    ("wanted", "read_back", "placed"),
    [
        (
            Fulfilment("pickup", NOON + timedelta(hours=7)),
            "for pickup today at 7:00 PM.",
            "it is ready today at 7:00 PM.",
        ),
        (
            replace(HOME, requested_at=NOON + timedelta(days=1)),
            "delivered to 1 Lake Street, zip code 32801 tomorrow at 12:00 PM.",
            "it will be with you tomorrow at 12:00 PM.",
        ),
        (HOME, "zip code 32801 in about 45 minutes.", "it will be with you in about 45 minutes."),
    ],
)
def test_a_time_is_said_before_the_confirmation_and_after_it(wanted: Fulfilment, read_back: str, placed: str) -> None:
    made = quote(Wishes(wanted))

    assert read_back_of(made, NOON).endswith(read_back)
    assert words_for_order(order_of(made, 7), NOON).endswith(placed)


def test_what_was_chosen_is_said_and_nothing_else() -> None:
    grill = the_grill()

    assert words_for_handover(HOME, grill.timezone, NOON) == (
        "Okay, delivered to 1 Lake Street, zip code 32801. Anything else?"
    )
    assert words_for_handover(Fulfilment("pickup", NOON), grill.timezone, NOON) == (
        "Okay, for pickup today at 12:00 PM. Anything else?"
    )
