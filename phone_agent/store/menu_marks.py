"""What staff and imports do to a menu that is in use: sold-out marks, the menu's version, the history of imports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from sqlite3 import Connection

from phone_agent.store.columns import Row, Value, insert, to_text, to_time
from phone_agent.store.records import MenuImport

NOW = "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')"
SELL_OUT = f"UPDATE fc_menu_items SET is_available = 0, sold_out_at = {NOW}, sold_out_until = ? WHERE id = ?"  # noqa: S608 - NOW
BRING_BACK = "UPDATE fc_menu_items SET is_available = 1, sold_out_at = NULL, sold_out_until = NULL WHERE "
IS_DUE = f"sold_out_until <= {NOW}"


def sell_out(connection: Connection, item_id: str, until: datetime | None) -> None:
    if not connection.execute(SELL_OUT, (to_text(until) if until else None, item_id)).rowcount:
        raise KeyError(item_id)


def bring_back(connection: Connection, item_id: str) -> None:
    if not connection.execute(BRING_BACK + "id = ?", (item_id,)).rowcount:
        raise KeyError(item_id)


def is_any_due(connection: Connection) -> bool:
    return connection.execute(f"SELECT 1 FROM fc_menu_items WHERE {IS_DUE}").fetchone() is not None  # noqa: S608 - NOW


def bring_back_due(connection: Connection) -> None:
    """In the column that other channels read as well."""
    connection.execute(BRING_BACK + IS_DUE)


def version_of_menu(connection: Connection) -> int:
    return int(connection.execute("SELECT version FROM fc_menu_version").fetchone()[0])


def add_import(connection: Connection, record: MenuImport) -> None:
    insert(connection, "fc_menu_imports", [import_row(record)])


def import_row(record: MenuImport) -> dict[str, Value]:
    return {
        "id": record.id,
        "imported_at": to_text(record.imported_at),
        "checksum": record.checksum,
        "source": record.source,
        "text": record.text,
    }


def find_imports(connection: Connection, limit: int) -> Sequence[MenuImport]:
    rows = connection.execute("SELECT * FROM fc_menu_imports ORDER BY imported_at DESC, rowid DESC LIMIT ?", (limit,))
    return [import_of(row) for row in rows]


def import_of(row: Row) -> MenuImport:
    return MenuImport(row["id"], to_time(row["imported_at"]), row["checksum"], row["source"], row["text"])
