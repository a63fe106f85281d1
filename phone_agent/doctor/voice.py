"""Whether what the chosen voice needs is on this machine."""

from __future__ import annotations

from phone_agent.doctor.findings import Finding, Ward, fine, wrong
from phone_agent.languages import languages_of
from phone_agent.settings import SettingsError
from phone_agent.voice.detectors import DetectorMissing, register_turn_detector

FETCH = "`uv run python -m livekit.agents download-files`"


async def check_voice(ward: Ward) -> list[Finding]:
    settings = ward.settings
    try:
        languages_of(settings.languages)
        register_turn_detector(settings)
    except SettingsError as error:
        return [wrong(str(error), "correct PHONE_AGENT_LANGUAGES")]
    except DetectorMissing as error:
        return [wrong(str(error), FETCH)]
    return [fine(f"the voice is {settings.voice_kind}, in {', '.join(settings.languages)}")]
