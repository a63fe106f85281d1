"""The built page, the widget's script, and what the page asks before it shows itself."""

from __future__ import annotations

from http import HTTPStatus
from importlib.metadata import version
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from phone_agent.settings import Settings
from phone_agent.store.open import CANNOT_OPEN
from phone_agent.web.guard import WithReception, from_known_origin
from phone_agent.web.reception import Reception
from phone_agent.web.refusals import documented

FOR_GOOD = "public, max-age=31536000, immutable"
"""For what carries a hash of itself in its name."""
ASK_AGAIN = "no-cache"
AT_THE_TOP = ("widget.js", "icon.svg", "favicon.ico", "robots.txt", "manifest.webmanifest")
UNBUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>The page is not built</title>
<p>The page is not built. Run <code>make page</code>, then load this again.</p></html>
"""
IN_THE_CLOUD = ("https://*.livekit.cloud", "wss://*.livekit.cloud")
"""LiveKit Cloud sends browsers on to a server near them."""
router = APIRouter(tags=["page"])


class PlaceOffered(BaseModel):
    slug: str
    name: str


class PageConfig(BaseModel):
    version: str
    phone_number: str = Field(description="What a phone dials, E.164; empty where no number is set.")
    is_demo: bool = Field(description="Whether a caller from the page is the demo household.")
    developer_panel: bool = Field(description="Whether pages show developers how a call goes.")
    restaurants: list[PlaceOffered] = Field(description="Empty where the menu cannot be read just now.")


@router.get(
    "/config.json",
    dependencies=[Depends(from_known_origin)],
    responses=documented(HTTPStatus.FORBIDDEN),
)
async def config(response: Response, reception: WithReception) -> PageConfig:
    """What the page shows before a call."""
    response.headers["Cache-Control"] = "no-store"
    try:
        places, is_demo = await reception.store.places(), await reception.store.has_demo_household()
    except CANNOT_OPEN:
        # Who calls all the same is told so by voice.
        places, is_demo = (), False
    return PageConfig(
        version=version("phone-agent"),
        # The number that stands in for a missing one is nobody's.
        phone_number=reception.settings.phone_number if reception.settings.has_own_number else "",
        is_demo=is_demo,
        developer_panel=reception.settings.developer_panel,
        restaurants=[PlaceOffered(slug=place.slug, name=place.name) for place in places],
    )


@router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
async def page(request: Request, reception: WithReception) -> Response:
    headers = {"Content-Security-Policy": policy(reception.settings), "Permissions-Policy": "microphone=(self)"}
    if not (reception.static / "index.html").is_file():
        return HTMLResponse(UNBUILT, HTTPStatus.SERVICE_UNAVAILABLE, {**headers, "Cache-Control": "no-store"})
    response = await _file(request, reception, "index.html", ASK_AGAIN)
    response.headers.update(headers)
    return response


@router.api_route("/assets/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def asset(request: Request, path: str, reception: WithReception) -> Response:
    return await _file(request, reception, f"assets/{path}", FOR_GOOD)


async def at_the_top(request: Request, reception: WithReception) -> Response:
    return await _file(request, reception, request.url.path.lstrip("/"), ASK_AGAIN)


for name in AT_THE_TOP:
    router.add_api_route(f"/{name}", at_the_top, methods=["GET", "HEAD"], include_in_schema=False)


async def _file(request: Request, reception: Reception, path: str, keep: str) -> Response:
    if not reception.static.is_dir():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    response = await StaticFiles(directory=reception.static).get_response(path, request.scope)
    response.headers["Cache-Control"] = keep
    return response


def policy(settings: Settings) -> str:
    """A script or a connection of anybody else's has no place on the page; menus' images may be anywhere."""
    livekit = urlsplit(settings.livekit_url_of_browsers)
    secure = "s" if livekit.scheme in ("wss", "https") else ""
    reached = {f"ws{secure}://{livekit.netloc}", f"http{secure}://{livekit.netloc}"}
    framed_by = ("'self'", *(settings.web_origins or ()))
    reached |= set(IN_THE_CLOUD) if settings.is_in_the_cloud else set()
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: https:",
            "font-src 'self'",
            "media-src 'self' blob:",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            f"connect-src 'self' {' '.join(sorted(reached))}",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {' '.join(framed_by)}",
        )
    )
