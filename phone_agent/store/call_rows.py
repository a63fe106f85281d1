"""Call records in fc_calls, and what was said in fc_call_transcripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection

from phone_agent.store import orphan_rows
from phone_agent.store.columns import Row, Value, insert, to_text, to_time
from phone_agent.store.records import CallRecord, KeptReport, Outcome, RunningCall, TranscriptLine


def open_call(connection: Connection, record: CallRecord) -> None:
    insert(connection, "fc_calls", [call_row(record)])


def call_row(record: CallRecord) -> dict[str, Value]:
    return {
        "id": record.id,
        "room": record.room,
        "channel": record.channel,
        "profile_id": record.profile_id,
        "caller_number": record.caller_number,
        "dialled_number": record.dialled_number,
        "started_at": to_text(record.started_at),
    }


def close_call(connection: Connection, call_id: str, outcome: Outcome, reason: str, now: datetime) -> None:
    closed = connection.execute(
        """
        UPDATE fc_calls SET ended_at = ?, outcome = CASE WHEN order_id IS NULL THEN ? ELSE 'ordered' END, reason = ?
        WHERE id = ? AND (ended_at IS NULL OR reason = 'lost') RETURNING id
        """,
        (to_text(now), outcome, reason, call_id),
    )
    if closed.fetchall():
        orphan_rows.orphan(connection, [call_id])
        orphan_rows.give_up_unreachable(connection, call_id)


def note_alive(connection: Connection, call_id: str, now: datetime) -> None:
    """A call that was closed as lost is open again, and its cart its own."""
    connection.execute("UPDATE fc_calls SET last_seen_at = ? WHERE id = ?", (to_text(now), call_id))
    reopened = connection.execute(
        """
        UPDATE fc_calls SET ended_at = NULL, outcome = NULL, reason = NULL WHERE id = ? AND reason = 'lost'
        RETURNING id
        """,
        (call_id,),
    )
    if reopened.fetchall():
        orphan_rows.orphan(connection, [call_id])


def find_running(connection: Connection, phone: str) -> Sequence[RunningCall]:
    rows = connection.execute(
        """
        SELECT id, room, coalesce(last_seen_at, started_at) AS seen_at FROM fc_calls
        WHERE caller_number = ? AND ended_at IS NULL
        """,
        (phone,),
    )
    return [running_of(row) for row in rows]


def running_of(row: Row) -> RunningCall:
    return RunningCall(row["id"], row["room"], to_time(row["seen_at"]))


def close_lost(connection: Connection, silent_since: datetime | None, call_id: str | None = None) -> int:
    """That call, or all that gave no sign of life since then."""
    closed = connection.execute(
        """
        UPDATE fc_calls SET ended_at = coalesce(last_seen_at, started_at), reason = 'lost',
            outcome = CASE WHEN order_id IS NULL THEN 'failed' ELSE 'ordered' END
        WHERE ended_at IS NULL AND (id = ? OR coalesce(last_seen_at, started_at) < ?) RETURNING id
        """,
        (call_id, None if silent_since is None else to_text(silent_since)),
    ).fetchall()
    orphan_rows.orphan(connection, [call["id"] for call in closed])
    return len(closed)


def find_calls(connection: Connection, limit: int) -> Sequence[CallRecord]:
    rows = connection.execute("SELECT * FROM fc_calls ORDER BY started_at DESC, rowid DESC LIMIT ?", (limit,))
    return [record_of(row) for row in rows]


def add_transcript(connection: Connection, call_id: str, lines: Sequence[TranscriptLine]) -> None:
    insert(connection, "fc_call_transcripts", transcript_rows(call_id, lines), "ON CONFLICT (id) DO NOTHING")


def transcript_rows(call_id: str, lines: Sequence[TranscriptLine]) -> list[dict[str, Value]]:
    return [
        {"id": line.id, "call_id": call_id, "at": to_text(line.at), "speaker": line.speaker, "text": line.text}
        for line in lines
    ]


def load_transcript(connection: Connection, call_id: str) -> Sequence[TranscriptLine]:
    rows = connection.execute("SELECT * FROM fc_call_transcripts WHERE call_id = ? ORDER BY at, rowid", (call_id,))
    return [line_of(row) for row in rows]


def line_of(row: Row) -> TranscriptLine:
    return TranscriptLine(to_time(row["at"]), row["speaker"], row["text"], row["id"])


def save_report(connection: Connection, call_id: str, report: KeptReport) -> None:
    row: dict[str, Value] = {"call_id": call_id, "version": report.version, "body": report.body, "tools": report.tools}
    insert(connection, "fc_call_reports", [row], "ON CONFLICT (call_id) DO NOTHING")


def find_reports(connection: Connection, call_ids: Sequence[str]) -> Mapping[str, KeptReport]:
    wanted = ", ".join("?" * len(call_ids))
    rows = connection.execute(f"SELECT * FROM fc_call_reports WHERE call_id IN ({wanted})", call_ids)  # noqa: S608
    return {row["call_id"]: report_of(row) for row in rows}


def report_of(row: Row) -> KeptReport:
    return KeptReport(row["version"], row["body"], row["tools"])


def record_of(row: Row) -> CallRecord:
    return CallRecord(
        id=row["id"],
        room=row["room"],
        channel=row["channel"],
        profile_id=row["profile_id"],
        caller_number=row["caller_number"],
        dialled_number=row["dialled_number"],
        started_at=to_time(row["started_at"]),
        ended_at=to_time(row["ended_at"]) if row["ended_at"] else None,
        outcome=row["outcome"],
        reason=row["reason"],
    )
