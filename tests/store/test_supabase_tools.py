"""What a turn of a conversation asks of Supabase: a caller waits for every round trip, and a tool has one at most."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from livekit.agents import FunctionToolsExecutedEvent

from phone_agent.agents.order import OrderAgent
from phone_agent.agents.support import SupportAgent
from phone_agent.callers.pin import hashed
from phone_agent.ordering.menu import Menu
from phone_agent.ordering.selection import ItemRequest
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.wishes import Wishes
from phone_agent.rehearsal.text import TextCall
from phone_agent.services.call_backs import take_message
from phone_agent.store.records import Profile
from phone_agent.store.supabase import SupabaseStore
from phone_agent.store.supabase_api import ATTEMPTS
from tests.agents.callers import NEW, a_call, names_in, order_a_salad, talking
from tests.builders import an_id, item_named
from tests.postgrest.gateway import Mishap
from tests.postgrest.project import Project

pytestmark = pytest.mark.postgrest
IN_THE_BACKGROUND = ("fc_call_transcripts", "rpc/fc_note_alive", "rpc/fc_close_call")
KNOWN = "+14075550172"
PIN = "2468"

SALAD = "a caesar salad"
ORDERED = (SALAD, "check out", "yes")
TURNS: dict[str, list[tuple[str, ...]]] = {
    "get_user_profile": [("what do you know about me",)],
    "find_food_item": [("is the caesar salad gluten free",)],
    "find_restaurants_by_type": [("find Thai restaurants",)],
    "get_restaurant_menu": [("what's on the menu",)],
    "quick_add_to_cart": [("two caesar salads and a grilled salmon",), ("a ten percent tip", SALAD), (SALAD, SALAD)],
    "change_cart_item": [(SALAD, "make it three")],
    "remove_from_cart": [(SALAD, "add a grilled salmon", "remove the salmon")],
    "quick_view_cart": [(SALAD, "what's in my order")],
    "start_over": [(SALAD, "a mild pad thai", "yes")],
    "choose_pickup_or_delivery": [
        (SALAD, "I want it at nine pm"),
        ("two mild pad thai", "deliver it to 12 Main Street 32801"),
        (SALAD, "deliver it to 12 Main Street 99999"),
    ],
    "apply_coupon": [(SALAD, "I have a coupon, it's LUNCH")],
    "set_tip": [(SALAD, "a ten percent tip"), ("a ten percent tip",)],
    "add_note": [(SALAD, "I'm allergic to peanuts")],
    "save_name": [(*ORDERED, "Maria Lopez"), (SALAD, "my name is Maria Lopez")],
    "save_preferences": [("I'm gluten free",)],
    "forget_me": [("forget me",)],
    "verify_pin": [("my pin",)],
    "get_order_history": [(*ORDERED, "what did I order last time")],
    "reorder": [(*ORDERED, "same as last time")],
    "get_order_status": [(*ORDERED, "where's my order"), ("where's my order",)],
    "call_when_ready": [(SALAD, "call me when it's ready"), (*ORDERED, "call me when it's ready")],
    "cancel_order": [(*ORDERED, "cancel the order I just placed"), ("cancel my last order",)],
    "quick_checkout": [(SALAD, "check out"), ("check out",)],
    "confirm_order": [ORDERED, (*ORDERED, "yes")],
    "change_order": [(SALAD, "check out", "no")],
    "offer_keypad_menu": [("florble", "florble wug", "florble dax")],
    "repeat": [("say that again",)],
    "open_second_screen": [("can I see it on my phone",)],
    "call_a_person": [("I want to talk to a person",)],
    "speak_language": [("English please",)],
    "explain_total": [
        ("what is in my total",),
        (SALAD, "what is in my total"),
        (SALAD, "check out", "what is in my total"),
        (*ORDERED, "what is my total made of"),
    ],
    "describe_dish": [("what's in the pad thai",)],
    "report_problem": [
        ("I want to complain", "the salad was warm"),
        (*ORDERED, "I have a problem with my order", "the salad was warm"),
    ],
    "give_feedback": [("I want to leave feedback", "the salad was great")],
    "back_to_ordering": [("what's in the pad thai", "add a caesar salad")],
    "transfer_to_support": [("what's in the pad thai",)],
    "accept_offer": [
        (*ORDERED, "Maria Lopez", "yes"),
        (*ORDERED, "what did I order last time", "yes"),
        ("I'm gluten free", "yes"),
        ("forget me", "yes"),
    ],
    "decline_offer": [(*ORDERED, "Maria Lopez", "no"), ("forget me", "no"), ("I'm gluten free", "no")],
    "end_call": [("goodbye",)],
}
"""What is said until the tool is called; each tool on the way is counted too."""
AFTER_A_LOST_CART = {
    "accept_offer": "yes",
    "go_on_with_lost_order": "go on with that and add a grilled salmon",
    "decline_offer": "no thanks",
}


def asked(project: Project) -> list[str]:
    return [path.removeprefix("rpc/") for path in project.gateway.asked if path not in IN_THE_BACKGROUND]


@asynccontextmanager
async def after_a_lost_cart(store: SupabaseStore) -> AsyncIterator[TextCall]:
    before = await a_call(store, NEW)
    await before.take([ItemRequest("Caesar Salad", 2)])
    await before.wish(lambda _: Wishes(allergy_note="nuts"))
    await before.close()
    async with talking(store, NEW) as talk:
        yield talk


@asynccontextmanager
async def counting(talk: TextCall, project: Project) -> AsyncIterator[list[tuple[str, list[str]]]]:
    """Each tool that is called meanwhile, with what it has asked of Supabase."""
    counted: list[tuple[str, list[str]]] = []

    def on_tools(event: FunctionToolsExecutedEvent) -> None:
        (called,) = event.function_calls
        counted.append((called.name, asked(project)))
        project.gateway.forget()

    project.gateway.forget()
    talk.session.on("function_tools_executed", on_tools)
    yield counted
    talk.session.off("function_tools_executed", on_tools)


@pytest.mark.parametrize(("tool", "turns"), [(tool, turns) for tool, several in TURNS.items() for turns in several])
async def test_a_tool_is_one_round_trip_at_most(
    supabase: SupabaseStore, project: Project, tool: str, turns: tuple[str, ...]
) -> None:
    if "forget me" not in turns:
        await supabase.save_pin(NEW, hashed(PIN))
    async with talking(supabase, NEW) as talk, counting(talk, project) as counted:
        talk.call.can_be_rung = lambda at, timezone: True
        talk.call.page_address = "https://page.example.com"
        for words in turns:
            await talk.say(words)

        assert tool in [name for name, _ in counted]
        assert not [one for one in counted if len(one[1]) > 1]
        assert not asked(project)


@pytest.mark.parametrize(("tool", "words"), AFTER_A_LOST_CART.items(), ids=AFTER_A_LOST_CART)
async def test_an_answer_about_a_lost_cart_is_one_round_trip(
    supabase: SupabaseStore, project: Project, tool: str, words: str
) -> None:
    async with after_a_lost_cart(supabase) as talk, counting(talk, project) as counted:
        await talk.say(words)

        assert tool in [name for name, _ in counted]
        assert not [one for one in counted if len(one[1]) > 1]
        assert not asked(project)


async def test_every_tool_of_the_agents_is_counted(supabase: SupabaseStore) -> None:
    orders = OrderAgent(await a_call(supabase, NEW))
    support = SupportAgent(await a_call(supabase, NEW), orders)

    assert {tool.id for tool in (*orders.tools, *support.tools)} == {*TURNS, *AFTER_A_LOST_CART, "leave_message"}


async def test_a_message_for_the_restaurant_is_one_round_trip(supabase: SupabaseStore, project: Project) -> None:
    """No words with no keys lead to that tool."""
    call = await a_call(supabase, NEW)
    project.gateway.forget()

    await take_message(call, "please call me about a cake")

    assert len(asked(project)) == 1


async def test_going_on_with_a_lost_cart_reads_it_back_in_one_round_trip(
    supabase: SupabaseStore, project: Project
) -> None:
    async with after_a_lost_cart(supabase) as talk:
        project.gateway.forget()
        read_back = await talk.say("yes")

        assert "2 Caesar Salad" in read_back
        assert "nuts" in read_back
        assert asked(project) == ["fc_adopt_cart"]
        await talk.press("1")
        assert asked(project) == ["fc_adopt_cart", "fc_place_order"]


async def test_starting_over_is_one_round_trip(supabase: SupabaseStore, project: Project) -> None:
    async with talking(supabase, NEW) as talk:
        await talk.say("two caesar salads and a grilled salmon")
        await talk.say("a mild pad thai")
        project.gateway.forget()
        await talk.say("yes")

        assert asked(project) == ["fc_save_cart"]
        assert names_in(talk.call) == ["Pad Thai"]


@pytest.mark.parametrize("wish", ["a ten percent tip", "I'm allergic to peanuts"])
async def test_the_first_dish_after_a_wish_brings_it_along(
    supabase: SupabaseStore, project: Project, wish: str
) -> None:
    async with talking(supabase, NEW) as talk:
        await talk.say(wish)
        project.gateway.forget()
        await talk.say(SALAD)

        assert asked(project) == ["fc_save_cart"]
        assert await supabase.load_wishes(talk.call.cart.id) == talk.call.wishes != Wishes()


async def test_an_allergy_told_with_a_dish_is_written_with_it(supabase: SupabaseStore, project: Project) -> None:
    call = await a_call(supabase, NEW)
    async with talking(supabase, NEW) as talk:
        project.gateway.forget()
        await talk.say("a caesar salad, I'm allergic to fish")

        stored = await supabase.load_wishes(talk.call.cart.id)
        assert stored.allergy_note == talk.call.wishes.allergy_note != ""
    await call.close()


async def test_leaving_out_what_is_sold_out_reads_back_in_one_round_trip(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    async with talking(supabase, NEW) as talk:
        await talk.say("a caesar salad and a grilled salmon")
        await supabase.sell_out(item_named(menu, "Grilled Salmon").id, None)
        await talk.say("check out")
        project.gateway.forget()
        read_back = await talk.say("yes")

        assert asked(project) == ["fc_freeze_cart"]
        assert "1 Caesar Salad" in read_back
        assert names_in(talk.call) == ["Caesar Salad"]
        await talk.press("1")
        assert [line.name for line in (await supabase.find_orders())[0].lines] == ["Caesar Salad"]


async def test_what_is_told_of_an_order_of_another_call_is_one_round_trip(
    supabase: SupabaseStore, project: Project
) -> None:
    async with talking(supabase, NEW) as first:
        await order_a_salad(first)
    async with talking(supabase, NEW) as second, counting(second, project) as counted:
        second.call.can_be_rung = lambda at, timezone: True
        for words in ("call me when it's ready", "where's my order", "I have a problem with my order", "it is cold"):
            await second.say(words)

        assert {"call_when_ready", "get_order_status", "report_problem"} <= {name for name, _ in counted}
        assert not [one for one in counted if len(one[1]) > 1]
        assert [told.order_id for told in await supabase.find_feedback()] == [second.call.known.placed[0].id]
    assert project.sql("select ready_call from fc_orders") == [("en",)]


async def test_a_right_pin_is_answered_after_one_round_trip(supabase: SupabaseStore, project: Project) -> None:
    await supabase.save_pin(NEW, hashed(PIN))
    async with talking(supabase, NEW) as talk:
        await talk.say("my pin")
        project.gateway.forget()
        await talk.press(PIN)

        assert asked(project) == ["fc_take_pin_try", "fc_give_back_pin_try", "fc_find_orders_of"]
        assert talk.said[-1] == CallerSentence.PIN_RIGHT.words()


async def test_cancelling_an_order_of_another_call_with_the_pin_is_one_round_trip(
    supabase: SupabaseStore, project: Project
) -> None:
    await supabase.save_profile(Profile(an_id("maria"), household_name="Maria Lopez", phone=KNOWN))
    await supabase.save_pin(KNOWN, hashed(PIN))
    async with talking(supabase, KNOWN) as first:
        await first.say(SALAD)
        await first.say("check out")
        await first.press("1")
    async with talking(supabase, KNOWN) as second:
        await second.say("my pin")
        await second.press(PIN)
        project.gateway.forget()
        await second.say("cancel my last order")

        assert asked(project) == ["fc_change_order_status"]
    assert (await supabase.find_orders())[0].status == "cancelled"


async def test_digits_after_a_pin_that_nobody_answered_are_the_same_try(
    supabase: SupabaseStore, project: Project
) -> None:
    await supabase.save_pin(NEW, hashed(PIN))
    async with talking(supabase, NEW) as talk:
        await talk.say("my pin")
        project.gateway.next("fc_take_pin_try", *[Mishap.LOST_ANSWER] * ATTEMPTS)
        unanswered = await talk.press(PIN)
        await talk.say("my pin")
        wrong = await talk.press("1111")

        assert unanswered.endswith(Sentence.STORE_UNAVAILABLE.words())
        assert wrong == CallerSentence.PIN_WRONG.words()
        assert project.sql("select tries from fc_caller_pin_tries") == [(1,)]
        await talk.say("my pin")
        assert await talk.press(PIN) == CallerSentence.PIN_RIGHT.words()
        assert project.sql("select tries from fc_caller_pin_tries") == [(1,)]
