"""What became of a dialled number, the music, and what staff are told."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from livekit import api
from livekit.protocol.sip import CreateSIPOutboundTrunkRequest

from phone_agent.order_pad.desk import Attempt, Outcome
from phone_agent.ordering.cart import Cart
from phone_agent.ordering.wording_person import words_for_briefing
from phone_agent.settings import Settings, SettingsError
from phone_agent.telephony.requests import load_request, outbound_values
from phone_agent.telephony.sip_files import SIP_FOLDER
from phone_agent.transfer import music
from phone_agent.transfer.cold import address_of
from phone_agent.transfer.dialling import found_among, outcome_of
from tests.builders import a_cart, a_menu

OUTBOUND = {"PHONE_AGENT_OUTBOUND_ADDRESS": "sip.example.com"}


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (486, Outcome.BUSY), (600, Outcome.BUSY), (603, Outcome.DECLINED), (480, Outcome.NO_ANSWER),
        (408, Outcome.NO_ANSWER), (404, Outcome.UNREACHABLE), (503, Outcome.UNREACHABLE), (403, Outcome.REFUSED),
    ],
)  # fmt: skip
def test_a_phones_answer_has_a_name(status: int, outcome: Outcome) -> None:
    error = api.SipCallError("unknown", "", status=500, metadata={"sip_status_code": str(status)})

    assert outcome_of(error) is outcome


def test_a_phone_that_rang_in_vain_is_told_from_a_call_that_livekit_did_not_make() -> None:
    assert outcome_of(api.SipCallError("deadline_exceeded", "", status=408)) is Outcome.NO_ANSWER
    assert outcome_of(api.ServerError("unavailable", "cpu exhausted", status=503)) is Outcome.REFUSED
    assert str(Attempt("+14075550133", Outcome.VOICEMAIL)) == "(rang +14075550133: voicemail)"


def test_staff_hear_the_first_name_the_end_of_the_number_and_the_cart() -> None:
    said = words_for_briefing("Maria Lopez", "+14075550142", a_cart(a_menu()), None, "voice")

    assert said.startswith("Maria is on the line. The caller's number ends in 0 1 4 2. In the cart: 2 Caesar Salad")
    assert "Lopez" not in said
    assert "asked me for a person" in said


def test_staff_hear_that_a_number_is_withheld_and_a_cart_empty() -> None:
    said = words_for_briefing(None, None, Cart(id="c"), None, "keypad")

    assert said.startswith("The caller's number is withheld. Nothing is in the cart. They pressed 0")


def test_the_music_is_quieter_than_speech_and_goes_on() -> None:
    heard = b"".join(bytes(frame.data) for frame in islice(music.frames(), 50 * 20))
    sound = np.frombuffer(heard, dtype=np.int16).astype(float)

    assert len(sound) == 20 * music.RATE
    assert 300 < np.sqrt((sound**2).mean()) < 3000
    assert np.abs(sound).max() < 16_000


def test_the_outbound_trunk_is_the_one_that_is_dialled_through_and_has_its_password() -> None:
    secrets = {"PHONE_AGENT_OUTBOUND_USERNAME": "house", "PHONE_AGENT_OUTBOUND_PASSWORD": "secret"}
    values = outbound_values(Settings.from_env(OUTBOUND | secrets))
    path: Path = SIP_FOLDER / "outbound_trunk.json"
    trunk = load_request(path, values, CreateSIPOutboundTrunkRequest()).trunk

    trunk.sip_trunk_id = "ST_1"

    assert found_among([trunk]) == "ST_1"
    assert (trunk.address, trunk.auth_username, trunk.auth_password) == ("sip.example.com", "house", "secret")
    assert list(trunk.numbers) == ["+14075550100"]


def test_the_outbound_trunk_is_called_as_its_file_says(tmp_path: Path) -> None:
    file = tmp_path / "outbound_trunk.json"
    file.write_text('{"trunk": {"name": "second-house"}}')
    trunks = [
        api.SIPOutboundTrunkInfo(sip_trunk_id="ST_1", name="second-house", metadata="by hand"),
        api.SIPOutboundTrunkInfo(sip_trunk_id="ST_2", name="phone-agent", metadata="made by provision_sip.py"),
        api.SIPOutboundTrunkInfo(sip_trunk_id="ST_4", name="second-house", metadata="made by provision_sip.py, twice"),
        api.SIPOutboundTrunkInfo(sip_trunk_id="ST_3", name="second-house", metadata="adopted by provision_sip.py"),
    ]

    assert found_among(trunks, file) == "ST_3"
    assert found_among(trunks[:2], file) is None


def test_a_referred_phone_is_sent_to_our_provider_or_to_a_bare_number() -> None:
    assert address_of("+14075550133", None) == "tel:+14075550133"
    assert address_of("+14075550133", "sip.example.com") == "sip:+14075550133@sip.example.com"


def test_warm_without_a_trunk_and_half_a_password_are_refused() -> None:
    with pytest.raises(SettingsError, match="PHONE_AGENT_OUTBOUND_ADDRESS"):
        Settings.from_env({"PHONE_AGENT_TRANSFER": "warm"})
    with pytest.raises(SettingsError, match="PHONE_AGENT_OUTBOUND_PASSWORD is not"):
        Settings.from_env(OUTBOUND | {"PHONE_AGENT_OUTBOUND_USERNAME": "house"})
    with pytest.raises(SettingsError, match=r"\+14075550133"):
        Settings.from_env({"PHONE_AGENT_STAFF_NUMBERS": "555-0133"})
    assert "secret" not in repr(Settings.from_env(OUTBOUND))
