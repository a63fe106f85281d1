"""The local providers as a program of its own, so that their work is not the agent's: python -m bench.hosted_providers.

Prints where they answer; writes down what they answered when its input ends.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from bench.hosted_lines import VOICES, all_lines
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.rehearsal.providers.behaviour import (
    GPT_4_1_FIRST_TOKEN,
    NOVA_3_FINAL,
    SONIC_3_FIRST_AUDIO,
    Behaviour,
    Part,
)
from phone_agent.rehearsal.providers.brain import results_since
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.rehearsal.providers.record import Answer, Asked
from phone_agent.rehearsal.providers.rule_brain import RuleBrain
from phone_agent.rehearsal.providers.server import Provider
from phone_agent.rehearsal.providers.voice import resampled
from phone_agent.rehearsal.sound import RATE, read_wav
from phone_agent.rehearsal.speech_of_caller import speak
from phone_agent.switchboard import REPO
from phone_agent.voice.offline.recognizer import SAMPLE_RATE

FRAME = SAMPLE_RATE // 50
POINTS = 48
LOOK_S = 0.2
QUIET_PART = 0.02
SECONDS_MATTER = 8.0
"""A tenth of a second more or less counts as much as a shape that is a fifth off everywhere."""

Shape = NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.hosted_providers")
    parser.add_argument("--record", type=Path, required=True, help="where the answers are written down")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asyncio.run(_serve(asked.record, asked.seed))


async def _serve(record: Path, seed: int) -> None:
    known = {}
    for line in all_lines():
        known[line] = await shapes_of(line)
    brain = RuleBrain(parse_menu((REPO / "menus/food_court.json").read_text()))
    async with AsyncExitStack() as stack:
        providers = (
            DeepgramServer(lambda: KnownLines(known), Behaviour(delay=NOVA_3_FINAL), seed=seed),
            OpenAIServer(brain, behaviour=Behaviour(delay=GPT_4_1_FIRST_TOKEN), seed=seed + 1),
            CartesiaServer(Behaviour(delay=SONIC_3_FIRST_AUDIO), seed=seed + 2),
        )
        for provider in providers:
            await stack.enter_async_context(provider)
        processes: dict[int, int] = {}
        watching = asyncio.create_task(_tell_processes_apart(providers, processes))
        deepgram, openai, cartesia = providers
        print(json.dumps([deepgram.address, openai.base_url, cartesia.base_url]), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        watching.cancel()
        written = [
            _written(asked, answer, processes.get(asked.port, 0))
            for provider in providers
            for asked in provider.log
            for answer in asked.answers
        ]
        await asyncio.to_thread(record.write_text, json.dumps(written))


async def _tell_processes_apart(providers: tuple[Provider, ...], processes: dict[int, int]) -> None:
    """A connection's process is asked for while it stands."""
    while True:
        new = {asked.port for provider in providers for asked in provider.log} - set(processes)
        if new:
            connections = await asyncio.to_thread(psutil.net_connections, "tcp")
            owners = {one.laddr.port: one.pid or 0 for one in connections if one.laddr}
            processes |= {port: owners.get(port, 0) for port in new}
        await asyncio.sleep(LOOK_S)


def _written(asked: Asked, answer: Answer, process: int) -> dict[str, object]:
    messages = asked.body["messages"] if answer.part is Part.MODEL else []
    return {
        "part": answer.part.value,
        "process": process,
        "asked_at": answer.asked_at,
        "first_at": answer.first_at,
        "delay_s": answer.delay_s,
        "step": len(results_since(messages)),
        "text": answer.text,
        "tools": answer.tools,
    }


class KnownLines:
    """Tells the lines apart by the course of their loudness: no recogniser loads the machine that is measured."""

    def __init__(self, known: dict[str, list[tuple[float, Shape]]]) -> None:
        self._known = known
        self._pcm = bytearray()

    def hear(self, pcm: bytes) -> None:
        self._pcm += pcm

    def so_far(self) -> str:
        return ""

    def end(self) -> str:
        seconds, shape = shape_of(bytes(self._pcm))
        self.forget()

        def unlikeness(line: str) -> float:
            return min(
                float(np.abs(shape - other).mean()) + abs(seconds - length) / SECONDS_MATTER * 4
                for length, other in self._known[line]
            )

        return min(self._known, key=unlikeness)

    def forget(self) -> None:
        self._pcm.clear()


async def shapes_of(line: str) -> list[tuple[float, Shape]]:
    sounds = [read_wav(await speak(line, voice)) for voice in VOICES]
    return [shape_of(resampled(sound, RATE, SAMPLE_RATE)) for sound in sounds]


def shape_of(pcm: bytes) -> tuple[float, Shape]:
    """How long the loud part is, and its loudness at so many points, of the loudest."""
    samples = np.frombuffer(pcm, np.int16).astype(np.float64)
    whole = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    level = np.sqrt((whole**2).mean(axis=1)) if len(whole) else np.zeros(1)
    level /= max(float(level.max(initial=0.0)), 1.0)
    loud = np.flatnonzero(level > QUIET_PART)
    part = level[loud[0] : loud[-1] + 1] if len(loud) else level
    places = np.linspace(0, len(part) - 1, POINTS)
    return len(part) * FRAME / SAMPLE_RATE, np.interp(places, np.arange(len(part)), part)


if __name__ == "__main__":
    main()
