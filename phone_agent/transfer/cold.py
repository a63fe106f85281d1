"""Cold: the caller's phone is told to call the restaurant by itself (SIP REFER)."""

from __future__ import annotations

import logging

import aiohttp
from google.protobuf.duration_pb2 import Duration
from livekit import api

from phone_agent.order_pad.desk import Outcome
from phone_agent.transfer.dialling import outcome_of

logger = logging.getLogger(__name__)

REFER_SECONDS = 25


async def refer(livekit: api.LiveKitAPI, room: str, caller: str, address: str) -> Outcome:
    """Never cancelled half-way: nobody would know then whether the phone has gone."""
    request = api.TransferSIPParticipantRequest(
        room_name=room,
        participant_identity=caller,
        transfer_to=address,
        ringing_timeout=Duration(seconds=REFER_SECONDS),
    )
    try:
        await livekit.sip.transfer_sip_participant(request)
    except api.ServerError as error:
        logger.warning("the caller's phone was not transferred", extra={"error": str(error)})
        return outcome_of(error)
    except (aiohttp.ClientError, TimeoutError) as error:
        logger.warning("LiveKit did not transfer the caller's phone", extra={"error": str(error)})
        return Outcome.REFUSED
    return Outcome.REFERRED


def address_of(number: str, provider: str | None) -> str:
    """With no provider of our own, the caller's one knows what to do with a number."""
    return f"tel:{number}" if provider is None else f"sip:{number}@{provider}"
