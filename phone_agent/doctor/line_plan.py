"""Whether trunk, number, dispatch rule and agent name agree, as the server has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from livekit import api
from livekit.protocol.sip import (
    ListSIPDispatchRuleRequest,
    ListSIPInboundTrunkRequest,
    SIPDispatchRuleInfo,
    SIPInboundTrunkInfo,
)

from phone_agent.doctor.findings import Finding, fine, odd, wrong
from phone_agent.settings import Settings

PROVISION = "`uv run python scripts/provision_sip.py`"
OUR_NAME = "phone-agent"
LET_CARRIER_IN = f"put the carrier's addresses into PHONE_AGENT_ALLOWED_ADDRESSES, then {PROVISION}"
LET_IN = f"add it to PHONE_AGENT_ALLOWED_ADDRESSES, then {PROVISION}"


@dataclass(frozen=True)
class Plan:
    """What decides on the server which calls come in, and to whom."""

    trunks: Sequence[SIPInboundTrunkInfo]
    rules: Sequence[SIPDispatchRuleInfo]

    @classmethod
    async def read(cls, livekit: api.LiveKitAPI) -> Plan:
        trunks = (await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items
        rules = (await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())).items
        return cls(list(trunks), list(rules))

    def trunk_of(self, number: str) -> SIPInboundTrunkInfo | None:
        """That takes the number; else ours, which ought to."""
        named = (trunk for trunk in self.trunks if number in trunk.numbers)
        any_number = (trunk for trunk in self.trunks if not trunk.numbers)
        ours = (trunk for trunk in self.trunks if trunk.name == OUR_NAME)
        return next(named, None) or next(any_number, None) or next(ours, None)

    def rules_of(self, trunk: SIPInboundTrunkInfo) -> list[SIPDispatchRuleInfo]:
        return [rule for rule in self.rules if not rule.trunk_ids or trunk.sip_trunk_id in rule.trunk_ids]


def findings_of(plan: Plan, settings: Settings, numbers: Sequence[str], caller: str | None) -> list[Finding]:
    """`numbers`: all that are to ring; `caller`: an address that ought to be let in."""
    trunk = plan.trunk_of(settings.phone_number)
    if trunk is None:
        return [wrong("There is no inbound trunk: every call is refused.", PROVISION)]
    found = [
        *_about_numbers(trunk, numbers), *_about_addresses(trunk, caller), *_about_rules(plan, trunk, settings),
    ]  # fmt: skip
    names = ", ".join(trunk.numbers) or "every number"
    return found or [fine(f"{names} → trunk {trunk.sip_trunk_id} → rule → agent {settings.agent_name!r}")]


def _about_numbers(trunk: SIPInboundTrunkInfo, numbers: Sequence[str]) -> Iterator[Finding]:
    if not trunk.numbers:
        yield odd(f"The trunk {trunk.sip_trunk_id} takes every number that is dialled.", PROVISION)
        return
    missing = [number for number in numbers if number not in trunk.numbers]
    if missing:
        taken = ", ".join(trunk.numbers)
        where = f"is not on the trunk {trunk.sip_trunk_id}, which takes {taken}"
        said = f"{', '.join(missing)} {where}: such calls are refused."
        yield wrong(said, PROVISION)


def _about_addresses(trunk: SIPInboundTrunkInfo, caller: str | None) -> Iterator[Finding]:
    allowed = list(trunk.allowed_addresses)
    if not allowed:
        yield odd(f"The trunk {trunk.sip_trunk_id} takes calls from every address.", PROVISION)
    elif caller is not None and not is_allowed(caller, allowed):
        yield wrong(f"Calls from {caller} are not let in: the trunk takes {', '.join(allowed)}.", LET_IN)
    elif caller is None and all(ip_network(network, strict=False).is_loopback for network in allowed):
        yield odd("The trunk lets in this machine only: no carrier can call.", LET_CARRIER_IN)


def _about_rules(plan: Plan, trunk: SIPInboundTrunkInfo, settings: Settings) -> Iterator[Finding]:
    rules = plan.rules_of(trunk)
    if not rules:
        elsewhere = [rule for rule in plan.rules if rule.name == OUR_NAME]
        bound = f": {elsewhere[0].sip_dispatch_rule_id} is bound to another trunk, {', '.join(elsewhere[0].trunk_ids)}"
        said = f"No dispatch rule takes calls of the trunk {trunk.sip_trunk_id}{bound if elsewhere else ''}."
        yield wrong(said, PROVISION)
        return
    for rule in rules:
        yield from _about_rule(rule, settings.agent_name)


def _about_rule(rule: SIPDispatchRuleInfo, agent_name: str) -> Iterator[Finding]:
    name = rule.sip_dispatch_rule_id
    if not rule.trunk_ids:
        said = f"The dispatch rule {name} is not pinned to a trunk: it takes any number from anywhere."
        yield wrong(said, PROVISION)
    asked = [agent.agent_name for agent in rule.room_config.agents]
    if agent_name not in asked:
        wanted = f"asks for the agent {', '.join(map(repr, asked))}" if asked else "asks for no agent"
        said = f"The dispatch rule {name} {wanted}, but LIVEKIT_AGENT_NAME is {agent_name!r}: nobody joins the call."
        yield wrong(said, f"set LIVEKIT_AGENT_NAME alike everywhere, then {PROVISION}")
    if rule.rule.WhichOneof("rule") != "dispatch_rule_callee" or not rule.rule.dispatch_rule_callee.randomize:
        yield odd(f"The dispatch rule {name} may put two callers, or a caller's number, into a room's name.", PROVISION)


def is_allowed(address: str, allowed: Sequence[str]) -> bool:
    return any(ip_address(address) in ip_network(network, strict=False) for network in allowed)
