"""Every tool of every agent is cut at every moment at which it waits, and the store is right each time.

Cut: cancelled, talked over, or met by a key. Afterwards the caller checks out and presses 1.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copy
from typing import Any, Literal

import pytest
from livekit.agents import llm

from phone_agent import line
from phone_agent.agents.order import OrderAgent
from phone_agent.agents.support import SupportAgent
from phone_agent.agents.talking import TalkingAgent
from phone_agent.call import Call
from phone_agent.ordering.order import Order
from phone_agent.phone_line.session import open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.voice.offline.model import OfflineLLM
from phone_agent.voice.offline.model_history import Turn
from phone_agent.voice.offline.model_steps import ToolUse
from phone_agent.voice.pipeline import Pipeline
from tests.agents.blade import Blade, cancel
from tests.agents.callers import NEW, a_call, talking
from tests.agents.conftest import open_at

Situation = Literal["empty", "cart", "elsewhere", "quote", "placed", "lost", "forgetting"]
Way = Literal["cancelled", "interrupted", "key 1", "key 2"]
WAYS: tuple[Way, ...] = ("cancelled", "interrupted", "key 1", "key 2")
BEFORE: dict[Situation, Sequence[str]] = {
    "empty": (),
    "cart": ("a caesar salad and a grilled salmon",),
    "elsewhere": ("a caesar salad", "a mango smoothie from green bowl"),
    "quote": ("a caesar salad and a grilled salmon", "check out"),
    "placed": ("a caesar salad", "check out", "yes"),
    "lost": (),
    "forgetting": ("a caesar salad", "forget me"),
}
SALMON = {"item_name": "Grilled Salmon", "quantity": 2, "options": [], "note": "allergic to nuts"}
AS_IT_IS: dict[str, object] = dict.fromkeys(("item_name", "options", "note", "other_half"))
TRIGGER = "now"


@dataclass(frozen=True)
class Cell:
    tool: str
    situation: Situation
    arguments: dict[str, object] = field(default_factory=dict)
    agent: Literal["order", "support"] = "order"
    words: str = TRIGGER
    """What the caller says; code itself calls the tool where that answers a read-back."""

    def __str__(self) -> str:
        return f"{self.agent}-{self.tool}-{self.situation}"


CELLS = [
    *(Cell("quick_add_to_cart", s, {"items": [SALMON], "restaurant_name": ""}) for s in ("empty", "cart", "quote")),
    *(Cell("change_cart_item", s, {"line": 1, "quantity": 3, **AS_IT_IS}) for s in ("cart", "quote")),
    *(Cell("remove_from_cart", s, {"line": 1}) for s in ("cart", "quote")),
    *(Cell("quick_checkout", s) for s in ("empty", "cart", "quote")),
    Cell("confirm_order", "quote", words="yes"),
    Cell("change_order", "quote", words="no"),
    Cell("start_over", "elsewhere"),
    Cell("choose_pickup_or_delivery", "cart",
         {"kind": "pickup", "day": "", "time": "in an hour", "street": "", "zip_code": ""}),
    Cell("apply_coupon", "cart", {"code": "NOSUCH"}),
    *(Cell("set_tip", s, {"unit": "percent", "amount": 10}) for s in ("cart", "quote")),
    Cell("add_note", "quote", {"kind": "allergy", "text": "nuts"}),
    *(Cell(tool, "lost") for tool in ("accept_offer", "go_on_with_lost_order", "decline_offer")),
    Cell("accept_offer", "forgetting"),
    *(Cell("save_name", s, {"name": "Bo"}) for s in ("cart", "placed")),
    Cell("save_preferences", "cart", {"dietary_tags": ["vegan"], "favorite_cuisines": []}),
    Cell("forget_me", "cart"),
    Cell("verify_pin", "cart"),
    Cell("get_order_history", "placed"),
    Cell("reorder", "placed", {"order": "last"}),
    Cell("get_order_status", "placed"),
    Cell("cancel_order", "placed"),
    *(Cell("call_when_ready", s, {"wanted": True}) for s in ("cart", "quote", "placed")),
    Cell("get_user_profile", "cart"),
    Cell("find_food_item", "cart", {"query": "pizza"}),
    Cell("find_restaurants_by_type", "cart", {"cuisine_type": "Thai"}),
    Cell("get_restaurant_menu", "cart", {"restaurant": "harbor-house", "section": "all"}),
    Cell("quick_view_cart", "cart"),
    Cell("offer_keypad_menu", "cart"),
    *(Cell("repeat", s) for s in ("cart", "quote")),
    Cell("call_a_person", "cart"),
    Cell("open_second_screen", "cart"),
    Cell("leave_message", "cart", {"message": "call me back"}),
    *(Cell("speak_language", s, {"language": "en"}) for s in ("cart", "quote")),
    Cell("end_call", "cart"),
    Cell("transfer_to_support", "cart", {"reason": "other"}),
    Cell("back_to_ordering", "cart", agent="support"),
    *(Cell("explain_total", s, agent="support") for s in ("cart", "quote", "placed")),
    Cell("describe_dish", "cart", {"item_name": "Caesar Salad"}, agent="support"),
    Cell("report_problem", "placed", {"what": "it was cold"}, agent="support"),
    Cell("give_feedback", "placed", {"sentiment": "positive", "what": "lovely"}, agent="support"),
    Cell("confirm_order", "quote", agent="support", words="yes"),
]  # fmt: skip
PLACES_ORDERS = ("confirm_order",)


class ToldOnce(OfflineLLM):
    """The offline model, which does one thing that it is told at the trigger."""

    def __init__(self, call: Call, cell: Cell) -> None:
        super().__init__(call)
        self._cell = cell

    def answer(self, turn: Turn, available: Sequence[str]) -> tuple[str, ToolUse | None, str]:
        if turn.said == TRIGGER and not turn.outputs:
            return "", ToolUse.of(self._cell.tool, **self._cell.arguments), "call_told"
        return super().answer(turn, available)


@dataclass
class Cut:
    talk: TextCall
    store: Store
    blade: Blade

    @property
    def call(self) -> Call:
        return self.talk.call

    def lines(self) -> tuple[tuple[str, int], ...]:
        return tuple((line.item.name, line.quantity) for line in self.call.cart.lines)

    async def stored(self) -> tuple[tuple[str, int], ...]:
        cart = await self.store.find_cart(self.call.record.id)
        return tuple((line.item.name, line.quantity) for line in cart.lines) if cart else ()

    async def orders(self) -> Sequence[Order]:
        """Also those whose caller has been forgotten since."""
        return [order for order in await self.store.find_orders() if order.channel == "phone"]


def agent_of(cell: Cell, call: Call) -> TalkingAgent:
    orders = OrderAgent(call)
    return orders if cell.agent == "order" else SupportAgent(call, orders)


@asynccontextmanager
async def at_the_moment(cell: Cell, path: Path, at: int, way: Way) -> AsyncIterator[Cut]:
    """The call as it is right before the tool is called; its store is a copy of the prepared one."""
    store = await open_at(path)
    if cell.situation == "lost":
        async with talking(store, NEW) as earlier:
            await earlier.say("a caesar salad")
    call = await a_call(store, NEW)
    session = open_session(call, Pipeline(llm=ToldOnce(call, cell)))
    agent = agent_of(cell, call)
    talk = TextCall(session, agent)
    strikes: dict[Way, Callable[[], object]] = {
        "cancelled": cancel,
        "interrupted": lambda: session.interrupt(force=True),
        "key 1": lambda: talk.press_in_between("1"),
        "key 2": lambda: talk.press_in_between("2"),
    }
    blade = Blade(at, strikes[way])
    tools: list[llm.Tool | llm.Toolset] = [
        blade.sharpened(tool) if isinstance(tool, llm.FunctionTool) and tool.id == cell.tool else tool
        for tool in agent.tools
    ]
    await agent.update_tools(tools)
    async with talk:
        for words in BEFORE[cell.situation]:
            await talk.say(words)
        if session.current_agent is not agent:
            call.is_handing_over = True
            session.update_agent(agent)
            await line.settled(session)
        blade.is_drawn = True
        yield Cut(talk, store, blade)
    await store.close()


async def cut(cell: Cell, path: Path, at: int, way: Way, uncut: Any = None) -> tuple[int, Any]:  # noqa: ANN401
    """How often the tool waited and what was in the cart after it; checked against the cart of an uncut run."""
    async with at_the_moment(cell, path, at, way) as moment:
        before, ordered = moment.lines(), len(await moment.orders())
        await moment.talk.say(cell.words)
        await moment.talk.press("")
        await eventually_as_remembered(moment)
        after, now = moment.lines(), await moment.orders()
        may_be_placed = cell.tool in PLACES_ORDERS or way == "key 1"

        assert uncut is None or after in (before, uncut, ())
        assert after or not before or len(now) > ordered or uncut in (None, ()) or cell.tool in ("end_call",)
        assert len(now) - ordered <= (1 if may_be_placed else 0)
        assert len(await moment.store.find_feedback()) <= 1
        assert_legal_quote(moment.call)
        waits = moment.blade.waits
        if not moment.talk.is_over:
            await goes_on(moment, after, len(now))
    return waits, after


async def eventually_as_remembered(moment: Cut) -> None:
    """What a tool had begun to write is written, and the call remembers it so."""
    for _ in range(100):
        if await moment.stored() == moment.lines():
            return
        await asyncio.sleep(0.02)
    assert await moment.stored() == moment.lines()


def assert_legal_quote(call: Call) -> None:
    quote = call.quote
    if quote is None:
        assert not call.quote_is_open
        return
    assert (quote.cart_id, quote.cart_version) == (call.cart.id, call.cart.version)
    assert [(line.name, line.quantity) for line in quote.lines] == [
        (line.item.name, line.quantity) for line in call.cart.lines
    ]


async def goes_on(moment: Cut, lines: tuple[tuple[str, int], ...], ordered: int) -> None:
    """Whatever was cut, the call can be brought to its order: one, with what is in the cart."""
    moment.call.keypad_walk = None
    await moment.talk.say("check out")
    quote = moment.call.quote
    await asyncio.sleep(0.3)
    await moment.talk.press("1")
    orders = await moment.orders()

    assert len(orders) == ordered + bool(lines)
    assert bool(quote) == bool(lines)
    if lines:
        assert sorted((line.name, line.quantity) for line in orders[0].lines) == sorted(lines)
        assert moment.call.cart.is_empty


def test_every_tool_of_every_agent_is_cut(call: Call) -> None:
    for name in ("order", "support"):
        agent = agent_of(Cell("", "empty", agent=name), call)
        tools = {tool.id for tool in agent.tools if isinstance(tool, llm.Tool)}
        cut_here = {cell.tool for cell in CELLS if cell.agent == name}
        cut_at_all = {cell.tool for cell in CELLS}

        assert tools <= (cut_here if name == "order" else cut_at_all)


async def all_cuts(cell: Cell, way: Way, prepared: Path, folder: Path) -> int:
    whole = Path(copy(prepared, folder / "whole.sqlite3"))
    waits, uncut = await cut(cell, whole, 0, way)
    for at in range(1, waits + 1):
        await cut(cell, Path(copy(prepared, folder / f"cut{at}.sqlite3")), at, way, uncut)
    return waits


@pytest.mark.parametrize("seed", range(2))
async def test_the_store_is_right_wherever_a_tool_is_cut(seed: int, prepared: Path, tmp_path: Path) -> None:
    chance = random.Random(seed)
    cell, way = chance.choice(CELLS), chance.choice(WAYS)
    waits, uncut = await cut(cell, Path(copy(prepared, tmp_path / "whole.sqlite3")), 0, way)
    if waits:
        await cut(cell, Path(copy(prepared, tmp_path / "cut.sqlite3")), chance.randint(1, waits), way, uncut)


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("cell", CELLS, ids=str)
async def test_the_store_is_right_wherever_any_tool_is_cut(
    cell: Cell, way: Way, prepared: Path, tmp_path: Path
) -> None:
    await all_cuts(cell, way, prepared, tmp_path)
