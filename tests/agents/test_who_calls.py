"""Callers who are known, from greeting to being forgotten: whole conversations, judged by what the store holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.callers import NEW, a_call, names_in, newest_order, talking, until_clock


async def test_same_as_last_time_is_put_into_the_cart(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        heard = await talk.say("what did I order last time")
        said = await talk.say("yes please")

        assert "Last time you had" in heard
        assert "$" not in heard
        assert names_in(talk.call)
        assert said.endswith("Anything else?")


@pytest.mark.parametrize("words", ["the usual please", "same as last time", "I'll have my usual"])
async def test_the_usual_is_put_into_the_cart(store: Store, words: str) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say(words)

        assert names_in(talk.call)


@pytest.mark.parametrize("words", ["the usual please", "what did I order last time", "where's my order"])
async def test_a_withheld_number_hears_nothing_of_anybody(store: Store, words: str) -> None:
    async with talking(store, None) as talk:
        said = await talk.say(words)

        assert "no earlier order" in said or "no order of yours" in said
        assert talk.call.cart.is_empty


async def test_a_new_caller_is_asked_once_and_known_the_next_time(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        placed = await talk.say("yes")
        named = await talk.say("Maria Lopez")
        kept = await talk.say("yes")
        order = await newest_order(talk)
        await talk.say("a caesar salad")
        await talk.say("check out")
        again = await talk.press("1")

    assert "May I have a name for the order?" in placed
    assert "Shall I remember you" in named
    assert "I'll remember you" in kept
    assert order.customer_name == "Maria Lopez"
    assert "name" not in again
    async with talking(store, NEW) as talk:
        assert talk.said[0].startswith("Hi Maria, I'm the automated assistant. The usual, Caesar Salad?")
        await talk.say("yes")
        assert names_in(talk.call) == ["Caesar Salad"]


@pytest.mark.parametrize("wish", ["a caesar salad", "two caesar salads", "add caesar salad"])
async def test_a_dish_is_no_answer_to_the_question_for_a_name(store: Store, wish: str) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a grilled salmon")
        await talk.say("check out")
        asked = await talk.press("1")
        heard = await talk.say(wish)
        order = await newest_order(talk)

        assert "May I have a name" in asked
        assert "Caesar Salad" in heard
        assert "Thank you" not in heard
        assert order.customer_name == ""


async def test_without_consent_nothing_is_kept(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
        await talk.say("it's Maria")
        await talk.say("no thanks")
        order = await newest_order(talk)

    assert order.customer_name == "Maria"
    assert await store.find_profile(NEW) is None


async def test_a_cart_that_was_lost_is_offered_again_and_read_back_afresh(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        offered = second.said[0]
        read_back = await second.say("yes")
        placed = await second.press("1")
        order = await newest_order(second)

    assert "You were ordering Caesar Salad. Shall I go on with that?" in offered
    assert "2 Caesar Salad" in read_back
    assert "press 1" in read_back
    assert "#001" in placed
    assert [(line.quantity, line.name) for line in order.lines] == [(2, "Caesar Salad")]


async def test_a_lost_cart_that_is_declined_is_not_offered_twice_in_the_call(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW) as second:
        await second.say("no")
        await second.say("a grilled salmon")

        assert names_in(second.call) == ["Grilled Salmon"]


async def test_after_half_an_hour_a_lost_cart_is_not_offered(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
    async with talking(store, NEW, timedelta(minutes=31)) as second:
        assert "You were ordering" not in second.said[0]


async def test_the_address_of_a_lost_cart_is_not_read_out(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two pad thai mild")
        wishes = first.call.wishes
        fulfilment = type(wishes.fulfilment)("delivery", None, "1 Lake Street", "32801")
        await first.call.wish(lambda w: type(w)(fulfilment=fulfilment, allergy_note="sesame"))
    async with talking(store, NEW) as second:
        asked = await second.say("yes")
        said = await second.say("5 Hill Road")
        said += await second.say("32801")
        said += await second.say("check out")

        assert "What is the street address?" in asked
        assert "Lake" not in asked + said
        assert "delivered to 5 Hill Road" in said
        assert "sesame" in said


async def test_two_calls_at_once_from_one_number_have_two_carts(store: Store) -> None:
    async with talking(store, NEW) as first:
        await first.say("two caesar salads")
        async with talking(store, NEW) as second:
            await second.say("a grilled salmon")

            assert "You were ordering" not in second.said[0]
            assert names_in(first.call) == ["Caesar Salad"]
            assert names_in(second.call) == ["Grilled Salmon"]
            assert first.call.cart.id != second.call.cart.id


async def test_a_diet_counts_at_once_and_is_kept_with_consent(store: Store) -> None:
    async with talking(store, NEW) as talk:
        asked = await talk.say("I'm vegetarian, remember that")
        kept = await talk.say("yes")
        warned = await talk.say("a grilled salmon")

    assert "Shall I remember it with your phone number for next time?" in asked
    assert "I'll remember that" in kept
    assert "The Grilled Salmon is not marked as vegetarian. Added 1 Grilled Salmon" in warned
    profile = await store.find_profile(NEW)
    assert profile is not None
    assert profile.dietary_tags == ("vegetarian",)


@pytest.mark.parametrize("asked", ["deliver it", "do you deliver", "for delivery", "can you deliver it at seven"])
async def test_where_no_street_can_be_heard_none_is_asked_for(store: Store, asked: str) -> None:
    call = await a_call(store, NEW, later=until_clock(15, "America/New_York"))
    call.known.hears_own_words = False
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        await talk.say("two pad thai mild")
        told = await talk.say(asked)
        read_back = await talk.say("check out")
        placed = await talk.press("1")

    assert "I can't take an address on this line" in told
    assert "for pickup" in read_back
    assert ("at 7:00 PM" in read_back) == ("seven" in asked)
    assert "Your order number is" in placed


async def test_a_caller_whose_name_cannot_be_heard_is_remembered_by_number(store: Store) -> None:
    call = await a_call(store, NEW)
    call.known.hears_own_words = False
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        placed = await talk.press("1")
        await talk.say("yes")
    async with talking(store, NEW) as talk:
        await talk.say("the usual")

        assert "name" not in placed
        assert "Shall I remember you" in placed
        assert names_in(talk.call) == ["Caesar Salad"]


async def test_the_keypad_alone_is_never_answered_with_a_question_to_speak_to(store: Store) -> None:
    async with talking(store, NEW) as talk:
        for key in ("9", "1", "1", "1", "#", "1"):
            said = await talk.press(key)
            talk.pause()

        assert talk.call.order is not None
        assert "Shall I remember" not in said
        assert "name for the order" not in said


@pytest.mark.parametrize("number", [None, DEMO_PHONE])
async def test_a_recorded_call_says_so_and_stays_short(store: Store, number: str | None) -> None:
    call = await a_call(store, number)
    call.known.is_recorded = True
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        (greeting,) = talk.said

    assert "automated assistant" in greeting
    assert "This call is recorded." in greeting
    assert greeting.endswith("What would you like?")
    assert len(greeting.split()) <= 20


async def test_why_a_call_was_abandoned_is_recorded(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("goodbye")
        call_id = talk.call.record.id

    (record,) = [one for one in await store.find_calls() if one.id == call_id]
    assert (record.outcome, record.reason) == ("abandoned", "goodbye")
