"""Brings a database up to date: the numbered files of migrations/, each applied once, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from sqlite3 import Connection, complete_statement


def migrations() -> list[str]:
    """The SQL of each version, oldest first."""
    folder = files("phone_agent.store") / "migrations"
    scripts = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return [script.read_text(encoding="utf-8") for script in scripts]


def migrate(connection: Connection, scripts: list[str]) -> None:
    """Safe when several processes open one file at once: the version is read again under the write lock."""
    if version_of(connection) >= len(scripts):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in scripts[version_of(connection) :]:
            for statement in statements_of(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {max(version_of(connection), len(scripts))}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def version_of(connection: Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def statements_of(script: str) -> Iterator[str]:
    """`executescript` would commit the transaction that it is called in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if complete_statement(statement):
            yield statement
            statement = ""
