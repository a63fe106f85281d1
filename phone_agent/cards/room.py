"""The pages that are in a call's room: who they are, what is sent to them, and what they are asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from livekit import rtc
from livekit.rtc.participant import PublishDataError

from phone_agent.callers.page_visit import SECOND_SCREEN
from phone_agent.cards.schema import TOPIC

Answering = Callable[[str, str], Awaitable[str]]
"""What a page asks: its identity and what it sends; gives back the answer."""


class PageLost(Exception):
    """It is gone, does not know the question, or has not answered in time."""


class Pages(Protocol):
    def identities(self) -> Sequence[str]:
        """Of the pages that are there now."""

    async def send(self, payload: str, identity: str) -> None:
        """Raises PageLost."""

    async def ask(self, identity: str, method: str, payload: str, seconds: float) -> str:
        """Raises PageLost."""

    def watch(self, on_come: Callable[[str], None], on_go: Callable[[str], None]) -> None:
        """Told who comes and who goes; who was lost and is back knows nothing any more."""

    def answer(self, method: str, answering: Answering) -> None: ...


def is_page(participant: rtc.RemoteParticipant, caller_identity: str) -> bool:
    """The caller's own page, or a second screen: no telephone, no member of staff, nobody else."""
    is_known = participant.identity == caller_identity or participant.identity.startswith(SECOND_SCREEN)
    return is_known and participant.kind == rtc.ParticipantKind.PARTICIPANT_KIND_STANDARD


class RoomPages:
    def __init__(self, room: rtc.Room, caller_identity: str) -> None:
        self._room = room
        self._caller_identity = caller_identity

    def identities(self) -> Sequence[str]:
        there = self._room.remote_participants.values()
        return [participant.identity for participant in there if is_page(participant, self._caller_identity)]

    async def send(self, payload: str, identity: str) -> None:
        try:
            await self._room.local_participant.publish_data(
                payload, reliable=True, destination_identities=[identity], topic=TOPIC
            )
        except (PublishDataError, rtc.ConnectError, RuntimeError) as error:
            raise PageLost(str(error)) from error

    async def ask(self, identity: str, method: str, payload: str, seconds: float) -> str:
        try:
            return await self._room.local_participant.perform_rpc(
                destination_identity=identity, method=method, payload=payload, response_timeout=seconds
            )
        except (rtc.RpcError, RuntimeError) as error:
            raise PageLost(str(error)) from error

    def watch(self, on_come: Callable[[str], None], on_go: Callable[[str], None]) -> None:
        self._room.on("participant_connected", lambda participant: on_come(participant.identity))
        self._room.on("participant_disconnected", lambda participant: on_go(participant.identity))

    def answer(self, method: str, answering: Answering) -> None:
        async def handle(data: rtc.RpcInvocationData) -> str:
            if data.caller_identity not in self.identities():
                raise rtc.RpcError(rtc.RpcError.ErrorCode.APPLICATION_ERROR, "Not a page of this call.")
            return await answering(data.caller_identity, data.payload)

        self._room.local_participant.register_rpc_method(method, handle)
