"""The words of texts: short enough, in the alphabet of the network, and the same each time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone_agent.callers.lost_carts import code_of
from phone_agent.messages.letters import words_for
from phone_agent.messages.phrases import languages
from phone_agent.messages.segments import in_gsm, is_gsm, segments_of
from phone_agent.store.outbox import Kind, Matter
from tests.builders import NOON
from tests.messages.told import MINUTE, an_order, an_outgoing, matter

CALLED = "+14075550100"


def words(kind: Kind = "order_placed", status: str = "", about: Matter | None = None) -> str:
    made = an_outgoing(kind, status)
    return words_for(made, about or matter(), phone=CALLED, kept_until=NOON + 30 * MINUTE)


def test_a_receipt_names_the_order_its_dishes_its_total_and_when_it_is_ready() -> None:
    assert words(about=matter(order=an_order("Caesar Salad", "Pad Thai"))) == (
        "The Grill: order #042 is placed: 1 Caesar Salad, 1 Pad Thai. Total $9.57. Ready for pickup at 12:25 PM. "
        "Reply STOP to opt out."
    )


def test_a_text_is_in_the_language_of_the_call() -> None:
    assert words("order_ready", "ready", matter(language="es")) == (
        "The Grill: su pedido #042 esta listo para recoger."
    )
    assert words("order_ready", "ready", matter(language="fi")) == words("order_ready", "ready")


@pytest.mark.parametrize(
    ("status", "said"), [("out_for_delivery", "is on its way"), ("cancelled", f"cancelled. Please call {CALLED}")]
)
def test_what_has_become_of_an_order_is_said(status: str, said: str) -> None:
    assert said in words("order_changed", status)


def test_a_cut_call_is_told_where_to_call_until_when_and_the_code() -> None:
    told = words("call_back", about=matter(order=None))

    assert f"until 12:30 PM: just call {CALLED}" in told
    assert f"press 7, then {code_of('5b0dbe0f-1111-4222-8333-0000000f4240')}." in told


def test_an_order_of_another_day_says_which() -> None:
    order = an_order()
    later = matter(order=type(order)(**{**vars(order), "ready_at": NOON + timedelta(days=1)}))

    assert "Nov 21, 12:00 PM" in words(about=later)


def test_dishes_that_do_not_fit_are_counted() -> None:
    told = words(about=matter(order=an_order(*[f"Very Long Dish Number {n}" for n in range(20)])))

    assert segments_of(told) == 2
    assert "1 Very Long Dish Number 5" in told
    assert " more. Total $9.57." in told


@given(
    name=st.text(max_size=200),
    dishes=st.lists(st.text(max_size=80), min_size=1, max_size=30),
    language=st.sampled_from(languages()),
    kind=st.sampled_from(["order_placed", "order_ready", "call_back"]),
)
def test_no_text_is_longer_than_two_segments(name: str, dishes: list[str], language: str, kind: Kind) -> None:
    about = matter(language=language, restaurant_name=name, order=an_order(*dishes))
    told = words(kind, "ready" if kind == "order_ready" else "", about)

    assert is_gsm(told)
    assert segments_of(told) <= 2


def test_accents_that_the_network_lacks_go_and_others_stay() -> None:
    assert in_gsm("Café Niño\u2019s \u201cestá\u201d \u2013 🍕") == 'Café Niño\'s "esta" -'
