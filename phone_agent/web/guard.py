"""What a request must pass before it is read: whence it comes, and how often."""

from __future__ import annotations

from http import HTTPStatus
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from phone_agent.web.reception import Reception, reception_of
from phone_agent.web.refusals import Refused

WithReception = Annotated[Reception, Depends(reception_of)]
STRANGE_SITE = "This page may not ask for calls here: its address is not among PHONE_AGENT_WEB_ORIGINS."


async def from_known_origin(request: Request, reception: WithReception) -> None:
    """Browsers name the page that asks and cannot be made to lie; programs name none and need no page's leave."""
    origin = request.headers.get("origin")
    if origin is None or origin.lower() in (reception.settings.web_origins or ()):
        return
    # A proxy before this server may have put its own name in Host.
    if reception.settings.public_url is not None and origin.lower() == _origin_of(reception.settings.public_url):
        return
    if urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise Refused(HTTPStatus.FORBIDDEN, "origin", STRANGE_SITE)


async def not_too_many_calls(request: Request, reception: WithReception) -> None:
    refuse_for(reception.rates.wait_before_call(address_of(request)), "calls")


async def not_too_many_tries(request: Request, reception: WithReception) -> None:
    refuse_for(reception.rates.wait_before_try(address_of(request)), "codes")


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _origin_of(address: str) -> str:
    parts = urlsplit(address.lower())
    return f"{parts.scheme}://{parts.netloc}"


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def refuse_for(seconds: int | None, reason: str) -> None:
    """None: it is not refused."""
    if seconds is not None:
        detail = f"That was too often. Please wait {seconds} seconds."
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, reason, detail, {"Retry-After": str(seconds)})
