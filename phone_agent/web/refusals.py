"""What is refused, why, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from phone_agent.web.reception import reception_of

SHOWN_OF_A_NAME = 40
NO_OBJECT = "The body must be a JSON object."
STORE_IS_AWAY = "The menu cannot be read just now. Please try again in a moment."
WHOSE_CHOICE = {
    "room": "every call gets a new room, which the server names",
    "identity": "the server chooses who a caller is in the room",
    "metadata": "what the agent is told of a caller comes from the server",
    "attributes": "what the agent is told of a caller comes from the server",
    "agent": "the server chooses the agent",
    "grants": "the server decides what a caller may do",
    "ttl": "the server decides how long a token is good",
    "profile": "who a caller is known as is not the page's to say",
}
SAME_AS = {
    "room_name": "room",
    "agent_name": "agent",
    "agents": "agent",
    "room_config": "agent",
    "room_configuration": "agent",
    "video": "grants",
    "permissions": "grants",
    "profile_id": "profile",
    "user_id": "profile",
}


class Refusal(BaseModel):
    """Why nothing was done, as a sentence."""

    detail: str


class Refused(Exception):
    def __init__(self, status: HTTPStatus, reason: str, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.reason = reason
        """One word for the counter."""
        self.detail = detail
        self.headers = headers


def documented(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    return {int(status): {"model": Refusal, "description": status.phrase} for status in statuses}


async def on_refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    reception_of(request).counters.refusals.labels(error.reason).inc()
    return JSONResponse({"detail": error.detail}, error.status, error.headers)


async def on_invalid(request: Request, error: Exception) -> JSONResponse:
    """Says what is wrong, never what was sent."""
    assert isinstance(error, RequestValidationError)
    mistakes = " ".join(_sentence(mistake["type"], mistake["loc"], mistake["msg"]) for mistake in error.errors())
    return await on_refused(request, Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", mistakes))


async def on_http_error(request: Request, error: Exception) -> Response:
    """A body that is no text at all is as wrong as one that is no JSON; the framework calls it otherwise."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return await on_refused(request, Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", NO_OBJECT))
    return await http_exception_handler(request, error)


async def on_store_away(request: Request, error: Exception) -> JSONResponse:
    return await on_refused(request, Refused(HTTPStatus.SERVICE_UNAVAILABLE, "store_away", STORE_IS_AWAY))


def _sentence(kind: str, place: Sequence[int | str], message: str) -> str:
    where = [str(part) for part in place if part != "body"]
    if kind == "json_invalid" or not where:
        return NO_OBJECT
    name = where[0][:SHOWN_OF_A_NAME]
    if kind == "extra_forbidden":
        return f"{name} may not be set: {_why_not(name)}."
    return f"{name}: {message}."


def _why_not(name: str) -> str:
    plain = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().removeprefix("participant_")
    return WHOSE_CHOICE.get(SAME_AS.get(plain, plain), "this request has no such field")
