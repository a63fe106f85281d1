"""Other channels on one Supabase project: the page that fills carts, and the writer of old columns."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import CartOutdated, QuoteOutdated
from phone_agent.ordering.hours import takes_orders
from phone_agent.ordering.menu import Menu
from phone_agent.store.records import Profile
from phone_agent.store.supabase import SupabaseStore
from tests.builders import NOON, a_call, a_cart, a_line, a_quote, a_quote_of, a_thai_cart, item_named
from tests.postgrest.gateway import SECRET_KEY
from tests.postgrest.project import Project
from tests.postgrest.servers import MIGRATIONS, Postgres, migrate
from tests.postgrest.strangers import ask

pytestmark = pytest.mark.postgrest
FOOD_COURT = (Path(__file__).parents[1] / "postgrest" / "food_court.sql").read_text(encoding="utf-8")
OKAFOR = "10000000-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def court(postgres: Postgres) -> Iterator[Project]:
    """Another channel's database, with its rows, migrated."""
    with postgres.create("court") as owner:
        owner.execute(FOOD_COURT)
        migrate(owner, MIGRATIONS)
    project = Project.of(postgres, "court")
    yield project
    project.close()


@pytest.fixture
async def there(court: Project) -> AsyncIterator[SupabaseStore]:
    opened = await SupabaseStore.open(court.url, SECRET_KEY)
    yield opened
    await opened.close()


async def test_a_restaurant_without_a_tax_rate_takes_no_orders_by_phone(there: SupabaseStore, court: Project) -> None:
    court.sql("insert into fc_restaurants (slug, name) values ('late-comer', 'Late Comer')")
    known = "update fc_restaurants set tax_rate_basis_points = %s where slug = 'bay-noodles'"
    court.sql(known, [None])
    before = {place.name: (place.is_active, place.has_tax_rate) for place in (await there.load_menu()).restaurants}
    court.sql(known, [0])
    after = {place.name: (place.is_active, place.has_tax_rate) for place in (await there.load_menu()).restaurants}
    court.sql("delete from fc_restaurants where slug = 'late-comer'")

    assert before == dict.fromkeys(("Bay Noodles", "Nameless Grill", "Late Comer"), (False, False))
    assert after == before | {"Bay Noodles": (True, True)}


async def test_what_another_channel_sells_is_taken_by_phone(there: SupabaseStore, court: Project) -> None:
    court.sql("update fc_restaurants set tax_rate_basis_points = 650, closes_at = '10 PM' where slug = 'bay-noodles'")
    menu = await there.load_menu()
    noodles = item_named(menu, "Boat Noodles")
    restaurant = menu.restaurant(noodles.restaurant_id)
    record = await a_call(there)
    cart = Cart(str(uuid4())).add(a_line(noodles, 2, ("Egg", "double"), ("Lime", "regular"), note="hot"))
    saved = await there.save_cart(cart, call_id=record.id)
    quote = await a_quote_of(there, menu, saved, record.id)
    order = await there.place_order(quote, confirmed_by="voice", now=NOON)

    (seen,) = ask(court, "GET", f"fc_carts?id=eq.{saved.id}&select=id,profile_id,restaurant_id,status,subtotal").json()
    assert (order.totals.subtotal_cents, order.totals.tax_cents) == (2 * (1210 + 2 * 105), 185)
    assert not takes_orders(restaurant.hours, restaurant.timezone, NOON.replace(hour=3))
    assert (seen["status"], seen["subtotal"]) == ("ordered", 28.4)
    (read,) = ask(court, "GET", f"fc_orders?id=eq.{order.id}&select=profile_id,restaurant_name,total,cuisine").json()
    assert list(read.values()) == [record.profile_id, "Bay Noodles", 30.25, "Thai"]


async def test_a_household_and_its_order_from_before_are_found(there: SupabaseStore) -> None:
    profile = await there.load_profile(OKAFOR)
    (order,) = await there.find_orders(profile_id=OKAFOR)

    await there.save_profile(replace(profile, phone="+18135550101"))

    assert (order.restaurant_name, order.totals.total_cents, order.status, order.number) == (
        "Bay Noodles", 1725, "delivered", 0)  # fmt: skip
    assert (await there.find_profile("+18135550101")) == replace(profile, phone="+18135550101")
    assert profile.city == "Tampa"


async def test_a_writer_of_the_old_columns_adds_a_line_and_the_phone_notices(
    there: SupabaseStore, court: Project
) -> None:
    noodles = item_named(await there.load_menu(), "Boat Noodles")
    record = await a_call(there)
    saved = await there.save_cart(Cart(str(uuid4())).add(a_line(noodles)), call_id=record.id)
    tea = item_named(await there.load_menu(), "Iced Tea")
    line = {"cart_id": saved.id, "menu_item_id": tea.id, "quantity": 1, "total_price": "3.05", "base_price": "3.05"}

    added = ask(court, "POST", "fc_cart_items", json=line)

    assert added.status_code == 201, added.text
    with pytest.raises(CartOutdated):
        await there.save_cart(saved.add(a_line(noodles, note="more")), call_id=record.id)
    found = await there.find_cart(record.id)
    assert found is not None
    assert sorted(line.item.name for line in found.lines) == ["Boat Noodles", "Iced Tea"]
    assert found.version > saved.version


async def test_a_section_that_is_switched_off_outdates_a_quote_of_its_dishes(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    quotes = [await a_quote(supabase, menu), await a_quote(supabase, menu, a_thai_cart(menu))]

    project.sql("update fc_menu_sections set is_active = false where slug = 'salads'")

    with pytest.raises(QuoteOutdated, match="menu"):
        await supabase.place_order(quotes[0], confirmed_by="keypad", now=NOON)
    cart = await supabase.find_cart(quotes[0].call_id)
    assert cart is not None
    assert [line.is_available for line in cart.lines] == [False, True]
    assert await supabase.place_order(quotes[1], confirmed_by="keypad", now=NOON)


async def test_a_caller_is_remembered_and_forgotten_in_another_channels_database(there: SupabaseStore) -> None:
    record = await a_call(there, "+14075550161")
    named = Profile(record.profile_id, household_name="Maria", city="Orlando")
    kept = await there.remember(named, "+14075550161")

    assert kept == replace(named, phone="+14075550161") == await there.find_profile("+14075550161")
    assert await there.forget("+14075550161", now=NOON)
    assert await there.load_profile(record.profile_id) == Profile(record.profile_id)
    assert not await there.forget("+14075550161", now=NOON)


async def test_an_import_beside_another_channel_takes_nothing_of_theirs_away(
    there: SupabaseStore, court: Project, menu: Menu
) -> None:
    shown = "select name, is_active from fc_restaurants where not name like 'The %%' order by name"
    before = court.sql(shown, []), court.sql("select name, is_available from fc_menu_items order by name")
    await there.save_menu(Menu(menu.restaurants[:1]))
    after = court.sql(shown, []), court.sql("select name, is_available from fc_menu_items order by name")
    court.sql("delete from fc_menu_items i using fc_restaurants r where r.id = i.restaurant_id and r.slug = 'grill'")
    court.sql("delete from fc_menu_sections s using fc_restaurants r where r.id = s.restaurant_id and r.slug = 'grill'")
    court.sql("delete from fc_restaurants where slug = 'grill'")

    assert after[0] == before[0]
    assert set(before[1]) <= set(after[1])


def test_policies_of_another_channel_still_hold(court: Project) -> None:
    restaurants = ask(court, "GET", "fc_restaurants?select=name&order=name").json()

    assert restaurants == [{"name": "Bay Noodles"}, {"name": "Nameless Grill"}]
    for table in ("fc_calls", "fc_call_transcripts", "fc_quotes", "fc_order_items", "fc_order_item_options"):
        assert ask(court, "GET", table).status_code in (401, 403)


@pytest.mark.parametrize(
    "change",
    [
        "update fc_menu_items set base_price = 13.50 where name = 'Pad Thai'",
        "update fc_menu_items set is_available = false where name = 'Pad Thai'",
        "update fc_menu_item_option_choices set price_adjustment = 0.80 where label = 'Peanuts'",
        "insert into fc_menu_item_option_choices (option_group_id, label) "
        "select option_group_id, 'Basil' from fc_menu_item_option_choices where label = 'Peanuts'",
        "delete from fc_menu_item_option_choices where label = 'Lime'",
        "update fc_menu_item_option_groups set required = true where title = 'Extras'",
        "update fc_cart_items set quantity = 9",
        "update fc_cart_item_options set price_adjustment = 9",
        "delete from fc_cart_item_options",
        "delete from fc_cart_items",
        "update fc_carts set status = 'abandoned'",
    ],
)
async def test_a_change_by_another_channel_outdates_the_quote(
    supabase: SupabaseStore, project: Project, menu: Menu, change: str
) -> None:
    quote = await a_quote(supabase, menu, a_thai_cart(menu))
    project.sql(change)

    with pytest.raises(QuoteOutdated):
        await supabase.place_order(quote, confirmed_by="keypad", now=NOON)

    assert not await supabase.find_orders()


async def test_a_rating_does_not_outdate_the_quote(supabase: SupabaseStore, project: Project, menu: Menu) -> None:
    quote = await a_quote(supabase, menu)
    project.sql("update fc_menu_items set rating = 4.9, ratings_count = 12, description = 'fresh'")

    assert (await supabase.place_order(quote, confirmed_by="keypad", now=NOON)).number == 1


async def test_a_price_that_another_channel_changed_is_in_the_next_menu(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    before = await supabase.load_menu()
    project.sql("update fc_menu_items set base_price = 9.10 where name = 'Caesar Salad'")

    after = await supabase.load_menu()

    assert item_named(before, "Caesar Salad").price_cents == 899
    assert item_named(after, "Caesar Salad").price_cents == 910
    assert await supabase.load_menu() is after


async def test_money_is_kept_to_the_cent(supabase: SupabaseStore, project: Project, menu: Menu) -> None:
    await supabase.place_order(await a_quote(supabase, menu), confirmed_by="keypad", now=NOON)

    order = project.sql("select subtotal::text, tax::text, fees::text, tip::text, total::text from fc_orders")
    lines = project.sql(
        "select name, quantity, base_price::text, total_price::text from fc_order_items order by position"
    )
    event = project.sql("select intent, status, who, notes from fc_order_events")
    assert order == [("40.97", "2.66", "0.00", "0.00", "43.63")]
    assert lines == [("Caesar Salad", 2, "8.99", "17.98"), ("Grilled Salmon", 1, "22.99", "22.99")]
    assert event == [("order_placed", "confirmed", "caller", "confirmed by keypad")]


async def test_only_the_cart_that_was_not_ordered_is_marked_as_orphaned(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    quote = await a_quote(supabase, menu)
    await supabase.place_order(quote, confirmed_by="keypad", now=NOON)
    left = await supabase.save_cart(a_cart(menu), call_id=quote.call_id)
    project.connection.execute("update fc_calls set caller_number = '+14075550199'")

    await supabase.close_call(quote.call_id, outcome="ordered", reason="hang-up", now=NOON)

    carts = project.sql("select id::text, status, orphaned_at from fc_carts order by created_at")
    assert carts == [(quote.cart_id, "ordered", None), (left.id, "active", NOON)]
