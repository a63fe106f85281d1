"""`phone-agent provision` over a real LiveKit server and, where its variables are set, Twilio by its own word."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from livekit import api
from livekit.protocol.sip import (
    CreateSIPDispatchRuleRequest,
    CreateSIPInboundTrunkRequest,
    DeleteSIPTrunkRequest,
    ListSIPDispatchRuleRequest,
    ListSIPInboundTrunkRequest,
    ListSIPOutboundTrunkRequest,
    SIPDispatchRule,
    SIPDispatchRuleDirect,
    SIPDispatchRuleInfo,
    SIPInboundTrunkInfo,
)

from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.telephony.carry_out import Outcome, carry_out, follow
from phone_agent.telephony.destroying import plan_to_destroy
from phone_agent.telephony.halves import Line
from phone_agent.telephony.livekit_side import livekit_wishes, open_livekit
from tests.telephony.half import LINE, NUMBER, SECRETS
from tests.twilio.peer import Twilio

pytestmark = pytest.mark.stack

SCRIPT = Path(__file__).parents[2] / "scripts" / "provision_sip.py"
OUTBOUND = {
    "PHONE_AGENT_OUTBOUND_ADDRESS": "sip.example.com",
    "PHONE_AGENT_OUTBOUND_USERNAME": "house",
    "PHONE_AGENT_OUTBOUND_PASSWORD": "a long one",
}


@pytest.fixture
async def livekit(bare_stack: LocalStack) -> AsyncIterator[api.LiveKitAPI]:
    """Empty of all trunks and rules, also those of other tests, and left empty."""
    async with api.LiveKitAPI(bare_stack.livekit_url, bare_stack.api_key, bare_stack.api_secret) as livekit:
        await emptied(livekit)
        yield livekit
        await emptied(livekit)


async def emptied(livekit: api.LiveKitAPI) -> None:
    sip = livekit.sip
    for rule in (await sip.list_dispatch_rule(ListSIPDispatchRuleRequest())).items:
        named = api.DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=rule.sip_dispatch_rule_id)
        await sip.delete_dispatch_rule(named)
    inbound = (await sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items
    outbound = (await sip.list_outbound_trunk(ListSIPOutboundTrunkRequest())).items
    for its_id in [*(t.sip_trunk_id for t in inbound), *(t.sip_trunk_id for t in outbound)]:
        await sip.delete_trunk(DeleteSIPTrunkRequest(sip_trunk_id=its_id))


async def applied(settings: Settings, *, adopt: bool = False) -> Outcome:
    async with open_livekit(settings) as side:
        return await carry_out(side, livekit_wishes(settings), adopt=adopt, may=lambda step: True)


async def destroyed(settings: Settings) -> Outcome:
    wishes = livekit_wishes(settings)
    async with open_livekit(settings) as side:
        return await follow(side, lambda found: plan_to_destroy(wishes, found), lambda step: True)


async def trunks_of(livekit: api.LiveKitAPI) -> list[SIPInboundTrunkInfo]:
    return list((await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items)


async def test_the_trunk_asks_for_what_the_settings_say(bare_stack: LocalStack, livekit: api.LiveKitAPI) -> None:
    env = bare_stack.livekit_env | {
        "PHONE_AGENT_SIP_TRANSPORT": "tls",
        "PHONE_AGENT_INBOUND_USERNAME": "pbx",
        "PHONE_AGENT_INBOUND_PASSWORD": "a long one",
    }
    await applied(Settings.from_env(env))
    again = await applied(Settings.from_env(env))
    (trunk,) = await trunks_of(livekit)

    assert again.plan.steps == []
    assert (trunk.auth_username, trunk.auth_password) == ("pbx", "a long one")
    assert trunk.media_encryption == api.SIPMediaEncryption.SIP_MEDIA_ENCRYPT_REQUIRE
    assert trunk.headers_to_attributes["X-Twilio-VerStat"] == "phone_agent.stir_shaken"
    assert not trunk.krisp_enabled


async def test_what_was_changed_by_hand_is_put_right(bare_stack: LocalStack, livekit: api.LiveKitAPI) -> None:
    settings = Settings.from_env(bare_stack.livekit_env | OUTBOUND)
    await applied(settings)
    (trunk,) = await trunks_of(livekit)
    await livekit.sip.update_inbound_trunk_fields(trunk.sip_trunk_id, allowed_addresses=["0.0.0.0/0"])
    await livekit.sip.delete_trunk(DeleteSIPTrunkRequest(sip_trunk_id=trunk.sip_trunk_id))
    outcome = await applied(settings)
    (new,) = await trunks_of(livekit)
    (rule,) = (await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())).items

    assert [(step.action, step.key.kind) for step, _ in outcome.done] == [
        ("create", "trunk"),
        ("update", "dispatch rule"),
    ]
    assert list(rule.trunk_ids) == [new.sip_trunk_id]


async def test_destroy_leaves_nothing_of_ours_and_everything_else(
    bare_stack: LocalStack, livekit: api.LiveKitAPI
) -> None:
    theirs = SIPInboundTrunkInfo(name="phone-agent", numbers=["+14075550199"], metadata="by hand")
    made = await livekit.sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=theirs))
    direct = SIPDispatchRule(dispatch_rule_direct=SIPDispatchRuleDirect(room_name="desk"))
    rule = SIPDispatchRuleInfo(rule=direct, trunk_ids=[made.sip_trunk_id], name="phone-agent")
    await livekit.sip.create_dispatch_rule(CreateSIPDispatchRuleRequest(dispatch_rule=rule))
    settings = Settings.from_env(bare_stack.livekit_env | OUTBOUND)
    await applied(settings)
    during = len(await trunks_of(livekit))
    await destroyed(settings)
    rules = (await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())).items

    assert during == 2
    assert [trunk.sip_trunk_id for trunk in await trunks_of(livekit)] == [made.sip_trunk_id]
    assert [list(rule.trunk_ids) for rule in rules] == [[made.sip_trunk_id]]
    assert not (await livekit.sip.list_outbound_trunk(ListSIPOutboundTrunkRequest())).items


async def test_a_trunk_of_others_is_adopted_when_told_and_outlives_destroy(
    bare_stack: LocalStack, livekit: api.LiveKitAPI
) -> None:
    settings = Settings.from_env(bare_stack.livekit_env)
    by_hand = SIPInboundTrunkInfo(name="by hand", numbers=[settings.phone_number])
    made = await livekit.sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=by_hand))
    await applied(settings, adopt=True)
    again = await applied(settings)
    await destroyed(settings)
    (trunk,) = await trunks_of(livekit)

    assert again.plan.steps == []
    assert (trunk.sip_trunk_id, trunk.name) == (made.sip_trunk_id, "phone-agent")
    assert trunk.metadata == "adopted by provision_sip.py from sip/trunk.json"


def command(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, *arguments],
        check=False,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=90,
    )


async def test_both_halves_by_command_and_no_secret_in_what_it_says(
    bare_stack: LocalStack, livekit: api.LiveKitAPI, twilio: Twilio, tmp_path: Path
) -> None:
    env = bare_stack.livekit_env | twilio.env | LINE | {"PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3")}
    twilio.account.for_sale = [NUMBER]
    said = [
        command(env, *arguments)
        for arguments in (
            ["plan"],
            [],
            ["apply", "--yes", "--json"],
            ["verify"],
            ["destroy", "--yes"],
        )
    ]
    plan, without_leave, done, verified, gone = said

    assert [each.returncode for each in said] == [0, 1, 0, 0, 0], [each.stderr for each in said]
    assert "+ create dispatch rule phone-agent" in plan.stdout
    assert "+ buy number +14075550100" in plan.stdout
    assert "number +14075550100: not done (buy)" in without_leave.stdout
    assert ("buy", True) in [(s["action"], s["done"]) for half in json.loads(done.stdout) for s in half["steps"]]
    assert "+ " not in verified.stdout
    assert "number +14075550100: not done (release)" in gone.stdout
    assert not [s for s in (*SECRETS, bare_stack.api_secret) if s in "".join(e.stdout + e.stderr for e in said)]
    assert await trunks_of(livekit) == []


def killed_at_the_trunk(env: dict[str, str], twilio: Twilio) -> int:
    process = subprocess.Popen(
        [sys.executable, SCRIPT, "apply", "--yes"], env={**os.environ, **env}, stdout=subprocess.DEVNULL
    )

    def kill(method: str, path: str) -> None:
        if (method, path) == ("POST", "/v1/Trunks"):
            process.kill()

    twilio.service.on_request = kill
    ended = process.wait(90)
    twilio.service.on_request = lambda method, path: None
    return ended


async def test_a_run_that_is_killed_is_completed_by_the_next(
    bare_stack: LocalStack, livekit: api.LiveKitAPI, twilio: Twilio, tmp_path: Path
) -> None:
    env = bare_stack.livekit_env | twilio.env | LINE | {"PHONE_AGENT_DATABASE": str(tmp_path / "orders.sqlite3")}
    twilio.account.for_sale = [NUMBER]
    killed = await asyncio.to_thread(killed_at_the_trunk, env, twilio)
    line = Line(Settings.from_env(env))
    await line.apply(adopt=False, may=lambda step: True)
    after = await line.plan()

    assert killed == -9
    assert len(twilio.account.all("trunks")) == len(twilio.account.all("numbers")) == len(await trunks_of(livekit)) == 1
    assert [half.plan.steps for half in after] == [[], []]


async def test_nothing_is_bought_that_would_not_ring_and_destroy_needs_no_address(
    bare_stack: LocalStack, livekit: api.LiveKitAPI, twilio: Twilio
) -> None:
    env = bare_stack.livekit_env | twilio.env | LINE
    twilio.account.for_sale = [NUMBER]
    for name in ("PHONE_AGENT_ALLOWED_ADDRESSES", "TWILIO_PHONE_NUMBER"):
        lacking = Settings.from_env({key: value for key, value in env.items() if key != name})
        halves = await Line(lacking).apply(adopt=False, may=lambda step: True)

        assert [name in problem for problem in halves[1].plan.problems] == [True]
    written = list(twilio.service.writes)
    await Line(Settings.from_env(env)).apply(adopt=False, may=lambda step: True)
    made = len(twilio.account.all("trunks"))
    without = {key: value for key, value in env.items() if key != "PHONE_AGENT_SIP_ADDRESSES"}
    await Line(Settings.from_env(without)).destroy(may=lambda step: True)

    assert written == []
    assert (made, twilio.account.all("trunks")) == (1, [])


async def test_a_new_password_reaches_both_halves(
    bare_stack: LocalStack, livekit: api.LiveKitAPI, twilio: Twilio
) -> None:
    env = bare_stack.livekit_env | twilio.env | LINE
    twilio.account.for_sale = [NUMBER]
    await Line(Settings.from_env(env)).apply(adopt=False, may=lambda step: True)
    changed = Line(Settings.from_env(env | {"PHONE_AGENT_OUTBOUND_PASSWORD": "Another7Horse8Battery"}))
    _, planned = await changed.plan()
    twilio.service.requests.clear()
    _, done = await changed.apply(adopt=False, may=lambda step: True)
    after = await changed.plan()
    (credential,) = twilio.account.all("credentials")

    assert [dict(step.changes) for step in planned.plan.steps] == [{"password": (None, "Another7Horse8Battery")}]
    assert [path.endswith(f"/Credentials/{credential['sid']}.json") for _, path in twilio.service.writes] == [True]
    assert twilio.account.secrets[-1] == "Another7Horse8Battery"
    assert done.outcome is not None
    assert len(done.outcome.done) == 1
    assert [half.plan.steps for half in after] == [[], []]
