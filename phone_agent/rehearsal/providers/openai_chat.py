"""OpenAI's chat completions: streamed word by word, or in one piece."""

from __future__ import annotations

import json
import re
import time
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from aiohttp import web

from .behaviour import Fault, Part
from .brain import Brain, Reply
from .chat_rules import refusal_of
from .record import Answer, Asked
from .server import GARBLED, Provider

_LETTERS_PER_TOKEN = 4
_CACHED_FROM = 1024
_CACHED_BY = 128
_REMEMBERED_PROMPTS = 32
_WORDS = re.compile(r"\S+\s*|\s+")


class Chat:
    def __init__(self, server: Provider, brain: Brain) -> None:
        self.brain = brain
        self._server = server
        self._prompts: deque[str] = deque(maxlen=_REMEMBERED_PROMPTS)

    async def complete(self, request: web.Request, asked: Asked) -> web.StreamResponse:
        try:
            asked.body = await request.json()
        except ValueError:
            asked.body = await request.text()
            return web.json_response(_UNREADABLE, status=400)
        refusal = refusal_of(asked.body)
        if refusal is not None:
            return web.json_response(refusal.body(), status=400)
        answer = self._server.begin(asked, Part.MODEL)
        reply = self.brain.reply(asked.body["messages"], _tools_that_may_be_called(asked.body))
        answer.text, answer.tools = reply.text, tuple(call.name for call in reply.calls)
        usage = self._usage(asked.body, reply)
        if asked.body.get("stream"):
            return await self._stream(request, asked.body, answer, reply, usage)
        return await self._whole(request, asked.body, answer, reply, usage)

    async def _stream(
        self, request: web.Request, body: Mapping[str, Any], answer: Answer, reply: Reply, usage: dict[str, Any]
    ) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "x-request-id": f"req_{uuid4().hex}"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        head = {
            "id": f"chatcmpl-{uuid4().hex}", "object": "chat.completion.chunk", "created": int(time.time()),
            "model": body["model"], "service_tier": "default", "system_fingerprint": "fp_local",
        }  # fmt: skip
        wants_usage = bool((body.get("stream_options") or {}).get("include_usage"))
        for delta in deltas(reply):
            choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": None}
            chunk = {**head, "choices": [choice], **({"usage": None} if wants_usage else {})}
            if not await self._send(request, response, answer, chunk):
                return response
        end = {"index": 0, "delta": {}, "logprobs": None, "finish_reason": _finish_reason(reply)}
        await self._send(request, response, answer, {**head, "choices": [end]})
        if wants_usage:
            await self._send(request, response, answer, {**head, "choices": [], "usage": usage})
        await response.write(b"data: [DONE]\n\n")
        await response.write_eof()
        return response

    async def _send(
        self, request: web.Request, response: web.StreamResponse, answer: Answer, chunk: dict[str, Any]
    ) -> bool:
        """Whether the stream goes on."""
        fault = await self._server.before(answer, request)
        if fault is Fault.NONE:
            await response.write(f"data: {json.dumps(chunk)}\n\n".encode())
            return True
        if fault is Fault.MALFORMED:
            await response.write(f"data: {GARBLED}\n\n".encode())
        elif fault.status is not None:
            await response.write(f"data: {json.dumps(self._server.refusal(fault.status))}\n\n".encode())
        await response.write_eof()
        return False

    async def _whole(
        self, request: web.Request, body: Mapping[str, Any], answer: Answer, reply: Reply, usage: dict[str, Any]
    ) -> web.StreamResponse:
        fault = await self._server.before(answer, request)
        if fault is not Fault.NONE:
            return web.Response(text=GARBLED, content_type="application/json", status=fault.status or 200)
        message = {"role": "assistant", "content": reply.text or None, "refusal": None}
        calls = [_tool_call(index, *pair) for index, pair in enumerate(_calls(reply))]
        choice = {
            "index": 0, "message": {**message, **({"tool_calls": calls} if calls else {})},
            "logprobs": None, "finish_reason": _finish_reason(reply),
        }  # fmt: skip
        return web.json_response({
            "id": f"chatcmpl-{uuid4().hex}", "object": "chat.completion", "created": int(time.time()),
            "model": body["model"], "choices": [choice], "usage": usage,
        })  # fmt: skip

    def _usage(self, body: Mapping[str, Any], reply: Reply) -> dict[str, Any]:
        """Tokens by length. What an earlier prompt began with as well is cached, as the service caches it."""
        prompt = json.dumps([body.get("tools"), body["messages"]])
        prompt_tokens = len(prompt) // _LETTERS_PER_TOKEN
        shared = max((_shared(prompt, earlier) for earlier in self._prompts), default=0) // _LETTERS_PER_TOKEN
        self._prompts.append(prompt)
        cached = shared // _CACHED_BY * _CACHED_BY if shared >= _CACHED_FROM else 0
        said = reply.text + "".join(call.name + call.arguments for call in reply.calls)
        completion_tokens = max(1, len(said) // _LETTERS_PER_TOKEN)
        return {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
            "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        }


_UNREADABLE = {
    "error": {
        "message": "We could not parse the JSON body of your request.",
        "type": "invalid_request_error",
        "param": None,
        "code": None,
    }
}


def deltas(reply: Reply) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": None if reply.calls and not reply.text else "", "refusal": None}
    for word in _WORDS.findall(reply.text):
        yield {"content": word}
    for index, (call_id, name, arguments) in enumerate(_calls(reply)):
        yield {"tool_calls": [_tool_call(index, call_id, name, "")]}
        half = len(arguments) // 2
        for part in filter(None, (arguments[:half], arguments[half:])):
            yield {"tool_calls": [{"index": index, "function": {"arguments": part}}]}


def _calls(reply: Reply) -> list[tuple[str, str, str]]:
    return [(f"call_{uuid4().hex[:24]}", call.name, call.arguments) for call in reply.calls]


def _tool_call(index: int, call_id: str, name: str, arguments: str) -> dict[str, Any]:
    return {"index": index, "id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}


def _finish_reason(reply: Reply) -> str:
    return "tool_calls" if reply.calls else "stop"


def _tools_that_may_be_called(body: Mapping[str, Any]) -> list[str]:
    if body.get("tool_choice") == "none":
        return []
    return [tool["function"]["name"] for tool in body.get("tools") or ()]


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[:middle] == other[:middle] else (low, middle - 1)
    return low
