"""Speech through the gateway: transcripts in, sound out, until each flush."""

from __future__ import annotations

import base64
from typing import Any
from uuid import uuid4

from aiohttp import web

from .behaviour import Part
from .phonemes import spelt
from .record import Answer, Asked
from .server import Provider
from .voice import Format, Speaker


class GatewayVoice:
    def __init__(
        self, server: Provider, request: web.Request, socket: web.WebSocketResponse, asked: Asked, speaker: Speaker
    ) -> None:
        self._server, self._request, self._socket = server, request, socket
        self._asked, self._speaker = asked, speaker
        self._session = f"session_{uuid4().hex}"
        self._sound = Format()
        self._answer: Answer | None = None

    async def obey(self, message: dict[str, Any]) -> bool:
        """Whether it was the last message."""
        kind = message.get("type")
        if kind == "session.create":
            self._sound = Format(int(message["sample_rate"]), message["encoding"])
            await self._socket.send_json({"type": "session.created", "session_id": self._session})
        elif kind == "input_transcript":
            await self._say(message["transcript"])
        elif kind == "session.flush":
            await self._send({"type": "done"})
            self._answer = None
        return kind == "session.close"

    async def _say(self, text: str) -> None:
        self._begun().text += text
        for piece in self._sound.pieces(await self._speaker.say(spelt(text), self._sound)):
            await self._send({"type": "output_audio", "audio": base64.b64encode(piece).decode()})

    async def _send(self, message: dict[str, Any]) -> None:
        whole = {**message, "session_id": self._session}
        await self._server.send(self._socket, self._request, self._begun(), whole)

    def _begun(self) -> Answer:
        if self._answer is None:
            self._answer = self._server.begin(self._asked, Part.SPEECH)
        return self._answer
