"""Webhooks for a point-of-sale system: signed as the scheme's own library verifies, in order, at least once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp import web
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from phone_agent.messages.sending import CLAIM, Sender
from phone_agent.messages.webhooks import LATEST, Event
from phone_agent.ordering.menu import Menu
from phone_agent.settings import Settings
from phone_agent.store.protocol import Store
from tests.builders import NOON
from tests.messages.till import Till
from tests.messages.told import MINUTE, OTHER, SECRET, Clock, placed, states


def sender_of(store: Store, till: Till, clock: Clock) -> Sender:
    env = {"PHONE_AGENT_WEBHOOK_URL": till.url, "PHONE_AGENT_WEBHOOK_SECRET": SECRET}
    return Sender(store, Settings.from_env(env), clock)


async def next_due(store: Store) -> datetime | None:
    (message,) = [one for one in await store.find_outbox() if one.channel == "webhook"]
    return message.due_at if message.state == "queued" else None


async def test_an_order_is_told_with_what_the_kitchen_needs_and_nothing_of_its_caller(
    store: Store, menu: Menu, till: Till
) -> None:
    order = await placed(store, menu)
    await sender_of(store, till, Clock(NOON + MINUTE)).send_due()

    (event,) = till.events
    assert (event["type"], event["timestamp"]) == ("order.placed", "2026-11-20T17:00:00Z")
    assert event["data"]["id"] == order.id
    assert event["data"]["total_cents"] == order.totals.total_cents
    assert [(line["quantity"], line["name"], line["note"]) for line in event["data"]["lines"]] == [
        (2, "Caesar Salad", "dressing on the side"),
        (1, "Grilled Salmon", ""),
    ]
    assert "+1407" not in till.requests[0][1]
    assert order.profile_id not in till.requests[0][1]
    assert await states(store, "webhook") == [("delivered", "")]


async def test_a_request_is_signed_as_the_schemes_library_verifies(store: Store, menu: Menu, till: Till) -> None:
    now = datetime.now(UTC)
    await placed(store, menu, now=now)
    await sender_of(store, till, Clock(now)).send_due()

    ((headers, body),) = till.requests
    assert Webhook(SECRET).verify(body, headers)["type"] == "order.placed"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace("Caesar", "Cobb"), headers)


async def test_the_steps_of_an_order_arrive_in_order_though_the_first_one_fails(
    store: Store, menu: Menu, till: Till
) -> None:
    order = await placed(store, menu)
    for status in ("preparing", "ready", "picked_up"):
        await store.change_order_status(order.id, status, who="staff", now=NOON)
    await placed(store, menu, OTHER)
    till.answers = [web.Response(status=500)]
    clock = Clock(NOON + MINUTE)
    sender = sender_of(store, till, clock)
    while await sender.send_due():
        pass
    first = [event["data"]["number"] for event in till.events]
    clock.now += MINUTE
    while await sender.send_due():
        pass

    assert sorted(first) == [1, 2]
    assert [told for told, event in zip(till.told, till.events, strict=True) if event["data"]["number"] == 1][-4:] == [
        ("order.placed", "confirmed"),
        ("order.changed", "preparing"),
        ("order.ready", "ready"),
        ("order.changed", "picked_up"),
    ]
    assert {state for state, _ in await states(store, "webhook")} == {"delivered"}


async def test_a_webhook_keeps_its_id_however_often_it_is_sent(store: Store, menu: Menu, till: Till) -> None:
    await placed(store, menu)
    till.answers = [web.Response(status=500), web.Response(status=302, headers={"Location": "/elsewhere"})]
    clock = Clock(NOON)
    for _ in range(3):
        clock.now += MINUTE
        await sender_of(store, till, clock).send_due()

    assert len({headers["webhook-id"] for headers, _ in till.requests}) == 1
    assert len({headers["webhook-timestamp"] for headers, _ in till.requests}) == 3
    assert await states(store, "webhook") == [("delivered", "")]


async def test_a_sender_that_died_is_followed_by_another(store: Store, menu: Menu, till: Till) -> None:
    await placed(store, menu)
    clock = Clock(NOON + MINUTE)
    await store.claim_messages("webhook", now=clock.now, until=clock.now + CLAIM)
    during = await sender_of(store, till, clock).send_due()
    clock.now += CLAIM
    later = await sender_of(store, till, clock).send_due()

    assert (during, later) == (0, 1)
    assert till.told == [("order.placed", "confirmed")]


async def test_a_system_that_does_not_answer_is_asked_later_each_time_and_given_up_after_three_days(
    store: Store, menu: Menu, till: Till
) -> None:
    await placed(store, menu)
    clock, tries = Clock(NOON), []
    till.answers = [web.Response(status=503) for _ in range(100)]
    while (due := await next_due(store)) is not None:
        clock.now = due
        tries.append(due)
        await sender_of(store, till, clock).send_due()

    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=20), timedelta(seconds=80)]
    assert max(waits) == timedelta(hours=6)
    assert timedelta(days=3) < tries[-1] - NOON <= timedelta(days=3, hours=6)
    assert await states(store, "webhook") == [("failed", "503")]


async def test_what_is_old_before_it_was_tried_once_is_told_to_nobody(store: Store, menu: Menu, till: Till) -> None:
    await placed(store, menu)
    newer = await placed(store, menu, now=NOON + timedelta(days=2))
    await sender_of(store, till, Clock(NOON + timedelta(days=3, minutes=1))).send_due()

    assert [event["data"]["id"] for event in till.events] == [newer.id]
    assert await states(store, "webhook") == [("suppressed", "too late"), ("delivered", "")]


async def test_a_system_is_asked_no_sooner_than_it_wishes(store: Store, menu: Menu, till: Till) -> None:
    await placed(store, menu)
    till.answers = [web.Response(status=429, headers={"Retry-After": "600"})]
    clock = Clock(NOON)
    await sender_of(store, till, clock).send_due()
    clock.now += 9 * MINUTE
    too_soon = await sender_of(store, till, clock).send_due()
    clock.now += MINUTE

    assert too_soon == 0
    assert await sender_of(store, till, clock).send_due() == 1


async def test_a_wish_that_no_calendar_holds_loses_no_order(store: Store, menu: Menu, till: Till) -> None:
    await placed(store, menu)
    till.answers = [web.Response(status=503, headers={"Retry-After": "9" * 20})]
    clock = Clock(NOON)
    await sender_of(store, till, clock).send_due()
    clock.now += LATEST

    assert await sender_of(store, till, clock).send_due() == 1
    assert await states(store, "webhook") == [("delivered", "")]


async def test_a_system_that_is_gone_is_not_asked_again(store: Store, menu: Menu, till: Till) -> None:
    await placed(store, menu)
    till.answers = [web.Response(status=410)]
    await sender_of(store, till, Clock(NOON)).send_due()

    assert await states(store, "webhook") == [("failed", "410")]


def test_the_documented_example_is_what_is_sent() -> None:
    text = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
    shown = text.partition("```json\n")[2].partition("```")[0]

    assert json.loads(Event.model_validate_json(shown).model_dump_json()) == json.loads(shown)
