"""What a store is like, seen without changing it: its version, its tables with their rows, and who may read them."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from phone_agent.store.migrate import migrations, version_of

MIGRATIONS = Path(__file__).parents[2] / "supabase" / "migrations"
PREFIX = "fc_"
ANSWER_S = 5.0
OPEN, COUNTED = 200, (200, 206)
TABLE = re.compile(r"create table(?: if not exists)? public\.(\w+)", re.I)
COLUMNS = re.compile(r"alter table(?: if exists)? public\.(\w+)(.*?);", re.I | re.S)
COLUMN = re.compile(r"add column(?: if not exists)? (\w+)", re.I)
FUNCTION = re.compile(r"create(?: or replace)? function public\.(\w+)\s*\((?:[^$]*?)\)\s*returns\s+(\w+)", re.I)
DROPPED = re.compile(r"drop (?:function|table)(?: if exists)? public\.(\w+)", re.I)


@dataclass(frozen=True)
class StoreSeen:
    tables: Mapping[str, int]
    """How many rows each has."""
    missing: str = ""
    """The first migration that was not applied, or only in part; empty: all were."""
    is_newer: bool = False
    """A newer program has written it."""


class CannotLook(Exception):
    """The store cannot be read; says why."""


async def look_at_sqlite(path: Path) -> StoreSeen:
    """Raises CannotLook."""
    return await asyncio.to_thread(_look_at_sqlite, path)


def _look_at_sqlite(path: Path) -> StoreSeen:
    try:
        with closing(opened_to_read(path, ANSWER_S)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            tables = {name: _rows_of(connection, name) for (name,) in names if name.startswith(PREFIX)}
            version, newest = version_of(connection), len(migrations())
    except sqlite3.Error as error:
        raise CannotLook(str(error)) from error
    missing = f"{version + 1:03d} of {newest:03d}" if version < newest else ""
    return StoreSeen(tables, missing, is_newer=version > newest)


def opened_to_read(path: Path, patience_s: float) -> sqlite3.Connection:
    """Makes no file where there is none."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=patience_s)


def _rows_of(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])  # noqa: S608 - a table's own name


async def look_at_supabase(url: str, key: str, folder: Path = MIGRATIONS) -> StoreSeen:
    """Raises CannotLook."""
    try:
        async with _client(url, key) as client:
            answer = await client.get("")
            if answer.status_code != OPEN:
                raise CannotLook(f"status {answer.status_code}: the key or the address is refused")
            known = answer.json()
            names = sorted(name for name in known["definitions"] if name.startswith(PREFIX))
            counts = await asyncio.gather(*(_count(client, name) for name in names))
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise CannotLook(type(error).__name__) from error
    return StoreSeen(dict(zip(names, counts, strict=True)), _first_missing(known, folder))


async def readable_by(url: str, key: str, tables: Sequence[str]) -> list[str]:
    """Those tables of which that key is shown a row. Raises CannotLook."""
    try:
        async with _client(url, key) as client:
            answers = await asyncio.gather(*(client.get(name, params={"limit": "1"}) for name in tables))
            return [name for name, answer in zip(tables, answers, strict=True) if _shows_rows(answer)]
    except (httpx.HTTPError, ValueError) as error:
        raise CannotLook(type(error).__name__) from error


def _shows_rows(answer: httpx.Response) -> bool:
    return answer.status_code == OPEN and bool(answer.json())


def _client(url: str, key: str) -> httpx.AsyncClient:
    headers = {"apikey": key}
    if key.count(".") == 2:
        headers["Authorization"] = f"Bearer {key}"
    return httpx.AsyncClient(base_url=f"{url}/rest/v1/", headers=headers, timeout=ANSWER_S)


async def _count(client: httpx.AsyncClient, table: str) -> int:
    answer = await client.head(table, headers={"Prefer": "count=exact"})
    total = answer.headers.get("Content-Range", "").rpartition("/")[2]
    if answer.status_code not in COUNTED or not total.isdigit():
        raise CannotLook(f"{table} cannot be counted ({answer.status_code})")
    return int(total)


def _first_missing(known: Mapping[str, Any], folder: Path) -> str:
    """By what each migration makes: no project shows which ones it was given."""
    scripts = [(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))]
    dropped = {name for _, text in scripts for name in DROPPED.findall(text)}
    there = set(known["definitions"]) | {path.removeprefix("/rpc/") for path in known["paths"]}
    there |= {f"{table}.{column}" for table, about in known["definitions"].items() for column in about["properties"]}
    return next((name for name, text in scripts if not set(_made_by(text)) - dropped <= there), "")


def _made_by(script: str) -> Iterator[str]:
    yield from TABLE.findall(script)
    yield from (name for name, kind in FUNCTION.findall(script) if kind.lower() != "trigger")
    for table, changes in COLUMNS.findall(script):
        yield from (f"{table}.{column}" for column in COLUMN.findall(changes))
