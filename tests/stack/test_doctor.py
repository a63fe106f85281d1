"""Each failure of the line that the doctor knows is made on real servers, and named rightly."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from livekit import api
from livekit.protocol.sip import CreateSIPInboundTrunkRequest, DeleteSIPDispatchRuleRequest, DeleteSIPTrunkRequest
from typer.testing import CliRunner

from phone_agent.cli import app
from phone_agent.doctor.admission import ward_of
from phone_agent.doctor.examination import check_plan, examine
from phone_agent.doctor.findings import Level
from phone_agent.doctor.livekit_server import check_key
from phone_agent.doctor.provisioned import check_provisioned
from phone_agent.doctor.ringing import check_options, check_trial_call
from phone_agent.doctor.worker import check_health, check_worker
from phone_agent.order_pad.taken import utc_now
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.stack.ports import free_port
from phone_agent.store.sqlite import SqliteStore
from phone_agent.telephony.provisioning import provision
from tests.conftest import MENU
from tests.doctor import small_worker
from tests.doctor.examined import failures_of, livekit_of, reaches_a_room, trunks_and_rules, ward_of_stack, with_sip_at
from tests.doctor.firewall import Firewall
from tests.stack.calls import Line

pytestmark = [pytest.mark.stack, pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")]

WORKER = Path(small_worker.__file__)
NAME = "food-concierge-native"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Servers that nobody else misses."""
    with LocalStack.start(tmp_path_factory.mktemp("ward")) as stack:
        yield stack


@pytest.fixture
async def livekit(own: LocalStack) -> AsyncIterator[api.LiveKitAPI]:
    """With trunk and rule as they ought to be."""
    async with livekit_of(own) as opened:
        trunks, rules = await trunks_and_rules(opened)
        for rule in rules:
            await opened.sip.delete_dispatch_rule(
                DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=rule.sip_dispatch_rule_id)
            )
        for trunk in trunks:
            await opened.sip.delete_trunk(DeleteSIPTrunkRequest(sip_trunk_id=trunk.sip_trunk_id))
        await provision(Settings.from_env(own.livekit_env))
        yield opened


def start_worker(stack: LocalStack, name: str = NAME) -> int:
    """Gives the port where it answers health checks."""
    port, log = free_port(), stack.log_path("small-worker")
    env = {**os.environ, **stack.livekit_env, "LIVEKIT_AGENT_NAME": name, "PHONE_AGENT_HEALTH_PORT": str(port)}
    log.unlink(missing_ok=True)
    stack.run(
        "small-worker",
        [sys.executable, str(WORKER), "start"],
        env=env,
        ready=lambda: log.exists() and "registered worker" in log.read_text(errors="replace"),
        timeout_s=60,
    )
    return port


async def test_a_stack_that_works_has_no_failure_and_keeps_nothing_of_the_examination(line: Line) -> None:
    settings = Settings.from_env({"PHONE_AGENT_DATABASE": str(line.database)})
    store = await SqliteStore.open(line.database)
    calls = len(await store.find_calls())
    async with livekit_of(line.stack) as livekit:
        before = await trunks_and_rules(livekit)
        found = [one async for one in examine(ward_of(settings, run_dir=line.stack.run_dir))]
        after = await trunks_and_rules(livekit)
        rooms = [room.name for room in (await livekit.room.list_rooms(api.ListRoomsRequest())).rooms]
    calls_after = len(await store.find_calls())
    await store.close()

    assert [one for one in found if one.finding.level is Level.FAILURE] == []
    assert {one.check for one in found if one.finding.level is Level.OK} >= {
        "livekit key", "trunk, number, rule", "sip", "sound and call", "worker", "worker's health", "store", "menu"
    }  # fmt: skip
    assert after == before
    assert [name for name in rooms if "_doctor_" in name] == []
    assert calls_after == calls


def test_the_command_says_that_a_stack_works(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".run").symlink_to(line.stack.run_dir)
    monkeypatch.setenv("PHONE_AGENT_DATABASE", str(line.database))
    monkeypatch.setenv("PHONE_AGENT_MENU", str(MENU))
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["doctor", "--json"])
    told = json.loads(result.stdout)
    (tables,) = [one["facts"]["tables"] for one in told["checks"] if one["check"] == "store"]

    assert result.exit_code == 0, told
    assert told["verdict"] in ("ok", "warning")
    assert tables["fc_restaurants"] == 7


async def test_a_call_that_is_let_in_reaches_a_room(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    ward = ward_of_stack(own)

    assert await reaches_a_room(ward, livekit)
    assert await failures_of(check_plan, ward) == []


async def test_a_rule_that_asks_for_another_agent_is_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    ward = ward_of_stack(own, LIVEKIT_AGENT_NAME="another-agent")

    (said,) = await failures_of(check_plan, ward)
    assert f"asks for the agent '{NAME}', but LIVEKIT_AGENT_NAME is 'another-agent'" in said


async def test_a_number_that_is_not_on_the_trunk_is_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    ward = ward_of_stack(own, TWILIO_PHONE_NUMBER="+14075559999")

    assert not await reaches_a_room(ward, livekit)
    (said,) = await failures_of(check_plan, ward)
    assert said.startswith("+14075559999 is not on the trunk")


async def test_a_rule_of_another_trunk_is_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    other = await livekit.sip.create_inbound_trunk(
        CreateSIPInboundTrunkRequest(trunk=api.SIPInboundTrunkInfo(name="other", numbers=["+14075557777"]))
    )
    (rule,) = (await trunks_and_rules(livekit))[1]
    rule.trunk_ids[:] = [other.sip_trunk_id]
    await livekit.sip.update_dispatch_rule(rule.sip_dispatch_rule_id, rule)

    assert not await reaches_a_room(ward_of_stack(own), livekit)
    (said,) = await failures_of(check_plan, ward_of_stack(own))
    assert f"{rule.sip_dispatch_rule_id} is bound to another trunk, {other.sip_trunk_id}" in said


async def test_a_rule_that_is_not_pinned_is_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    (rule,) = (await trunks_and_rules(livekit))[1]
    rule.ClearField("trunk_ids")
    await livekit.sip.update_dispatch_rule(rule.sip_dispatch_rule_id, rule)

    (said,) = await failures_of(check_plan, ward_of_stack(own))
    assert (
        said
        == f"The dispatch rule {rule.sip_dispatch_rule_id} is not pinned to a trunk: it takes any number from anywhere."
    )


async def test_a_callers_address_that_is_not_let_in_is_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    (trunk,) = (await trunks_and_rules(livekit))[0]
    trunk.allowed_addresses[:] = ["10.0.0.0/8"]
    await livekit.sip.update_inbound_trunk(trunk.sip_trunk_id, trunk)

    assert not await reaches_a_room(ward_of_stack(own), livekit)
    assert await failures_of(check_plan, ward_of_stack(own)) == [
        "Calls from 127.0.0.1 are not let in: the trunk takes 10.0.0.0/8."
    ]


async def test_a_trunk_that_differs_from_the_settings_is_told_by_field(
    own: LocalStack, livekit: api.LiveKitAPI
) -> None:
    (trunk,) = (await trunks_and_rules(livekit))[0]
    trunk.auth_username, trunk.auth_password = "house", "a secret of somebody"
    await livekit.sip.update_inbound_trunk(trunk.sip_trunk_id, trunk)
    ward = ward_of_stack(own, PHONE_AGENT_DATABASE="/nowhere/orders.sqlite3")
    (found,) = await check_provisioned(ward)

    assert found.level is Level.WARNING
    assert found.words.startswith("Provisioning would update the")
    assert "auth_password" in found.words
    assert "secret of somebody" not in found.words + found.mend


async def test_no_trunk_at_all_is_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    (trunk,) = (await trunks_and_rules(livekit))[0]
    await livekit.sip.delete_trunk(DeleteSIPTrunkRequest(sip_trunk_id=trunk.sip_trunk_id))

    assert await failures_of(check_plan, ward_of_stack(own)) == ["There is no inbound trunk: every call is refused."]


async def test_a_wrong_password_of_the_trunk_is_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    (trunk,) = (await trunks_and_rules(livekit))[0]
    trunk.auth_username, trunk.auth_password = "house", "the right one"
    await livekit.sip.update_inbound_trunk(trunk.sip_trunk_id, trunk)
    ward = replace(ward_of_stack(own), sip_username="house")

    assert await failures_of(check_trial_call, replace(ward, sip_password="the right one")) == []
    (said,) = await failures_of(check_trial_call, replace(ward, sip_password="a wrong one"))
    assert said.startswith("The SIP service refuses the user name 'house' or its password")
    (said,) = await failures_of(check_trial_call, ward_of_stack(own))
    assert said.startswith("The trunk asks for a password (digest), and none is set")


async def test_closed_rtp_ports_are_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    async with Firewall(own.sip_port) as firewall:
        ward = with_sip_at(ward_of_stack(own), firewall.port)

        assert await failures_of(check_options, ward) == []
        assert await failures_of(check_trial_call, ward) == [
            "The call is answered, but no sound goes either way: the RTP ports are closed."
        ]
    assert await failures_of(check_trial_call, ward_of_stack(own)) == []


async def test_a_wrong_key_is_named_once(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    ward = ward_of_stack(own, LIVEKIT_API_SECRET="x" * 40)
    found = [said for check in (check_key, check_plan, check_worker) for said in await failures_of(check, ward)]

    assert len(found) == 1
    assert found[0].startswith("LiveKit's server refuses the key 'phoneagent' or its secret")


@pytest.mark.parametrize(("ahead", "words"), [(300, r"(300|301) s ahead of"), (-1200, r"(1200|1199) s behind")])
async def test_a_clock_that_is_wrong_is_named(own: LocalStack, ahead: int, words: str) -> None:
    ward = replace(ward_of_stack(own), clock=lambda: utc_now() + timedelta(seconds=ahead))

    (said,) = await failures_of(check_key, ward)
    assert re.search(words, said)


async def test_no_worker_is_named_and_then_one_of_another_name(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    ward = ward_of_stack(own)
    alone = await failures_of(check_worker, ward)
    port = await asyncio.to_thread(start_worker, own, "another-agent")
    try:
        misnamed = await failures_of(check_worker, replace(ward, health=("127.0.0.1", port)))
    finally:
        await asyncio.to_thread(own.end, "small-worker")

    assert alone == [f"No worker takes jobs as '{NAME}': callers hear ringing, then busy."]
    assert misnamed == [f"The worker is registered as 'another-agent', but calls ask for '{NAME}': nobody joins them."]


async def test_a_worker_that_is_full_is_named(own: LocalStack, livekit: api.LiveKitAPI) -> None:
    port = await asyncio.to_thread(start_worker, own)
    ward = replace(ward_of_stack(own), health=("127.0.0.1", port))
    async with AsyncExitStack() as left:
        left.push_async_callback(asyncio.to_thread, own.end, "small-worker")
        await livekit.agent_dispatch.create_dispatch(api.CreateAgentDispatchRequest(agent_name=NAME, room="a-call"))
        async with asyncio.timeout(15):
            while "progress: 1" not in (await check_health(ward))[0].words:
                await asyncio.sleep(0.2)
        # The worker tells the server of its load now and then.
        await asyncio.sleep(3)
        full = await failures_of(check_worker, ward)
        await livekit.room.delete_room(api.DeleteRoomRequest(room="a-call"))

    assert full == ["The worker is full (calls in progress: 1): the next caller hears ringing, then busy."]


async def test_a_health_port_that_another_program_has_is_named(own: LocalStack) -> None:
    ward = replace(ward_of_stack(own), health=("127.0.0.1", own.redis_port))

    (said,) = await failures_of(check_health, ward)
    assert said.endswith("is taken by another program: a worker cannot answer health checks there.")
