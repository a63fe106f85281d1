"""Twilio's SDK as this project uses it: asynchronous, patient, and pointed elsewhere where the settings say so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, retry_if_result, stop_after_attempt
from tenacity.wait import wait_random_exponential
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from phone_agent.settings import Settings

PATIENCE_S = 15.0
TRIES = 5
TOO_MANY, BROKEN = 429, 500
LONGEST_WAIT_S = 30.0
AS_GOOD_TWICE = ("GET", "DELETE")
"""What may be asked again although nobody knows whether it was carried out."""
OUT_OF_REACH = (aiohttp.ClientError, TimeoutError, OSError)

_growing = wait_random_exponential(multiplier=0.5, max=8)


def twilio_client(settings: Settings, http: PatientHttpClient) -> Client:
    """Only where both TWILIO_ variables are set."""
    return Client(settings.twilio_account_sid, settings.twilio_auth_token, http_client=http)


@asynccontextmanager
async def open_twilio(settings: Settings) -> AsyncIterator[Client]:
    """To be opened where an event loop runs; the connections end with the block."""
    async with PatientHttpClient(settings.twilio_base_url) as http:
        yield twilio_client(settings, http)


class PatientHttpClient(AsyncTwilioHttpClient):  # type: ignore[misc]
    """Asks again after 429 as late as Twilio wishes; after 5xx and silence only what does no harm twice."""

    def __init__(self, base_url: str | None) -> None:
        super().__init__()
        self._base = urlsplit(base_url) if base_url else None

    async def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        # aiohttp has deprecated the form in which the SDK hands them over.
        if (auth := kwargs.pop("auth", None)) is not None:
            kwargs["headers"] = {**(kwargs.get("headers") or {}), "Authorization": aiohttp.encode_basic_auth(*auth)}
        repeatable = method.upper() in AS_GOOD_TWICE
        retrying = AsyncRetrying(
            retry=retry_if_result(lambda answer: _may_pass(answer.status_code, repeatable))
            | retry_if_exception_type(OUT_OF_REACH if repeatable else ()),
            wait=_wait,
            stop=stop_after_attempt(TRIES),
            retry_error_callback=_last_word,
        )
        return await retrying(self._ask, method, self._address(url), *args, **kwargs)

    def log_request(self, kwargs: dict[str, object]) -> None:
        """Nothing: the SDK's words hold every address that is asked for, with the numbers in it."""

    def log_response(self, status_code: int, response: object) -> None:
        """Nothing, likewise."""

    async def _ask(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401
        async with asyncio.timeout(PATIENCE_S):
            return await super().request(*args, **kwargs)

    def _address(self, url: str) -> str:
        if self._base is None:
            return url
        return urlunsplit(urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc))


def _may_pass(status: int, repeatable: bool) -> bool:
    return status == TOO_MANY or (status >= BROKEN and repeatable)


def _wait(state: RetryCallState) -> float:
    outcome = state.outcome
    answer = None if outcome is None or outcome.failed else outcome.result()
    asked = (answer.headers or {}).get("Retry-After", "") if answer is not None else ""
    return min(float(asked), LONGEST_WAIT_S) if asked.isdigit() else _growing(state)


def _last_word(state: RetryCallState) -> Response:
    """What came of the last try, be it an answer or an exception."""
    assert state.outcome is not None
    return state.outcome.result()
