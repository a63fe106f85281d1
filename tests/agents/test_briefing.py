"""What a model is told of the call: as much as the caller's number allows, and where the order stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from phone_agent.agents.briefing import state_of
from phone_agent.call import Call
from phone_agent.rehearsal.text import TextCall
from phone_agent.store.protocol import Store
from phone_agent.store.records import Profile
from tests.agents.callers import NEW, a_call


def caller_of(call: Call) -> dict[str, Any]:
    return cast("dict[str, Any]", state_of(call)["caller"])


async def test_a_known_number_is_told_of_by_household_and_tastes(call: Call) -> None:
    caller = caller_of(call)

    assert caller["name"] == "Rivera Household"
    assert caller["likes"]
    assert "32801" not in str(state_of(call))
    assert "+1407" not in str(state_of(call))


async def test_of_somebody_without_a_number_nothing_is_told(store: Store) -> None:
    call = await a_call(store, None)
    call.known.dietary_tags = ("vegan",)

    assert caller_of(call) == {"name": "", "diet": [], "likes": []}


async def test_of_a_full_name_only_the_first_is_told(store: Store) -> None:
    call = await a_call(store, NEW)
    call.profile = Profile(call.profile.id, "Maria Lopez")

    assert caller_of(call)["name"] == "Maria"


@pytest.mark.parametrize(("channel", "has_screen"), [("phone", False), ("page", True), ("console", False)])
async def test_who_has_a_screen_is_told(call: Call, channel: Any, has_screen: bool) -> None:  # noqa: ANN401
    call.record = replace(call.record, channel=channel)

    assert state_of(call)["has_a_screen"] is has_screen


async def test_the_cart_is_told_in_words_and_no_total_is(talk: TextCall) -> None:
    await talk.say("two caesar salads")
    state = state_of(talk.call)

    assert state["cart"] == ["2 Caesar Salads"]
    assert state["subtotal"] == "$17.98"
    assert state["restaurant"] == "Harbor House"
