"""What a call in writing leaves behind of itself, however it ends."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from livekit.agents import ErrorEvent, llm
from livekit.agents.llm import AvailabilityChangedEvent

from phone_agent.agent import end_call_record
from phone_agent.call import Call
from phone_agent.phone_line.session import open_session
from phone_agent.report.collect import utterance_of
from phone_agent.report.model import SessionReport, ToolUse, report_of
from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE
from phone_agent.store.sqlite import SqliteStore
from phone_agent.voice.offline.pipeline import in_writing
from tests.agents.callers import NEW, talking
from tests.builders import NOON

CARD = "4111 1111 1111 1111"


async def report_after(store: Store, call: Call) -> SessionReport:
    report = report_of((await store.find_reports([call.record.id]))[call.record.id])
    assert report is not None
    return report


async def test_a_report_holds_turns_tools_and_the_order(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
    report = await report_after(store, talk.call)
    order = talk.call.order
    assert order is not None

    assert report.turns == 2
    assert [tool.name for tool in report.tools] == ["quick_add_to_cart", "quick_checkout"]
    assert json.loads(report.tools[0].arguments)["items"][0]["item_name"] == "Caesar Salad"
    assert report.tools[0].result == "Added 1 Caesar Salad. Anything else?"
    assert [(one.number, one.total_cents, one.confirmed_by) for one in report.orders] == [
        (order.number, order.totals.total_cents, "keypad")
    ]
    assert report.cost.total == 0
    assert not report.cost.unknown
    assert {used.model for used in report.usage} == {"offline"}
    assert report.seconds > 0


async def test_every_utterance_is_found_in_the_transcript(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("check out")
        await talk.press("1")
    report = await report_after(store, talk.call)
    lines = {line.id: line for line in await store.load_transcript(talk.call.record.id)}
    said = [lines[one.line_id or ""] for one in report.utterances]

    assert [one.side for one in report.utterances] == [line.speaker for line in said]
    assert [line.text for line in said if line.speaker == "agent"] == talk.said
    assert [line.text for line in said if line.speaker == "caller"] == ["a caesar salad", "check out"]


async def test_a_call_that_failed_has_its_report(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        talk.call.ended_because = "error"
        talk.call.note_event("staff transfer", "nobody answered")
    report = await report_after(store, talk.call)

    assert [tool.name for tool in report.tools] == ["quick_add_to_cart"]
    assert ("staff transfer", "nobody answered") in [(event.kind, event.detail) for event in report.events]
    assert report.orders == ()


async def test_a_call_that_never_began_has_its_report(call: Call, tmp_path: Path) -> None:
    call.ended_because = "not_started"
    context = SimpleNamespace(proc=SimpleNamespace(userdata={"call": call}))
    await end_call_record(context)  # type: ignore[arg-type]

    reopened = await SqliteStore.open(tmp_path / "orders.sqlite3")
    report = await report_after(reopened, call)
    await reopened.close()
    assert (report.turns, report.utterances, report.tools) == (0, (), ())


async def test_a_report_that_cannot_be_kept_costs_the_record_nothing(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        with closing(sqlite3.connect(tmp_path / "orders.sqlite3")) as other, other:
            other.execute("ALTER TABLE fc_call_reports RENAME TO fc_away")
    (record, *_) = await store.find_calls()

    assert (record.outcome, record.ended_at is None) == ("abandoned", False)
    assert "the call's report could not be kept" in [entry.getMessage() for entry in caplog.records]


async def test_of_a_caller_who_is_forgotten_no_tool_call_is_kept(store: Store) -> None:
    async with talking(store, DEMO_PHONE) as talk:
        await talk.say("a caesar salad")
        await talk.say("forget me")
        await talk.say("yes")
        await talk.say("two grilled salmon")
    report = await report_after(store, talk.call)

    assert report.turns == 4
    assert report.tools == ()
    assert not await store.load_transcript(talk.call.record.id)


async def test_neither_card_nor_pin_is_anywhere_in_the_file(store: Store, tmp_path: Path) -> None:
    async with talking(store, NEW) as talk:
        await talk.say(f"a caesar salad, note: my card is {CARD}")
        await talk.say("my pin is 2468")
        noted = json.dumps({"note": f"card {CARD}, pin 2468"})
        talk.call.journal.tools.append(ToolUse("x", 1.0, 2.0, noted, "Noted: card 4111 1111."))
    with closing(sqlite3.connect(tmp_path / "orders.sqlite3")) as file:
        (tools,) = file.execute("SELECT tools FROM fc_call_reports").fetchone()
        kept = "\n".join(line for line in file.iterdump() if "fc_call_reports" in line or "transcripts" in line)

    assert "[number]" in tools
    assert not [digits for digits in ("4111", "2468") if digits in kept]


async def test_what_a_tool_refused_is_marked(store: Store) -> None:
    async with talking(store, NEW) as talk:
        await talk.say("a caesar salad")
        await talk.say("two pad thai mild")
    report = await report_after(store, talk.call)

    assert [tool.is_error for tool in report.tools] == [False, True]


async def test_a_provider_that_fails_and_comes_back_is_an_event_of_the_call(call: Call) -> None:
    pipeline = in_writing(call)
    assert isinstance(pipeline.llm, llm.LLM)
    both = llm.FallbackAdapter([pipeline.llm, in_writing(call).llm])
    session = open_session(call, replace(pipeline, llm=both))
    for available in (False, True):
        both.emit("llm_availability_changed", AvailabilityChangedEvent(pipeline.llm, available))

    assert [(event.kind, event.detail) for event in call.journal.events] == [
        ("llm failed", "phone-agent offline"),
        ("llm is back", "phone-agent offline"),
    ]
    await session.aclose()


async def test_an_error_is_an_event_without_its_words(call: Call) -> None:
    session = open_session(call, in_writing(call))
    failed = llm.LLMError(timestamp=0.0, label="x", error=ValueError("the caller said 4111"), recoverable=False)
    session.emit("error", ErrorEvent(error=failed, source=in_writing(call).llm))

    assert [(event.kind, event.detail) for event in call.journal.events] == [("llm error", "ValueError, given up")]
    await session.aclose()


async def test_an_utterance_without_words_takes_nobody_elses(call: Call) -> None:
    call.note("agent", "hello")
    silent = utterance_of(llm.ChatMessage(role="assistant", content=[]), NOON.timestamp(), call.journal)
    spoken = utterance_of(llm.ChatMessage(role="assistant", content=["hello"]), NOON.timestamp(), call.journal)

    assert silent.line_id is None
    assert spoken.line_id is not None
