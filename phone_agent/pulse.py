"""The pulse of a phone leg is its packets: when they stop, the caller is gone, whether or not anybody says so.

Now and then the bridge's goodbye is lost, and LiveKit's server takes 20 s to miss the leg.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

from livekit import rtc

logger = logging.getLogger(__name__)

LOST_AFTER_SECONDS = 4.0
"""Longer than any gap of a live line: a bridge sends on while its caller is silent."""
LOOK_EVERY_SECONDS = 0.5
STATS_SECONDS = 2.0


class Pulse:
    def __init__(self, caller: rtc.RemoteParticipant, on_lost: Callable[[], None]) -> None:
        self._caller = caller
        self._on_lost = on_lost
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        self._task = asyncio.create_task(self._watch())

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        last, since = 0, time.monotonic()
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            packets = await self._packets()
            if packets != last or not packets:
                last, since = packets, time.monotonic()
            elif time.monotonic() - since >= LOST_AFTER_SECONDS:
                logger.info("no more packets come from the caller; the call is over")
                self._on_lost()
                return

    async def _packets(self) -> int:
        """Received from the caller so far; 0 before there is a track."""
        tracks = [publication.track for publication in self._caller.track_publications.values()]
        received = 0
        for track in tracks:
            if isinstance(track, rtc.RemoteAudioTrack):
                async with asyncio.timeout(STATS_SECONDS):
                    stats = await track.get_stats()
                received += sum(s.inbound_rtp.received.packets_received for s in stats if s.HasField("inbound_rtp"))
        return received
