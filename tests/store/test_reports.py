"""What a store keeps of how a call went, and what goes of it with the words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from phone_agent.store.protocol import Store
from phone_agent.store.records import KeptReport, TranscriptLine
from tests.builders import NOON, a_call

PHONE = "+14075550161"
REPORT = KeptReport(1, '{"seconds": 79.263, "größe": "1.50"}', '[{"name": "quick_add_to_cart", "arguments": "José"}]')
WITHOUT_WORDS = replace(REPORT, tools="[]")


async def test_a_report_comes_back_as_it_was_kept(store: Store) -> None:
    record, other = await a_call(store), await a_call(store)
    await store.save_report(record.id, REPORT)

    assert await store.find_reports([record.id, other.id, str(uuid4())]) == {record.id: REPORT}
    assert await store.find_reports([]) == {}


async def test_the_first_report_of_a_call_counts(store: Store) -> None:
    record = await a_call(store)
    await store.save_report(record.id, REPORT)
    await store.save_report(record.id, replace(REPORT, body="{}"))

    assert await store.find_reports([record.id]) == {record.id: REPORT}


async def test_after_forgetting_no_word_is_left_of_a_report(store: Store) -> None:
    mine, other = await a_call(store, PHONE), await a_call(store, "+14075550162")
    for record in (mine, other):
        await store.save_report(record.id, REPORT)
    await store.forget(PHONE, now=NOON)

    assert await store.find_reports([mine.id, other.id]) == {mine.id: WITHOUT_WORDS, other.id: REPORT}


async def test_purging_takes_the_words_of_older_reports_only(store: Store) -> None:
    old = await a_call(store)
    late = replace(old, id=str(uuid4()), started_at=NOON + timedelta(days=2))
    await store.open_call(late)
    for record in (old, late):
        await store.save_report(record.id, REPORT)
    await store.purge(NOON + timedelta(days=1), now=NOON + timedelta(days=3))

    assert await store.find_reports([old.id, late.id]) == {old.id: WITHOUT_WORDS, late.id: REPORT}


async def test_a_line_of_the_transcript_is_found_by_its_id(store: Store) -> None:
    record, line = await a_call(store), TranscriptLine(NOON, "caller", "hello")
    await store.add_transcript(record.id, [line])

    assert [one.id for one in await store.load_transcript(record.id)] == [line.id]
