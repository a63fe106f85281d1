"""What the pages of a call are shown and asked, and what their answers do."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

from phone_agent.cards.approval import Approval
from phone_agent.cards.schema import DEVELOPER_DATA, SEND_CARDS
from phone_agent.dtmf import Keypad
from phone_agent.order_pad.taken import utc_now
from phone_agent.rehearsal.text import TextCall
from tests.agents.test_a_person import DeskThatTalks
from tests.cards.conftest import PAGE
from tests.cards.pages import SmallRoom, soon

SCREEN = "screen_11223344"


async def with_open_quote(talk: TextCall) -> None:
    await talk.say("two caesar salads")
    await talk.say("check out")
    await soon()


async def test_the_cart_follows_every_change_and_says_what_it_costs(talk: TextCall, room: SmallRoom) -> None:
    await talk.say("two caesar salads")
    await soon()
    await talk.say("remove the caesar salad")
    await soon()

    subtotals = [card.subtotal.text for card in room.of(PAGE, "cart")]
    assert subtotals == ["$0.00", "$17.98", "$0.00"]


async def test_a_key_shows_on_the_page_too(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    await talk.press("1")
    await soon()

    assert [card.state for card in room.of(PAGE, "quote")][-1] == "closed"
    assert room.of(PAGE, "order")[-1].sums.subtotal.cents == 1798
    assert room.of(PAGE, "cart")[-1].lines == []


async def test_five_dishes_are_shown_where_three_are_said(talk: TextCall, room: SmallRoom) -> None:
    said = await talk.say("i want cheesecake")
    await soon()

    dishes = room.of(PAGE, "dishes")[-1].dishes
    assert len(dishes) > 1
    assert "on your screen" in said
    assert all(dish.price.cents > 0 and dish.restaurant_name for dish in dishes)


async def test_confirm_is_the_key_1(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    quote = talk.call.quote
    room.click(PAGE, confirm=True)
    await soon()

    assert quote is not None
    assert [request.quote_id for _, request in room.asked] == [quote.id]
    assert talk.call.order is not None
    assert talk.call.order.confirmed_by == "page"
    assert any(f"{talk.call.order.number:03d}" in said for said in talk.said)


async def test_change_is_the_key_2(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    room.click(PAGE, confirm=False)
    await soon()

    assert talk.call.order is None
    assert talk.call.quote is None
    assert [card.state for card in room.of(PAGE, "quote")][-1] == "closed"


async def test_a_quote_whose_time_runs_out_is_closed_on_the_page(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    assert talk.call.quote is not None
    talk.call.quote = replace(talk.call.quote, valid_until=utc_now() + timedelta(seconds=0.3))
    await soon()
    before = room.of(PAGE, "quote")[-1].state
    await asyncio.sleep(0.5)

    assert (before, room.of(PAGE, "quote")[-1].state) == ("open", "closed")


async def test_what_is_confirmed_otherwise_is_asked_of_no_page_any_more(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    await talk.say("yes")
    await soon()

    assert talk.call.order is not None
    assert room.abandoned == 1


async def test_a_newer_quote_is_asked_about_and_the_old_one_counts_for_nothing(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    late = room.unanswered(PAGE)
    await talk.say("add a grilled salmon")
    await talk.say("check out")
    await soon()
    late(confirm=True)
    await soon()
    after_the_old_answer = talk.call.order
    room.click(PAGE, confirm=True)
    await soon()

    assert room.abandoned == 1
    assert after_the_old_answer is None
    assert talk.call.order is not None
    assert [line.name for line in talk.call.order.lines] == ["Caesar Salad", "Grilled Salmon"]
    assert len({request.quote_id for _, request in room.asked}) == 2


async def test_an_answer_counts_for_its_own_quote_alone(talk: TextCall) -> None:
    keypad = Keypad(talk.session)
    await with_open_quote(talk)
    old = talk.call.quote
    await talk.say("add a grilled salmon")
    await talk.say("check out")
    newer = talk.call.quote
    assert old is not None
    for approved in (True, False):
        await keypad.answer(old, approved=approved)

    assert talk.call.order is None
    assert talk.call.quote is newer
    assert talk.call.has_open_quote


async def test_nothing_is_confirmed_while_staff_are_on_the_line_and_it_is_asked_again(
    talk: TextCall, room: SmallRoom
) -> None:
    await with_open_quote(talk)
    desk = DeskThatTalks()
    desk.is_busy = True
    talk.call.desk = desk
    room.click(PAGE, confirm=True)
    await soon()
    while_busy = talk.call.order
    desk.is_busy = False
    room.click(PAGE, confirm=True)
    await soon()

    assert while_busy is None
    assert talk.call.order is not None


async def test_an_answer_that_fails_is_asked_for_again(talk: TextCall, room: SmallRoom) -> None:
    async def fail() -> None:
        raise ValueError

    await with_open_quote(talk)
    other = SmallRoom(PAGE)
    approval = Approval(talk.call, other, lambda quote, approved: asyncio.create_task(fail()))
    approval.look()
    await soon()
    other.click(PAGE, confirm=True)
    await soon()
    approval.stop()

    assert len(other.asked) == 2


async def test_a_page_that_is_lost_changes_nothing(talk: TextCall, room: SmallRoom) -> None:
    room.lost.add(PAGE)
    await with_open_quote(talk)
    await talk.press("1")

    assert room.tried == [PAGE]
    assert talk.call.order is not None
    assert talk.call.order.confirmed_by == "keypad"
    assert len(await talk.call.store.find_orders(profile_id=talk.call.profile.id)) == 1


async def test_a_page_that_takes_nothing_keeps_nobody_waiting(talk: TextCall, room: SmallRoom) -> None:
    room.is_slow = True
    await with_open_quote(talk)
    await talk.say("yes")

    assert talk.call.order is not None


async def test_a_page_that_comes_late_is_shown_how_the_call_stands(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    room.come(SCREEN)
    await soon()

    types = [card.type for card in room.shown[SCREEN]]
    assert types[:3] == ["profile", "cart", "quote"]
    assert room.of(SCREEN, "quote")[-1].state == "open"
    assert room.of(SCREEN, "profile")[-1].is_second_screen
    assert not room.of(PAGE, "profile")[-1].is_second_screen
    assert [identity for identity, _ in room.asked] == [PAGE, SCREEN]


async def test_of_two_pages_that_confirm_at_once_one_order_comes(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    room.come(SCREEN)
    await soon()
    room.click(SCREEN, confirm=True)
    room.click(PAGE, confirm=True)
    await soon()

    assert len(await talk.call.store.find_orders(profile_id=talk.call.profile.id)) == 1


async def test_a_page_that_is_loaded_again_is_shown_and_asked_everything_again(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    before = len(room.of(PAGE, "cart"))
    answer = await room.answering[SEND_CARDS](PAGE, "")
    await soon()

    assert json.loads(answer)["accepted"]
    assert len(room.of(PAGE, "cart")) == before + 1
    assert len(room.asked) == 2


async def test_who_was_lost_and_is_back_is_shown_everything(talk: TextCall, room: SmallRoom) -> None:
    await talk.say("two caesar salads")
    await soon()
    room.go(PAGE)
    room.come(PAGE)
    await soon()

    assert [card.quantity for card in room.of(PAGE, "cart")][-2:] == [2, 2]


async def test_developers_data_are_for_the_page_that_asked(talk: TextCall, room: SmallRoom) -> None:
    room.come(SCREEN)
    await room.answering[DEVELOPER_DATA](PAGE, '{"on": true}')
    await talk.say("two caesar salads")
    await soon()

    tool = room.of(PAGE, "tool_call")[-1]
    assert tool.tool_name == "quick_add_to_cart"
    assert tool.arguments["items"][0]["quantity"] == 2
    assert room.of(PAGE, "report")[-1].turns == 1
    assert not room.of(SCREEN, "tool_call")


async def test_a_second_screen_gets_no_developers_data(talk: TextCall, room: SmallRoom) -> None:
    room.come(SCREEN)
    answer = json.loads(await room.answering[DEVELOPER_DATA](SCREEN, '{"on": true}'))
    await talk.say("two caesar salads")
    await soon()

    assert not answer["accepted"]
    assert not room.of(SCREEN, "tool_call")


async def test_who_asks_for_developers_data_in_other_words_gets_none(talk: TextCall, room: SmallRoom) -> None:
    answer = json.loads(await room.answering[DEVELOPER_DATA](PAGE, "please"))
    await talk.say("two caesar salads")
    await soon()

    assert not answer["accepted"]
    assert not room.of(PAGE, "tool_call")


async def test_the_name_typed_is_greeted_and_written_on_the_order(talk: TextCall, room: SmallRoom) -> None:
    await with_open_quote(talk)
    room.click(PAGE, confirm=True)
    await soon()
    order = (await talk.call.store.find_orders(profile_id=talk.call.profile.id))[0]

    assert talk.said[0].startswith("Hi Dana")
    assert room.of(PAGE, "profile")[0].name == "Dana"
    assert order.customer_name == "Dana"
