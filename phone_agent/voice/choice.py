"""Which voice the settings ask for."""

from __future__ import annotations

from phone_agent.settings import Settings
from phone_agent.voice.hosted import HostedVoice
from phone_agent.voice.inference import InferenceVoice
from phone_agent.voice.offline.pipeline import OfflineVoice
from phone_agent.voice.pipeline import Voice
from phone_agent.voice.said_before import Shelf, shared_folder


def voice_for(settings: Settings) -> Voice:
    shelf = Shelf(shared_folder("speech")) if settings.keep_speech else None
    match settings.voice_kind:
        case "hosted":
            return HostedVoice(settings, shelf)
        case "inference":
            return InferenceVoice(settings, shelf)
        case "offline":
            return OfflineVoice()
