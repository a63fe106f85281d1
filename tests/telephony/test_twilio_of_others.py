"""What is whose in a Twilio account: others' things are adopted only when told, and outlive what is destroyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from phone_agent.telephony.carry_out import carry_out, follow
from phone_agent.telephony.destroying import plan_to_destroy
from phone_agent.telephony.halves import Half
from phone_agent.telephony.sip_files import SIP_FOLDER
from phone_agent.telephony.told import lines_of_outcome
from phone_agent.telephony.twilio_side import open_twilio_side
from phone_agent.telephony.twilio_wishes import twilio_wishes
from tests.telephony.half import NUMBER, OTHER, applied, destroyed, owned, settings_of, settled, state_of
from tests.twilio.peer import Twilio

pytestmark = [pytest.mark.program, pytest.mark.usefixtures("no_secret_is_told")]


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
