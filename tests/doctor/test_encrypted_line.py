"""A line that comes in over TCP or TLS is not called broken by a doctor that speaks UDP only."""

from __future__ import annotations

from pathlib import Path

import pytest

from phone_agent.doctor.admission import ward_of
from phone_agent.doctor.findings import Level, SipAddress
from phone_agent.doctor.ringing import check_options, check_trial_call
from phone_agent.settings import Settings


def settings_for(transport: str) -> Settings:
    return Settings.from_env({"PHONE_AGENT_SIP_ADDRESSES": "127.0.0.1:5061", "PHONE_AGENT_SIP_TRANSPORT": transport})


@pytest.mark.parametrize("transport", ["tcp", "tls"])
async def test_what_does_not_come_in_over_udp_is_not_tried_and_said_so(tmp_path: Path, transport: str) -> None:
    ward = ward_of(settings_for(transport), run_dir=tmp_path)
    found = [*await check_options(ward), *await check_trial_call(ward)]

    assert [finding.level for finding in found] == [Level.WARNING, Level.WARNING]
    assert all(f"over {transport.upper()}" in finding.words and "--sip HOST:PORT" in finding.mend for finding in found)


async def test_a_listener_for_udp_that_is_named_is_tried(tmp_path: Path) -> None:
    assert ward_of(settings_for("tls"), sip="127.0.0.1:5060", run_dir=tmp_path).sip == SipAddress("127.0.0.1", 5060)
    assert ward_of(settings_for("udp"), run_dir=tmp_path).sip == SipAddress("127.0.0.1", 5061)
