"""A page as the agent sees it: it types, presses keys, shows cards and answers with Confirm or Change."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from livekit import rtc

from phone_agent.callers.page_visit import PageVisit
from phone_agent.cards.schema import APPROVAL, CARD, TOPIC, AnyCard, ApprovalAnswer, ApprovalRequest
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.web.tokens import caller_ticket

Decide = Callable[[ApprovalRequest], bool | None]
"""None: it does not answer."""
LOOK_SECONDS = 0.05


@dataclass
class Page:
    room: rtc.Room
    cards: list[AnyCard] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """By the agent, as it was written."""
    asked: list[ApprovalRequest] = field(default_factory=list)
    is_over: bool = False
    _reading: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    async def open(
        cls, stack: LocalStack, visit: PageVisit, *, decide: Decide | None = None, listens: bool = True
    ) -> Self:
        """A caller's, with the ticket that the web server gives."""
        ticket = caller_ticket(Settings.from_env(stack.livekit_env), visit)
        return await cls.join(stack.livekit_url, ticket.token, decide=decide, listens=listens)

    @classmethod
    async def join(cls, url: str, token: str, *, decide: Decide | None = None, listens: bool = True) -> Self:
        page = cls(rtc.Room())
        page._listen(decide)
        await page.room.connect(url, token, rtc.RoomOptions(auto_subscribe=listens))
        if decide is not None:
            page._answer_with(decide)
        return page

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.room.disconnect()

    def of(self, type_: str) -> list[Any]:
        return [card for card in self.cards if card.type == type_]

    async def type(self, words: str) -> None:
        await self.room.local_participant.send_text(words, topic="lk.chat")

    async def press(self, digit: str) -> None:
        await self.room.local_participant.publish_dtmf(code=int(digit), digit=digit)

    async def ask(self, method: str, payload: str = "") -> dict[str, Any]:
        agent = next(
            p for p in self.room.remote_participants.values() if p.kind == rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
        )
        answer = await self.room.local_participant.perform_rpc(
            destination_identity=agent.identity, method=method, payload=payload, response_timeout=5.0
        )
        return dict(json.loads(answer))

    async def until(self, is_so: Callable[[Self], object], seconds: float = 15.0) -> None:
        try:
            async with asyncio.timeout(seconds):
                while not is_so(self):
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError:
            types = [card.type for card in self.cards]
            raise AssertionError(f"nothing of the kind; cards: {types}; said: {self.said}") from None

    def _listen(self, decide: Decide | None) -> None:
        def on_data(packet: rtc.DataPacket) -> None:
            if packet.topic == TOPIC:
                self.cards.append(CARD.validate_json(packet.data))

        def on_words(reader: rtc.TextStreamReader, identity: str) -> None:
            if identity != self.room.local_participant.identity:
                reading = asyncio.create_task(self._read(reader))
                self._reading.add(reading)
                reading.add_done_callback(self._reading.discard)

        def on_end(_: object) -> None:
            self.is_over = True

        self.room.on("data_received", on_data)
        self.room.on("disconnected", on_end)
        self.room.register_text_stream_handler("lk.transcription", on_words)

    async def _read(self, reader: rtc.TextStreamReader) -> None:
        self.said.append(await reader.read_all())

    def _answer_with(self, decide: Decide) -> None:
        async def answer(data: rtc.RpcInvocationData) -> str:
            request = ApprovalRequest.model_validate_json(data.payload)
            self.asked.append(request)
            approved = decide(request)
            if approved is None:
                await asyncio.sleep(data.response_timeout)
            return ApprovalAnswer(approved=bool(approved)).model_dump_json()

        self.room.local_participant.register_rpc_method(APPROVAL, answer)
