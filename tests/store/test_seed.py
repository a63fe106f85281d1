from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.settings import DEMO_PROFILE_ID, Settings, SettingsError
from phone_agent.store.open import open_store
from phone_agent.store.protocol import Store
from phone_agent.store.seed import DEMO_PHONE, demo_household, fill_if_empty
from phone_agent.store.sqlite import SqliteStore
from phone_agent.store.supabase import SupabaseStore
from tests.postgrest.gateway import SECRET_KEY
from tests.postgrest.project import Project

FOOD_COURT = Path(__file__).parents[2] / "menus" / "food_court.json"


def settings_for(folder: Path, **more: str) -> Settings:
    database = str(folder / "new" / "folder" / "store.sqlite3")
    return Settings.from_env({"PHONE_AGENT_DATABASE": database, "PHONE_AGENT_MENU": str(FOOD_COURT)} | more)


async def test_an_empty_store_is_filled_with_menu_household_and_order(empty: Store, menu: Menu) -> None:
    await fill_if_empty(empty, menu, str(DEMO_PROFILE_ID))

    household = await empty.find_profile(DEMO_PHONE)
    orders = await empty.find_orders(profile_id=str(DEMO_PROFILE_ID))
    assert await empty.load_menu() == menu
    assert household is not None
    assert (household.id, household.city, household.zip_code) == (str(DEMO_PROFILE_ID), "Orlando", "32801")
    assert [(order.restaurant_name, order.status) for order in orders] == [("Thai Garden", "delivered")]


async def test_filling_twice_and_at_once_fills_once(empty: Store, menu: Menu) -> None:
    await asyncio.gather(*(fill_if_empty(empty, menu, str(DEMO_PROFILE_ID)) for _ in range(5)))
    await fill_if_empty(empty, menu, str(DEMO_PROFILE_ID))

    assert await empty.load_menu() == menu
    assert len(await empty.find_orders()) == 1


async def test_a_store_with_a_menu_is_left_alone(store: Store, menu: Menu) -> None:
    await fill_if_empty(store, menu, str(DEMO_PROFILE_ID))

    assert await store.find_profile(DEMO_PHONE) is None


async def test_the_settings_open_a_filled_store(tmp_path: Path) -> None:
    opened = await open_store(settings_for(tmp_path))
    loaded = await opened.load_menu()
    orders = await opened.find_orders(profile_id=str(DEMO_PROFILE_ID))
    await opened.close()

    assert loaded == parse_menu(FOOD_COURT.read_text())
    assert [loaded.restaurant(order.restaurant_id).cuisine for order in orders] == ["Thai"]


@pytest.mark.postgrest
async def test_the_two_variables_open_a_filled_supabase_instead(project: Project, tmp_path: Path) -> None:
    settings = settings_for(tmp_path, SUPABASE_URL=project.url, SUPABASE_SERVICE_ROLE_KEY=SECRET_KEY)
    opened = await open_store(settings)
    loaded = await opened.load_menu()
    orders = await opened.find_orders(profile_id=str(DEMO_PROFILE_ID))
    await opened.close()

    assert isinstance(opened, SupabaseStore)
    assert loaded == parse_menu(FOOD_COURT.read_text())
    assert [loaded.restaurant(order.restaurant_id).cuisine for order in orders] == ["Thai"]
    assert not Path(settings.database).parent.exists()


async def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    first = await open_store(settings)
    orders = await first.find_orders()
    await first.close()

    again = await open_store(settings)
    kept = await again.find_orders()
    await again.close()

    assert kept == orders


async def test_a_missing_menu_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"PHONE_AGENT_MENU.*nowhere\.json"):
        await open_store(settings_for(tmp_path, PHONE_AGENT_MENU=str(tmp_path / "nowhere.json")))


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "new").write_text("a file, not a folder")

    with pytest.raises(SettingsError, match="PHONE_AGENT_DATABASE"):
        await open_store(settings_for(tmp_path))


async def test_the_menu_file_is_not_needed_once_filled(tmp_path: Path) -> None:
    await (await open_store(settings_for(tmp_path))).close()

    opened = await open_store(settings_for(tmp_path, PHONE_AGENT_MENU=str(tmp_path / "nowhere.json")))
    loaded = await opened.load_menu()
    await opened.close()

    assert len(loaded.restaurants) == 7
    assert isinstance(opened, SqliteStore)


async def test_a_new_profile_that_is_saved_many_times_at_once_is_one(empty: Store) -> None:
    for number in range(100):
        household = replace(
            demo_household(str(uuid5(NAMESPACE_URL, f"profile:{number}"))), phone=f"+1407555{number:04}"
        )
        await asyncio.gather(*(empty.save_profile(household) for _ in range(8)))

        assert await empty.find_profile(household.phone or "") == household
