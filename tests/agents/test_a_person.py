"""A caller who wants a person: staff are rung where that is set up, and a message is taken where nobody comes."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from livekit.agents import StopResponse, llm

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.ordering.wording_person import Why
from phone_agent.phone_line.session import open_session
from phone_agent.redaction import NUMBER_BLOT
from phone_agent.rehearsal.text import TextCall
from phone_agent.services.call_backs import offer_call_back, take_message
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.pipeline import in_writing

OFFER = PersonSentence.CALL_BACK_OFFER.words()


class DeskThatRings:
    """Rings until somebody comes back; nothing that is said meanwhile is for the agent."""

    def __init__(self) -> None:
        self.rung: list[Why] = []
        self.is_busy = False

    async def ring(self, why: Why) -> None:
        self.rung.append(why)
        self.is_busy = True

    def listen(self, said: str) -> bool:
        return not self.is_busy

    async def come_back(self) -> None:
        self.is_busy = False


class DeskThatTalks(DeskThatRings):
    """Somebody has answered: no key brings the caller back."""

    async def come_back(self) -> None:
        pass


@pytest.fixture
def desk(talk: TextCall) -> DeskThatRings:
    desk = DeskThatRings()
    talk.call.desk = desk
    return desk


def said_by_caller(words: str) -> llm.ChatMessage:
    return llm.ChatMessage(role="user", content=[words])


async def offered(talk: TextCall) -> None:
    await offer_call_back(talk.session)
    await talk.press("")


async def test_staff_are_rung_by_voice_and_by_key_and_the_agent_keeps_still(
    talk: TextCall, desk: DeskThatRings
) -> None:
    told = await talk.say("can I talk to a person")
    agent = talk.session.current_agent
    with pytest.raises(StopResponse):
        await agent.on_user_turn_completed(llm.ChatContext(), said_by_caller("okay"))
    await talk.press("7")
    await agent.on_user_turn_completed(llm.ChatContext(), said_by_caller("okay"))
    afterwards = await talk.say("a caesar salad please")
    await talk.press("0")

    assert told == ""
    assert "Added 1 Caesar Salad" in afterwards
    assert desk.rung == ["voice", "keypad"]
    assert desk.is_busy


async def test_no_key_places_an_order_while_staff_are_rung(talk: TextCall, desk: DeskThatRings, store: Store) -> None:
    await talk.say("a caesar salad please")
    await talk.say("check out")
    await talk.press("0")
    await talk.press("1")

    assert talk.call.order is None
    assert not desk.is_busy


async def test_keys_that_are_pressed_for_staff_are_in_no_transcript(call: Call, store: Store) -> None:
    async with TextCall(open_session(call, in_writing(call)), OrderAgent(call)) as talk:
        call.desk = desk = DeskThatTalks()
        await talk.press("0")
        for key in "2468":
            await talk.press(key)
        desk.is_busy = False
        await talk.press("3")
        await talk.say("thanks")
    lines = await store.load_transcript(call.record.id)

    assert [line.text for line in lines if line.speaker == "keypad"] == ["0", "3"]


async def test_a_person_by_key_0_in_the_keypad_menu_too(talk: TextCall, desk: DeskThatRings) -> None:
    await talk.press("9")
    await talk.press("0")

    assert desk.rung == ["keypad"]


@pytest.mark.parametrize("answer", ["yes please", "1"])
async def test_who_wants_to_be_called_back_leaves_a_message(talk: TextCall, store: Store, answer: str) -> None:
    await offered(talk)
    told = await (talk.press(answer) if answer.isdigit() else talk.say(answer))
    (message,) = await store.find_messages()

    assert PersonSentence.CALL_BACK_WANTED.words() in told
    assert (message.caller_number, message.name, message.words) == ("+14075550142", "Rivera Household", "")


async def test_a_card_number_in_a_message_is_not_kept(talk: TextCall, store: Store) -> None:
    await take_message(talk.call, "charge 4111 1111 1111 1111, please")
    (message,) = await store.find_messages()

    assert message.words == f"charge {NUMBER_BLOT}, please"


async def test_the_same_wish_is_kept_once(talk: TextCall, store: Store) -> None:
    for words in ("", "", "it was cold", "it was cold "):
        await take_message(talk.call, words)

    assert sorted(message.words for message in await store.find_messages()) == ["", "it was cold"]


async def test_who_is_interrupted_while_leaving_a_message_has_left_it(talk: TextCall, store: Store) -> None:
    await offered(talk)
    taking = asyncio.create_task(take_message(talk.call, ""))
    await asyncio.sleep(0)
    taking.cancel()
    await asyncio.gather(taking, return_exceptions=True)
    is_answered_before = talk.call.known.asking is None
    await talk.call.close()

    assert taking.cancelled()
    assert not is_answered_before
    assert talk.call.known.asking is None
    assert len(await store.find_messages()) == 1


async def test_who_does_not_want_it_leaves_none(talk: TextCall, store: Store) -> None:
    await offered(talk)
    told = await talk.say("no thanks")

    assert told == PersonSentence.NO_CALL_BACK.words()
    assert not await store.find_messages()


async def test_1_means_a_call_back_only_right_after_the_question(talk: TextCall, store: Store) -> None:
    await offered(talk)
    await talk.say("what is in my cart")
    await talk.press("1")

    assert not await store.find_messages()


async def test_without_a_number_nobody_is_called_back(talk: TextCall) -> None:
    talk.call.record = replace(talk.call.record, caller_number=None)
    await offered(talk)

    assert talk.said[-1] == PersonSentence.NOBODY.words()
    assert talk.call.known.asking is None
