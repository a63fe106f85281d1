"""What the doctor says of a stack one of whose servers is down."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from phone_agent.doctor.examination import check_plan
from phone_agent.doctor.findings import Ward
from phone_agent.doctor.livekit_server import check_address, check_key
from phone_agent.doctor.ringing import check_options, check_trial_call
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.telephony.provisioning import provision
from tests.doctor.examined import failures_of, ward_of_stack

pytestmark = [pytest.mark.stack, pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")]


def broken(tmp_path: Path, server: str) -> tuple[LocalStack, Ward]:
    stack = LocalStack.start(tmp_path)
    asyncio.run(provision(Settings.from_env(stack.livekit_env)))
    stack.end(server)
    return stack, ward_of_stack(stack)


def test_a_sip_service_that_is_down_is_named(tmp_path: Path) -> None:
    stack, ward = broken(tmp_path, "livekit-sip")
    with stack:
        options = asyncio.run(failures_of(check_options, ward))
        call = asyncio.run(failures_of(check_trial_call, ward))

    assert options == [f"The SIP service at 127.0.0.1:{stack.sip_port} does not answer OPTIONS: no call can come in."]
    assert call == [f"The SIP service at 127.0.0.1:{stack.sip_port} does not answer INVITE: no call can come in."]


def test_redis_that_is_down_is_named(tmp_path: Path) -> None:
    stack, ward = broken(tmp_path, "redis")
    with stack:
        found = [asyncio.run(failures_of(check, ward)) for check in (check_key, check_plan, check_trial_call)]

    assert all("Redis" in said for (said,) in found)


def test_a_server_that_is_down_is_named(tmp_path: Path) -> None:
    stack, ward = broken(tmp_path, "livekit-server")
    with stack:
        address = asyncio.run(failures_of(check_address, ward))
        key = asyncio.run(failures_of(check_key, ward))

    assert address == [f"Nothing listens at 127.0.0.1:{stack.ports.livekit} (ConnectionRefusedError)."]
    assert "does not answer" in key[0]
