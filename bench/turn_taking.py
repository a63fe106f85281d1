"""Measure when a turn counts as over and what interrupts the agent: python -m bench.turn_taking [--voices rms awb]."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from livekit import rtc
from livekit.agents import inference
from livekit.agents.inference.eot.languages import LOCAL_LANGUAGES
from livekit.agents.vad import VADEventType
from livekit.local_inference import EOT, EOT_MAX_SAMPLES, init_eot
from rich.console import Console
from rich.table import Table

from bench.voices import VOICES, heard_over, spoken
from phone_agent.voice.offline.recognizer import SAMPLE_RATE

PAUSES_S = (0.3, 0.5, 0.8, 1.2)
TAIL_S = 1.0
JUDGED_AFTER_S = 0.2
"""LiveKit asks its detector after so much silence."""
SILENCE_ENDS_S = 0.25
LEAST_S = 0.3
AUDIBLE = 300
FRAME = SAMPLE_RATE // 1000 * 30 * 2
BROKEN_OFF = (
    ("i'd like a", "caesar salad please"),
    ("can i get two", "pad thai and a green curry"),
    ("i would like a caesar salad and", "a grilled salmon"),
    ("my number is four oh seven", "five five five oh one four two"),
    ("let me have the um", "crab cakes"),
    ("i want it delivered to", "twelve lake street"),
    ("no onions and", "extra cheese on the burger"),
    ("do you have anything", "without nuts"),
)
WHOLE = (
    "i'd like a caesar salad please", "that's all", "yes please", "no thank you", "check out",
    "what's in my order", "can i get two pad thai", "find thai restaurants", "add a grilled salmon", "is it spicy",
)  # fmt: skip
LISTENING = ("uh-huh", "okay", "right", "mm-hm", "good", "all right", "yeah okay", "got it")
INTERRUPTING = (
    "no wait",
    "actually make that two",
    "stop",
    "hold on a second",
    "no i said the salmon",
    "can you repeat that",
)


@dataclass(frozen=True)
class Ending:
    """A silence of the caller's: how it was judged, and how long it lasted; None: the turn was over."""

    probability: float
    lasted_s: float | None


@dataclass(frozen=True)
class Setting:
    """`threshold` 0: silence alone ends a turn."""

    name: str
    threshold: float
    min_s: float
    max_s: float

    def delay(self, ending: Ending) -> float:
        is_over = ending.probability >= self.threshold
        return max(self.min_s if is_over else self.max_s, SILENCE_ENDS_S)

    def cuts(self, ending: Ending) -> bool:
        return ending.lasted_s is not None and ending.lasted_s > self.delay(ending)


def settings() -> list[Setting]:
    silence = [Setting(f"silence of {least} s", 0.0, least, least) for least in (0.25, 0.5, 0.8)]
    judged = [
        Setting(f"acoustic from {threshold}, {LEAST_S}-{most} s", threshold, LEAST_S, most)
        for threshold in (LOCAL_LANGUAGES["en"], 0.2, 0.15, 0.1, 0.07)
        for most in (0.8, 1.0, 1.5, 2.5)
    ]
    return [*silence, *judged]


class Detector:
    def __init__(self) -> None:
        init_eot()
        self._model = EOT()

    def probability(self, heard: bytes) -> float:
        samples = np.frombuffer(heard, np.int16)[-EOT_MAX_SAMPLES:]
        return float(self._model.predict(np.pad(samples, (EOT_MAX_SAMPLES - len(samples), 0))))


def quiet(seconds: float) -> bytes:
    return bytes(2 * round(seconds * SAMPLE_RATE))


def trimmed(pcm: bytes) -> bytes:
    """Without the silence that synthetic voices put around a sentence."""
    loud = np.flatnonzero(np.abs(np.frombuffer(pcm, np.int16).astype(np.int32)) > AUDIBLE)
    return pcm[2 * int(loud[0]) : 2 * (int(loud[-1]) + 1)]


def endings(voice: str, detector: Detector) -> list[Ending]:
    found = []
    for number, (first, rest) in enumerate(BROKEN_OFF):
        begun = trimmed(spoken(first, voice))
        found += [Ending(_judged(begun, detector, number), lasted) for lasted in PAUSES_S]
        found.append(Ending(_judged(begun + quiet(0.5) + trimmed(spoken(rest, voice)), detector, number), None))
    for number, sentence in enumerate(WHOLE):
        found.append(Ending(_judged(trimmed(spoken(sentence, voice)), detector, number), None))
    return found


def _judged(speech: bytes, detector: Detector, seed: int) -> float:
    """As the detector hears it over a clean telephone, when it is asked."""
    on_the_line = heard_over("clean", speech + quiet(TAIL_S), seed)
    loud = np.flatnonzero(np.abs(np.frombuffer(on_the_line, np.int16).astype(np.int32)) > AUDIBLE)
    asked = int(loud[-1]) + round(JUDGED_AFTER_S * SAMPLE_RATE)
    return detector.probability(on_the_line[: 2 * asked])


async def voiced_seconds(text: str, voice: str) -> float:
    """How long a voice detector takes it for speech; 0: not at all."""
    stream = inference.VAD(min_silence_duration=SILENCE_ENDS_S).stream()
    sound = heard_over("clean", trimmed(spoken(text, voice)) + quiet(TAIL_S))
    for start in range(0, len(sound), FRAME):
        piece = sound[start : start + FRAME]
        stream.push_frame(rtc.AudioFrame(piece, SAMPLE_RATE, 1, len(piece) // 2))
    stream.end_input()
    longest = 0.0
    async for event in stream:
        if event.type is VADEventType.INFERENCE_DONE and event.speaking:
            longest = max(longest, event.speech_duration)
    await stream.aclose()
    return longest


def table_of_endings(found: Sequence[Ending]) -> Table:
    table = Table(
        "Setting", *(f"cut at {lasted} s" for lasted in PAUSES_S), "delay, median", "mean", "p95", title="End of turn"
    )
    for setting in settings():
        cut = [_share(setting.cuts(one) for one in found if one.lasted_s == lasted) for lasted in PAUSES_S]
        delays = [setting.delay(one) for one in found if one.lasted_s is None]
        table.add_row(
            setting.name, *cut, f"{np.median(delays):.2f}", f"{np.mean(delays):.2f}", f"{np.percentile(delays, 95):.2f}"
        )
    return table


def table_of_interruptions(listening: Sequence[float], interrupting: Sequence[float]) -> Table:
    table = Table(
        "Interrupts after", "paused by showing that one listens", "never paused by real words", title="Interruption"
    )
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.8):
        table.add_row(
            f"{least} s",
            _share(seconds >= least for seconds in listening),
            _share(seconds < least for seconds in interrupting),
        )
    return table


def _share(flags: Iterable[bool]) -> str:
    each = list(flags)
    return f"{round(100 * sum(each) / len(each))} %"


async def measure(voices: Sequence[str], screen: Console) -> None:
    detector = Detector()
    found = [ending for voice in voices for ending in endings(voice, detector)]
    screen.print(table_of_endings(found))
    listening = [await voiced_seconds(text, voice) for voice in voices for text in LISTENING]
    interrupting = [await voiced_seconds(text, voice) for voice in voices for text in INTERRUPTING]
    screen.print(table_of_interruptions(listening, interrupting))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.turn_taking", description=__doc__)
    parser.add_argument("--voices", nargs="+", choices=VOICES, default=list(VOICES))
    asyncio.run(measure(parser.parse_args(arguments).voices, Console(width=140)))


if __name__ == "__main__":
    main()
