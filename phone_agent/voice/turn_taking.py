"""When a turn is over and what interrupts the agent: values chosen by measurement (python -m bench.turn_taking)."""

from __future__ import annotations

from livekit.agents import InterruptionOptions, TurnHandlingOptions, inference
from livekit.agents.vad import VAD
from livekit.agents.voice.turn import TurnDetectionMode

OFFLINE_SILENCE_SECONDS = 0.2
"""Ends speech where the recogniser itself tells whether a sentence is complete, and holds one that is not."""
MIN_DELAY_SECONDS = 0.25
"""No longer than the silence that the acoustic detector needs anyway, before it judges."""
MAX_DELAY_SECONDS = 1.0
"""So long a turn that seems unfinished is waited for: what a finished one costs that is judged wrong."""
TELEPHONE_THRESHOLD = 0.1
"""At the acoustic detector's own, 0.36, nearly every finished sentence waits for the longest delay over G.711."""
INTERRUPTS_AFTER_SECONDS = 0.4
GOES_ON_AFTER_SECONDS = 0.8
"""After a voice that had no words, or none that mean anything."""


def offline_vad() -> VAD:
    return inference.VAD(min_silence_duration=OFFLINE_SILENCE_SECONDS)


def acoustic_detector() -> inference.TurnDetector:
    return inference.TurnDetector(version="v1-mini", unlikely_threshold=TELEPHONE_THRESHOLD)


def offline_turn_handling() -> TurnHandlingOptions:
    """Everything is local: without this the framework would try a cloud for both detectors."""
    return TurnHandlingOptions(
        turn_detection="vad",
        endpointing={"mode": "fixed", "min_delay": OFFLINE_SILENCE_SECONDS, "max_delay": 1.0},
        interruption=_interruption(),
        preemptive_generation={"enabled": True},
    )


def hosted_turn_handling(detector: TurnDetectionMode, *, prepares_early: bool = True) -> TurnHandlingOptions:
    """The recogniser cannot tell a finished sentence: a detector on this machine judges it."""
    return TurnHandlingOptions(
        turn_detection=detector,
        endpointing={"mode": "fixed", "min_delay": MIN_DELAY_SECONDS, "max_delay": MAX_DELAY_SECONDS},
        interruption=_interruption(),
        preemptive_generation={"enabled": prepares_early},
    )


def _interruption() -> InterruptionOptions:
    """What is said during a sentence that cannot be cut is transcribed, and answered after it."""
    return {
        "mode": "vad",
        "min_duration": INTERRUPTS_AFTER_SECONDS,
        "false_interruption_timeout": GOES_ON_AFTER_SECONDS,
        "resume_false_interruption": True,
        "discard_audio_if_uninterruptible": False,
    }
