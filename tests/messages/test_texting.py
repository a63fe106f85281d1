"""Texts sent with Twilio's real SDK, to a Twilio that is held to its own OpenAPI files."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from phone_agent.messages.sending import CLAIM, Sender
from phone_agent.ordering.menu import Menu
from phone_agent.settings import Settings
from phone_agent.store.protocol import Store
from phone_agent.store.sqlite import SqliteStore
from tests.builders import NOON
from tests.messages.told import MINUTE, OTHER, PHONE, Clock, cut, placed, states
from tests.store.processes import SPAWN
from tests.twilio.peer import Twilio
from tests.twilio.service import Fault

pytestmark = pytest.mark.program
PUBLIC = "https://orders.example.com"
LONG_AFTER = 1.1 * CLAIM


def settings_of(twilio: Twilio, **more: str) -> Settings:
    return Settings.from_env(twilio.env | {"PHONE_AGENT_PUBLIC_URL": PUBLIC} | more)


def sender_of(store: Store, twilio: Twilio, clock: Clock, **more: str) -> Sender:
    return Sender(store, settings_of(twilio, **more), clock)


async def test_a_receipt_is_sent_once_to_the_number_that_called(store: Store, menu: Menu, twilio: Twilio) -> None:
    order = await placed(store, menu)
    sender = sender_of(store, twilio, Clock(NOON + MINUTE))
    tried = [await sender.send_due(), await sender.send_due()]

    assert tried == [1, 0]
    (sent,) = twilio.account.all("messages")
    assert (sent["to"], sent["from"]) == (PHONE, "+14075550100")
    assert sent["body"].startswith(f"The Grill: order #{order.number:03} is placed: 2 Caesar Salad, 1 Grilled Salmon.")
    (message,) = [one for one in await store.find_outbox() if one.channel == "text"]
    assert (message.state, message.provider_id) == ("sent", sent["sid"])
    assert sent["status_callback"] == f"{PUBLIC}/api/twilio/status?message={message.id}"


async def test_five_workers_send_each_text_once(store: Store, menu: Menu, twilio: Twilio, path: Path) -> None:
    for number in range(8):
        await placed(store, menu, f"{PHONE[:-1]}{number}")
    others = [await SqliteStore.open(path) for _ in range(5)]
    await asyncio.gather(*(sender_of(other, twilio, Clock(NOON + MINUTE)).send_due() for other in others))
    for other in others:
        await other.close()

    assert len(twilio.account.all("messages")) == 8
    assert len({sent["to"] for sent in twilio.account.all("messages")}) == 8


@pytest.mark.parametrize(("status", "again"), [(503, "Twilio says 20500"), (401, "Twilio says 20003")])
async def test_what_twilio_did_not_take_is_sent_later(
    store: Store, menu: Menu, twilio: Twilio, status: int, again: str
) -> None:
    await placed(store, menu)
    clock = Clock(NOON + MINUTE)
    if status == 401:
        await sender_of(store, twilio, clock, TWILIO_AUTH_TOKEN="another").send_due()
    else:
        twilio.service.faults.append(Fault(status, methods=("POST",)))
        await sender_of(store, twilio, clock).send_due()
    refused = await states(store)
    clock.now += MINUTE
    await sender_of(store, twilio, clock).send_due()

    assert refused == [("queued", again)]
    assert await states(store) == [("sent", "")]
    assert len(twilio.account.all("messages")) == 1


async def test_a_text_that_twilio_took_without_saying_so_is_not_sent_again(
    store: Store, menu: Menu, twilio: Twilio
) -> None:
    await placed(store, menu)
    twilio.service.faults.append(Fault(503, methods=("POST",), after=True))
    clock = Clock(NOON + MINUTE)
    await sender_of(store, twilio, clock).send_due()
    clock.now += MINUTE
    await sender_of(store, twilio, clock).send_due()

    (sent,) = twilio.account.all("messages")
    (message,) = [one for one in await store.find_outbox() if one.channel == "text"]
    assert (message.state, message.provider_id) == ("sent", sent["sid"])


async def test_a_text_is_known_again_though_its_words_would_be_others_by_now(
    store: Store, menu: Menu, twilio: Twilio, path: Path
) -> None:
    await placed(store, menu)
    twilio.service.faults.append(Fault(503, methods=("POST",), after=True))
    clock = Clock(NOON + MINUTE)
    await sender_of(store, twilio, clock).send_due()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE fc_orders SET ready_at = replace(ready_at, ':25:', ':45:')")
        other.execute("UPDATE fc_restaurants SET name = 'The New Grill'")
    clock.now += MINUTE
    await sender_of(store, twilio, clock).send_due()

    assert len(twilio.account.all("messages")) == 1
    assert await states(store) == [("sent", "")]


async def test_another_text_to_that_number_is_not_taken_for_it(store: Store, menu: Menu, twilio: Twilio) -> None:
    await placed(store, menu)
    clock = Clock(NOON + MINUTE)
    await sender_of(store, twilio, clock).send_due()
    await placed(store, menu)
    twilio.service.faults.append(Fault(503, methods=("POST",)))
    await sender_of(store, twilio, clock).send_due()
    clock.now += MINUTE
    await sender_of(store, twilio, clock).send_due()

    assert [sent["body"][11:21] for sent in twilio.account.all("messages")] == ["order #001", "order #002"]


@pytest.mark.parametrize(
    ("code", "refusal"), [(21610, "stopped"), (21614, "unreachable"), (21211, "unreachable"), (21408, "")]
)
async def test_a_number_that_cannot_be_texted_is_tried_once(
    store: Store, menu: Menu, twilio: Twilio, code: int, refusal: str
) -> None:
    twilio.account.refused[PHONE] = (code, "refused")
    await placed(store, menu)
    await sender_of(store, twilio, Clock(NOON + MINUTE)).send_due()
    await placed(store, menu)
    await placed(store, menu, OTHER)
    await sender_of(store, twilio, Clock(NOON + MINUTE)).send_due()

    second = ("suppressed", refusal) if refusal else ("failed", str(code))
    assert await states(store) == [("failed", str(code)), second, ("sent", "")]


async def test_a_cut_call_is_answered_with_a_code_unless_its_caller_rings_again(
    store: Store, menu: Menu, twilio: Twilio
) -> None:
    await cut(store, menu)
    again = await cut(store, menu, OTHER)
    lost = await store.find_orphaned_cart(OTHER, NOON)
    assert lost is not None
    await store.abandon_cart(again.id)
    await sender_of(store, twilio, Clock(NOON + 2 * MINUTE)).send_due()

    (sent,) = twilio.account.all("messages")
    assert sent["to"] == PHONE
    assert "press 7" in sent["body"]
    assert await states(store) == [("sent", ""), ("suppressed", "not needed")]


async def test_who_rang_a_restaurants_own_number_is_told_to_ring_that_again(
    store: Store, menu: Menu, twilio: Twilio, path: Path
) -> None:
    await cut(store, menu)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE fc_calls SET dialled_number = '+14075550123'")
    await sender_of(store, twilio, Clock(NOON + 2 * MINUTE)).send_due()

    (sent,) = twilio.account.all("messages")
    assert sent["from"] == "+14075550100"
    assert "just call +14075550123." in sent["body"]


async def test_nothing_is_texted_where_texts_are_switched_off(store: Store, menu: Menu, twilio: Twilio) -> None:
    await placed(store, menu)
    await sender_of(store, twilio, Clock(NOON + MINUTE), PHONE_AGENT_TEXTS="false").send_due()

    assert twilio.service.requests == []
    assert await states(store) == [("queued", "")]


async def test_a_text_that_cannot_be_made_holds_up_no_other(
    store: Store, menu: Menu, twilio: Twilio, path: Path
) -> None:
    await placed(store, menu)
    await placed(store, menu, OTHER)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE fc_orders SET ready_at = 'soon' WHERE order_number = 1")
    await sender_of(store, twilio, Clock(NOON + MINUTE)).send_due()

    assert await states(store) == [("failed", "ValueError"), ("sent", "")]


async def test_no_number_is_logged(store: Store, menu: Menu, twilio: Twilio, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="phone_agent")
    twilio.account.refused[PHONE] = (21610, f"{PHONE} has opted out")
    await placed(store, menu)
    await sender_of(store, twilio, Clock(NOON + MINUTE)).send_due()

    told = " ".join(str(vars(record)) for record in caplog.records if record.name.startswith("phone_agent"))
    assert "a message could not be sent" in told
    assert PHONE[2:] not in told


def die_when(path: Path, env: dict[str, str], moment: str) -> None:
    """Sends what is due, and is killed after claiming, after Twilio has taken it, or before that is written down."""

    def kill(*arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    class Dying(Sender):
        async def _text(self, *arguments: object) -> object:  # type: ignore[override]
            if moment == "claimed":
                kill()
            settled = await super()._text(*arguments)  # type: ignore[arg-type]
            if moment == "sent":
                kill()
            return settled

    async def work() -> None:
        store = await SqliteStore.open(path)
        await Dying(store, Settings.from_env(env), Clock(NOON + MINUTE)).send_due()

    asyncio.run(work())


@pytest.mark.parametrize(("moment", "taken"), [("claimed", 0), ("sent", 1)])
async def test_a_sender_that_is_killed_leaves_a_text_that_goes_out_once(
    store: Store, menu: Menu, twilio: Twilio, path: Path, moment: str, taken: int
) -> None:
    await placed(store, menu)
    process = SPAWN.Process(target=die_when, args=(path, twilio.env, moment))
    process.start()
    await asyncio.to_thread(process.join, 60)
    by_the_dead = len(twilio.account.all("messages"))
    during = await sender_of(store, twilio, Clock(NOON + 2 * MINUTE)).send_due()
    later = await sender_of(store, twilio, Clock(NOON + MINUTE + LONG_AFTER)).send_due()

    assert process.exitcode == -signal.SIGKILL
    assert (by_the_dead, during, later) == (taken, 0, 1)
    assert len(twilio.account.all("messages")) == 1
    assert await states(store) == [("sent", "")]
