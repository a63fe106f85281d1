"""`phone-agent menu`: check and import menu files, show the menu, mark dishes as sold out."""

from __future__ import annotations

import asyncio
import hashlib
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated
from uuid import uuid4
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from phone_agent.ordering.errors import Ambiguous, NotUnderstood
from phone_agent.ordering.matching import match_item, match_restaurant
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant
from phone_agent.ordering.menu_adoption import adopting, vanishing
from phone_agent.ordering.menu_changes import MenuChange, changes_between
from phone_agent.ordering.menu_file import check_menu, parse_menu
from phone_agent.ordering.text import key_words
from phone_agent.ordering.wording import format_usd
from phone_agent.settings import Settings
from phone_agent.store.open import opened_store
from phone_agent.store.protocol import Store
from phone_agent.store.records import MenuImport

app = typer.Typer(help="Check, import and show menus; mark dishes as sold out.", no_args_is_help=True)
screen = Console(soft_wrap=True, highlight=False)
File = Annotated[Path, typer.Argument(help="A menu file, see docs/menu_format.md.", metavar="FILE")]
Dish = Annotated[list[str], typer.Argument(help="The name of a dish.", metavar="ITEM")]
At = Annotated[str, typer.Option("--at", help="The restaurant, where several have the dish.")]


@app.command()
def check(file: File) -> None:
    """Name every mistake in a menu file with its line; exit with 1 where there is one."""
    checked = check_menu(_text_of(file))
    for mistake in checked.mistakes:
        screen.print(f"{file}:{mistake.line}: {mistake.path}: {mistake.words}", markup=False)
    for warning in checked.warnings:
        screen.print(f"{file}:{warning.line}: warning: {warning.path}: {warning.words}", markup=False)
    if checked.menu is None:
        raise typer.Exit(1)
    places, dishes = len(checked.menu.restaurants), len(checked.menu.items)
    screen.print(f"{file}: {places} restaurants, {dishes} items, {len(checked.warnings)} warnings", markup=False)


@app.command("import")
def import_(
    file: File,
    replace: Annotated[bool, typer.Option("--replace", help="Take off restaurants that it lacks.")] = False,
) -> None:
    """Put a menu file into the store, and say what has changed; dishes that it no longer has are taken off the menu.

    Restaurants that another channel put into the store stay, unless the file has one of the same slug.
    """
    text = _text_of(file)
    menu = parse_menu(text)
    record = MenuImport(str(uuid4()), datetime.now(UTC), _checksum(text), file.name, text)
    asyncio.run(_import(file, menu, record, may_take_off=replace))


@app.command()
def history(
    number: Annotated[int | None, typer.Argument(help="Print the text of that import; 1 is the newest.")] = None,
) -> None:
    """The imports of menu files, newest first."""
    asyncio.run(_history(number))


@app.command()
def show(
    restaurant: Annotated[list[str] | None, typer.Argument(help="The name of a restaurant; none: all of them.")] = None,
) -> None:
    """The menu as it is now, with what is sold out."""
    asyncio.run(_show(" ".join(restaurant or ())))


@app.command("sold-out")
def sold_out(
    item: Dish,
    until: Annotated[
        str, typer.Option(help="18:00 in the restaurant's time, 2026-11-20T18:00, or 2026-11-20 for the whole day.")
    ] = "",
    at: At = "",
) -> None:
    """Mark a dish as sold out until then, or until `menu back`."""
    asyncio.run(_sell_out(" ".join(item), at, until))


@app.command()
def back(item: Dish, at: At = "") -> None:
    """A dish is to be had again."""
    asyncio.run(_bring_back(" ".join(item), at))


@asynccontextmanager
async def _store(menu: Path | None = None) -> AsyncIterator[Store]:
    """`menu`: what an empty store is filled from."""
    settings = Settings.from_env(os.environ)
    async with opened_store(settings.model_copy(update={"menu": str(menu)}) if menu else settings) as store:
        yield store


async def _import(file: Path, menu: Menu, record: MenuImport, *, may_take_off: bool) -> None:
    async with _store(file) as store:
        stored = await store.load_menu()
        changes = changes_between(stored, adopting(menu, stored))
        gone = vanishing(menu, stored)
        if gone and not may_take_off:
            names = ", ".join(place.name for place in gone)
            screen.print(f"{record.source} would close {names}. If that is meant, add --replace.", markup=False)
            raise typer.Exit(1)
        newest = await store.find_menu_imports(limit=1)
        if not changes and newest and newest[0].checksum == record.checksum:
            screen.print("Nothing changed.")
            return
        await store.save_menu(menu, record)
    for change in changes:
        screen.print(_words_for(change), markup=False)
    kinds = [change.kind for change in changes]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    screen.print(f"Imported {record.source}: {counts or 'nothing changed'}.", markup=False)


async def _history(number: int | None) -> None:
    async with _store() as store:
        imports = await store.find_menu_imports(limit=number or 20)
    if number is None:
        table = Table("", "Imported", "File", "SHA-256")
        for place, record in enumerate(imports, 1):
            table.add_row(str(place), f"{record.imported_at:%Y-%m-%d %H:%M:%S}", record.source, record.checksum[:12])
        screen.print(table)
        return
    if not 1 <= number <= len(imports):
        raise typer.BadParameter(f"there are {len(imports)} imports", param_hint="NUMBER")
    sys.stdout.write(imports[number - 1].text)


async def _show(name: str) -> None:
    async with _store() as store:
        menu = await store.load_menu()
    for restaurant in (match_restaurant(menu, name),) if name else menu.restaurants:
        if restaurant.is_active or name:
            screen.print(_table_of(restaurant))


async def _sell_out(name: str, at: str, until: str) -> None:
    async with _store() as store:
        menu = await store.load_menu()
        item = _chosen(menu, name, at)
        moment = _moment(until, menu.restaurant_of(item), datetime.now(UTC)) if until else None
        await store.sell_out(item.id, moment)
    when = f"until {moment:%Y-%m-%d %H:%M}" if moment else "until `phone-agent menu back`"
    screen.print(f"{item.name} is sold out {when}.", markup=False)


async def _bring_back(name: str, at: str) -> None:
    async with _store() as store:
        item = _chosen(await store.load_menu(), name, at)
        await store.bring_back(item.id)
    screen.print(f"{item.name} is to be had again.", markup=False)


def _chosen(menu: Menu, name: str, at: str) -> MenuItem:
    """Asks where the name is not clear. Raises BadParameter."""
    places = [match_restaurant(menu, at)] if at else menu.restaurants
    items = [item for place in places for item in place.items]
    try:
        found = match_item(items, name)
        if not _is_named(found, name):
            typer.confirm(f"Do you mean {found.name} at {menu.restaurant_of(found).name}?", abort=True)
        return found
    except NotUnderstood:
        raise typer.BadParameter(f"nothing on the menu is called {name!r}", param_hint="ITEM") from None
    except Ambiguous as ambiguity:
        candidates = [item for item in items if item.name in ambiguity.candidates]
    for number, item in enumerate(candidates, 1):
        screen.print(f"{number}  {item.name} at {menu.restaurant_of(item).name}", markup=False)
    answer: int = typer.prompt("Which one", type=int)
    if not 1 <= answer <= len(candidates):
        raise typer.BadParameter(f"there is no {answer}", param_hint="ITEM")
    return candidates[answer - 1]


def _is_named(item: MenuItem, words: str) -> bool:
    """Every word of it is the dish's, and not only like one."""
    return any(set(key_words(words)) <= set(key_words(name)) for name in item.names)


def _moment(words: str, restaurant: Restaurant, now: datetime) -> datetime:
    """A time alone is the next one, a day alone its end. Raises BadParameter."""
    moment = _read_moment(words, ZoneInfo(restaurant.timezone), now)
    if moment <= now:
        raise typer.BadParameter(f"{moment:%Y-%m-%d %H:%M} has passed", param_hint="--until")
    return moment


def _read_moment(words: str, zone: ZoneInfo, now: datetime) -> datetime:
    try:
        if len(words) == len("2026-11-20"):
            return datetime.combine(date.fromisoformat(words) + timedelta(days=1), time(), zone)
        if "T" not in words and "-" not in words:
            local = now.astimezone(zone)
            moment = datetime.combine(local.date(), time.fromisoformat(words), zone)
            return moment if moment > now else datetime.combine(local.date() + timedelta(days=1), moment.time(), zone)
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise typer.BadParameter("write it as 18:00, 2026-11-20T18:00 or 2026-11-20", param_hint="--until") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _table_of(restaurant: Restaurant) -> Table:
    table = Table("Section", "Item", "Price", "", title=restaurant.name, title_justify="left")
    for section in restaurant.sections:
        for item in section.items:
            table.add_row(section.title, item.name, format_usd(item.price_cents), _state_of(item, restaurant))
    return table


def _state_of(item: MenuItem, restaurant: Restaurant) -> str:
    if item.sold_out_until:
        return f"sold out until {item.sold_out_until.astimezone(ZoneInfo(restaurant.timezone)):%a %H:%M}"
    states = (
        ("sold out", item.is_sold_out),
        ("unavailable", not item.is_available and not item.is_sold_out),
        (f"from {item.minimum_age}, not by phone", bool(item.minimum_age)),
        (f"for {' and '.join(item.day_parts)}", bool(item.day_parts)),
    )
    return ", ".join(words for words, holds in states if holds)


def _words_for(change: MenuChange) -> str:
    if change.kind == "repriced" and change.was_cents is not None and change.is_cents is not None:
        return f"repriced  {change.what}: {format_usd(change.was_cents)} → {format_usd(change.is_cents)}"
    price = f" ({format_usd(change.is_cents)})" if change.is_cents is not None else ""
    return f"{change.kind:9} {change.what}{price}{_listed(change.fields)}"


def _listed(names: Sequence[str]) -> str:
    return f" ({', '.join(names)})" if names else ""


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file.name} cannot be read: {error}", param_hint="FILE") from error


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
