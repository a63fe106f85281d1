"""POST /api/second-screen: a page beside a telephone call, for whoever was told the call's code."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from phone_agent.web.guard import WithReception, from_known_origin, not_too_many_tries, refuse_for
from phone_agent.web.refusals import Refused, documented
from phone_agent.web.token_routes import REFUSALS, TokenGiven, give_token
from phone_agent.web.tokens import screen_ticket

logger = logging.getLogger(__name__)
NO_SUCH_CALL = "No call has this code now. Ask the agent for the code, and type it while you are on the phone."
router = APIRouter(tags=["calls"])


class ScreenRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    code: str = Field(min_length=1, max_length=32, description="As the agent said it; spaces and dashes do not count.")


@router.post(
    "/api/second-screen",
    status_code=HTTPStatus.CREATED,
    dependencies=[Depends(from_known_origin), Depends(not_too_many_tries)],
    responses=documented(*REFUSALS),
)
async def join_call(asked: ScreenRequest, response: Response, reception: WithReception) -> TokenGiven:
    """A token for the room of the telephone call that has this code: to read and to confirm, silently."""
    store = await reception.store.get()
    call = await store.find_call_by_screen_code("".join(filter(str.isalnum, asked.code)))
    if call is None:
        logger.info("a second screen's code was nobody's")
        refuse_for(reception.rates.wait_after_miss(), "codes")
        raise Refused(HTTPStatus.NOT_FOUND, "code", NO_SUCH_CALL)
    reception.counters.tokens.labels("screen").inc()
    return give_token(response, screen_ticket(reception.settings, call.room), reception.settings)
