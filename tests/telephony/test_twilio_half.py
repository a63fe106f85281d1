"""Twilio's half with its real SDK, held to its OpenAPI files: from nothing, again, drift, failures, and destroy."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from phone_agent.settings import Settings
from phone_agent.telephony.carry_out import Outcome, ProvisioningError, carry_out, follow
from phone_agent.telephony.destroying import plan_to_destroy
from phone_agent.telephony.halves import Half
from phone_agent.telephony.requests import SIP_FOLDER
from phone_agent.telephony.told import lines_of_outcome
from phone_agent.telephony.twilio_side import open_twilio_side
from phone_agent.telephony.twilio_wishes import twilio_wishes
from tests.twilio.account import Account
from tests.twilio.peer import Twilio
from tests.twilio.service import Fault

pytestmark = pytest.mark.program

NUMBER, OTHER = "+14075550100", "+14075550133"
LINE = {
    "TWILIO_PHONE_NUMBER": NUMBER,
    "PHONE_AGENT_ALLOWED_ADDRESSES": "54.172.60.0/30",
    "PHONE_AGENT_PUBLIC_URL": "https://orders.example.com",
    "PHONE_AGENT_SIP_ADDRESSES": "sip1.example.com:5061,sip2.example.com:5061",
    "PHONE_AGENT_SIP_TRANSPORT": "tls",
    "PHONE_AGENT_SIP_SOURCES": "192.0.2.1,198.51.100.0/29",
    "PHONE_AGENT_FALLBACK_NUMBER": "+14075550190",
    "PHONE_AGENT_OUTBOUND_ADDRESS": "our-house.pstn.ashburn.twilio.com",
    "PHONE_AGENT_OUTBOUND_USERNAME": "house",
    "PHONE_AGENT_OUTBOUND_PASSWORD": "Correct7Horse8Battery",
}
SECRETS = (LINE["PHONE_AGENT_OUTBOUND_PASSWORD"], Account().token)
KINDS = ("trunks", "origination_urls", "trunk_credential_lists", "trunk_ip_lists", "trunk_numbers",
         "credential_lists", "credentials", "ip_lists", "ip_addresses", "numbers")  # fmt: skip


def settings_of(twilio: Twilio, **more: str) -> Settings:
    return Settings.from_env(twilio.env | LINE | more)


async def applied(settings: Settings, *, adopt: bool = False, allowed: bool = True) -> Outcome:
    wishes = twilio_wishes(settings, numbers=[OTHER])
    async with open_twilio_side(settings, wishes if adopt else ()) as side:
        return await carry_out(side, wishes, adopt=adopt, may=lambda step: allowed)


async def destroyed(settings: Settings, *, release: bool = False) -> Outcome:
    wishes = twilio_wishes(settings, numbers=[OTHER])
    async with open_twilio_side(settings) as side:
        return await follow(
            side, lambda found: plan_to_destroy(wishes, found), lambda step: release or step.action != "release"
        )


def state_of(account: Account) -> dict[str, list[dict[str, object]]]:
    """Without ids and times, which differ from run to run."""
    own = ("sid", "account_sid", "date_created", "date_updated")
    kept = {kind: [{n: v for n, v in row.items() if not n.endswith("_sid") and n not in own}
                   for row in account.all(kind)] for kind in KINDS}  # fmt: skip
    return {kind: sorted(rows, key=repr) for kind, rows in kept.items()}


async def settled(twilio: Twilio) -> dict[str, list[dict[str, object]]]:
    """The state that a run which nothing disturbs comes to."""
    account = twilio.service.reset()
    account.for_sale = [NUMBER]
    await applied(settings_of(twilio))
    return state_of(account)


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


async def test_a_number_on_another_trunk_is_not_touched_until_told(twilio: Twilio) -> None:
    account = twilio.account
    other = account.make("trunks", {"FriendlyName": "their PBX"})
    owned(account, NUMBER, other["sid"])
    refused = await applied(settings_of(twilio))
    written = list(twilio.service.writes)
    taken = await applied(settings_of(twilio), adopt=True)

    assert [f"number {NUMBER} belongs to {other['sid']}" in problem for problem in refused.plan.problems] == [True]
    assert written == []
    assert taken.left == []
    assert account.all("numbers")[0]["trunk_sid"] == account.all("trunks")[1]["sid"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sms_url", "https://chat.example.com/sms"),
        ("voice_url", "https://ivr.example.com/voice"),
        ("voice_application_sid", "AP" + "0" * 32),
    ],
)
async def test_a_number_that_something_else_answers_is_not_touched_until_told(
    twilio: Twilio, field: str, value: str
) -> None:
    account = twilio.account
    owned(account, NUMBER)
    (number,) = account.all("numbers")
    number[field] = value
    refused = await applied(settings_of(twilio))
    written = list(twilio.service.writes)
    taken = await applied(settings_of(twilio), adopt=True)
    again = await applied(settings_of(twilio))
    told = list(lines_of_outcome([Half("Twilio", taken.plan, taken)]))

    assert refused.plan.problems == [f"number {NUMBER} is in use, its {field} is {value}: --adopt takes it over."]
    assert written == []
    assert (f'    {field} was "{value}"' in told) is field.startswith("sms")
    assert account.all("numbers")[0]["sms_url"] == "https://orders.example.com/api/twilio/messages"
    assert (again.plan.problems, again.plan.steps) == ([], [])


async def test_what_twilio_writes_into_a_number_bought_in_its_console_is_nobodys(twilio: Twilio) -> None:
    owned(twilio.account, NUMBER)
    demo = "https://demo.twilio.com/welcome"
    twilio.account.all("numbers")[0].update(sms_url=f"{demo}/sms/reply", voice_url=f"{demo}/voice/")
    outcome = await applied(settings_of(twilio))

    assert (outcome.plan.problems, outcome.left) == ([], [])
    assert twilio.account.all("numbers")[0]["sms_url"] == "https://orders.example.com/api/twilio/messages"


async def test_a_trunk_of_others_with_our_domain_is_adopted_only_when_told(twilio: Twilio) -> None:
    account = twilio.account
    account.for_sale = [NUMBER]
    theirs = account.make("trunks", {"FriendlyName": "their PBX", "DomainName": "our-house.pstn.twilio.com"})
    by_hand = {"FriendlyName": "by hand", "SipUrl": "sip:old.example.com"}
    account.make("origination_urls", by_hand, theirs["sid"])
    refused = await applied(settings_of(twilio))
    written = list(twilio.service.writes)
    await applied(settings_of(twilio), adopt=True)
    (trunk,) = account.all("trunks")
    again = await applied(settings_of(twilio))
    await destroyed(settings_of(twilio), release=True)

    assert "--adopt takes it over" in refused.plan.problems[0]
    assert written == []
    assert trunk["friendly_name"] == "phone-agent, adopted by provision_sip.py"
    assert again.plan.steps == []
    assert [row["sid"] for row in account.all("trunks")] == [theirs["sid"]]
    assert [row["friendly_name"] for row in account.all("origination_urls")] == ["by hand"]


async def test_destroy_leaves_nothing_of_ours_and_everything_else(twilio: Twilio) -> None:
    account = twilio.account
    account.for_sale = [NUMBER]
    theirs = account.make("trunks", {"FriendlyName": "their PBX"})
    account.make("origination_urls", {"FriendlyName": "theirs", "SipUrl": "sip:pbx.example.com"}, theirs["sid"])
    account.make("credential_lists", {"FriendlyName": "theirs"})
    owned(account, OTHER)
    before = state_of(account)
    await applied(settings_of(twilio))
    during = account.all("numbers")[0]["trunk_sid"]
    outcome = await destroyed(settings_of(twilio), release=True)

    assert during is not None
    assert outcome.left == []
    assert state_of(account) == before


async def test_a_bought_number_outlives_destroy_unless_it_is_released(twilio: Twilio) -> None:
    await settled(twilio)
    outcome = await destroyed(settings_of(twilio))

    assert [step.action for step in outcome.left] == ["release"]
    assert [row["phone_number"] for row in twilio.account.all("numbers")] == [NUMBER]
    assert twilio.account.all("trunks") == []


async def test_a_trunk_that_holds_something_of_others_stays(twilio: Twilio) -> None:
    await settled(twilio)
    (trunk,) = twilio.account.all("trunks")
    twilio.account.make("origination_urls", {"FriendlyName": "by hand", "SipUrl": "sip:pbx.example.com"}, trunk["sid"])
    outcome = await destroyed(settings_of(twilio))

    assert [row["sid"] for row in twilio.account.all("trunks")] == [trunk["sid"]]
    assert "origination URI sip:pbx.example.com" in outcome.plan.notes[0]


async def test_what_is_not_wanted_any_more_goes(twilio: Twilio) -> None:
    await settled(twilio)
    less = settings_of(twilio, PHONE_AGENT_SIP_ADDRESSES="sip1.example.com:5061", PHONE_AGENT_SIP_SOURCES="")
    await applied(less)
    again = await applied(less)

    assert [uri["sip_url"] for uri in twilio.account.all("origination_urls")] == [
        "sip:sip1.example.com:5061;transport=tls"
    ]
    assert (twilio.account.all("ip_lists"), twilio.account.all("trunk_ip_lists")) == ([], [])
    assert again.plan.steps == []


async def test_a_number_that_is_not_wanted_any_more_is_kept_and_told(twilio: Twilio) -> None:
    await settled(twilio)
    other = "+14075550177"
    twilio.account.for_sale = [other]
    changed = settings_of(twilio, TWILIO_PHONE_NUMBER=other)
    outcome = await applied(changed)
    left = await destroyed(changed, release=True)

    assert {row["phone_number"] for row in twilio.account.all("numbers")} == set()
    assert [step.action for step, _ in outcome.done if step.key.name == NUMBER] == []
    assert [NUMBER in note and "--release-number" in note for note in outcome.plan.notes] == [False, True]
    assert [step.action for step, _ in left.done].count("release") == 2


async def test_destroy_leaves_the_number_of_a_trunk_that_was_only_adopted(twilio: Twilio) -> None:
    account = twilio.account
    theirs = account.make("trunks", {"FriendlyName": "their PBX", "DomainName": "our-house.pstn.twilio.com"})
    owned(account, NUMBER, theirs["sid"])
    await applied(settings_of(twilio), adopt=True)
    outcome = await destroyed(settings_of(twilio), release=True)

    assert [row["trunk_sid"] for row in account.all("numbers")] == [theirs["sid"]]
    assert account.all("trunk_credential_lists") == []
    assert any(f"trunk's number {NUMBER} stays" in note for note in outcome.plan.notes)


def another_house(folder: Path) -> Path:
    text = (SIP_FOLDER / "twilio.json").read_text()
    (folder / "twilio.json").write_text(text.replace('"phone-agent,', '"second-house,'))
    return folder


async def test_two_installations_in_one_account_leave_each_other_alone(twilio: Twilio, tmp_path: Path) -> None:
    first = await settled(twilio)
    account, theirs = twilio.account, "+14075550177"
    account.for_sale = [theirs]
    more = {"TWILIO_PHONE_NUMBER": theirs, "PHONE_AGENT_OUTBOUND_ADDRESS": "second-house.pstn.twilio.com"}
    second = settings_of(twilio, **more)
    wishes = twilio_wishes(second, another_house(tmp_path))
    async with open_twilio_side(second) as side:
        made = await carry_out(side, wishes, may=lambda step: True)
        again = await applied(settings_of(twilio))
        gone = await follow(side, lambda found: plan_to_destroy(wishes, found), lambda step: True)

    assert {step.action for step, _ in made.done} == {"create", "buy"}
    assert (again.plan.steps, again.plan.notes) == ([], [f"number {OTHER} is not in this account: left out."])
    assert gone.left == []
    assert state_of(account) == first


def owned(account: Account, number: str, trunk: str | None = None) -> None:
    account.for_sale.append(number)
    row = account.make("numbers", {"PhoneNumber": number})
    if trunk:
        account.make("trunk_numbers", {"PhoneNumberSid": row["sid"]}, trunk)


@pytest.fixture(autouse=True)
def _no_secret_is_told(
    twilio: Twilio, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """In no log and no output of any of these runs."""
    caplog.set_level("DEBUG")
    yield
    told = caplog.text + "".join(capfd.readouterr())
    assert not [secret for secret in SECRETS if secret in told]
