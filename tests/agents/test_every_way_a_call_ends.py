"""The call record closes however the call ends, and a model that goes on calling tools is not silence."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectOptions,
    JobExecutorType,
    JobProcess,
    NotGivenOr,
    llm,
)

from phone_agent.agent import end_call_record
from phone_agent.agents.order import OrderAgent
from phone_agent.call import Call
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.phone_line.session import MAX_TOOL_STEPS, open_session
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from phone_agent.voice.offline.pipeline import in_writing
from phone_agent.voice.pipeline import Pipeline


class NeverDone(llm.LLM[Any]):
    """A model that answers everything with one more tool call."""

    def __init__(self) -> None:
        super().__init__()
        self.steps = 0

    def chat(
        self,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool] | None = None,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
        parallel_tool_calls: NotGivenOr[bool] = NOT_GIVEN,
        tool_choice: NotGivenOr[llm.ToolChoice] = NOT_GIVEN,
        extra_kwargs: NotGivenOr[dict[str, Any]] = NOT_GIVEN,
    ) -> llm.LLMStream:
        self.steps += 1
        return OneMoreCall(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class OneMoreCall(llm.LLMStream):
    async def _run(self) -> None:
        call = llm.FunctionToolCall(name="quick_view_cart", arguments="{}", call_id=f"call_{id(self)}")
        self._event_ch.send_nowait(llm.ChatChunk(id="x", delta=llm.ChoiceDelta(role="assistant", tool_calls=[call])))


async def test_at_the_limit_of_tool_steps_the_caller_hears_a_sentence(call: Call) -> None:
    model = NeverDone()
    written = in_writing(call)
    async with TextCall(
        open_session(call, Pipeline(model, turn_handling=written.turn_handling)), OrderAgent(call)
    ) as talk:
        answer = await talk.say("what is in my order")

    assert "one thing at a time" in answer
    assert model.steps >= MAX_TOOL_STEPS


class Ended:
    """What on_session_end is given, as far as it looks at it."""

    def __init__(self, call: Call | None) -> None:
        self.proc = JobProcess(executor_type=JobExecutorType.PROCESS, user_arguments=None, http_proxy=None)
        if call is not None:
            self.proc.userdata["call"] = call


@pytest.mark.parametrize(
    ("because", "outcome"),
    [
        ("participant_disconnected", "abandoned"),
        ("user_initiated", "abandoned"),
        ("error", "failed"),
        ("not_started", "failed"),
    ],
)
async def test_the_record_says_how_a_call_without_an_order_ended(
    call: Call, store: Store, because: str, outcome: str
) -> None:
    call.ended_because = because
    await call.close()

    (record, *_) = await store.find_calls()
    assert (record.outcome, record.reason) == (outcome, because)
    assert record.ended_at is not None


async def test_a_call_with_an_order_ended_as_ordered_even_by_an_error(talk: TextCall, store: Store) -> None:
    await talk.say("i would like a caesar salad")
    await talk.say("checkout")
    await talk.press("1")
    talk.call.ended_because = "error"
    await talk.call.close()

    (record, *_) = await store.find_calls()
    assert record.outcome == "ordered"


async def test_closing_waits_for_an_order_that_is_being_placed(talk: TextCall, store: Store) -> None:
    await talk.say("i would like a caesar salad")
    await talk.say("checkout")
    placing = asyncio.create_task(talk.call.place_order("keypad"))
    await asyncio.sleep(0)
    await talk.call.close()
    await placing

    (record, *_) = await store.find_calls()
    assert record.outcome == "ordered"


async def test_the_session_end_closes_the_record(call: Call, tmp_path: Path) -> None:
    await end_call_record(Ended(call))  # type: ignore[arg-type]

    reopened = await SqliteStore.open(tmp_path / "orders.sqlite3")
    (record, *_) = await reopened.find_calls()
    await reopened.close()
    assert record.id == call.record.id
    assert record.ended_at is not None


async def test_the_end_of_a_job_without_a_call_is_no_error() -> None:
    await end_call_record(Ended(None))  # type: ignore[arg-type]


async def test_two_guests_never_share_a_profile(store: Store) -> None:
    menu = await store.load_menu()
    calls = [await open_call(Arrival("r", "phone"), None, store, menu) for _ in range(2)]

    assert calls[0].profile.id != calls[1].profile.id
    assert all(one.profile.phone is None for one in calls)
