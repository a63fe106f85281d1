"""LiveKit Inference on this machine: one address and one key pair for hearing, models and speech."""

from __future__ import annotations

import base64
import contextlib
from typing import Any

import jwt
from aiohttp import web
from livekit.api import TokenVerifier

from .behaviour import NORMAL, Behaviour, Part
from .brain import Brain, ScriptedBrain
from .ears import EarsOfACall, Utterances, scripted
from .inference_speech import GatewayVoice
from .inference_stream import GatewayStream
from .openai import OpenAIServer
from .record import Asked
from .server import Dropped, texts

KEY, SECRET = "local-gateway", "a secret for the local gateway only"
_ERRORS = {401: "invalid API key", 429: "rate limit exceeded", 500: "internal error"}


class InferenceServer(OpenAIServer):
    """Its chat completions are OpenAI's; a model is named with its provider: openai/gpt-4.1, deepgram/nova-3."""

    def __init__(
        self,
        brain: Brain | None = None,
        ears: EarsOfACall | None = None,
        behaviour: Behaviour = NORMAL,
        *,
        key: str = KEY,
        secret: str = SECRET,
        seed: int = 0,
        silence_s: float = 0.3,
        voice: str = "slt",
    ) -> None:
        super().__init__(brain or ScriptedBrain(), ears or scripted(), behaviour, seed=seed, voice=voice)
        self.silence_s = silence_s
        self._verifier = TokenVerifier(key, secret)

    @property
    def base_url(self) -> str:
        """inference.STT's, inference.LLM's and inference.TTS's."""
        return f"{self.address}/v1"

    def routes(self) -> list[web.RouteDef]:
        return [
            *(route for route in super().routes() if "/audio/" not in route.path),
            web.get("/v1/stt", self.answering(Part.HEARING, self._listen)),
            web.get("/v1/tts", self.answering(Part.SPEECH, self._voice)),
        ]

    def is_authorized(self, request: web.Request) -> bool:
        """The token is signed with the key pair."""
        try:
            claims = self._verifier.verify(request.headers.get("Authorization", "").removeprefix("Bearer "))
        except jwt.PyJWTError:
            return False
        return claims.inference is not None and claims.inference.perform

    def error_message(self, status: int) -> dict[str, Any]:
        return {"type": "error", "message": _ERRORS[status], "code": status}

    async def _listen(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        async with self.socket(request, asked, Part.HEARING) as socket:
            stream = GatewayStream(self, request, socket, asked, Utterances(self.ears(), self.silence_s))
            async with stream:
                async for message in texts(socket, asked):
                    if message.get("type") == "input_audio":
                        await stream.hear(base64.b64decode(message["audio"]))
                    elif await stream.obey(message):
                        break
            await socket.close()
        return socket

    async def _voice(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        async with self.socket(request, asked, Part.SPEECH) as socket:
            voice = GatewayVoice(self, request, socket, asked, self.speaker)
            with contextlib.suppress(Dropped):
                async for message in texts(socket, asked):
                    if await voice.obey(message):
                        break
            await socket.close()
        return socket
