"""What Twilio tells: texts that came in, and what became of ours; believed only with its signature."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Header, Request, Response
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from phone_agent.messages.inbound import take_status, take_text
from phone_agent.messages.texting import STATUS_PATH
from phone_agent.settings import Settings
from phone_agent.web.guard import WithReception
from phone_agent.web.refusals import Refused, documented

SMS_PATH = "/api/twilio/messages"
UNSIGNED = "This is not signed with TWILIO_AUTH_TOKEN for PHONE_AGENT_PUBLIC_URL."
NOT_SET_UP = "Twilio is not set up here: TWILIO_AUTH_TOKEN and PHONE_AGENT_PUBLIC_URL are needed."
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}},
    }
}
REFUSALS = documented(
    HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.SERVICE_UNAVAILABLE
)
Signature = Annotated[str, Header(alias="X-Twilio-Signature", include_in_schema=False)]
logger = logging.getLogger(__name__)
router = APIRouter(tags=["Twilio"])


@router.post(SMS_PATH, responses=REFUSALS, openapi_extra=FORM, response_class=Response)
async def take_sms(request: Request, reception: WithReception, signature: Signature = "") -> Response:
    """A text to our number."""
    settings = reception.settings
    form = await _signed_form(request, settings, signature)
    reply = await take_text(
        await reception.store.get(),
        form,
        phone=settings.phone_number,
        language=settings.languages[0],
        now=datetime.now(UTC),
    )
    answer = MessagingResponse()
    if reply is not None:
        answer.message(reply)
    return Response(str(answer), media_type="application/xml")


@router.post(STATUS_PATH, status_code=HTTPStatus.NO_CONTENT, responses=REFUSALS, openapi_extra=FORM)
async def take_text_status(
    request: Request, reception: WithReception, message: str = "", signature: Signature = ""
) -> None:
    """What became of a text of ours; told in any order, and more than once."""
    form = await _signed_form(request, reception.settings, signature)
    await take_status(await reception.store.get(), message, form, datetime.now(UTC))


async def _signed_form(request: Request, settings: Settings, signature: str) -> dict[str, str]:
    """Signed is the address that Twilio was given, whatever proxies have made of it on the way."""
    if settings.twilio_auth_token is None or settings.public_url is None:
        raise Refused(HTTPStatus.NOT_FOUND, "twilio", NOT_SET_UP)
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{settings.public_url}{request.url.path}{query}"
    body = (await request.body()).decode(errors="replace")
    form = dict(parse_qsl(body, keep_blank_values=True))
    if not RequestValidator(settings.twilio_auth_token).validate(address, form, signature):
        logger.warning("a request without Twilio's signature was refused")
        raise Refused(HTTPStatus.FORBIDDEN, "signature", UNSIGNED)
    return form
