"""LiveKit's API, as this program asks it: with the settings' key, and with patience that ends."""

from __future__ import annotations

import aiohttp
from livekit import api

from phone_agent.settings import Settings

PATIENCE_S = 10.0
OUT_OF_REACH = (aiohttp.ClientError, OSError, TimeoutError)
FAILURES = (api.ServerError, *OUT_OF_REACH)
"""It refuses, fails, or is not there."""


def livekit_api(settings: Settings, patience_s: float = PATIENCE_S) -> api.LiveKitAPI:
    """To be entered, and closed."""
    return api.LiveKitAPI(
        settings.livekit_url,
        settings.livekit_api_key,
        settings.livekit_api_secret,
        timeout=aiohttp.ClientTimeout(total=patience_s),
    )
