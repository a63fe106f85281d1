"""What a turn of a conversation asks of Supabase: a caller waits for every round trip."""

from __future__ import annotations

import pytest

from phone_agent.ordering.selection import ItemRequest
from phone_agent.ordering.wishes import Wishes
from phone_agent.store.supabase import SupabaseStore
from tests.agents.callers import NEW, a_call, names_in, talking
from tests.postgrest.project import Project

pytestmark = pytest.mark.postgrest
IN_THE_BACKGROUND = ("fc_call_transcripts",)


def asked(project: Project) -> list[str]:
    return [path.removeprefix("rpc/") for path in project.gateway.asked if path not in IN_THE_BACKGROUND]


async def test_starting_over_is_one_round_trip(supabase: SupabaseStore, project: Project) -> None:
    async with talking(supabase, NEW) as talk:
        await talk.say("two caesar salads and a grilled salmon")
        await talk.say("a mild pad thai")
        project.gateway.forget()
        await talk.say("yes")

        assert asked(project) == ["fc_save_cart"]
        assert names_in(talk.call) == ["Pad Thai"]


async def test_going_on_with_a_lost_cart_is_one_round_trip_and_those_of_a_checkout(
    supabase: SupabaseStore, project: Project
) -> None:
    before = await a_call(supabase, NEW)
    await before.take([ItemRequest("Caesar Salad", 2)])
    await before.wish(lambda _: Wishes(allergy_note="nuts"))
    await before.close()
    async with talking(supabase, NEW) as talk:
        project.gateway.forget()
        read_back = await talk.say("yes")

        assert "2 Caesar Salad" in read_back
        assert "nuts" in read_back
        assert asked(project) == ["fc_adopt_cart", "fc_kitchen_load", "fc_save_quote"]
