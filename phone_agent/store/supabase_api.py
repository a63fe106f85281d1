"""Supabase's data API: one call is one round trip, bounded in time, and its errors are sentences."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Self, TypeVar

import httpx
from postgrest import APIError, CountMethod
from supabase import AsyncClient, AsyncClientOptions, acreate_client
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from phone_agent.clients.trust import trusted
from phone_agent.ordering.errors import (
    CartOutdated,
    OrderingError,
    QuoteExpired,
    QuoteOutdated,
    SlotFull,
    StoreUnavailable,
)
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.sentences_terms import TermSentence

CONNECT_S = 1.0
ATTEMPTS = 3
REFUSALS: Mapping[str, tuple[type[OrderingError], Said]] = {
    "PA001": (QuoteOutdated, Sentence.CART_CHANGED),
    "PA002": (QuoteOutdated, Sentence.MENU_CHANGED),
    "PA003": (QuoteExpired, Sentence.QUOTE_EXPIRED),
    "PA004": (CartOutdated, Sentence.CHANGED_MEANWHILE),
    "PA005": (CartOutdated, Sentence.ALREADY_PLACED),
    "PA006": (SlotFull, TermSentence.SLOT_TAKEN),
    "PA007": (CartOutdated, CallerSentence.LOST_CART_GONE),
}
"""What the functions of supabase/migrations raise."""
PASSING = ("08", "40001", "40P01", "53", "55P03", "57")
"""How the codes begin of what may be over in a moment: lost connections, deadlocks, full pools."""
TIRED = {429, 502, 503, 504, *range(520, 531)}
ADVICE = {
    "PGRST202": "the functions are missing: apply supabase/migrations",
    "PGRST205": "a table is missing: apply supabase/migrations",
    "PGRST301": "the key is refused: check SUPABASE_SERVICE_ROLE_KEY",
    "42501": "the key may not do this: SUPABASE_SERVICE_ROLE_KEY must be the service-role key",
    "": "the gateway refused: check SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY",
}
NO_ANSWER = "Supabase does not answer: check SUPABASE_URL, and that the project runs."
Result = TypeVar("Result")
EventHooks = dict[str, list[Callable[..., Awaitable[None]]]]
PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)
"""How long an answer of this task may take, where that is longer than usual."""
logger = logging.getLogger(__name__)


class DataApi:
    """Everything written is written once however often it is sent; what is not is sent once."""

    def __init__(self, client: AsyncClient, http: httpx.AsyncClient, longest_wait_s: float) -> None:
        self._client = client
        self._http = http
        self._longest_wait_s = longest_wait_s

    @classmethod
    async def open(cls, url: str, key: str, *, longest_wait_s: float, answer_s: float) -> Self:
        """Connects with the first call."""
        timeout = httpx.Timeout(answer_s, connect=CONNECT_S, pool=longest_wait_s)
        hooks: EventHooks = {
            "request": [send_only_tokens_as_bearer, wait_as_long_as_asked],
            "response": [refuse_where_the_gateway_is_tired],
        }
        http = httpx.AsyncClient(timeout=timeout, event_hooks=hooks, verify=trusted())
        options = AsyncClientOptions(
            httpx_client=http, auto_refresh_token=False, persist_session=False, postgrest_client_retry=False
        )
        return cls(await acreate_client(url, key, options), http, longest_wait_s)

    async def call(self, function: str, arguments: Mapping[str, object], *, attempts: int = ATTEMPTS) -> dict[str, Any]:
        """A function of supabase/migrations. Raises StoreUnavailable, and what REFUSALS names.

        Gives what the function answered, empty where that is nothing. `attempts`: 1 where it must not be done twice.
        """

        async def send() -> dict[str, Any]:
            answer: object = (await self._client.rpc(function, dict(arguments)).execute()).data
            # Money stays the text that it was sent as.
            return dict(json.loads(answer, parse_float=str)) if isinstance(answer, str) else {}

        return await self._until_answered(function, send, attempts=attempts)

    async def call_patiently(self, function: str, arguments: Mapping[str, object], longest_wait_s: float) -> None:
        """Once: what takes so long would only queue behind itself."""

        async def send() -> None:
            usual = PATIENCE.set(longest_wait_s)
            try:
                await self._client.rpc(function, dict(arguments)).execute()
            finally:
                PATIENCE.reset(usual)

        await self._until_answered(function, send, longest_wait_s=longest_wait_s, attempts=1)

    async def insert(self, table: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Rows whose id is there already are left as they are."""

        async def send() -> None:
            given = [dict(row) for row in rows]
            await self._client.table(table).upsert(given, ignore_duplicates=True, returning="minimal").execute()  # type: ignore[arg-type]

        await self._until_answered(table, send)

    async def update(self, table: str, row_id: str, columns: Mapping[str, object]) -> None:
        async def send() -> None:
            changes = self._client.table(table).update(dict(columns), returning="minimal")  # type: ignore[arg-type]
            await changes.eq("id", row_id).execute()

        await self._until_answered(table, send)

    async def rows(self, table: str, *, where: Mapping[str, str] | None = None, newest: tuple[str, int] | None = None,
                   oldest: str | None = None) -> list[dict[str, Any]]:  # fmt: skip
        """Of a table without money, in the order of a column and of their coming; all, though a project gives few at
        a time."""
        found: list[dict[str, Any]] = []

        async def send() -> tuple[list[Any], int]:
            query = self._client.table(table).select("*", count=CountMethod.exact)
            for column, value in (where or {}).items():
                query = query.eq(column, value)
            if newest:
                query = query.order(newest[0], desc=True).order("rowid", desc=True).limit(newest[1] - len(found))
            if oldest:
                query = query.order(oldest).order("rowid")
            answer = await query.offset(len(found)).execute()
            return answer.data, min(answer.count or 0, newest[1] if newest else answer.count or 0)

        while True:
            page, wanted = await self._until_answered(table, send)
            found += page
            if not page or len(found) >= wanted:
                return found

    async def close(self) -> None:
        await self._http.aclose()

    async def _until_answered(
        self,
        what: str,
        send: Callable[[], Awaitable[Result]],
        *,
        longest_wait_s: float | None = None,
        attempts: int = ATTEMPTS,
    ) -> Result:
        retrying = AsyncRetrying(
            retry=retry_if_exception(may_pass),
            wait=wait_random_exponential(multiplier=0.05, max=0.5),
            stop=stop_after_attempt(attempts),
            reraise=True,
        )
        try:
            async with asyncio.timeout(longest_wait_s or self._longest_wait_s):
                return await retrying(send)
        except APIError as error:
            raise refusal(what, error) from error
        except (httpx.HTTPError, TimeoutError, ValueError, RuntimeError) as error:
            # ValueError: an answer that is no JSON. RuntimeError: the client is closed.
            logger.error("Supabase cannot be reached", extra={"asked": what, "error": type(error).__name__})
            raise StoreUnavailable(Sentence.STORE_UNAVAILABLE.words(), NO_ANSWER) from error


async def send_only_tokens_as_bearer(request: httpx.Request) -> None:
    """The newer keys (sb_secret_…) go into `apikey` alone; as a bearer, PostgREST would take them for a broken JWT."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme == "Bearer" and token.count(".") != 2:
        del request.headers["Authorization"]


async def wait_as_long_as_asked(request: httpx.Request) -> None:
    """The client of the data API takes no time-out per request."""
    if (patience := PATIENCE.get()) is not None:
        request.extensions["timeout"] = {**request.extensions["timeout"], "read": patience, "write": patience}


class GatewayTired(httpx.TransportError):
    """What it says then is for people, and of any form."""


async def refuse_where_the_gateway_is_tired(response: httpx.Response) -> None:
    if response.status_code in TIRED or "html" in response.headers.get("Content-Type", ""):
        raise GatewayTired(f"status {response.status_code}")


def may_pass(error: BaseException) -> bool:
    if isinstance(error, APIError):
        return (error.code or "").startswith(PASSING)
    return isinstance(error, httpx.TransportError)


def refusal(what: str, error: APIError) -> OrderingError:
    """The database's own words stay out of the log: they may quote a caller's row."""
    code = error.code or ""
    if code in REFUSALS:
        kind, sentence = REFUSALS[code]
        return kind(sentence.words())
    advice = ADVICE.get(code, "")
    logger.error("Supabase refused", extra={"asked": what, "code": code, "advice": advice})
    return StoreUnavailable(Sentence.STORE_UNAVAILABLE.words(), advice and f"Supabase: {advice}.")
