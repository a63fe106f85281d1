"""The pulse of a phone leg is its packets: where they stop and the bridge does not answer either, the caller is gone.

Now and then the bridge's goodbye is lost, and LiveKit's server takes 20 s to miss the leg. A phone that is on hold or
sends nothing while its caller is silent has no packets either, but its bridge still answers.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from livekit import rtc

logger = logging.getLogger(__name__)

STATS_SECONDS = 2.0
ANSWER_SECONDS = 1.5
ANY_METHOD = "phone-agent.are-you-there"
STILL_THERE = (rtc.RpcError.ErrorCode.UNSUPPORTED_METHOD, rtc.RpcError.ErrorCode.UNSUPPORTED_VERSION)
"""The bridge offers no method at all; that it says so is the answer."""


@dataclass(frozen=True)
class Patience:
    quiet_seconds: float = 4.0
    """Without packets, before the bridge is asked; and before it is asked again."""
    look_every_seconds: float = 0.5
    unanswered: int = 2
    """Questions in a row."""


class Pulse:
    def __init__(
        self,
        packets: Callable[[], Awaitable[int]],
        is_there: Callable[[], Awaitable[bool]],
        on_lost: Callable[[], None],
        patience: Patience = Patience(),
    ) -> None:
        self._packets = packets
        self._is_there = is_there
        self._on_lost = on_lost
        self._patience = patience
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        self._task = asyncio.create_task(self._watch())

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        last, since = 0, time.monotonic()
        while True:
            await asyncio.sleep(self._patience.look_every_seconds)
            packets = await self._packets()
            if packets != last or not packets:
                last, since = packets, time.monotonic()
            elif time.monotonic() - since >= self._patience.quiet_seconds:
                if not await self._answers():
                    logger.info("no more packets come from the caller and the bridge is silent; the call is over")
                    self._on_lost()
                    return
                since = time.monotonic()

    async def _answers(self) -> bool:
        for _ in range(self._patience.unanswered):
            if await self._is_there():
                return True
        return False


async def packets_from(caller: rtc.RemoteParticipant) -> int:
    """Received from the caller so far; 0 before there is a track, and where the statistics take too long."""
    tracks = [publication.track for publication in caller.track_publications.values()]
    received = 0
    for track in tracks:
        if isinstance(track, rtc.RemoteAudioTrack):
            try:
                async with asyncio.timeout(STATS_SECONDS):
                    stats = await track.get_stats()
            except TimeoutError:
                return 0
            received += sum(s.inbound_rtp.received.packets_received for s in stats if s.HasField("inbound_rtp"))
    return received


async def does_bridge_answer(room: rtc.Room, caller_identity: str) -> bool:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await room.local_participant.perform_rpc(
                destination_identity=caller_identity, method=ANY_METHOD, payload=""
            )
    except TimeoutError:
        return False
    except rtc.RpcError as error:
        return error.code in STILL_THERE
    return True
