"""What the doctor says of the carrier's half: Twilio as its SDK sees it, beside real LiveKit servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from phone_agent.doctor.carrier import check_carrier
from phone_agent.doctor.findings import Level, Ward
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.telephony.halves import Line
from tests.twilio.peer import Twilio

pytestmark = pytest.mark.stack

NUMBER = "+14075550100"
OURS, OLD = "sip:sip.example.com;transport=udp", "sip:old.example.com;transport=udp"
ENV = {
    "TWILIO_PHONE_NUMBER": NUMBER,
    "PHONE_AGENT_SIP_ADDRESSES": "sip.example.com",
    "PHONE_AGENT_ALLOWED_ADDRESSES": "54.172.60.0/30",
    "PHONE_AGENT_PUBLIC_URL": "https://orders.example.com",
}


@pytest.fixture
async def ward(bare_stack: LocalStack, twilio: Twilio, tmp_path: Path) -> Ward:
    """Both halves as they ought to be."""
    database = {"PHONE_AGENT_DATABASE": str(tmp_path / "none.sqlite3")}
    settings = Settings.from_env(bare_stack.livekit_env | twilio.env | ENV | database)
    twilio.account.for_sale = [NUMBER]
    await Line(settings).apply(adopt=False, may=lambda step: True)
    return Ward(settings, online=True)


async def said_of(ward: Ward) -> list[tuple[Level, str]]:
    return [(finding.level, finding.words) for finding in await check_carrier(ward)]


async def test_a_line_that_twilio_has_as_wanted_is_fine(ward: Ward) -> None:
    assert await said_of(ward) == [
        (Level.OK, "Twilio sends calls here as sip/twilio.json and the settings ask for"),
        (Level.OK, f"texts can be sent from {NUMBER}"),
    ]


async def test_a_number_that_is_not_attached_is_named(ward: Ward, twilio: Twilio) -> None:
    (number,) = twilio.account.all("numbers")
    twilio.account.remove("trunk_numbers", number["sid"])
    (said, _texts) = await said_of(ward)

    assert said == (
        Level.FAILURE,
        f"The number {NUMBER} is not attached to Twilio's trunk: its calls do not come here.",
    )


async def test_calls_that_go_to_an_old_address_are_named(ward: Ward, twilio: Twilio) -> None:
    (uri,) = twilio.account.all("origination_urls")
    uri["sip_url"] = OLD
    before = list(twilio.service.writes)
    said = await said_of(ward)

    assert (Level.FAILURE, f"Twilio's trunk does not send calls to {OURS}.") in said
    assert (Level.WARNING, f"Provisioning would delete Twilio's origination URI {OLD!r}.") in said
    assert twilio.service.writes == before


async def test_an_address_that_is_switched_off_is_named(ward: Ward, twilio: Twilio) -> None:
    (uri,) = twilio.account.all("origination_urls")
    uri["enabled"] = False

    assert (Level.FAILURE, f"Twilio's trunk has {OURS} switched off: no call goes there.") in await said_of(ward)


async def test_texts_that_go_elsewhere_are_named(ward: Ward, twilio: Twilio) -> None:
    (number,) = twilio.account.all("numbers")
    number["sms_url"] = "https://elsewhere.example.com/texts"
    levels = {words: level for level, words in await said_of(ward)}

    assert Level.WARNING in levels.values()
    assert any(NUMBER in words for words, level in levels.items() if level is Level.WARNING)


async def test_a_number_that_sends_no_texts_is_named(ward: Ward, twilio: Twilio) -> None:
    (number,) = twilio.account.all("numbers")
    number["capabilities"] = {"voice": True, "sms": False, "mms": False}

    assert (Level.FAILURE, f"{NUMBER} cannot send texts.") in await said_of(ward)


async def test_wrong_credentials_are_no_fault_of_the_line(ward: Ward, twilio: Twilio) -> None:
    wrong = ward.settings.model_copy(update={"twilio_auth_token": "another"})
    levels = [finding.level for finding in await check_carrier(Ward(wrong, online=True))]

    assert levels == [Level.WARNING, Level.WARNING]


async def test_the_account_is_left_alone_unless_asked_for(ward: Ward, twilio: Twilio) -> None:
    twilio.service.requests.clear()
    (found,) = await check_carrier(Ward(ward.settings))

    assert found.level is Level.OK
    assert twilio.service.requests == []
