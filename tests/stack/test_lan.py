"""A telephone on the desk: SIP at an address of this machine that others reach, and their network let in."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import psutil
import pytest

from phone_agent.doctor.findings import SipAddress, Ward
from phone_agent.doctor.ringing import check_trial_call
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack, StackError
from phone_agent.stack.health import http_answers, sip_answers
from phone_agent.stack.lan import lan_address, network_of
from phone_agent.stack.ports import host_in_url, reached_at
from phone_agent.switchboard import letting_in_the_network_of
from phone_agent.telephony.provisioning import provision

OTHER = "127.0.0.2"


def test_the_address_and_the_network_are_this_machines() -> None:
    own = {found.address for addresses in psutil.net_if_addrs().values() for found in addresses}

    assert lan_address(OTHER) == OTHER
    assert network_of("127.0.0.1") == "127.0.0.0/8"
    assert network_of(OTHER) == "127.0.0.2/32"
    try:
        found = lan_address()
    except StackError as error:
        assert "on no network" in str(error)  # noqa: PT017 - a machine may be on none
    else:
        assert found in own


@pytest.mark.parametrize("asked", ["198.51.100.7", "somewhere", "1"])
def test_an_address_of_another_machine_is_refused(asked: str) -> None:
    with pytest.raises(StackError, match="no address of this machine"):
        lan_address(asked)


def test_the_network_is_let_in_unless_the_setting_says_who_is() -> None:
    said = {"PHONE_AGENT_ALLOWED_ADDRESSES": "10.9.8.7/32"}

    assert Settings.from_env(letting_in_the_network_of(OTHER, {})).allowed_addresses == ("127.0.0.0/8", "127.0.0.2/32")
    assert Settings.from_env(letting_in_the_network_of(OTHER, said)).allowed_addresses == ("10.9.8.7/32",)


@pytest.mark.stack
def test_calls_come_in_at_that_address_and_no_other(tmp_path: Path) -> None:
    with LocalStack.start(tmp_path, sip_host=OTHER) as stack:
        settings = Settings.from_env(stack.livekit_env)
        asyncio.run(provision(settings))
        at_loopback = sip_answers(stack.sip_port)
        findings = asyncio.run(check_trial_call(Ward(settings, SipAddress(OTHER, stack.sip_port))))

    assert stack.sip_uri == f"sip:{stack.number}@{OTHER}:{stack.sip_port}"
    assert not at_loopback
    assert [finding.level for finding in findings] == ["ok"], findings


@pytest.mark.stack
def test_the_page_is_served_at_the_address_that_was_set_and_asked_for_there(tmp_path: Path) -> None:
    env = {**os.environ, "PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3")}
    with LocalStack.start(tmp_path, web_env=env, web_host=OTHER) as stack:
        at_its_address = http_answers(stack.ports.web, "/openapi.json", OTHER)
        at_loopback = http_answers(stack.ports.web, "/openapi.json")
        url = stack.web_url

    assert url == f"http://{OTHER}:{stack.ports.web}"
    assert (at_its_address, at_loopback) == (True, False)


@pytest.mark.parametrize(
    ("set_to", "asked"),
    [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("192.0.2.1", "192.0.2.1"), ("fd00::7", "[fd00::7]")],
)
def test_a_page_of_every_address_is_asked_for_at_loopback(set_to: str, asked: str) -> None:
    assert host_in_url(reached_at(set_to)) == asked
