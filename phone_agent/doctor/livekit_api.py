"""LiveKit's API for one check: opened, bounded in time, and its refusals as findings."""

from __future__ import annotations

from livekit import api

from phone_agent.clients.livekit import livekit_api
from phone_agent.doctor.findings import REFUSALS, Finding, Ward, odd, wrong

PATIENCE_S = 8.0


def api_of(ward: Ward) -> api.LiveKitAPI:
    return livekit_api(ward.settings, PATIENCE_S)


def about(error: Exception) -> list[Finding]:
    """What LiveKit's server says instead of an answer."""
    if isinstance(error, api.ServerError):
        if error.status in REFUSALS:
            return [odd("Not examined: LiveKit's server refuses the key.", "see the check `livekit key`")]
        if "sip not connected" in error.message:
            said = "LiveKit's server runs without SIP: it has no Redis."
            return [wrong(said, "give it `redis:` in its configuration, and run livekit-sip beside it")]
        said = f"LiveKit's server cannot tell ({error.message}): its Redis is down."
        return [wrong(said, "start Redis; trunk and rule are made again by a running worker, or by provisioning")]
    return [odd("Not examined: LiveKit's server does not answer.", "see the check `livekit address`")]
