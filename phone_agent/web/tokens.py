"""Tokens for browsers: a new room and identity each, the agent sent for, and no right that a caller does not need."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from livekit.api import AccessToken, RoomAgentDispatch, RoomConfiguration, VideoGrants

from phone_agent.callers.page_visit import SECOND_SCREEN, PageVisit
from phone_agent.settings import Settings

GOOD_FOR = timedelta(minutes=2)
"""To join with; the server gives whoever is in the room a fresh one to come back with."""
ROOM_LETTERS, ROOM_LENGTH = string.ascii_uppercase + string.digits, 8
IDENTITY_BYTES = 4
CALLER = "customer_"
UNJOINED_SECONDS, LEFT_SECONDS = 60, 20
"""How long a room stays that nobody has come to, and that everybody has left."""
MOST_IN_A_ROOM = 3
"""Agents are not counted."""


@dataclass(frozen=True)
class Ticket:
    room: str
    identity: str
    token: str


def caller_ticket(settings: Settings, visit: PageVisit) -> Ticket:
    room = f"{settings.room_prefix}_{''.join(secrets.choice(ROOM_LETTERS) for _ in range(ROOM_LENGTH))}"
    grants = VideoGrants(
        room_join=True,
        room=room,
        can_publish=True,
        can_publish_sources=["microphone"],
        can_publish_data=True,
        can_subscribe=True,
        can_update_own_metadata=False,
    )
    config = RoomConfiguration(
        empty_timeout=UNJOINED_SECONDS,
        departure_timeout=LEFT_SECONDS,
        max_participants=MOST_IN_A_ROOM,
        agents=[RoomAgentDispatch(agent_name=settings.agent_name, metadata=visit.as_metadata())],
    )
    identity = CALLER + secrets.token_hex(IDENTITY_BYTES)
    token = _token(settings, identity, grants).with_name(visit.name).with_room_config(config)
    return Ticket(room, identity, token.to_jwt())


def screen_ticket(settings: Settings, room: str) -> Ticket:
    """Into a phone caller's room, to read and to answer: it neither speaks nor hears.

    All of one room are one identity, of which LiveKit keeps the newest: a code shows on one screen at a time.
    """
    grants = VideoGrants(
        room_join=True,
        room=room,
        can_publish=False,
        can_publish_data=True,
        can_subscribe=False,
        can_update_own_metadata=False,
    )
    identity = SECOND_SCREEN + sha256(room.encode()).hexdigest()[: 2 * IDENTITY_BYTES]
    return Ticket(room, identity, _token(settings, identity, grants).to_jwt())


def _token(settings: Settings, identity: str, grants: VideoGrants) -> AccessToken:
    token = AccessToken(settings.livekit_api_key, settings.livekit_api_secret)
    return token.with_identity(identity).with_ttl(GOOD_FOR).with_grants(grants)
