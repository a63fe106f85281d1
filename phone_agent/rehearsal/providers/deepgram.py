"""Deepgram on this machine: nova-3 (`/v1/listen`), Flux (`/v2/listen`) and Aura speech (`/v1/speak`)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from aiohttp import web

from .behaviour import NORMAL, Behaviour, Part
from .deepgram_flux import FLUX_PARAMS, FluxStream
from .deepgram_nova import NOVA_PARAMS, NovaStream, recorded
from .deepgram_speak import SPEAK_PARAMS, speak, speak_once
from .ears import EarsOfACall, Utterances, scripted
from .hearing_stream import Stream
from .record import Asked
from .server import Provider, texts
from .voice import Speaker

_MOST_KEYTERM_TOKENS = 500
_ERRORS = {
    400: ("Bad Request", "The request cannot be understood."),
    401: ("INVALID_AUTH", "Invalid credentials."),
    429: ("TOO_MANY_REQUESTS", "Too many requests. Please try again later."),
    500: ("INTERNAL_SERVER_ERROR", "An internal server error occurred."),
}


class DeepgramServer(Provider):
    def __init__(
        self,
        ears: EarsOfACall | None = None,
        behaviour: Behaviour = NORMAL,
        *,
        seed: int = 0,
        silence_s: float = 0.3,
        voice: str = "slt",
    ) -> None:
        """`silence_s` of silence ends an utterance; where a delay is set and is shorter, so much as the delay."""
        super().__init__(behaviour, seed=seed)
        self.ears = ears or scripted()
        self.silence_s = silence_s
        self.speaker = Speaker(voice)

    @property
    def base_url(self) -> str:
        """deepgram.STT's."""
        return f"{self.address}/v1/listen"

    @property
    def flux_url(self) -> str:
        """deepgram.STTv2's."""
        return f"{self.address.replace('http', 'ws', 1)}/v2/listen"

    @property
    def speak_url(self) -> str:
        """deepgram.TTS's."""
        return f"{self.address}/v1/speak"

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v1/listen", self.answering(Part.HEARING, self._nova)),
            web.post("/v1/listen", self.answering(Part.HEARING, self._recorded)),
            web.get("/v2/listen", self.answering(Part.HEARING, self._flux)),
            web.get("/v1/speak", self.answering(Part.SPEECH, self._speak)),
            web.post("/v1/speak", self.answering(Part.SPEECH, self._speak_once)),
            web.get("/v1/auth/token", self.answering(Part.HEARING, self._whose_key)),
        ]

    async def _whose_key(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        return web.json_response({"api_key_id": str(uuid4()), "scopes": ["member"]})

    def is_authorized(self, request: web.Request) -> bool:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        return scheme.lower() in ("token", "bearer") and bool(key.strip())

    def refusal(self, status: int) -> dict[str, Any]:
        code, message = _ERRORS[status]
        return {"err_code": code, "err_msg": message, "request_id": str(uuid4())}

    def error_message(self, status: int) -> dict[str, Any]:
        code, message = _ERRORS[status]
        return {"type": "Error", "code": code, "description": message, "variant": code}

    async def _nova(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        wrong = _what_is_wrong(asked.params, NOVA_PARAMS) or _wrong_keyterms(asked.params)
        if wrong:
            return _bad_request(wrong)
        return await self._listen(request, asked, NovaStream)

    async def _flux(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        model = asked.params.get("model", [""])[0]
        wrong = _what_is_wrong(asked.params, FLUX_PARAMS) or _too_many_keyterms(asked.params)
        if not wrong and not model.startswith("flux-"):
            wrong = f"No such model/version combination found: {model}"
        if wrong:
            return _bad_request(wrong)
        return await self._listen(request, asked, FluxStream)

    async def _listen(self, request: web.Request, asked: Asked, kind: type[Stream]) -> web.StreamResponse:
        async with self.socket(request, asked, Part.HEARING) as socket:
            stream = kind(self, request, socket, asked, Utterances(self.ears(), self.silence_s))
            async with stream:
                async for message in texts(socket, asked):
                    if isinstance(message, bytes):
                        await stream.hear(message)
                    elif await stream.obey(message):
                        break
            await socket.close()
        return socket

    async def _recorded(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        return await recorded(self, request, asked, self.ears)

    async def _speak(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        wrong = _what_is_wrong(asked.params, SPEAK_PARAMS)
        return _bad_request(wrong) if wrong else await speak(self, request, asked, self.speaker)

    async def _speak_once(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        wrong = _what_is_wrong(asked.params, SPEAK_PARAMS)
        return _bad_request(wrong) if wrong else await speak_once(self, request, asked, self.speaker)


def _bad_request(message: str) -> web.Response:
    body = {"err_code": "Bad Request", "err_msg": f"Bad Request: {message}", "request_id": str(uuid4())}
    return web.json_response(body, status=400)


def _what_is_wrong(params: Mapping[str, Sequence[str]], known: Mapping[str, frozenset[str] | None]) -> str:
    for name, values in params.items():
        if name not in known:
            return f"Unknown query parameter: {name}"
        allowed = known[name]
        if allowed is not None and not set(values) <= allowed:
            return f"Invalid query string: {name}={values[0]}"
    return ""


def _wrong_keyterms(params: Mapping[str, Sequence[str]]) -> str:
    if params.get("keyterm") and not params.get("model", [""])[0].startswith("nova-3"):
        return "Keyterms are only supported by nova-3 models."
    if params.get("keywords") and params.get("model", [""])[0].startswith("nova-3"):
        return "Keywords are not supported by nova-3; use keyterm."
    return _too_many_keyterms(params)


def _too_many_keyterms(params: Mapping[str, Sequence[str]]) -> str:
    if keyterm_tokens(params.get("keyterm", ())) > _MOST_KEYTERM_TOKENS:
        return f"Keyterm limit exceeded. The maximum number of tokens across all keyterms is {_MOST_KEYTERM_TOKENS}."
    return ""


def keyterm_tokens(keyterms: Sequence[str]) -> int:
    """About as many as byte-pair encoding makes: one for each four letters of a word that was begun."""
    return sum(math.ceil(len(word) / 4) for keyterm in keyterms for word in keyterm.split())
