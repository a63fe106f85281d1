"""Who may read and write what in Supabase: strangers, the kitchen's board, and the store."""

from __future__ import annotations

import tomllib

import pytest

from phone_agent.ordering.menu import Menu
from phone_agent.store.supabase import SupabaseStore
from tests.builders import NOON, a_quote, a_thai_cart
from tests.postgrest.gateway import AUTHENTICATED, KITCHEN, PUBLISHABLE_KEY
from tests.postgrest.project import Project
from tests.postgrest.servers import MIGRATIONS
from tests.postgrest.strangers import ask

pytestmark = pytest.mark.postgrest

KEYS = dict.fromkeys(("fc_caller_pins", "fc_caller_pin_tries", "fc_text_refusals"), "phone") | {
    "fc_call_reports": "call_id"
}
"""Of tables without an id."""
BOARD = {
    "fc_restaurants", "fc_menu_sections", "fc_menu_items", "fc_menu_item_option_groups",
    "fc_menu_item_option_choices", "fc_orders", "fc_order_items", "fc_order_item_options", "fc_order_events",
}  # fmt: skip


def tables_of(project: Project) -> list[str]:
    return [name for (name,) in project.sql("select tablename from pg_tables where schemaname = 'public'")]


async def test_nobody_who_has_not_signed_in_sees_anything(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    await supabase.place_order(await a_quote(supabase, menu), confirmed_by="keypad", now=NOON)

    for table in tables_of(project):
        assert ask(project, "GET", table).status_code in (401, 403), table
        assert ask(project, "GET", table, key=PUBLISHABLE_KEY).status_code in (401, 403), table


async def test_the_board_reads_orders_and_menu_and_writes_nothing(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    await supabase.place_order(await a_quote(supabase, menu, a_thai_cart(menu)), confirmed_by="keypad", now=NOON)

    for table in tables_of(project):
        key = KEYS.get(table, "id")
        answer = ask(project, "GET", f"{table}?select={key}", KITCHEN)
        assert (answer.status_code == 200 and len(answer.json()) > 0) == (table in BOARD), table
        assert ask(project, "PATCH", f"{table}?{key}=not.is.null", KITCHEN, json={key: None}).status_code == 403
        assert ask(project, "DELETE", f"{table}?{key}=not.is.null", KITCHEN).status_code == 403


async def test_the_board_sees_what_is_handed_over_but_not_who_has_ordered_before(
    supabase: SupabaseStore, project: Project, menu: Menu
) -> None:
    await supabase.place_order(await a_quote(supabase, menu), confirmed_by="keypad", now=NOON)

    seen = ask(project, "GET", "fc_orders?select=order_number,customer_name,address,allergy_note,status", KITCHEN)
    hidden = [ask(project, "GET", f"fc_orders?select={name}", KITCHEN) for name in ("profile_id", "idempotency_key")]

    assert [order["order_number"] for order in seen.json()] == [1]
    assert [answer.status_code for answer in hidden] == [403, 403]


async def test_who_only_signed_up_sees_no_row(supabase: SupabaseStore, project: Project, menu: Menu) -> None:
    await supabase.place_order(await a_quote(supabase, menu, a_thai_cart(menu)), confirmed_by="keypad", now=NOON)

    for table in tables_of(project):
        answer = ask(project, "GET", f"{table}?select={KEYS.get(table, 'id')}", AUTHENTICATED)
        assert answer.status_code == 403 or answer.json() == [], table


def test_accounts_of_the_kitchen_sign_in_and_nobody_signs_up_with_our_settings() -> None:
    config = tomllib.loads((MIGRATIONS[0].parents[1] / "config.toml").read_text(encoding="utf-8"))

    assert config["auth"]["enable_signup"] is False
    assert config["auth"]["enable_anonymous_sign_ins"] is False
    assert config["auth"]["email"]["enable_signup"] is True, "the CLI closes the whole provider otherwise"


@pytest.mark.parametrize("bearer", [None, AUTHENTICATED])
def test_only_the_store_may_call_the_functions(project: Project, bearer: str | None) -> None:
    arguments = project.sql(
        "select proname, proargnames[1 : pronargs] from pg_proc where pronamespace = 'public'::regnamespace "
        "and prorettype <> 'trigger'::regtype and proname <> 'fc_differs'"
    )

    assert len(arguments) >= 20
    for name, names in arguments:
        refused = ask(project, "POST", f"rpc/{name}", bearer, json=dict.fromkeys(names))
        assert refused.status_code in (401, 403, 404), name


def test_every_function_has_its_search_path_and_only_triggers_have_their_owners_rights(project: Project) -> None:
    functions = project.sql(
        "select proname, prorettype = 'trigger'::regtype, prosecdef, proconfig::text from pg_proc "
        "where pronamespace = 'public'::regnamespace"
    )

    assert all("search_path" in (config or "") for _, _, _, config in functions)
    assert {name for name, is_trigger, is_definer, _ in functions if is_definer != is_trigger} == set()
