"""When a turn is over and what interrupts the agent: values chosen by measurement (python -m bench.turn_taking)."""

from __future__ import annotations

from livekit.agents import TurnHandlingOptions, inference
from livekit.agents.vad import VAD

OFFLINE_SILENCE_SECONDS = 0.2
"""Ends speech offline: the recogniser itself holds a sentence that is not complete."""
