"""Imports of large menus, and beside restaurants that another channel made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from phone_agent.ordering.errors import QuoteOutdated
from phone_agent.ordering.menu import Menu, Restaurant
from phone_agent.store.protocol import Store
from phone_agent.store.records import MenuImport
from phone_agent.store.supabase import SupabaseStore
from tests.builders import (
    NOON,
    a_group,
    a_menu,
    a_quote,
    a_restaurant,
    a_section,
    an_id,
    an_item,
    item_named,
    the_grill,
    with_item,
)
from tests.postgrest.gateway import SECRET_KEY
from tests.postgrest.project import Project


def a_large_menu(dishes: int = 1000) -> Menu:
    items = tuple(
        an_item("big", "all", f"Dish {nth}", 1000 + nth, option_groups=tuple(
            a_group(f"big/{nth}", f"group-{group}", tuple((f"Choice {choice}", 50) for choice in range(5)))
            for group in range(3)
        ))
        for nth in range(dishes)
    )  # fmt: skip
    return Menu((a_restaurant("big", "The Big One", "any", (a_section("big", "all", items),)),))


def of_another_channel(place: Restaurant) -> Restaurant:
    """The same with keys that no import of ours makes."""
    keys = {key: str(uuid4()) for key in (place.id, *(s.id for s in place.sections), *(i.id for i in place.items))}
    sections = (
        replace(
            section,
            id=keys[section.id],
            items=tuple(
                replace(item, id=keys[item.id], section_id=keys[section.id], restaurant_id=keys[place.id])
                for item in section.items
            ),
        )
        for section in place.sections
    )
    return replace(place, id=keys[place.id], sections=tuple(sections))


@pytest.fixture
async def usual(project: Project) -> AsyncIterator[SupabaseStore]:
    """With the limits that are shipped."""
    opened = await SupabaseStore.open(project.url, SECRET_KEY)
    yield opened
    await opened.close()


async def test_a_thousand_dishes_are_imported(empty: Store) -> None:
    large = a_large_menu()

    await empty.save_menu(large)

    assert await empty.load_menu() == large


@pytest.mark.postgrest
async def test_an_import_raises_versions_once_per_statement(usual: SupabaseStore, project: Project) -> None:
    """Once per row is what made it take half a minute."""
    before = await usual.menu_version()

    await usual.save_menu(a_large_menu(100))

    assert project.sql("select max(version) <= 3, count(*) from fc_menu_items") == [(True, 100)]
    assert await usual.menu_version() - before < 20


@pytest.mark.postgrest
async def test_a_second_import_writes_what_has_changed_only(usual: SupabaseStore, project: Project) -> None:
    menu = a_large_menu(20)
    await usual.save_menu(menu)
    written = "select count(*) from fc_menu_items where xmin::text::bigint > %s"
    newest = project.sql("select max(xmin::text::bigint) from fc_menu_items")[0]

    await usual.save_menu(with_item(menu, replace(item_named(menu, "Dish 7"), price_cents=1)))

    assert project.sql(written, newest) == [(1,)]


@pytest.fixture
def slow(project: Project) -> Iterator[None]:
    """An import takes its time at its end, when it holds all that it changes."""
    project.sql("create or replace function fc_slow() returns trigger language plpgsql as "
                "$$ begin perform pg_sleep(4); return null; end $$")  # fmt: skip
    project.sql("create trigger slow after insert on fc_menu_imports for each statement execute function fc_slow()")
    yield
    project.sql("drop function fc_slow cascade")


AN_IMPORT = MenuImport(an_id("import"), NOON, "aa", "menu.json", "{}")


@pytest.mark.postgrest
@pytest.mark.usefixtures("slow")
async def test_a_long_import_is_asked_for_once_and_waited_for(usual: SupabaseStore, project: Project) -> None:
    await usual.save_menu(a_menu(), AN_IMPORT)

    assert project.gateway.asked.count("rpc/fc_import_menu") == 1
    assert (await usual.load_menu()).restaurants == a_menu().restaurants


@pytest.mark.postgrest
@pytest.mark.usefixtures("slow")
async def test_dishes_that_an_import_leaves_alone_are_ordered_meanwhile(
    usual: SupabaseStore, supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    quote = await a_quote(usual, menu)
    places = [replace(place, aliases=("the old one",)) for place in menu.restaurants]
    changed = with_item(Menu(tuple(places)), replace(item_named(menu, "Pad Thai"), price_cents=1))

    importing = asyncio.ensure_future(supabase.save_menu(changed, AN_IMPORT))
    while not (project.sql("select 1 from pg_stat_activity where wait_event = 'PgSleep'") or importing.done()):
        await asyncio.sleep(0.01)
    order = await usual.place_order(quote, confirmed_by="keypad", now=NOON)
    another = await a_quote(usual, menu)
    was_quoted_meanwhile = not importing.done()
    await importing

    assert order.number == 1
    assert another.lines == quote.lines
    assert was_quoted_meanwhile


async def test_an_import_that_changes_no_dish_leaves_the_menu_and_its_version(store: Store, menu: Menu) -> None:
    before = await store.load_menu()

    await store.save_menu(menu)

    assert await store.load_menu() == before


async def test_what_no_import_made_is_left_alone(empty: Store, menu: Menu) -> None:
    grill, thai = menu.restaurants
    theirs = of_another_channel(thai)
    await empty.save_menu(Menu((theirs,)))

    await empty.save_menu(Menu((grill,)))

    assert set((await empty.load_menu()).restaurants) == {theirs, grill}


async def test_a_restaurant_of_another_channel_is_taken_over_by_its_slug(empty: Store, menu: Menu) -> None:
    theirs = of_another_channel(the_grill())
    await empty.save_menu(Menu((theirs,)))
    mine = the_grill()
    salads = mine.sections[0]
    dearer = replace(salads, items=(replace(salads.items[0], price_cents=1099),))

    await empty.save_menu(Menu((replace(mine, name="Our Grill", sections=(dearer, *mine.sections[1:])),)))

    (there,) = (await empty.load_menu()).restaurants
    assert (there.id, there.name) == (theirs.id, "Our Grill")
    assert [(item.id, item.price_cents) for item in there.items] == [
        (old.id, 1099 if old.name == "Caesar Salad" else old.price_cents) for old in theirs.items
    ]


async def test_what_a_file_no_longer_has_of_a_taken_over_restaurant_is_off_the_menu(empty: Store) -> None:
    await empty.save_menu(Menu((of_another_channel(the_grill()),)))

    await empty.save_menu(Menu((replace(the_grill(), sections=the_grill().sections[:1]),)))
    await empty.save_menu(Menu(()))

    (there,) = (await empty.load_menu()).restaurants
    assert [item.name for item in there.items] == ["Caesar Salad"]
    assert there.is_active


async def test_a_changed_allergen_is_another_dish(store: Store, menu: Menu) -> None:
    quote = await a_quote(store, menu)

    await store.save_menu(with_item(menu, replace(item_named(menu, "Caesar Salad"), allergens=("egg", "nuts"))))

    with pytest.raises(QuoteOutdated):
        await store.place_order(quote, confirmed_by="keypad", now=NOON)
