"""Finding calls in the store by the beginning of their id."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.report.model import report_of
from phone_agent.report.story import Story
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord

SEARCHED = 1000
"""How many of the newest calls an id is looked for in."""


class CallNotFound(ValueError):
    """No call, or several, as a sentence."""


async def story_of(store: Store, beginning: str) -> Story:
    """Raises CallNotFound."""
    record = await call_named(store, beginning)
    row = (await store.find_reports([record.id])).get(record.id)
    return Story(record, tuple(await store.load_transcript(record.id)), report_of(row) if row else None)


async def newest_stories(store: Store, limit: int) -> Sequence[Story]:
    """Without their words."""
    records = await store.find_calls(limit=limit)
    reports = await store.find_reports([record.id for record in records])
    return [Story(one, (), report_of(reports[one.id]) if one.id in reports else None) for one in records]


async def call_named(store: Store, beginning: str) -> CallRecord:
    wanted = beginning.strip().lower()
    found = [one for one in await store.find_calls(limit=SEARCHED) if wanted and one.id.startswith(wanted)]
    if not found:
        raise CallNotFound(f"None of the newest {SEARCHED} calls has an id that begins with {beginning!r}.")
    if len(found) > 1:
        ids = "".join(f"\n{one.id}" for one in found[:10])
        raise CallNotFound(f"{len(found)} calls have an id that begins with {beginning!r}:{ids}")
    return found[0]
