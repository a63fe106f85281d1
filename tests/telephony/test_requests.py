"""The request files are LiveKit's own messages; a mistake in them is named with what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest
from livekit.protocol.sip import CreateSIPDispatchRuleRequest, CreateSIPInboundTrunkRequest

from phone_agent.settings import Settings
from phone_agent.telephony.livekit_side import livekit_wishes
from phone_agent.telephony.requests import RequestError, Values, inbound_values, load_request, variables_of
from phone_agent.telephony.sip_files import SIP_FOLDER
from phone_agent.telephony.twilio_wishes import twilio_wishes

VALUES: Values = {"NUMBER": "+14075550100", "ADDRESSES": ("10.0.0.0/8", "192.0.2.0/24")}


def trunk_from(text: str, folder: Path) -> CreateSIPInboundTrunkRequest:
    path = folder / "trunk.json"
    path.write_text(text)
    return load_request(path, VALUES, CreateSIPInboundTrunkRequest())


def test_shipped_trunk_takes_number_and_addresses_from_settings() -> None:
    settings = Settings.from_env({"PHONE_AGENT_ALLOWED_ADDRESSES": "10.1.0.0/16,10.2.0.0/16"})
    trunk = load_request(SIP_FOLDER / "trunk.json", inbound_values(settings), CreateSIPInboundTrunkRequest()).trunk

    assert list(trunk.numbers) == ["+14075550100"]
    assert list(trunk.allowed_addresses) == ["10.1.0.0/16", "10.2.0.0/16"]
    assert 0 < trunk.ringing_timeout.seconds < 10


def test_the_trunk_takes_the_numbers_of_single_restaurants_once() -> None:
    values = inbound_values(Settings.from_env({}), ["+14075550133", "+14075550100"])
    trunk = load_request(SIP_FOLDER / "trunk.json", values, CreateSIPInboundTrunkRequest()).trunk

    assert list(trunk.numbers) == ["+14075550100", "+14075550133"]


def test_shipped_rule_is_pinned_and_keeps_numbers_of_callers_out_of_room_names() -> None:
    values = variables_of(Settings.from_env({})) | {"TRUNK_ID": "ST_1"}
    rule = load_request(SIP_FOLDER / "dispatch_rule.json", values, CreateSIPDispatchRuleRequest()).dispatch_rule

    assert list(rule.trunk_ids) == ["ST_1"]
    assert rule.rule.dispatch_rule_callee.room_prefix == "food-ordering"
    assert rule.rule.dispatch_rule_callee.randomize
    assert [agent.agent_name for agent in rule.room_config.agents] == ["food-concierge-native"]


def test_several_values_become_several_elements(tmp_path: Path) -> None:
    request = trunk_from('{"trunk": {"allowed_addresses": ["127.0.0.1", "${ADDRESSES}"]}}', tmp_path)

    assert list(request.trunk.allowed_addresses) == ["127.0.0.1", "10.0.0.0/8", "192.0.2.0/24"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"trunk": {"nubmers": []}}', r"SIPInboundTrunkInfo has no field 'nubmers'.* numbers, allowed_addresses,"),
        ('{"trnk": {}}', r"CreateSIPInboundTrunkRequest has no field 'trnk'.* trunk\."),
        ('{"trunk": {"media": {"codec": []}}}', r"SIPMediaConfig has no field 'codec'"),
        ('{"trunk": {"numbers": ["${NUBMER}"]}}', r"no variable NUBMER.*ADDRESSES, NUMBER"),
        ('{"trunk": {"numbers": ["$5"]}}', r"Invalid placeholder"),
        ('{"trunk": {"ringing_timeout": "soon"}}', r"trunk\.json"),
        ('{"trunk": ', r"is not JSON"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        trunk_from(text, tmp_path)


def test_names_of_a_map_are_not_taken_for_fields(tmp_path: Path) -> None:
    request = trunk_from('{"trunk": {"headers_to_attributes": {"X-Any-Header": "any"}}}', tmp_path)

    assert request.trunk.headers_to_attributes["X-Any-Header"] == "any"


def test_a_file_whose_mark_is_gone_is_refused(tmp_path: Path) -> None:
    for path in SIP_FOLDER.glob("*.json"):
        (tmp_path / path.name).write_text(path.read_text().replace("made by provision_sip.py", "ours"))
    with pytest.raises(RequestError, match=r"trunk\.json: metadata must begin with 'made by provision_sip\.py'"):
        livekit_wishes(Settings.from_env({}), tmp_path)


def test_an_installation_has_one_name_at_twilio(tmp_path: Path) -> None:
    text = (SIP_FOLDER / "twilio.json").read_text()
    (tmp_path / "twilio.json").write_text(text.replace("phone-agent,", "second-house,", 1))
    with pytest.raises(RequestError, match="every friendly_name must begin alike"):
        twilio_wishes(Settings.from_env({}), tmp_path)


def test_no_secret_can_be_written_into_a_trunk() -> None:
    settings = Settings.from_env({"LIVEKIT_API_KEY": "k", "LIVEKIT_API_SECRET": "s"})

    assert "LIVEKIT_API_SECRET" not in variables_of(settings)


@pytest.mark.parametrize("path", sorted((SIP_FOLDER / "peers").glob("*.json")), ids=lambda path: path.stem)
def test_trunks_of_other_peers_are_requests_that_livekit_knows(path: Path) -> None:
    env = {"PHONE_AGENT_INBOUND_USERNAME": "pbx", "PHONE_AGENT_INBOUND_PASSWORD": "a long one"}
    trunk = load_request(path, inbound_values(Settings.from_env(env)), CreateSIPInboundTrunkRequest()).trunk

    assert (trunk.name, trunk.ringing_timeout.seconds) == ("phone-agent", 9)
    assert "made by provision_sip.py" in trunk.metadata
    assert "+14075550100" in trunk.numbers


@pytest.mark.parametrize(("url", "krisp"), [("ws://localhost:7880", False), ("wss://house.livekit.cloud", True)])
def test_krisp_is_asked_for_only_in_the_cloud(url: str, krisp: bool) -> None:
    env = {"LIVEKIT_URL": url, "LIVEKIT_API_KEY": "key", "LIVEKIT_API_SECRET": "secret"}
    values = inbound_values(Settings.from_env(env))

    assert load_request(SIP_FOLDER / "trunk.json", values, CreateSIPInboundTrunkRequest()).trunk.krisp_enabled is krisp
