"""The trunk and the dispatch rule are made once on the real server, and changed only when they differ."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from livekit import api
from livekit.protocol.sip import ListSIPDispatchRuleRequest, ListSIPInboundTrunkRequest

from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.telephony.provisioning import ProvisioningError, provision, provision_with_menu
from phone_agent.telephony.sip_files import SIP_FOLDER

pytestmark = pytest.mark.stack


async def actions(env: dict[str, str]) -> list[str]:
    return [change.action for change in await provision(Settings.from_env(env))]


async def test_a_second_run_changes_nothing(bare_stack: LocalStack) -> None:
    await provision(Settings.from_env(bare_stack.livekit_env))
    async with api.LiveKitAPI(bare_stack.livekit_url, bare_stack.api_key, bare_stack.api_secret) as livekit:
        before = await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())
        second = await actions(bare_stack.livekit_env)
        after = await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())
        rules = await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())

    assert second == ["unchanged", "unchanged"]
    assert after == before
    assert list(rules.items[0].trunk_ids) == [after.items[0].sip_trunk_id]
    assert rules.items[0].rule.dispatch_rule_callee.randomize


async def test_a_changed_setting_updates_what_it_touches(bare_stack: LocalStack) -> None:
    await provision(Settings.from_env(bare_stack.livekit_env))
    changed = bare_stack.livekit_env | {"PHONE_AGENT_ALLOWED_ADDRESSES": "127.0.0.0/8, 10.0.0.0/8"}

    assert await actions(changed) == ["updated", "unchanged"]
    assert await actions(changed) == ["unchanged", "unchanged"]


async def test_the_outbound_trunk_is_made_once_and_follows_the_settings(bare_stack: LocalStack) -> None:
    await provision(Settings.from_env(bare_stack.livekit_env))
    env = bare_stack.livekit_env | {
        "PHONE_AGENT_OUTBOUND_ADDRESS": "sip.example.com",
        "PHONE_AGENT_OUTBOUND_USERNAME": "house",
        "PHONE_AGENT_OUTBOUND_PASSWORD": "a long one",
    }
    first, second = await actions(env), await actions(env)
    third = await actions(env | {"PHONE_AGENT_OUTBOUND_ADDRESS": "sip.example.org"})

    assert first[2:] == ["created"]
    assert second == ["unchanged", "unchanged", "unchanged"]
    assert third == ["unchanged", "unchanged", "updated"]


async def test_every_number_of_the_menu_is_taken(bare_stack: LocalStack, tmp_path: Path) -> None:
    env = bare_stack.livekit_env | {"PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3")}
    await provision_with_menu(Settings.from_env(env))
    async with api.LiveKitAPI(bare_stack.livekit_url, bare_stack.api_key, bare_stack.api_secret) as livekit:
        (trunk,) = (await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items

    assert {"+14075550100", "+14075550133"} <= set(trunk.numbers)
    assert [change.action for change in await provision_with_menu(Settings.from_env(env))] == ["unchanged", "unchanged"]


async def test_a_conflict_with_a_foreign_trunk_is_told_and_nothing_touched(
    bare_stack: LocalStack, tmp_path: Path
) -> None:
    await provision(Settings.from_env(bare_stack.livekit_env))
    for name in ("trunk.json", "dispatch_rule.json"):
        (tmp_path / name).write_text((SIP_FOLDER / name).read_text().replace('"phone-agent"', '"a second house"'))
    async with api.LiveKitAPI(bare_stack.livekit_url, bare_stack.api_key, bare_stack.api_secret) as livekit:
        before = await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())

        with pytest.raises(
            ProvisioningError, match=r"trunk phone-agent \(ST_\w+\) holds \+14075550100.* --adopt takes it over"
        ):
            await provision(Settings.from_env(bare_stack.livekit_env), tmp_path)
        after = await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())

    assert after == before


async def test_a_wrong_secret_names_the_variables(bare_stack: LocalStack) -> None:
    wrong = bare_stack.livekit_env | {"LIVEKIT_API_SECRET": "x" * 40}

    with pytest.raises(ProvisioningError, match="LIVEKIT_API_KEY and LIVEKIT_API_SECRET"):
        await provision(Settings.from_env(wrong))


async def test_a_server_that_is_not_there_is_named() -> None:
    nowhere = {"LIVEKIT_URL": "ws://127.0.0.1:9", "LIVEKIT_API_KEY": "key", "LIVEKIT_API_SECRET": "x" * 40}

    with pytest.raises(ProvisioningError, match=r"ws://127\.0\.0\.1:9 does not answer .*make up"):
        await provision(Settings.from_env(nowhere))


def test_the_script_says_what_it_did(bare_stack: LocalStack, tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "scripts" / "provision_sip.py"
    env = {**os.environ, **bare_stack.livekit_env, "LIVEKIT_AGENT_NAME": "another-agent"}
    env["PHONE_AGENT_DATABASE"] = str(tmp_path / "orders.sqlite3")
    first, second = (
        subprocess.run([sys.executable, script], env=env, capture_output=True, text=True, check=True, timeout=60).stdout
        for _ in range(2)
    )

    assert "updated" in first or "created" in first
    assert second.count("unchanged") == 2
