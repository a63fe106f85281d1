"""What a caller says or types while one agent hands over to another: whatever the moment, it is answered."""

from __future__ import annotations

import asyncio

import pytest
from livekit.agents import AgentSession

from phone_agent import line
from phone_agent.call import Call
from tests.agents.callers import names_in
from tests.agents.speaking import SpokenCall, speaking
from tests.agents.test_first_sound import loudspeaker, session, until
from tests.agents.test_support import until_handing_over

pytestmark = pytest.mark.hearing
__all__ = ["loudspeaker", "session"]

MOMENTS = range(1, 16, 2)
"""Turns of the event loop after the handover began, which takes some fourteen."""
QUESTION, ORDER = "what's in the caesar salad", "two caesar salads please"


async def into_the_handover(call: Call, moment: int) -> None:
    await until_handing_over(call)
    for _ in range(moment):
        await asyncio.sleep(0)


def agent_of(session: AgentSession[Call]) -> str:
    return type(session.current_agent).__name__


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_handover_that_is_cut_takes_the_order_all_the_same(
    session: AgentSession[Call], call: Call, moment: int
) -> None:
    session.generate_reply(user_input=QUESTION)
    await into_the_handover(call, moment)
    await session.interrupt(force=True)
    await line.answer(session, ORDER)
    await until(lambda: bool(call.cart.lines) and agent_of(session) == "OrderAgent")

    assert names_in(call) == ["Caesar Salad"]
    assert [entry.quantity for entry in call.cart.lines] == [2]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_words_that_come_in_mid_handover_are_a_turn_after_it(call: Call, moment: int) -> None:
    async with speaking(call) as spoken:
        asking = asyncio.create_task(spoken.voice(QUESTION))
        await into_the_handover(call, moment)
        spoken.hear(ORDER)
        await until(lambda: bool(call.cart.lines) and agent_of(spoken.session) == "OrderAgent")
        await asking

        assert [entry.quantity for entry in call.cart.lines] == [2]
        assert spoken.turns == [QUESTION, ORDER]


async def handed_over(spoken: SpokenCall) -> str:
    await spoken.voice(QUESTION)
    await spoken.until_said("The menu says of the Caesar Salad")
    return agent_of(spoken.session)


async def test_the_next_agent_goes_on_listening_where_the_last_one_was(call: Call) -> None:
    async with speaking(call) as spoken:
        agent = await handed_over(spoken)

        assert (agent, spoken.times_listened) == ("SupportAgent", 1)


async def test_a_handover_that_was_cut_off_leaves_the_line_free(session: AgentSession[Call], call: Call) -> None:
    session.generate_reply(user_input=QUESTION)
    await until_handing_over(call)
    await session.interrupt(force=True)
    await line.settled(session)

    assert (agent_of(session), call.is_handing_over) == ("OrderAgent", False)
