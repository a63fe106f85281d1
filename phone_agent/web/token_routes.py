"""POST /token: LiveKit's standard token endpoint, for a call from the page."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from phone_agent.callers.page_visit import LONGEST_NAME, SLUG, PageVisit
from phone_agent.settings import Settings
from phone_agent.web.guard import WithReception, address_of, from_known_origin, not_too_many_calls
from phone_agent.web.reception import Reception
from phone_agent.web.refusals import Refused, documented
from phone_agent.web.tokens import Ticket, caller_ticket

PATHS = ("/token", "/api/livekit/token", "/api/livekit-native/token")
REFUSALS = (
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
ALL_TAKEN = "All lines for calls from this page are taken. Please try again in a minute, or call by telephone."
RETRY_SECONDS = 60
Name = Annotated[str, Field(max_length=LONGEST_NAME)]
router = APIRouter(tags=["calls"])


class TokenRequest(BaseModel):
    """All that a page may say of its caller; anything else is refused with the reason."""

    model_config = ConfigDict(extra="forbid", strict=True)

    participant_name: Name | None = Field(None, description="What the agent may call the caller.")
    participant_name_too: Name | None = Field(None, alias="participantName", description="The same, for older pages.")
    restaurant: Annotated[str, Field(pattern=SLUG)] | None = Field(
        None, description="The slug of the only restaurant that the call is about."
    )


class TokenGiven(BaseModel):
    server_url: str
    participant_token: str
    url: str = Field(description="The same as server_url.")
    token: str = Field(description="The same as participant_token.")
    room_name: str
    participant_name: str


def give_token(response: Response, ticket: Ticket, settings: Settings, name: str = "") -> TokenGiven:
    response.headers["Cache-Control"] = "no-store"
    url = settings.livekit_url_of_browsers
    return TokenGiven(
        server_url=url,
        participant_token=ticket.token,
        url=url,
        token=ticket.token,
        room_name=ticket.room,
        participant_name=name,
    )


async def begin_call(asked: TokenRequest, request: Request, response: Response, reception: WithReception) -> TokenGiven:
    """A token for one new call, whose agent is sent for when the caller joins."""
    if asked.restaurant is not None:
        await _must_be_known(asked.restaurant, reception)
    visit = PageVisit(name=asked.participant_name or asked.participant_name_too or "", restaurant=asked.restaurant)
    ticket = caller_ticket(reception.settings, visit)
    if not await reception.lines.take(ticket.room, address_of(request)):
        retry = {"Retry-After": str(RETRY_SECONDS)}
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "lines", ALL_TAKEN, retry)
    reception.counters.tokens.labels("page").inc()
    return give_token(response, ticket, reception.settings, visit.name)


async def _must_be_known(slug: str, reception: Reception) -> None:
    known = [place.slug for place in await reception.store.places()]
    if slug not in known:
        detail = f"There is no restaurant {slug} here; there is {', '.join(known) or 'none'}."
        raise Refused(HTTPStatus.NOT_FOUND, "restaurant", detail)


for path in PATHS:
    router.add_api_route(
        path,
        begin_call,
        methods=["POST"],
        status_code=HTTPStatus.CREATED,
        dependencies=[Depends(from_known_origin), Depends(not_too_many_calls)],
        responses=documented(*REFUSALS),
    )
