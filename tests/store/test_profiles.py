from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from phone_agent.store.protocol import Store
from phone_agent.store.records import Profile
from tests.builders import a_call

HOUSEHOLD = Profile(
    id="11111111-0000-0000-0000-000000000001", household_name="Chen Household", phone="+14075550177", city="Orlando",
    state="FL", zip_code="32803", favorite_cuisines=("Thai", "pâtisserie"), dietary_tags=("vegan",),
)  # fmt: skip


async def test_a_household_is_found_by_its_number(store: Store) -> None:
    await store.save_profile(HOUSEHOLD)

    assert await store.find_profile("+14075550177") == HOUSEHOLD
    assert await store.load_profile(HOUSEHOLD.id) == HOUSEHOLD


async def test_an_unknown_number_finds_nobody(store: Store) -> None:
    await store.save_profile(HOUSEHOLD)

    assert await store.find_profile("+14075550178") is None


async def test_a_guest_is_found_by_no_number(store: Store) -> None:
    await store.save_profile(Profile(str(uuid4())))

    assert await store.find_profile("") is None


async def test_a_profile_that_is_not_there_is_an_error(store: Store) -> None:
    with pytest.raises(KeyError):
        await store.load_profile(str(uuid4()))


async def test_saving_again_changes_the_profile(store: Store) -> None:
    moved = replace(HOUSEHOLD, city="Tampa", favorite_cuisines=())
    await store.save_profile(HOUSEHOLD)

    await store.save_profile(moved)

    assert await store.load_profile(HOUSEHOLD.id) == moved


async def test_two_guests_never_share_a_row(store: Store) -> None:
    first, second = await a_call(store), await a_call(store)

    assert first.profile_id != second.profile_id
    assert (await store.load_profile(first.profile_id)).is_guest
    assert (await store.load_profile(second.profile_id)).is_guest
