"""What a check says of a stack that was broken on purpose."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from livekit import api
from livekit.protocol.sip import ListSIPDispatchRuleRequest, ListSIPInboundTrunkRequest

from phone_agent.doctor.findings import Finding, Level, SipAddress, Ward
from phone_agent.doctor.phone import Phone, sdp_of
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack


def ward_of_stack(stack: LocalStack, **env: str) -> Ward:
    settings = Settings.from_env({**stack.livekit_env, **env})
    return Ward(settings, SipAddress("127.0.0.1", stack.sip_port), caller="127.0.0.1", run_dir=stack.run_dir)


async def failures_of(check: Callable[[Ward], Awaitable[list[Finding]]], ward: Ward) -> list[str]:
    return [finding.words for finding in await check(ward) if finding.level is Level.FAILURE]


def with_sip_at(ward: Ward, port: int) -> Ward:
    return replace(ward, sip=SipAddress("127.0.0.1", port))


async def reaches_a_room(ward: Ward, livekit: api.LiveKitAPI) -> bool:
    """The symptom: a phone rings, and a room for the call is there or not."""
    assert ward.sip is not None
    before = await rooms_of(livekit)
    phone = await Phone.open(ward.sip.host, ward.sip.port, number="+14075550142")
    try:
        await phone.ring(ward.settings.phone_number, sdp_of("127.0.0.1", 9), patience_s=1.0)
        return await rooms_of(livekit) != before
    finally:
        await phone.hang_up()
        phone.close()


async def rooms_of(livekit: api.LiveKitAPI) -> set[str]:
    return {room.name for room in (await livekit.room.list_rooms(api.ListRoomsRequest())).rooms}


def livekit_of(stack: LocalStack) -> api.LiveKitAPI:
    return api.LiveKitAPI(stack.livekit_url, stack.api_key, stack.api_secret)


async def trunks_and_rules(
    livekit: api.LiveKitAPI,
) -> tuple[list[api.SIPInboundTrunkInfo], list[api.SIPDispatchRuleInfo]]:
    trunks = await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())
    rules = await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())
    return list(trunks.items), list(rules.items)
