"""The report of a call that was really spoken: times of every utterance, and the parts of each wait."""

from __future__ import annotations

import asyncio

import pytest

from phone_agent.rehearsal.script import Listen, PressWhileSpeaking, Say
from phone_agent.report.find import story_of
from phone_agent.report.page import page_of
from phone_agent.store.sqlite import SqliteStore
from tests.stack.calls import Dialled, Line, dial_all

pytestmark = [pytest.mark.stack, pytest.mark.timeout(300)]

NUMBER = "+14075550131"
SCRIPT = (
    Say("i would like a caesar salad"),
    Say("check out please", listens=False),
    PressWhileSpeaking("1", after=2.0),
    Listen(4.0),
)


async def test_a_spoken_call_tells_who_spoke_when_and_what_each_wait_was_made_of(line: Line) -> None:
    done = (await dial_all(line, {"one": Dialled(NUMBER, SCRIPT)}))["one"]
    store = await SqliteStore.open(line.database)
    async with asyncio.timeout(5):
        # It is kept right after the record is closed.
        while (story := await story_of(store, done.call.id)).report is None:
            await asyncio.sleep(0.1)
    await store.close()
    report = story.report
    assert report is not None

    assert len(report.orders) == 1
    assert all(one.started is not None and one.ended is not None for one in report.utterances)
    assert all(0 < one.started < one.ended < report.seconds for one in report.utterances if one.started and one.ended)
    assert len(story.answers()) == report.turns == 2
    for answer in story.answers():
        assert 0.1 < answer.seconds < 5
        assert sum(stage.seconds for stage in answer.stages) == pytest.approx(answer.seconds, abs=0.05)
    assert any(one.side == "agent" and one.is_interrupted for one in report.utterances)
    assert [words for _, words in story.presses()] == ["1"]
    assert {used.kind for used in report.usage} >= {"stt", "llm", "tts"}
    assert report.cost.total == 0
    assert not report.cost.unknown
    assert NUMBER not in page_of(story)
