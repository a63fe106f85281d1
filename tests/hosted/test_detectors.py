"""What tells speech and the end of a turn in a hosted voice."""

from __future__ import annotations

import subprocess
import sys

import pytest

from phone_agent.settings import Settings
from phone_agent.voice.detectors import turn_handling_for, vad_for

ASKS = (
    "import os; from phone_agent.settings import Settings;"
    "from phone_agent.voice.detectors import register_turn_detector;"
    "register_turn_detector(Settings.from_env(os.environ))"
)


@pytest.mark.parametrize(("wanted", "module"), [("bundled", "livekit.agents"), ("silero", "livekit.plugins.silero")])
def test_each_vad_is_to_be_had(wanted: str, module: str) -> None:
    vad = vad_for(Settings.from_env({"PHONE_AGENT_VAD": wanted}))

    assert type(vad).__module__.startswith(module)


def test_the_default_detectors_are_on_this_machine() -> None:
    handling = turn_handling_for(Settings.from_env({}))

    assert handling["interruption"]["mode"] == "vad"
    assert getattr(handling["turn_detection"], "model", "") == "turn-detector-v1-mini"


@pytest.mark.program
def test_a_detector_whose_files_are_missing_is_refused_before_the_worker_starts() -> None:
    env = {
        "OPENAI_API_KEY": "k",
        "PHONE_AGENT_TURN_DETECTOR": "multilingual",
        "HF_HOME": "/nonexistent",
        "PYTHONPATH": ".",
    }
    asked = subprocess.run([sys.executable, "-c", ASKS], env=env, capture_output=True, text=True, check=False)

    assert "PHONE_AGENT_TURN_DETECTOR: the files of multilingual are not here" in asked.stderr
