"""The echo room: a number on the same stack that plays back what it hears, to measure the way of the sound alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import numpy as np
from livekit import api, rtc
from livekit.protocol.sip import (
    CreateSIPDispatchRuleRequest,
    CreateSIPInboundTrunkRequest,
    SIPDispatchRule,
    SIPDispatchRuleDirect,
    SIPDispatchRuleInfo,
    SIPInboundTrunkInfo,
)

from bench.hearing import until_sound
from phone_agent.rehearsal.softphone import Softphone
from phone_agent.rehearsal.sound import RATE, silence
from phone_agent.stack import LocalStack

NUMBER = "+14075550199"
ROOM = "bench-echo"
ROOM_RATE = 48000
CHANNELS = 1
BEEP_S, BEEP_HZ, BEEP_LEVEL = 0.08, 1000, 8000
PAUSE_S = 0.6
PATIENCE_S = 1.0
SETTLING_S = 1.0


async def round_trips(stack: LocalStack, workdir: Path, beeps: int) -> list[float]:
    """Phone to room to phone: from the first loud sample sent to the first one received, in seconds."""
    trips = []
    async with _echo_room(stack), await Softphone.open(workdir=workdir) as phone:
        await phone.dial(f"sip:{NUMBER}@127.0.0.1:{stack.sip_port}")
        await asyncio.sleep(SETTLING_S)
        for _ in range(beeps):
            spoken = await phone.play(_beep() + silence(PAUSE_S))
            heard = await until_sound(phone, spoken.started, PATIENCE_S)
            if heard is not None:
                trips.append(heard - spoken.started)
    return trips


def _beep() -> bytes:
    places = np.arange(round(BEEP_S * RATE))
    return (BEEP_LEVEL * np.sin(2 * np.pi * BEEP_HZ * places / RATE)).astype("<i2").tobytes()


@asynccontextmanager
async def _echo_room(stack: LocalStack) -> AsyncIterator[None]:
    async with api.LiveKitAPI(stack.livekit_url, stack.api_key, stack.api_secret) as livekit:
        await _provision(livekit)
    room = rtc.Room()
    source = rtc.AudioSource(ROOM_RATE, CHANNELS, queue_size_ms=0)
    echoes: list[asyncio.Task[None]] = []

    def on_track(track: rtc.RemoteTrack, _: object, __: object) -> None:
        echoes.append(asyncio.create_task(_play_back(track, source)))

    room.on("track_subscribed", on_track)
    grants = api.VideoGrants(room_join=True, room=ROOM)
    token = api.AccessToken(stack.api_key, stack.api_secret).with_identity("echo").with_grants(grants)
    await room.connect(stack.livekit_url, token.with_ttl(timedelta(hours=1)).to_jwt())
    try:
        await room.local_participant.publish_track(rtc.LocalAudioTrack.create_audio_track("echo", source))
        yield
    finally:
        for echo in echoes:
            echo.cancel()
        await asyncio.gather(*echoes, return_exceptions=True)
        await room.disconnect()
        await source.aclose()


async def _play_back(track: rtc.RemoteTrack, source: rtc.AudioSource) -> None:
    stream = rtc.AudioStream(track, sample_rate=ROOM_RATE, num_channels=CHANNELS)
    try:
        async for event in stream:
            await source.capture_frame(event.frame)
    finally:
        await stream.aclose()


async def _provision(livekit: api.LiveKitAPI) -> None:
    trunk = await livekit.sip.create_inbound_trunk(
        CreateSIPInboundTrunkRequest(
            trunk=SIPInboundTrunkInfo(name="bench echo", numbers=[NUMBER], allowed_addresses=["127.0.0.0/8"])
        )
    )
    rule = SIPDispatchRule(dispatch_rule_direct=SIPDispatchRuleDirect(room_name=ROOM))
    info = SIPDispatchRuleInfo(name="bench echo", trunk_ids=[trunk.sip_trunk_id], rule=rule)
    await livekit.sip.create_dispatch_rule(CreateSIPDispatchRuleRequest(dispatch_rule=info))
