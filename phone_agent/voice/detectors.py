"""What tells speech from silence, and whether the caller has finished, where the voice is hosted."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from livekit.agents import TurnHandlingOptions, inference
from livekit.agents.vad import VAD
from livekit.plugins import silero

from phone_agent.setting_groups.voice import VoiceSettings
from phone_agent.voice.turn_taking import acoustic_detector, hosted_turn_handling

PLUGIN = "livekit.plugins.turn_detector"
"""Imported only where it is asked for: the import alone makes every worker start a process for the model."""
SILENCE_ENDS_SPEECH_SECONDS = 0.25
"""The least that LiveKit's acoustic turn detector works with."""

SPEECH_ENDS_BELOW = 0.5
"""The detectors' own, 0.35, notices the end of a sentence 0.02 s later; with neither is one of 56 cut in two."""


class DetectorMissing(Exception):
    """The multilingual turn detector's files are not on this machine."""


def vad_for(settings: VoiceSettings) -> VAD:
    if settings.vad == "silero":
        return silero.VAD.load(
            min_silence_duration=SILENCE_ENDS_SPEECH_SECONDS, deactivation_threshold=SPEECH_ENDS_BELOW
        )
    return inference.VAD(min_silence_duration=SILENCE_ENDS_SPEECH_SECONDS, deactivation_threshold=SPEECH_ENDS_BELOW)


def turn_handling_for(settings: VoiceSettings) -> TurnHandlingOptions:
    """Local detectors outright: without this the framework would try a cloud for both."""
    detector = _multilingual() if settings.turn_detector == "multilingual" else acoustic_detector()
    return hosted_turn_handling(detector, prepares_early=settings.prepare_early)


def register_turn_detector(settings: VoiceSettings) -> None:
    """Before the worker starts, which runs the model in a process for all calls. Raises DetectorMissing."""
    if settings.voice_kind == "offline" or settings.turn_detector != "multilingual":
        return
    models, hub = import_module(f"{PLUGIN}.models"), import_module("huggingface_hub")
    for name in ("languages.json", f"onnx/{models.ONNX_FILENAME}"):
        found = hub.try_to_load_from_cache(models.HG_MODEL, name, revision=models.MODEL_REVISIONS["multilingual"])
        if not isinstance(found, str):
            raise DetectorMissing(
                "PHONE_AGENT_TURN_DETECTOR: the files of multilingual are not here. Fetch them with "
                "`uv run python -m livekit.agents download-files`, or use acoustic."
            )
    import_module(f"{PLUGIN}.multilingual")


def _multilingual() -> Any:  # noqa: ANN401 (its type would have to be imported)
    return import_module(f"{PLUGIN}.multilingual").MultilingualModel()
