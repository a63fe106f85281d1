"""A call in which nothing hears, thinks or speaks: keys, and words that were made beforehand."""

from __future__ import annotations

import asyncio
import time

import pytest

from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.dtmf import Keypad
from phone_agent.languages import languages_of
from phone_agent.phone_line.session import open_session
from phone_agent.phone_line.trouble import Trouble
from phone_agent.rehearsal.providers.behaviour import Behaviour, Fault
from phone_agent.voice.hosted import HostedVoice
from tests.hosted.phone import Earpiece, Microphone
from tests.hosted.test_calls import Providers, providers
from tests.hosted.until import until
from tests.stack.speechless_agent import Speechless

pytestmark = pytest.mark.program
HEARD_WITHIN = 2.0
TWO_SPRING_ROLLS = "9211421"

__all__ = ["providers"]


async def test_the_keypad_alone_completes_an_order(call: Call, providers: Providers) -> None:
    earlier = await call.store.find_orders(profile_id=call.record.profile_id, limit=5)
    providers.behave(Behaviour(Fault.BROKEN))
    call.languages = languages_of(("en", "es"))  # the other one is offered by its name
    voice = Speechless(HostedVoice(providers.settings))
    voice.prepare(call.menu)
    pipeline = voice.pipeline(call)
    session = open_session(call, pipeline)
    Trouble(session).watch(pipeline.stt)
    keypad, earpiece = Keypad(session), Earpiece()
    session.input.audio, session.output.audio = Microphone(), earpiece
    began = time.monotonic()
    await session.start(OrderAgent(call), record=False)
    await until(lambda: call.keypad_walk is not None, 10)
    for key in TWO_SPRING_ROLLS:
        keypad.press(key)
        await asyncio.sleep(0.6)
    await until(lambda: not call.cart.is_empty)
    keypad.press("#")
    await until(lambda: call.has_open_quote, 10)
    await asyncio.sleep(1.0)
    keypad.press("1")
    await until(lambda: call.cart.is_empty, 10)
    later = await call.store.find_orders(profile_id=call.record.profile_id, limit=5)
    await session.aclose()
    for part in (pipeline.llm, pipeline.tts):
        assert part is not None
        await part.aclose()

    (order,) = [one for one in later if one not in earlier]
    assert [(line.quantity, line.name) for line in order.lines] == [(2, "Spring Rolls")]
    assert earpiece.silence_after(began) < HEARD_WITHIN
    assert [event for event in call.journal.events if event.kind == "tts error"] == []
    assert not any(answer.done_at for one in (providers.deepgram, providers.cartesia) for answer in one.answers)
