"""What the doctor reads from trunks and rules; that servers behave so is tried in tests/stack/test_doctor.py."""

from __future__ import annotations

from livekit.protocol.agent_dispatch import RoomAgentDispatch
from livekit.protocol.room import RoomConfiguration
from livekit.protocol.sip import SIPDispatchRule, SIPDispatchRuleCallee, SIPDispatchRuleInfo, SIPInboundTrunkInfo

from phone_agent.doctor.findings import Level
from phone_agent.doctor.line_plan import Plan, findings_of, is_allowed
from phone_agent.settings import Settings

SETTINGS = Settings.from_env({})
NUMBER = SETTINGS.phone_number


def trunk(
    *numbers: str, allowed: tuple[str, ...] = ("203.0.113.0/24",), name: str = "phone-agent"
) -> SIPInboundTrunkInfo:
    return SIPInboundTrunkInfo(sip_trunk_id="ST_1", name=name, numbers=numbers, allowed_addresses=allowed)


def rule(*trunks: str, randomize: bool = True) -> SIPDispatchRuleInfo:
    return SIPDispatchRuleInfo(
        sip_dispatch_rule_id="SDR_1",
        name="phone-agent",
        trunk_ids=trunks,
        rule=SIPDispatchRule(dispatch_rule_callee=SIPDispatchRuleCallee(randomize=randomize)),
        room_config=RoomConfiguration(agents=[RoomAgentDispatch(agent_name=SETTINGS.agent_name)]),
    )


def said(plan: Plan, *numbers: str, caller: str | None = None) -> list[tuple[Level, str]]:
    found = findings_of(plan, SETTINGS, numbers or (NUMBER,), caller)
    return [(finding.level, finding.words) for finding in found]


def test_what_agrees_is_one_line() -> None:
    plan = Plan([trunk(NUMBER)], [rule("ST_1")])

    assert said(plan) == [(Level.OK, f"{NUMBER} → trunk ST_1 → rule → agent {SETTINGS.agent_name!r}")]


def test_a_restaurants_own_number_is_missed_too() -> None:
    ((level, words),) = said(Plan([trunk(NUMBER)], [rule("ST_1")]), NUMBER, "+14075550133")

    assert level is Level.FAILURE
    assert words.startswith("+14075550133 is not on the trunk ST_1")


def test_a_trunk_that_only_this_machine_may_call_is_odd_unless_this_machine_calls() -> None:
    plan = Plan([trunk(NUMBER, allowed=("127.0.0.0/8",))], [rule("ST_1")])

    assert said(plan) == [(Level.WARNING, "The trunk lets in this machine only: no carrier can call.")]
    assert said(plan, caller="127.0.0.1")[0][0] is Level.OK


def test_a_trunk_for_everybody_and_every_number_is_odd() -> None:
    levels = [level for level, _ in said(Plan([trunk(allowed=())], [rule("ST_1")]))]

    assert levels == [Level.WARNING, Level.WARNING]


def test_the_trunk_of_the_number_counts_and_not_the_one_of_our_name() -> None:
    other = SIPInboundTrunkInfo(sip_trunk_id="ST_2", name="theirs", numbers=[NUMBER], allowed_addresses=["203.0.113.7"])
    ((level, words),) = said(Plan([trunk("+14075557777"), other], [rule("ST_1")]))

    assert level is Level.FAILURE
    assert words == "No dispatch rule takes calls of the trunk ST_2: SDR_1 is bound to another trunk, ST_1."


def test_rooms_that_two_callers_would_share_are_odd() -> None:
    ((level, _),) = said(Plan([trunk(NUMBER)], [rule("ST_1", randomize=False)]))

    assert level is Level.WARNING


def test_a_rule_without_an_agent_is_named() -> None:
    silent = rule("ST_1")
    silent.room_config.ClearField("agents")
    ((level, words),) = said(Plan([trunk(NUMBER)], [silent]))

    assert level is Level.FAILURE
    assert "asks for no agent" in words


def test_addresses_are_compared_as_networks() -> None:
    assert is_allowed("10.1.2.3", ["192.168.0.0/16", "10.0.0.0/8"])
    assert is_allowed("10.1.2.3", ["10.1.2.3"])
    assert not is_allowed("11.1.2.3", ["10.0.0.0/8"])
