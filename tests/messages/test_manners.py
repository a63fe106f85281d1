"""Which texts go out, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from phone_agent.messages.manners import held_back
from phone_agent.messages.quiet import quiet_until
from phone_agent.store.outbox import Kind, Matter, Settled
from tests.builders import NOON
from tests.messages.told import MINUTE, an_order, an_outgoing, matter

QUIET = "21:00-08:00"
NIGHT = NOON + timedelta(hours=10)
"""Ten in the evening in Orlando."""
MORNING = NOON + timedelta(hours=20)
ZONE = "America/New_York"


def held(
    kind: Kind, status: str = "", *, about: Matter | None = None, at: datetime = NOON, after: timedelta = MINUTE
) -> Settled | None:
    message = an_outgoing(kind, status, created_at=at)
    return held_back(message, about or matter(order=an_order(status=status or "confirmed")), at + after, QUIET)


@pytest.mark.parametrize(
    ("kind", "status"),
    [("order_placed", ""), ("order_ready", "ready"), ("order_changed", "cancelled"), ("call_back", "")],
)
def test_by_day_every_text_goes_out(kind: Kind, status: str) -> None:
    assert held(kind, status) is None


def test_at_night_only_the_answer_to_what_a_caller_has_just_done_goes_out() -> None:
    assert held("order_placed", at=NIGHT) is None
    assert held("order_ready", "ready", at=NIGHT) is None
    assert held("call_back", at=NIGHT) == Settled("suppressed", "quiet hours")


def test_a_late_receipt_waits_for_the_morning_and_a_late_ready_is_too_late() -> None:
    late = timedelta(hours=2)

    assert held("order_placed", at=NIGHT, after=late) == Settled("queued", "quiet hours", due_at=MORNING)
    assert held("order_ready", "ready", at=NIGHT, after=late) == Settled("suppressed", "too late")
    assert held("order_ready", "ready", at=NIGHT, after=40 * MINUTE) == Settled("suppressed", "quiet hours")


@pytest.mark.parametrize(("kind", "lasts"), [("order_placed", timedelta(hours=12)), ("call_back", 20 * MINUTE)])
def test_what_helps_nobody_any_more_is_not_sent(kind: Kind, lasts: timedelta) -> None:
    assert held(kind, at=NOON - timedelta(hours=4), after=lasts) is None
    assert held(kind, at=NOON - timedelta(hours=4), after=lasts + MINUTE) == Settled("suppressed", "too late")


@pytest.mark.parametrize(
    ("about", "why"),
    [
        (matter(phone=None), "no number"),
        (matter(refusal="stopped"), "stopped"),
        (matter(refusal="unreachable"), "unreachable"),
        (matter(phone="+442079460000"), "landline"),
        (matter(order=an_order(status="cancelled")), "not needed"),
        (matter(order=None), "not needed"),
    ],
)
def test_a_receipt_is_not_sent_where_nobody_wants_or_can_read_it(about: Matter, why: str) -> None:
    assert held("order_placed", about=about) == Settled("suppressed", why)


def test_who_has_fetched_the_order_is_not_told_that_it_is_ready() -> None:
    fetched = matter(order=an_order(status="picked_up"))

    assert held("order_ready", "ready", about=fetched) == Settled("suppressed", "not needed")


def test_who_has_rung_again_gets_no_code() -> None:
    assert held("call_back", about=matter(is_waiting=False)) == Settled("suppressed", "not needed")


@pytest.mark.parametrize(
    ("local", "hours", "until"),
    [
        ("2026-11-20T20:59", QUIET, None),
        ("2026-11-20T21:00", QUIET, "2026-11-21T08:00"),
        ("2026-11-21T07:59", QUIET, "2026-11-21T08:00"),
        ("2026-11-21T08:00", QUIET, None),
        ("2026-11-21T03:00", "00:00-06:30", "2026-11-21T06:30"),
        ("2026-11-21T03:00", "00:00-00:00", None),
        ("2026-10-31T22:00", QUIET, "2026-11-01T08:00"),
    ],
)
def test_quiet_hours_are_the_restaurants(local: str, hours: str, until: str | None) -> None:
    def in_utc(time: str) -> datetime:
        # Summer time ends in the night to the first of November.
        offset = 5 if time >= "2026-11-01T02:00" else 4
        return datetime.fromisoformat(time).replace(tzinfo=UTC) + timedelta(hours=offset)

    assert quiet_until(in_utc(local), hours, ZONE) == (in_utc(until) if until else None)
