"""A mark beside the SQLite file while a worker is at work with it, which goes with the process, however that ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from phone_agent.settings import Settings


@contextmanager
def marked_in_use(settings: Settings) -> Iterator[None]:
    """Any number of workers may hold it together. Between calls a worker has the store itself closed."""
    mark = mark_of(Path(settings.database))
    with ExitStack() as held:
        # Where nothing can be written, the worker goes on as with a store that is down.
        with suppress(OSError):
            if not settings.supabase_url:
                fcntl.flock(held.enter_context(mark.open("w")), fcntl.LOCK_SH)
        yield


def has_worker(database: Path) -> bool:
    with suppress(FileNotFoundError), mark_of(database).open() as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def mark_of(database: Path) -> Path:
    resolved = database.resolve()
    return resolved.with_name(f"{resolved.name}.in-use")
