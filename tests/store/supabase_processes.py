"""What other processes do to a Supabase project; each function runs in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from phone_agent.ordering.order import Order, Quote
from phone_agent.store.supabase import SupabaseStore
from tests.builders import NOON, a_quote
from tests.postgrest.gateway import SECRET_KEY

Result = TypeVar("Result")
PATIENCE = {"longest_wait_s": 60.0, "answer_s": 20.0}
AS_SHIPPED: Mapping[str, float] = {}


def place(url: str, quote: Quote) -> Order:
    return with_store(url, lambda store: store.place_order(quote, confirmed_by="keypad", now=NOON))


def take_calls(url: str, calls: int, limits: Mapping[str, float] = PATIENCE) -> list[Order]:
    async def one_call(store: SupabaseStore) -> Order:
        quote = await a_quote(store, await store.load_menu())
        return await store.place_order(quote, confirmed_by="voice", now=NOON)

    async def work(store: SupabaseStore) -> list[Order]:
        return list(await asyncio.gather(*(one_call(store) for _ in range(calls))))

    return with_store(url, work, limits)


def die_before_answer(url: str, quote: Quote) -> None:
    async def work(store: SupabaseStore) -> None:
        await store.place_order(quote, confirmed_by="keypad", now=NOON)
        os.kill(os.getpid(), signal.SIGKILL)

    with_store(url, work)


def with_store(
    url: str, work: Callable[[SupabaseStore], Awaitable[Result]], limits: Mapping[str, float] = PATIENCE
) -> Result:
    async def run() -> Result:
        store = await SupabaseStore.open(url, SECRET_KEY, **limits)
        try:
            return await work(store)
        finally:
            await store.close()

    return asyncio.run(run())
