"""What callers type into the forms of their page."""

from __future__ import annotations

import json

from phone_agent.cards.schema import SUBMIT_FORM, FormAnswer
from phone_agent.rehearsal.text import TextCall
from tests.cards.conftest import PAGE
from tests.cards.pages import SmallRoom, soon
from tests.cards.test_pages import with_open_quote

SCREEN = "screen_11223344"


async def sent(room: SmallRoom, identity: str = PAGE, **typed: str) -> dict[str, object]:
    answer = await room.answering[SUBMIT_FORM](identity, FormAnswer(**typed).model_dump_json())
    await soon()
    return dict(json.loads(answer))


async def test_who_wants_a_delivery_types_the_address_into_a_form(talk: TextCall, room: SmallRoom) -> None:
    await talk.say("six spring rolls")
    await talk.say("deliver it please")
    await soon()
    wanted = room.of(PAGE, "form")[-1].fields
    answer = await sent(room, street="12 Lake Street", zip_code="32801", phone="(407) 555-0133")
    await talk.say("check out")
    await soon()
    quote = room.of(PAGE, "quote")[-1]

    assert wanted == ["street", "zip_code", "phone"]
    assert answer["accepted"]
    assert room.of(PAGE, "form")[-1].fields == []
    assert (quote.handover.kind, quote.handover.street, quote.handover.zip_code) == (
        "delivery",
        "12 Lake Street",
        "32801",
    )
    assert quote.order_note == "phone 407-555-0133"
    assert any("12 Lake Street" in said for said in talk.said)


async def test_an_address_where_nobody_delivers_is_refused_in_the_agents_words(talk: TextCall, room: SmallRoom) -> None:
    await talk.say("six spring rolls")
    answer = await sent(room, street="1 Far Road", zip_code="99999")

    assert not answer["accepted"]
    assert "deliver" in str(answer["message"])


async def test_no_number_is_taken_that_could_not_be_called(talk: TextCall, room: SmallRoom) -> None:
    answer = await sent(room, phone="12")

    assert not answer["accepted"]
    assert talk.call.wishes.order_note == ""


async def test_a_second_screen_fills_in_nothing(talk: TextCall, room: SmallRoom) -> None:
    room.come(SCREEN)
    answer = await sent(room, SCREEN, name="Eve")

    assert not answer["accepted"]
    assert talk.call.known.name == "Dana"


async def test_who_typed_no_name_is_asked_for_it_while_the_order_is_read_back(talk: TextCall, room: SmallRoom) -> None:
    talk.call.known.name = ""
    await with_open_quote(talk)
    wanted = room.of(PAGE, "form")[-1].fields
    await sent(room, name="bo")
    room.click(PAGE, confirm=True)
    await soon()
    order = (await talk.call.store.find_orders(profile_id=talk.call.profile.id))[0]

    assert wanted == ["name"]
    assert order.customer_name == "Bo"


async def test_a_name_that_is_typed_late_still_goes_on_the_order(talk: TextCall, room: SmallRoom) -> None:
    talk.call.known.name = ""
    await with_open_quote(talk)
    room.click(PAGE, confirm=True)
    await soon()
    answer = await sent(room, name="bo")
    order = (await talk.call.store.find_orders(profile_id=talk.call.profile.id))[0]

    assert answer["accepted"]
    assert order.customer_name == "Bo"


async def test_a_name_that_is_said_is_shown(talk: TextCall, room: SmallRoom) -> None:
    talk.call.known.name = ""
    await with_open_quote(talk)
    room.click(PAGE, confirm=True)
    await soon()
    await talk.say("my name is Bob")
    await soon()

    assert talk.call.known.name == "Bob"
    assert room.of(PAGE, "profile")[-1].name == "Bob"


async def test_what_is_no_name_leaves_the_name_that_was_told(talk: TextCall, room: SmallRoom) -> None:
    answer = await sent(room, name="4111 1111 1111 1111")

    assert not answer["accepted"]
    assert talk.call.known.name == "Dana"


async def test_a_written_yes_need_not_wait_for_the_voice(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    talk.call.read_back_ended_at = None
    await talk.say("yes")

    assert talk.call.order is not None
    assert talk.call.order.confirmed_by == "text"
