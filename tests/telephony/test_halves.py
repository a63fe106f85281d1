"""A number that nobody chose is neither bought nor written from, and taking down needs less than setting up."""

from __future__ import annotations

import pytest

from phone_agent.messages.sending import can_text
from phone_agent.settings import Settings, SettingsError
from phone_agent.telephony.twilio_wishes import twilio_wishes

ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "a token"}


def test_the_default_number_is_nobodys_to_buy_or_to_send_from() -> None:
    unset = Settings.from_env(ACCOUNT | {"PHONE_AGENT_SIP_ADDRESSES": "sip.example.com"})
    chosen = Settings.from_env(ACCOUNT | {"TWILIO_PHONE_NUMBER": "+14075550100"})

    assert "number" not in {wish.key.kind for wish in twilio_wishes(unset)}
    assert not can_text(unset)
    assert can_text(chosen)


def test_a_number_is_written_with_its_country() -> None:
    with pytest.raises(SettingsError, match="TWILIO_PHONE_NUMBER: write the number as"):
        Settings.from_env({"TWILIO_PHONE_NUMBER": "407 555 0100"})


def test_taking_down_needs_no_setting_but_the_account() -> None:
    pbx = {"PHONE_AGENT_INBOUND_USERNAME": "pbx", "PHONE_AGENT_INBOUND_PASSWORD": "a long one"}
    wishes = twilio_wishes(Settings.from_env(ACCOUNT | pbx), to_destroy=True)

    assert [wish.key.name for wish in wishes] == ["phone-agent"]
