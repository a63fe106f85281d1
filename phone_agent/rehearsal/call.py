"""One rehearsed call: a simulated caller rings a running switchboard; what came of it is read from the store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from phone_agent.ordering.disclosure import greeted_as
from phone_agent.rehearsal.caller import Entry, SimulatedCaller, ears_grammar
from phone_agent.rehearsal.grade import Grade, grade_when_closed
from phone_agent.rehearsal.script import Step
from phone_agent.rehearsal.softphone import CallEndedError
from phone_agent.rehearsal.witness import Witness
from phone_agent.store.protocol import Store
from phone_agent.store.records import Profile

CLOSING_SECONDS = 5.0
STRANGER = Profile(id="", household_name="friend", city="Orlando", state="FL")


@dataclass(frozen=True)
class Switchboard:
    """Where to ring, and where the room can be read."""

    sip_uri: str
    livekit_url: str
    api_key: str
    api_secret: str


async def rehearse(
    board: Switchboard,
    store: Store,
    script: Sequence[Step],
    *,
    from_number: str | None,
    voice: str = "rms",
    recording: Path | None = None,
    log: Callable[[Entry], None] = lambda _: None,
) -> Grade:
    """Raises CallEndedError where nobody answers."""
    known = await store.find_profile(from_number) if from_number else None
    household = known or STRANGER
    # A caller may be remembered by number alone.
    name = greeted_as(household.household_name or str(STRANGER.household_name))
    area = f"{household.city or STRANGER.city}, {household.state or STRANGER.state}"
    cuisines = household.favorite_cuisines or STRANGER.favorite_cuisines
    grammar = ears_grammar(await store.load_menu(), name, area, cuisines)
    since = datetime.now(UTC)
    async with (
        await SimulatedCaller.open(grammar, from_number=from_number, voice=voice, log=log) as caller,
        Witness(
            board.livekit_url, board.api_key, board.api_secret, lambda words: caller.note("said", words)
        ) as witness,
    ):
        witness.watch_for(from_number)
        try:
            await caller.ring(board.sip_uri)
            await caller.perform(script)
        finally:
            if not caller.has_hung_up and caller.phone.answered.done():
                await caller.hang_up()
            if recording is not None and caller.phone.answered.done():
                await asyncio.to_thread(caller.phone.recording.save, recording)
        return await grade_when_closed(store, since, from_number, caller.heard, CLOSING_SECONDS)


__all__ = ["CallEndedError", "Switchboard", "rehearse"]
