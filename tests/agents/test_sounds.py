"""The noise that keeps a line alive is in every packet and far below speech; typing is heard while a tool runs."""

from __future__ import annotations

import numpy as np
from livekit.agents import PlayHandle

from bench.voices import companded, samples_of
from phone_agent.phone_line.sounds import LOOP_SECONDS, NOISE_DB, RATE, Keyboard, noise_frames
from phone_agent.rehearsal.sound import LOUD
from phone_agent.rehearsal.text import TextCall

PACKET = RATE // 50


def noise() -> bytes:
    return b"".join(bytes(frame.data) for frame in noise_frames())


def test_the_noise_is_as_quiet_as_it_should_be_and_never_counts_as_a_sound() -> None:
    samples = samples_of(noise())

    assert len(samples) == RATE * LOOP_SECONDS
    assert abs(20 * np.log10(np.sqrt(np.mean(samples**2))) - NOISE_DB) < 0.5
    assert np.abs(samples).max() * 32768 < LOUD / 2


def test_no_packet_of_a_telephone_is_digital_silence() -> None:
    packets = companded(samples_of(noise())).reshape(-1, PACKET)

    assert (np.abs(packets).max(axis=1) > 0).all()
    assert (np.count_nonzero(packets, axis=1) > PACKET / 2).all()


async def test_typing_is_heard_while_a_tool_runs_and_not_while_it_speaks(talk: TextCall) -> None:
    typed: list[tuple[PlayHandle, str]] = []

    def play() -> PlayHandle:
        typed.append((PlayHandle(), talk._session.agent_state))
        return typed[-1][0]

    Keyboard(play).watch(talk._session)
    await talk.say("hello")
    nothing = list(typed)
    await talk.say("add a caesar salad")
    await talk.say("check out")

    assert nothing == []
    assert len(typed) >= 2
    assert all(handle.done() for handle, _ in typed)
    assert "speaking" not in [state for _, state in typed]
