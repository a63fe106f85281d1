"""What LiveKit answers to a dialled number or a REFER, as an outcome."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from google.protobuf.duration_pb2 import Duration
from livekit import api

from phone_agent.order_pad.desk import Outcome
from phone_agent.telephony.sip_files import ADOPTED_MARK, MADE, SIP_FOLDER

logger = logging.getLogger(__name__)

TRUNK_FILE = SIP_FOLDER / "outbound_trunk.json"
MARKS = (MADE, ADOPTED_MARK)
"""Of what scripts/provision_sip.py has made, or taken over with --adopt."""
BY_STATUS = {
    401: Outcome.REFUSED,
    403: Outcome.REFUSED,
    407: Outcome.REFUSED,
    408: Outcome.NO_ANSWER,
    480: Outcome.NO_ANSWER,
    486: Outcome.BUSY,
    487: Outcome.NO_ANSWER,
    600: Outcome.BUSY,
    603: Outcome.DECLINED,
}
"""SIP's own numbers; any other one is a phone that cannot be reached."""
RANG_OUT = ("deadline_exceeded", "canceled", "aborted")
"""LiveKit's words for a call that nobody took, where the phone said nothing."""


@dataclass(frozen=True)
class Leg:
    """Who is rung into which room."""

    room: str
    identity: str
    name: str
    number: str
    ringing_seconds: int


async def dial(livekit: api.LiveKitAPI, trunk: str, leg: Leg) -> Outcome | None:
    """None: answered."""
    request = api.CreateSIPParticipantRequest(
        sip_trunk_id=trunk,
        sip_call_to=leg.number,
        room_name=leg.room,
        participant_identity=leg.identity,
        participant_name=leg.name,
        wait_until_answered=True,
        ringing_timeout=Duration(seconds=leg.ringing_seconds),
    )
    try:
        await livekit.sip.create_sip_participant(request)
    except api.ServerError as error:
        return noted(outcome_of(error), leg, error)
    except (aiohttp.ClientError, TimeoutError) as error:
        return noted(Outcome.REFUSED, leg, error)
    return None


def noted(outcome: Outcome, leg: Leg, error: Exception) -> Outcome:
    """The error's own words may hold the number."""
    extra = {"who": leg.name, "outcome": str(outcome), "error": type(error).__name__}
    logger.warning("a phone was not reached", extra=extra)
    return outcome


def outcome_of(error: api.ServerError) -> Outcome:
    status = error.sip_status_code if isinstance(error, api.SipCallError) else None
    if status is not None:
        return BY_STATUS.get(status, Outcome.UNREACHABLE)
    return Outcome.NO_ANSWER if error.code in RANG_OUT else Outcome.REFUSED


async def outbound_trunk(livekit: api.LiveKitAPI) -> str | None:
    """The id of our outbound trunk; None where nobody has made it."""
    listed = await livekit.sip.list_outbound_trunk(api.ListSIPOutboundTrunkRequest())
    return found_among(listed.items)


def found_among(trunks: Iterable[api.SIPOutboundTrunkInfo], file: Path = TRUNK_FILE) -> str | None:
    """The oldest that is called as the file says: provisioning keeps that one too."""
    name = json.loads(file.read_text())["trunk"]["name"]
    ours = (t.sip_trunk_id for t in trunks if t.name == name and t.metadata.startswith(MARKS))
    return min(ours, default=None)
