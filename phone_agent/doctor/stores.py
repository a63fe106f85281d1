"""The store: reachable, up to date, how full, closed to strangers; and the menu in it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from phone_agent.doctor.findings import Finding, Ward, fine, odd, wrong
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.menu import Menu, Restaurant
from phone_agent.ordering.menu_file import check_menu
from phone_agent.settings import Settings
from phone_agent.store.look import CannotLook, StoreSeen, look_at_sqlite, look_at_supabase, readable_by
from phone_agent.store.open import connect

IMPORT = "`uv run phone-agent menu import menus/food_court.json` (or a menu of your own)"
PUSH = "`supabase db push`, or that file of supabase/migrations and the later ones with psql"
CHECK_KEY = "correct SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY; is the project running?"
CLOSE_IT = "`revoke all on public.{table} from anon; alter table public.{table} enable row level security;`"
OF_THE_MENU = ("fc_restaurants", "fc_menu_", "fc_layouts")
"""How the tables begin that a page may mean to show to everybody."""
MOST_WARNINGS = 5
UNREAD = odd("Not examined: the store cannot be read.", "see the check `store`")


async def check_store(ward: Ward) -> list[Finding]:
    """Also each table with its rows."""
    settings = ward.settings
    if _has_no_file(settings):
        return [await asyncio.to_thread(_about_no_file, settings)]
    try:
        seen = await _look(settings)
    except CannotLook as error:
        return [_unreachable(settings, error)]
    return [*_about_version(settings, seen), *_about_rights(settings), _about_tables(seen)]


async def check_strangers(ward: Ward) -> list[Finding]:
    """With the key that pages have, no row is seen."""
    settings = ward.settings
    url, key = settings.supabase_url, settings.supabase_anon_key
    if not url:
        return [fine("the store is a file: nobody reads it over a network")]
    if not key:
        return [odd("Whether strangers can read the tables was not tried.", "set SUPABASE_ANON_KEY")]
    try:
        seen = await _look(settings)
        open_tables = await readable_by(url, key, list(seen.tables))
    except CannotLook as error:
        return [_unreachable(settings, error)]
    if open_tables:
        return [_about_open(table) for table in open_tables]
    rows = sum(map(bool, seen.tables.values()))
    return [fine(f"the anon key is shown no row of {rows} tables that have some")]


async def check_menu_in_store(ward: Ward) -> list[Finding]:
    settings = ward.settings
    if _has_no_file(settings):
        return await asyncio.to_thread(_about_menu_file, settings)
    try:
        seen = await _look(settings)
        if seen.missing:
            return [odd("Not examined: the store waits for a migration.", "see the check `store`")]
        store = await connect(settings)
        try:
            menu = await store.load_menu()
        finally:
            await store.close()
    except (CannotLook, StoreUnavailable):
        return [UNREAD]
    return [*_about_menu(menu), *await asyncio.to_thread(_slips_of_file, settings)]


async def check_time_zones(ward: Ward) -> list[Finding]:
    """Hours count in each restaurant's own time."""
    try:
        places = await active_places(ward.settings)
    except (CannotLook, StoreUnavailable):
        return [UNREAD]
    found = list(dict.fromkeys(place.timezone for place in places))
    now = ward.clock().astimezone(UTC)
    clocks = ", ".join(f"{now.astimezone(ZoneInfo(zone)):%H:%M} {zone}" for zone in found)
    utc = [place.name for place in places if place.timezone in ("UTC", "Etc/UTC")]
    if utc:
        said = f"{', '.join(utc)} has UTC as its time zone: its hours count in UTC."
        return [odd(said, "put its `timezone` into the menu file and import it")]
    return [fine(f"it is {clocks}" if found else "there is no restaurant yet")]


async def active_places(settings: Settings) -> Sequence[Restaurant]:
    """Raises CannotLook, StoreUnavailable."""
    if _has_no_file(settings):
        return []
    if not settings.supabase_url and (await look_at_sqlite(Path(settings.database))).missing:
        raise CannotLook("waits for a migration")
    store = await connect(settings)
    try:
        return (await store.load_menu()).active
    finally:
        await store.close()


async def numbers_of_places(settings: Settings) -> list[str]:
    """Of single restaurants. Raises CannotLook, StoreUnavailable."""
    return [number for place in await active_places(settings) for number in place.numbers]


def _has_no_file(settings: Settings) -> bool:
    return not settings.supabase_url and not Path(settings.database).exists()


async def _look(settings: Settings) -> StoreSeen:
    if settings.supabase_url and settings.supabase_service_role_key:
        return await look_at_supabase(settings.supabase_url, settings.supabase_service_role_key)
    return await look_at_sqlite(Path(settings.database))


def _unreachable(settings: Settings, error: CannotLook) -> Finding:
    if settings.supabase_url:
        return wrong(f"Supabase at {settings.supabase_url} cannot be read ({error}).", CHECK_KEY)
    said = f"{settings.database} cannot be read ({error}): no order can be taken."
    return wrong(said, "`ls -l` the file that PHONE_AGENT_DATABASE names, or `phone-agent restore` a back-up")


def _about_no_file(settings: Settings) -> Finding:
    folder = next(folder for folder in Path(settings.database).absolute().parents if folder.exists())
    if not os.access(folder, os.W_OK):
        return wrong(
            f"{settings.database} is not there, and {folder} cannot be written.", "correct PHONE_AGENT_DATABASE"
        )
    return fine(f"{settings.database} is not there yet; the first start makes it")


def _about_version(settings: Settings, seen: StoreSeen) -> Iterator[Finding]:
    if seen.is_newer:
        yield wrong("The store was written by a newer program than this one.", "update this program: `git pull`")
    elif seen.missing and settings.supabase_url:
        yield wrong(f"Supabase lacks the migration {seen.missing}, or a part of it.", PUSH)
    elif seen.missing:
        said = f"The store is old: the migration {seen.missing} was not applied."
        yield wrong(said, "start the worker again, which applies it; `phone-agent backup FILE` first")


def _about_rights(settings: Settings) -> Iterator[Finding]:
    path = Path(settings.database)
    if not settings.supabase_url and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        yield wrong(f"{path} or its folder cannot be written: no order can be taken.", f"`chown` {path.parent}")


def _about_tables(seen: StoreSeen) -> Finding:
    listed = ", ".join(f"{table} {rows}" for table, rows in seen.tables.items())
    return fine(f"{len(seen.tables)} tables: {listed}", tables=dict(seen.tables))


def _about_open(table: str) -> Finding:
    if table.startswith(OF_THE_MENU):
        return odd(
            f"Anybody with the anon key can read {table}.", f"if no page needs that: {CLOSE_IT.format(table=table)}"
        )
    return wrong(f"Anybody with the anon key can read {table}, which is personal.", CLOSE_IT.format(table=table))


def _about_menu(menu: Menu) -> Iterator[Finding]:
    dishes = sum(len(place.items) for place in menu.active)
    if not dishes:
        yield wrong("The menu is empty: no caller can order anything.", IMPORT)
        return
    for place in menu.restaurants:
        if not place.has_tax_rate:
            said = f"{place.name} has no tax rate and takes no orders by phone."
            yield odd(said, "set tax_rate_basis_points in fc_restaurants, or import its menu")
    yield fine(
        f"the menu has {len(menu.active)} restaurants and {dishes} items", restaurants=len(menu.active), items=dishes
    )


def _about_menu_file(settings: Settings) -> list[Finding]:
    path = Path(settings.menu)
    try:
        checked = check_menu(path.read_text(encoding="utf-8"))
    except OSError:
        return [wrong(f"The menu file {path} cannot be read, and there is no store yet.", "correct PHONE_AGENT_MENU")]
    if checked.menu is None:
        said = f"The menu file {path} has {len(checked.mistakes)} mistakes, and there is no store yet."
        return [wrong(said, f"`uv run phone-agent menu check {path}`")]
    return [*_about_menu(checked.menu), *_slips_of_file(settings)]


def _slips_of_file(settings: Settings) -> list[Finding]:
    """What is odd in the file that an empty store is filled from."""
    path = Path(settings.menu)
    if not path.exists():
        return []
    warnings = check_menu(path.read_text(encoding="utf-8")).warnings
    more = f" and {len(warnings) - MOST_WARNINGS} more" if len(warnings) > MOST_WARNINGS else ""
    said = "; ".join(f"{slip.path}: {slip.words}" for slip in warnings[:MOST_WARNINGS])
    return [odd(f"{path}: {said}{more}", f"`uv run phone-agent menu check {path}`")] if warnings else []
