"""Which voice the settings ask for."""

from __future__ import annotations

from phone_agent.settings import Settings
from phone_agent.voice.hosted import HostedVoice
from phone_agent.voice.inference import InferenceVoice
from phone_agent.voice.offline.pipeline import OfflineVoice
from phone_agent.voice.pipeline import Voice


def voice_for(settings: Settings) -> Voice:
    match settings.voice_kind:
        case "hosted":
            return HostedVoice(settings)
        case "inference":
            return InferenceVoice(settings)
        case "offline":
            return OfflineVoice()
