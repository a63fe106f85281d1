"""The SQLite file, copied while it is in use; and put back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from phone_agent.store.in_use import has_worker
from phone_agent.store.look import opened_to_read
from phone_agent.store.migrate import migrations, version_of

PATIENCE_S = 30.0
WHOLE = "ok"


class BackupError(Exception):
    """The file cannot be copied or put back; says why, and nothing was changed."""


def back_up(database: Path, copy: Path) -> int:
    """A file that is whole and needs no other beside it; gives its bytes. Raises BackupError."""
    if copy.exists():
        raise BackupError(f"{copy} is there already: a back-up never writes over another.")
    if not database.exists():
        raise BackupError(f"{database} is not there: there is nothing to keep.")
    with (
        _told(f"{database} cannot be copied to {copy}"),
        closing(opened_to_read(database, PATIENCE_S)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        # One file, and not one with a -wal beside it, is what people carry away.
        target.execute("PRAGMA journal_mode = DELETE")
    return copy.stat().st_size


def refuse_if_used(database: Path) -> None:
    """Whoever has a call open would go on with what is no longer there. Raises BackupError."""
    if has_worker(database):
        raise BackupError(f"A worker is at work with {database}: stop it first (`make down`, or systemctl stop).")
    if not database.exists():
        return
    with _told(f"{database} cannot be read"), closing(sqlite3.connect(database, timeout=0)) as connection:
        try:
            # Leaving the write-ahead log is refused while anybody else has the file open; who opens it goes back to it.
            connection.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            said = f"{database} is open in another program: stop the worker, and `phone-agent web`, first."
            raise BackupError(said) from error


def restore(copy: Path, database: Path) -> None:
    """Puts a back-up in the place of what is there. Raises BackupError."""
    if not copy.exists():
        raise BackupError(f"{copy} is not there.")
    with _told(f"{copy} is no back-up"), closing(opened_to_read(copy, PATIENCE_S)) as source:
        if (said := source.execute("PRAGMA integrity_check").fetchone()[0]) != WHOLE:
            raise BackupError(f"{copy} is damaged: {said}")
        if not 0 < version_of(source) <= len(migrations()):
            raise BackupError(f"{copy} is no store of this program, or of a newer one.")
        database.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(database, timeout=PATIENCE_S)) as target:
            source.backup(target)


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"{what}: {error}.") from error
