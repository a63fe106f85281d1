"""The desk of a call where LiveKit does not answer: the caller is told, and may leave a message all the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from livekit import api, rtc

from phone_agent.languages import load_language
from phone_agent.order_pad.desk import Attempt, Outcome
from phone_agent.ordering.language import ENGLISH
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.rehearsal.text import TextCall
from phone_agent.settings import Settings
from phone_agent.store.protocol import Store
from phone_agent.transfer.desk import CallersLine, FrontDesk, is_only_waiting

STAFF = "+14075550199"
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
async def livekit() -> AsyncIterator[api.LiveKitAPI]:
    async with api.LiveKitAPI(NOWHERE, "key", "x" * 40) as nobody:
        yield nobody


def a_desk(talk: TextCall, livekit: api.LiveKitAPI, **env: str) -> FrontDesk:
    settings = Settings.from_env({"PHONE_AGENT_TRANSFER": "cold"} | env)
    talk.call.desk = desk = FrontDesk(talk.session, CallersLine(rtc.Room(), "caller", lambda: livekit), settings)
    return desk


async def until_told(talk: TextCall, words: str) -> None:
    while not talk.said or talk.said[-1] != words:
        await asyncio.sleep(0.01)


@pytest.mark.timeout(20)
async def test_where_nobody_can_be_rung_a_message_is_offered_and_1_leaves_it(
    talk: TextCall, livekit: api.LiveKitAPI, store: Store
) -> None:
    a_desk(talk, livekit, PHONE_AGENT_STAFF_NUMBERS=STAFF)
    await talk.press("0")
    await until_told(talk, PersonSentence.CALL_BACK_OFFER.words())
    told = await talk.press("1")

    assert PersonSentence.PUTTING_THROUGH.words() in talk.said
    assert talk.call.attempts == (Attempt(STAFF, Outcome.REFUSED),)
    assert [event.kind for event in talk.call.journal.events] == ["person"]
    assert told == PersonSentence.CALL_BACK_WANTED.words()
    assert len(await store.find_messages()) == 1


@pytest.mark.timeout(20)
async def test_without_numbers_of_their_own_the_restaurant_of_the_order_is_rung(
    talk: TextCall, livekit: api.LiveKitAPI
) -> None:
    a_desk(talk, livekit)
    await talk.say("a caesar salad")
    place = talk.call.restaurant
    await talk.press("0")
    await until_told(talk, PersonSentence.CALL_BACK_OFFER.words())

    assert place is not None
    assert [attempt.number[-4:] for attempt in talk.call.attempts] == [place.phone[-4:]]
    assert not talk.call.cart.is_empty


@pytest.mark.timeout(20)
async def test_where_no_number_is_known_the_caller_is_told_how_to_call(talk: TextCall, livekit: api.LiveKitAPI) -> None:
    a_desk(talk, livekit)
    told = await talk.press("0")

    assert "can't put a person on the line" in told
    assert talk.call.attempts == ()


async def test_an_idle_desk_leaves_everything_to_the_agent(talk: TextCall, livekit: api.LiveKitAPI) -> None:
    desk = a_desk(talk, livekit, PHONE_AGENT_STAFF_NUMBERS=STAFF)

    assert desk.listen("okay")
    assert not desk.is_busy


@pytest.mark.parametrize("words", ["Gracias.", "sí", "está bien", "ajá", "okay", "sí, gracias", ""])
def test_whoever_waits_in_spanish_calls_nobody_back_by_a_kind_word(words: str) -> None:
    assert is_only_waiting(words, load_language("es"))


@pytest.mark.parametrize("words", ["no", "espere", "quiero cambiar mi pedido"])
def test_whoever_says_more_in_spanish_calls_the_agent_back(words: str) -> None:
    assert not is_only_waiting(words, load_language("es"))


def test_a_spanish_word_calls_the_agent_back_in_an_english_call() -> None:
    assert not is_only_waiting("espere gracias", ENGLISH)
    assert is_only_waiting("Thank you!", ENGLISH)
