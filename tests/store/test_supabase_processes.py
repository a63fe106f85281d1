"""Several processes share one Supabase project, and any of them may be killed at any moment."""

from __future__ import annotations

import asyncio
import signal

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.supabase import SupabaseStore
from tests.builders import NOON, a_quote
from tests.postgrest.gateway import SECRET_KEY, Mishap
from tests.postgrest.project import Project
from tests.store import supabase_processes as others
from tests.store.processes import SPAWN, pool
from tests.store.test_processes import run_until_it_dies

pytestmark = pytest.mark.postgrest


async def test_an_order_whose_process_died_before_its_answer_is_found_by_the_next(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    quote = await a_quote(supabase, menu)
    exit_code = await asyncio.to_thread(run_until_it_dies, others.die_before_answer, project.url, quote)

    stored = await supabase.find_orders()
    again = await supabase.place_order(quote, confirmed_by="keypad", now=NOON)

    assert exit_code == -signal.SIGKILL
    assert list(stored) == [again]
    assert project.sql("select count(*) from fc_orders") == [(1,)]


async def test_a_process_killed_while_it_waits_for_the_answer_leaves_one_order(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    quote = await a_quote(supabase, menu)
    project.gateway.next("fc_place_order", Mishap.NO_ANSWER)
    process = SPAWN.Process(target=others.place, args=(project.url, quote))
    process.start()
    while not await supabase.find_orders():
        await asyncio.sleep(0.05)
    process.kill()
    process.join(30)

    next_call = await SupabaseStore.open(project.url, SECRET_KEY)
    order = await next_call.place_order(quote, confirmed_by="keypad", now=NOON)
    orders = await next_call.find_orders()
    await next_call.close()

    assert process.exitcode == -signal.SIGKILL
    assert list(orders) == [order]


async def test_one_quote_placed_by_two_processes_is_one_order(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    quote = await a_quote(supabase, menu)

    with pool(2) as processes:
        placed = [processes.submit(others.place, project.url, quote) for _ in range(2)]
        orders = [await asyncio.wrap_future(future) for future in placed]

    assert len(set(orders)) == 1
    assert project.sql("select count(*) from fc_orders") == [(1,)]


async def test_fifty_callers_in_two_processes_get_the_numbers_1_to_50(
    supabase: SupabaseStore, project: Project
) -> None:
    with pool(2) as processes:
        taken = [processes.submit(others.take_calls, project.url, 25) for _ in range(2)]
        orders = [order for future in taken for order in await asyncio.wrap_future(future)]

    assert sorted(order.number for order in orders) == list(range(1, 51))
    assert project.sql("select count(distinct profile_id), count(*) from fc_orders") == [(50, 50)]


@pytest.mark.long
async def test_fifty_callers_in_five_workers_are_answered_within_the_limits_that_are_shipped(
    supabase: SupabaseStore, project: Project
) -> None:
    """As many calls as a worker takes; each is answered in time, or the process raises."""
    with pool(5) as processes:
        taken = [processes.submit(others.take_calls, project.url, 10, others.AS_SHIPPED) for _ in range(5)]
        orders = [order for future in taken for order in await asyncio.wrap_future(future)]

    assert sorted(order.number for order in orders) == list(range(1, 51))
