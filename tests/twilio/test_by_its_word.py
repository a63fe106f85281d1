"""What stands for Twilio in the tests is held to Twilio's own OpenAPI files, in both directions."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession, encode_basic_auth
from twilio.base.exceptions import TwilioRestException

from phone_agent.clients.twilio import open_twilio
from phone_agent.settings import Settings
from tests.twilio.kinds import KINDS
from tests.twilio.peer import Twilio
from tests.twilio.service import Fault

pytestmark = pytest.mark.program


def settings_of(twilio: Twilio, **more: str) -> Settings:
    return Settings.from_env(twilio.env | more)


async def test_a_request_that_twilio_does_not_know_is_refused(twilio: Twilio) -> None:
    async with open_twilio(settings_of(twilio)) as client:
        with pytest.raises(TwilioRestException) as refused:
            await client.trunking.v1.trunks.create_async(friendly_name="one", transfer_mode="perhaps")

    assert refused.value.status == 422
    assert twilio.service.requests == []


@pytest.mark.parametrize("kind", KINDS)
async def test_an_answer_that_twilio_would_not_give_is_refused(twilio: Twilio, kind: str) -> None:
    """Of every kind: prism says nothing of a schema that it cannot compile, and lets all pass."""
    parent = f"{KINDS[KINDS[kind].parent or kind].prefix}{0:032}"
    twilio.account.rows[kind]["7"] = {"sid": 7, KINDS[kind].parent_field or "": parent}
    path = KINDS[kind].path.format(account=twilio.account.sid, parent=parent)
    auth = {"Authorization": encode_basic_auth(twilio.account.sid, twilio.account.token)}
    async with ClientSession() as session, session.get(twilio.url + path, headers=auth) as answer:
        said = await answer.text()

    assert answer.status == 500
    assert "sid must be string" in said


async def test_wrong_credentials_are_told_from_other_failures(twilio: Twilio) -> None:
    async with open_twilio(settings_of(twilio, TWILIO_AUTH_TOKEN="another")) as client:
        with pytest.raises(TwilioRestException) as refused:
            await client.trunking.v1.trunks.create_async(friendly_name="one")

    assert (refused.value.status, refused.value.code) == (401, 20003)


async def test_a_text_is_sent_and_found_again_by_its_number(twilio: Twilio) -> None:
    async with open_twilio(settings_of(twilio)) as client:
        sent = await client.messages.create_async(to="+14075550142", from_="+14075550100", body="Your order is ready.")
        found = await client.messages.list_async(to="+14075550142")
        others = await client.messages.list_async(to="+14075550143")

    assert [message.sid for message in found] == [sent.sid]
    assert others == []


async def test_a_list_of_several_pages_is_read_whole(twilio: Twilio) -> None:
    twilio.account.page_size = 2
    for name in "abcde":
        twilio.account.make("trunks", {"FriendlyName": name})
        twilio.account.make("credential_lists", {"FriendlyName": name})
    async with open_twilio(settings_of(twilio)) as client:
        trunks = await client.trunking.v1.trunks.list_async()
        lists = await client.sip.credential_lists.list_async()

    assert [trunk.friendly_name for trunk in trunks] == list("abcde")
    assert [each.friendly_name for each in lists] == list("abcde")


@pytest.mark.parametrize("fault", [Fault(429, times=2, retry_after="0"), Fault(503, methods=("GET",))])
async def test_a_failure_that_passes_is_waited_out(twilio: Twilio, fault: Fault) -> None:
    twilio.service.faults.append(fault)
    async with open_twilio(settings_of(twilio)) as client:
        assert await client.trunking.v1.trunks.list_async() == []


async def test_what_may_have_been_carried_out_is_not_asked_for_again(twilio: Twilio) -> None:
    twilio.service.faults.append(Fault(503, methods=("POST",), after=True))
    async with open_twilio(settings_of(twilio)) as client:
        with pytest.raises(TwilioRestException, match="Not now"):
            await client.trunking.v1.trunks.create_async(friendly_name="one")

    assert len(twilio.account.all("trunks")) == 1
