"""The rounds in which a worker sends what is due."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from phone_agent.messages.postman import LOOK_EVERY_SECONDS, Postman
from phone_agent.messages.sending import can_send
from phone_agent.ordering.menu import Menu
from phone_agent.settings import Settings
from phone_agent.store.protocol import Store
from phone_agent.worker.housekeeping import rounds_of
from tests.builders import NOON
from tests.messages.till import Till
from tests.messages.told import SECRET, Clock, placed, states

PATIENCE_S = 10.0


def settings_of(path: Path, till: Till | None) -> Settings:
    told = {} if till is None else {"PHONE_AGENT_WEBHOOK_URL": till.url, "PHONE_AGENT_WEBHOOK_SECRET": SECRET}
    return Settings.from_env(told | {"PHONE_AGENT_DATABASE": str(path)})


@asynccontextmanager
async def making_rounds(settings: Settings) -> AsyncIterator[None]:
    postman = Postman(settings, every_s=0.01, clock=Clock())
    postman.watch()
    try:
        yield
    finally:
        await postman.stop()
        await postman.close()


def take_away(path: Path) -> None:
    path.rename(path.with_suffix(".away"))
    path.mkdir()


def bring_back(path: Path) -> None:
    path.rmdir()
    path.with_suffix(".away").rename(path)


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not is_so():
            await asyncio.sleep(0.01)


async def until_done(store: Store) -> None:
    """With all webhooks."""
    async with asyncio.timeout(PATIENCE_S):
        while {"queued", "sending"} & {state for state, _ in await states(store, "webhook")}:
            await asyncio.sleep(0.01)


async def test_what_is_placed_while_a_worker_runs_is_told(store: Store, menu: Menu, till: Till, path: Path) -> None:
    async with making_rounds(settings_of(path, till)):
        await placed(store, menu)
        await until(lambda: till.told)
        await placed(store, menu)
        await until(lambda: len(till.told) == 2)

    assert [event["data"]["number"] for event in till.events] == [1, 2]


async def test_a_store_that_cannot_be_opened_is_tried_again(
    store: Store, menu: Menu, till: Till, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await placed(store, menu)
    take_away(path)
    async with making_rounds(settings_of(path, till)):
        await until(lambda: "messages are sent when it can be" in caplog.text)
        bring_back(path)
        await until(lambda: till.told)

    assert till.told == [("order.placed", "confirmed")]


async def test_what_was_placed_while_webhooks_were_off_is_told_to_nobody_later(
    store: Store, menu: Menu, till: Till, path: Path
) -> None:
    order = await placed(store, menu)
    await store.change_order_status(order.id, "preparing", who="staff", now=NOON)
    async with making_rounds(settings_of(path, None)):
        await until_done(store)
    await placed(store, menu)
    async with making_rounds(settings_of(path, till)):
        await until_done(store)

    assert [event["data"]["number"] for event in till.events] == [2]
    assert await states(store, "webhook") == [("suppressed", "webhooks are off")] * 2 + [("delivered", "")]
    assert ("queued", "") in await states(store, "text")


def test_the_sdk_tells_no_numbers_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def one_round() -> None:
        settings = Settings.from_env({"PHONE_AGENT_DATABASE": ":memory:"})
        await Postman(settings)._go()

    caplog.set_level(logging.INFO)
    asyncio.run(one_round())

    assert not logging.getLogger("twilio.async_http_client").isEnabledFor(logging.INFO)


@pytest.mark.parametrize(
    ("env", "sends"),
    [
        ({}, False),
        ({"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "token"}, False),
        (
            {
                "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
                "TWILIO_AUTH_TOKEN": "token",
                "TWILIO_PHONE_NUMBER": "+14075550100",
            },
            True,
        ),
        ({"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "token", "PHONE_AGENT_TEXTS": "no"}, False),
        ({"PHONE_AGENT_WEBHOOK_URL": "https://till.example", "PHONE_AGENT_WEBHOOK_SECRET": SECRET}, True),
    ],
)
def test_a_worker_that_has_nothing_to_send_with_looks_seldom(env: dict[str, str], sends: bool) -> None:
    settings = Settings.from_env(env)

    assert can_send(settings) is sends
    (postman,) = [rounds for rounds in rounds_of(settings) if isinstance(rounds, Postman)]
    assert (postman.every_s == LOOK_EVERY_SECONDS) is sends
