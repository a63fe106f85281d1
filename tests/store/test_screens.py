"""The code of a second screen finds one call, as long as that runs."""

from __future__ import annotations

from datetime import timedelta

from phone_agent.store.protocol import Store
from tests.builders import NOON, a_call

CODE = "482913"


async def test_a_code_finds_its_call(store: Store) -> None:
    record = await a_call(store)
    await a_call(store)

    is_open = await store.open_screen(record.id, CODE)

    assert is_open
    assert await store.find_call_by_screen_code(CODE) == record


async def test_a_strangers_code_finds_nothing(store: Store) -> None:
    record = await a_call(store)
    await store.open_screen(record.id, CODE)

    assert await store.find_call_by_screen_code("482914") is None
    assert await store.find_call_by_screen_code("") is None


async def test_no_two_running_calls_have_one_code(store: Store) -> None:
    first, second = await a_call(store), await a_call(store)
    await store.open_screen(first.id, CODE)

    is_open = await store.open_screen(second.id, CODE)

    assert not is_open
    assert await store.find_call_by_screen_code(CODE) == first


async def test_a_code_ends_with_its_call_and_may_then_be_anothers(store: Store) -> None:
    first, second = await a_call(store), await a_call(store)
    await store.open_screen(first.id, CODE)
    await store.close_call(first.id, outcome="abandoned", reason="goodbye", now=NOON + timedelta(minutes=1))

    nobodys = await store.find_call_by_screen_code(CODE)
    is_open = await store.open_screen(second.id, CODE)

    assert nobodys is None
    assert is_open
    assert await store.find_call_by_screen_code(CODE) == second


async def test_two_calls_that_came_to_one_code_are_found_by_neither(store: Store) -> None:
    """One was taken for lost, and runs again."""
    lost, other = await a_call(store), await a_call(store)
    await store.open_screen(lost.id, CODE)
    await store.close_lost_call(lost.id)
    await store.open_screen(other.id, CODE)
    await store.note_alive(lost.id, now=NOON)

    assert await store.find_call_by_screen_code(CODE) is None
