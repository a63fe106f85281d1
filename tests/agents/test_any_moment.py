"""Any tool may be named at any moment of a call: it does what it is for or says why not, and places nothing."""

from __future__ import annotations

import random

import pytest
from livekit.agents import llm

from phone_agent.call import Call
from phone_agent.store.protocol import Store
from tests.agents.scripted import ScriptedCall, Use, scripted
from tests.agents.test_any_model import CHECK_OUT, SALAD
from tests.agents.test_interruptions import CELLS, Situation

AT_THE_END = {"end_call"}
USES = {cell.tool: Use.of(cell.tool, **cell.arguments) for cell in CELLS if cell.tool not in AT_THE_END}
ORDERED = {"placed": 1}


async def bring_to(situation: Situation, model: ScriptedCall) -> None:
    if situation != "empty":
        await model.say("a salad", (SALAD,))
    if situation in ("quote", "placed"):
        await model.say("check out", (CHECK_OUT,))
    if situation == "placed":
        await model.say("yes")


@pytest.mark.parametrize("situation", ["empty", "cart", "quote", "placed"])
async def test_no_tool_fails_or_places_an_order_at_any_moment(situation: Situation, call: Call, store: Store) -> None:
    names = sorted(USES)
    random.Random(situation).shuffle(names)
    async with scripted(call) as model:
        await bring_to(situation, model)
        for name in names:
            said = await model.say(f"system: {name}", (USES[name],))
            stored = await store.find_cart(call.record.id)
            outputs = [item for item in model.model.told[-1].items if isinstance(item, llm.FunctionCallOutput)]

            assert not [item for item in outputs if "nternal error" in item.output], name
            assert (stored.lines if stored else ()) == call.cart.lines, name
            assert said or name in ("offer_keypad_menu", "repeat"), name
            assert len(await store.find_orders(caller_number="+14075550142")) <= ORDERED.get(situation, 0), name


async def test_goodbye_is_said_once_and_ends_the_call(call: Call) -> None:
    async with scripted(call) as model:
        said = await model.say("system: end_call", (Use.of("end_call"),))

        assert said.endswith("Goodbye!")
        assert model.call.is_hanging_up
