"""Twilio's half with its real SDK, held to its OpenAPI files: from nothing, again, drift, and failures."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from phone_agent.telephony.carry_out import Outcome, ProvisioningError
from tests.telephony.half import NUMBER, applied, settings_of, settled, state_of
from tests.twilio.peer import Twilio
from tests.twilio.service import Fault

pytestmark = [pytest.mark.program, pytest.mark.usefixtures("no_secret_is_told")]


async def test_from_nothing_to_a_number_that_rings(twilio: Twilio) -> None:
    twilio.account.for_sale = [NUMBER]
    outcome = await applied(settings_of(twilio))
    account = twilio.account
    (trunk,) = account.all("trunks")
    (number,) = account.all("numbers")
    uris = [(uri["sip_url"], uri["priority"]) for uri in account.all("origination_urls")]

    assert outcome.left == []
    assert (trunk["domain_name"], trunk["secure"], trunk["transfer_mode"]) == (
        "our-house.pstn.twilio.com", True, "enable-all",
    )  # fmt: skip
    assert trunk["disaster_recovery_url"] == "https://twimlets.com/forward?PhoneNumber=4075550190"
    assert uris == [("sip:sip1.example.com:5061;transport=tls", 10), ("sip:sip2.example.com:5061;transport=tls", 20)]
    assert (number["phone_number"], number["trunk_sid"]) == (NUMBER, trunk["sid"])
    assert number["sms_url"] == "https://orders.example.com/api/twilio/messages"
    assert [(a["ip_address"], a["cidr_prefix_length"]) for a in account.all("ip_addresses")] == [
        ("192.0.2.1", 32), ("198.51.100.0", 29),
    ]  # fmt: skip


async def test_again_nothing_is_changed(twilio: Twilio) -> None:
    before = await settled(twilio)
    twilio.service.requests.clear()
    outcome = await applied(settings_of(twilio))

    assert outcome.plan.steps == []
    assert twilio.service.writes == []
    assert state_of(twilio.account) == before


async def test_what_was_changed_by_hand_is_put_right(twilio: Twilio) -> None:
    wanted = await settled(twilio)
    account = twilio.account
    account.all("trunks")[0] |= {"transfer_mode": "disable-all", "secure": False, "disaster_recovery_url": None}
    account.all("origination_urls")[1]["enabled"] = False
    account.all("numbers")[0]["sms_url"] = "https://elsewhere.example.com"
    account.remove("trunk_numbers", account.all("numbers")[0]["sid"])
    account.remove("ip_addresses", account.all("ip_addresses")[0]["sid"])
    outcome = await applied(settings_of(twilio))

    assert len(outcome.done) == 5
    assert state_of(account) == wanted


async def test_killed_after_any_request_a_second_run_completes_it(twilio: Twilio) -> None:
    wanted = await settled(twilio)
    requests = len(twilio.service.writes)
    for killed_after in range(1, requests):
        account = twilio.service.reset()
        account.for_sale = [NUMBER]
        run = asyncio.ensure_future(applied(settings_of(twilio)))
        loop = asyncio.get_running_loop()
        twilio.service.on_request = killing(run, loop, killed_after)
        with pytest.raises(asyncio.CancelledError):
            await run
        twilio.service.on_request = lambda method, path: None
        await applied(settings_of(twilio))

        assert state_of(account) == wanted, f"after request {killed_after}"


def killing(run: asyncio.Future[Outcome], loop: asyncio.AbstractEventLoop, after: int) -> Callable[[str, str], None]:
    """The request is carried out; its answer never comes."""
    left = iter(range(after - 1, -1, -1))

    def count(method: str, path: str) -> None:
        if method != "GET" and next(left, -1) == 0:
            loop.call_soon_threadsafe(run.cancel)

    return count


@pytest.mark.parametrize(("status", "after"), [(429, False), (500, False), (503, True)])
async def test_requests_may_fail_once(twilio: Twilio, status: int, after: bool) -> None:
    """Also where they were carried out and only the answer was lost: nothing is made or bought twice."""
    wanted = await settled(twilio)
    account = twilio.service.reset()
    account.for_sale = [NUMBER]
    twilio.service.faults += [
        Fault(status, methods=(m,), after=after, retry_after="0") for m in ("POST", "GET", "POST")
    ]
    outcome = await applied(settings_of(twilio))

    assert outcome.left == []
    assert state_of(account) == wanted


async def test_what_stays_broken_is_told_and_goes_on_later(twilio: Twilio) -> None:
    twilio.account.for_sale = [NUMBER]
    twilio.service.faults.append(Fault(503, times=99, methods=("POST",)))
    with pytest.raises(ProvisioningError, match="run it again"):
        await applied(settings_of(twilio))


async def test_wrong_credentials_name_the_variables(twilio: Twilio) -> None:
    with pytest.raises(ProvisioningError, match="TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN") as refused:
        await applied(settings_of(twilio, TWILIO_AUTH_TOKEN="a wrong one"))

    assert "a wrong one" not in str(refused.value)
    assert twilio.service.writes == []


async def test_a_number_is_not_bought_without_leave(twilio: Twilio) -> None:
    twilio.account.for_sale = [NUMBER]
    outcome = await applied(settings_of(twilio), allowed=False)

    assert twilio.account.all("numbers") == []
    assert [(step.action, step.key.kind) for step in outcome.left] == [("buy", "number"), ("create", "trunk's number")]
