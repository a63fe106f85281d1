"""Texts that come in, and what Twilio tells of ours: believed with its signature only, in any order and twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from fastapi import FastAPI
from twilio.request_validator import RequestValidator

from phone_agent.messages.inbound import read_text
from phone_agent.ordering.menu import Menu
from phone_agent.settings import Settings
from phone_agent.store.outbox import Outgoing, Settled
from phone_agent.store.protocol import Store
from phone_agent.web.app import create_app
from tests.builders import NOON
from tests.messages.told import MINUTE, PHONE, placed, states

TOKEN = "the account's token"
PUBLIC = "https://orders.example.com"
ENV = {
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": TOKEN,
    "PHONE_AGENT_PUBLIC_URL": PUBLIC,
}


class Twilio:
    """Calls our web server as Twilio does, through a proxy that calls it by another name."""

    def __init__(self, app: FastAPI) -> None:
        self._client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://inside:8080")

    async def tell(self, path: str, form: Mapping[str, str], *, token: str = TOKEN) -> httpx.Response:
        signature = RequestValidator(token).compute_signature(f"{PUBLIC}{path}", dict(form))
        headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
        return await self._client.post(path, content=urlencode(form), headers=headers)

    async def text(self, body: str, sender: str = PHONE, **more: str) -> str:
        answer = await self.tell("/api/twilio/messages", {"From": sender, "To": "+14075550100", "Body": body, **more})
        assert answer.status_code == 200
        return answer.text

    async def status(self, message: Outgoing, status: str, sid: str = "SM1", code: str = "") -> int:
        form = {"MessageSid": sid, "MessageStatus": status, "To": PHONE} | ({"ErrorCode": code} if code else {})
        return (await self.tell(f"/api/twilio/status?message={message.id}", form)).status_code


@pytest.fixture
async def app(store: Store, path: Path) -> AsyncIterator[FastAPI]:
    made = create_app(Settings.from_env(ENV | {"PHONE_AGENT_DATABASE": str(path)}))
    yield made
    await made.state.reception.store.close()


@pytest.fixture
def twilio(app: FastAPI) -> Twilio:
    return Twilio(app)


async def a_sent_text(store: Store, menu: Menu) -> Outgoing:
    await placed(store, menu)
    (message,) = await store.claim_messages("text", now=NOON + MINUTE, until=NOON + 2 * MINUTE)
    await store.settle_message(message, Settled("sent", provider_id="SM1"))
    return message


async def refusal(store: Store, message: Outgoing) -> str:
    return (await store.load_matter(message)).refusal


async def test_stop_is_honoured_and_start_takes_it_back(store: Store, menu: Menu, twilio: Twilio) -> None:
    message = await a_sent_text(store, menu)
    replies = [await twilio.text("Stop."), await twilio.text("stop")]
    stopped = await refusal(store, message)
    replies.append(await twilio.text("START"))

    assert stopped == "stopped"
    assert await refusal(store, message) == ""
    # To its own words Twilio answers itself.
    assert not any("<Message>" in reply for reply in replies)


async def test_words_that_twilio_does_not_know_are_answered(store: Store, menu: Menu, twilio: Twilio) -> None:
    message = await a_sent_text(store, menu)
    reply = await twilio.text("Alto")

    assert await refusal(store, message) == "stopped"
    assert "No recibirá más mensajes" in reply


async def test_what_twilio_took_for_a_stop_is_one(store: Store, menu: Menu, twilio: Twilio) -> None:
    message = await a_sent_text(store, menu)
    await twilio.text("basta ya", OptOutType="STOP")

    assert await refusal(store, message) == "stopped"


async def test_another_text_is_told_where_to_call(store: Store, menu: Menu, twilio: Twilio) -> None:
    message = await a_sent_text(store, menu)
    reply = await twilio.text("please don't stop, add fries")
    by_another = await twilio.text("add fries", To="+14075550123")

    assert "call +14075550100" in reply
    assert "call +14075550123" in by_another
    assert await refusal(store, message) == ""


async def test_who_stops_before_the_first_call_is_not_texted_then(store: Store, menu: Menu, twilio: Twilio) -> None:
    await twilio.text("STOP", sender="+14075550199")
    await placed(store, menu, "+14075550199")
    (message,) = await store.claim_messages("text", now=NOON + MINUTE, until=NOON + 2 * MINUTE)

    assert await refusal(store, message) == "stopped"


@pytest.mark.parametrize(
    ("body", "wish", "language"),
    [("STOP", "stop", "en"), (" unsubscribe! ", "stop", "en"), ("Parar", "stop", "es"), ("ayuda", "help", "es"),
     ("yes", "start", "en"), ("stop it", "", "en"), ("", "", "en")],
)  # fmt: skip
def test_a_word_counts_only_alone(body: str, wish: str, language: str) -> None:
    read = read_text(body)

    assert (read.wish, read.language) == (wish, language)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        (["queued", "sent", "delivered"], ("delivered", "")),
        (["delivered", "sent", "queued"], ("delivered", "")),
        (["sent", "delivered", "delivered", "sent"], ("delivered", "")),
        (["sent", "undelivered", "sent"], ("undelivered", "30003")),
    ],
)
async def test_statuses_may_come_in_any_order_and_twice(
    store: Store, menu: Menu, twilio: Twilio, told: list[str], state: tuple[str, str]
) -> None:
    message = await a_sent_text(store, menu)
    for status in told:
        answer = await twilio.status(message, status, code="30003" if status == "undelivered" else "")
        assert answer == 204

    assert await states(store) == [state]


async def test_a_status_that_comes_before_the_answer_counts(store: Store, menu: Menu, twilio: Twilio) -> None:
    await placed(store, menu)
    (message,) = await store.claim_messages("text", now=NOON + MINUTE, until=NOON + 2 * MINUTE)
    await twilio.status(message, "sent")
    # The sender died before it heard: its claim runs out, and nobody takes the message again.
    later = await store.claim_messages("text", now=NOON + 3 * MINUTE, until=NOON + 4 * MINUTE)

    assert list(later) == []
    assert await states(store) == [("sent", "")]


async def test_a_number_that_carriers_deliver_nothing_to_is_not_tried_again(
    store: Store, menu: Menu, twilio: Twilio
) -> None:
    message = await a_sent_text(store, menu)
    await twilio.status(message, "undelivered", code="30006")

    assert await refusal(store, message) == "unreachable"
    await twilio.text("START")
    assert await refusal(store, message) == "unreachable"


@pytest.mark.parametrize("address", ["/api/twilio/messages", "/api/twilio/status?message=1"])
async def test_who_is_not_twilio_is_refused(store: Store, menu: Menu, twilio: Twilio, address: str) -> None:
    message = await a_sent_text(store, menu)
    answer = await twilio.tell(address, {"From": PHONE, "Body": "STOP"}, token="a guess")

    assert answer.status_code == 403
    assert await refusal(store, message) == ""


async def test_without_a_token_nothing_is_believed(store: Store, path: Path) -> None:
    app = create_app(Settings.from_env({"PHONE_AGENT_DATABASE": str(path)}))
    answer = await Twilio(app).tell("/api/twilio/messages", {"From": PHONE, "Body": "STOP"}, token="")

    assert answer.status_code == 404
