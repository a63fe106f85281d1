"""LiveKit's webhooks: believed only with the server's signature, and counted."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Request
from livekit.api import ParticipantInfo, TokenVerifier, WebhookEvent, WebhookReceiver

from phone_agent.settings import Settings
from phone_agent.web.guard import WithReception
from phone_agent.web.reception import Reception
from phone_agent.web.refusals import Refused, documented

logger = logging.getLogger(__name__)
router = APIRouter(tags=["LiveKit"])
UNSIGNED = "This is not signed with LiveKit's API key and secret."
BODY = {
    "required": True,
    "description": "LiveKit's WebhookEvent as protobuf JSON; its hash is in the signed token.",
    "content": {"application/webhook+json": {"schema": {"type": "object"}}},
}


@router.post(
    "/api/livekit/webhook",
    status_code=HTTPStatus.NO_CONTENT,
    responses=documented(HTTPStatus.UNAUTHORIZED, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    openapi_extra={"requestBody": BODY},
)
async def take_event(
    request: Request, reception: WithReception, authorization: Annotated[str, Header(include_in_schema=False)] = ""
) -> None:
    """What happened in a room, told by LiveKit's server."""
    event = _verified(await request.body(), authorization, reception.settings)
    _count(reception, event)
    if event.event == "room_finished":
        reception.lines.ended(event.room.name)


def _verified(body: bytes, signature: str, settings: Settings) -> WebhookEvent:
    receiver = WebhookReceiver(TokenVerifier(settings.livekit_api_key, settings.livekit_api_secret))
    try:
        return receiver.receive(body.decode(), signature.removeprefix("Bearer "))
    except Exception as error:
        # The receiver raises no narrower class for a hash that does not fit.
        logger.warning("a webhook without LiveKit's signature was refused")
        raise Refused(HTTPStatus.UNAUTHORIZED, "signature", UNSIGNED) from error


def _count(reception: Reception, event: WebhookEvent) -> None:
    reception.counters.events.labels(event.event).inc()
    if event.event == "participant_joined":
        kind = ParticipantInfo.Kind.Name(event.participant.kind).lower()
        reception.counters.joined.labels(kind).inc()
    logger.debug("LiveKit tells of an event", extra={"event": event.event})
