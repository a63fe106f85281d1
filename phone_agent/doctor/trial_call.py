"""A real call to a number of the doctor's own: rung, answered by the doctor in a room, with a tone both ways."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from secrets import randbelow, token_hex

from google.protobuf.duration_pb2 import Duration
from livekit import api, rtc
from livekit.protocol.sip import (
    CreateSIPDispatchRuleRequest,
    CreateSIPInboundTrunkRequest,
    DeleteSIPDispatchRuleRequest,
    DeleteSIPTrunkRequest,
    SIPDispatchRule,
    SIPDispatchRuleDirect,
    SIPDispatchRuleInfo,
    SIPInboundTrunkInfo,
)

from phone_agent.clients.livekit import FAILURES
from phone_agent.doctor.findings import Ward
from phone_agent.doctor.line_plan import Plan
from phone_agent.doctor.phone import Phone, Ring, sdp_of
from phone_agent.doctor.rtp import RtpSocket, tone_samples

NAME = "phone-agent doctor"
METADATA = "made by phone-agent doctor for one call; may be deleted"
RINGS_S, SOUNDS_S, LASTS_S = 9.0, 1.6, 60
RATE, FRAME = 48_000, 480
LOUD = 1000
ROOM_S = 5.0


@dataclass
class TrialCall:
    """What came of it."""

    ring: Ring = field(default_factory=Ring)
    was_joined: bool = False
    """Whether the doctor could join the room itself."""
    heard_in_room: bool = False
    heard_at_phone: int = 0
    """Packets with sound."""


async def make_trial_call(
    ward: Ward, livekit: api.LiveKitAPI, trunk: SIPInboundTrunkInfo, username: str, password: str
) -> TrialCall:
    """Over a trunk that is like ours but for its number, and a rule that leads to the doctor only."""
    assert ward.sip is not None
    call = TrialCall()
    number = f"+1999{randbelow(10**7):07d}"
    room_name = f"{ward.settings.room_prefix}_doctor_{token_hex(4)}"
    await _delete_leftovers(livekit)
    async with AsyncExitStack() as left_behind:
        phone = await Phone.open(ward.sip.host, ward.sip.port)
        left_behind.callback(phone.close)
        own_host = phone.own_address[0]
        await left_behind.enter_async_context(_way_in(livekit, trunk, number, room_name, own_host))
        await left_behind.enter_async_context(_joined(ward, room_name, call))
        rtp = await RtpSocket.open(own_host)
        left_behind.callback(rtp.close)
        left_behind.push_async_callback(phone.hang_up)
        call.ring = await phone.ring(
            number, sdp_of(own_host, rtp.port), patience_s=RINGS_S, username=username, password=password
        )
        if call.ring.is_answered and call.ring.media is not None:
            with suppress(OSError):
                await rtp.play_tone(call.ring.media, SOUNDS_S)
        call.heard_at_phone = rtp.packets
    return call


@asynccontextmanager
async def _way_in(
    livekit: api.LiveKitAPI, ours: SIPInboundTrunkInfo, number: str, room: str, own_host: str
) -> AsyncIterator[None]:
    # From another machine nobody knows which address the service sees: for these seconds the number is the secret.
    allowed = [f"{own_host}/32"] if ip_address(own_host).is_loopback else []
    like_ours = SIPInboundTrunkInfo(
        name=NAME, metadata=METADATA, numbers=[number], allowed_addresses=allowed,
        auth_username=ours.auth_username, auth_password=ours.auth_password,
        ringing_timeout=Duration(seconds=int(RINGS_S)), max_call_duration=Duration(seconds=LASTS_S),
    )  # fmt: skip
    trunk = await livekit.sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=like_ours))
    try:
        leads_here = SIPDispatchRule(dispatch_rule_direct=SIPDispatchRuleDirect(room_name=room))
        info = SIPDispatchRuleInfo(name=NAME, metadata=METADATA, trunk_ids=[trunk.sip_trunk_id], rule=leads_here)
        rule = await livekit.sip.create_dispatch_rule(CreateSIPDispatchRuleRequest(dispatch_rule=info))
        try:
            yield
        finally:
            await _delete_rule(livekit, rule.sip_dispatch_rule_id)
            with suppress(*FAILURES):
                await livekit.room.delete_room(api.DeleteRoomRequest(room=room))
    finally:
        await _delete_trunk(livekit, trunk.sip_trunk_id)


@asynccontextmanager
async def _joined(ward: Ward, name: str, call: TrialCall) -> AsyncIterator[None]:
    """livekit-sip answers once somebody in the room has a track of sound."""
    room, tasks = rtc.Room(), set[asyncio.Task[None]]()
    grants = api.VideoGrants(room_join=True, room=name)
    settings = ward.settings
    token = api.AccessToken(settings.livekit_api_key, settings.livekit_api_secret).with_identity("doctor")

    def on_track(track: rtc.Track, publication: object, participant: object) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            tasks.add(asyncio.create_task(_listen(track, call)))

    room.on("track_subscribed", on_track)
    source = rtc.AudioSource(RATE, 1)
    try:
        async with asyncio.timeout(ROOM_S):
            await room.connect(settings.livekit_url, token.with_grants(grants).to_jwt())
            track = rtc.LocalAudioTrack.create_audio_track("tone", source)
            await room.local_participant.publish_track(track)
        call.was_joined = True
        tasks.add(asyncio.create_task(_play(source)))
        yield
    except (rtc.ConnectError, TimeoutError):
        if call.was_joined:
            raise
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await room.disconnect()
        await source.aclose()


async def _play(source: rtc.AudioSource) -> None:
    first = 0
    while True:
        frame = rtc.AudioFrame.create(RATE, 1, FRAME)
        frame.data[:] = memoryview(bytearray(b"".join(s.to_bytes(2, "little", signed=True) for s in
                                   tone_samples(RATE, FRAME, first)))).cast("h")  # fmt: skip
        first += FRAME
        await source.capture_frame(frame)


async def _listen(track: rtc.Track, call: TrialCall) -> None:
    stream = rtc.AudioStream(track)
    try:
        async for event in stream:
            call.heard_in_room |= max(event.frame.data) > LOUD
    finally:
        await stream.aclose()


async def _delete_leftovers(livekit: api.LiveKitAPI) -> None:
    """Of a doctor that was killed. Another one that is at work now is not seen: its call lasts seconds."""
    plan = await Plan.read(livekit)
    for rule in plan.rules:
        if (rule.name, rule.metadata) == (NAME, METADATA):
            await _delete_rule(livekit, rule.sip_dispatch_rule_id)
    for trunk in plan.trunks:
        if (trunk.name, trunk.metadata) == (NAME, METADATA):
            await _delete_trunk(livekit, trunk.sip_trunk_id)


async def _delete_rule(livekit: api.LiveKitAPI, rule_id: str) -> None:
    with suppress(*FAILURES):
        await livekit.sip.delete_dispatch_rule(DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=rule_id))


async def _delete_trunk(livekit: api.LiveKitAPI, trunk_id: str) -> None:
    with suppress(*FAILURES):
        await livekit.sip.delete_trunk(DeleteSIPTrunkRequest(sip_trunk_id=trunk_id))
