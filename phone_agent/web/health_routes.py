"""GET /healthz and /metrics."""

from __future__ import annotations

from hmac import compare_digest
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from phone_agent.web.guard import WithReception, address_of, is_loopback
from phone_agent.web.health import Health
from phone_agent.web.refusals import Refused, documented

Bearer = Annotated[str, Header(include_in_schema=False)]
PASSED_ON = {"x-forwarded-for", "forwarded", "x-real-ip"}
NOT_FOR_ALL = "Only programs on this machine may ask, or with PHONE_AGENT_METRICS_TOKEN as the bearer token."
router = APIRouter(tags=["operation"])


@router.get("/healthz", responses={int(HTTPStatus.SERVICE_UNAVAILABLE): {"model": Health}})
async def healthz(response: Response, reception: WithReception) -> Health:
    """Whether calls can come about: the store can be read, and LiveKit's server answers."""
    health = await reception.health.look(reception.store, reception.settings)
    if health.status != "ok":
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Cache-Control"] = "no-store"
    return health


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}}, **documented(HTTPStatus.FORBIDDEN)},
)
async def metrics(request: Request, reception: WithReception, authorization: Bearer = "") -> Response:
    """For Prometheus on this machine, or with PHONE_AGENT_METRICS_TOKEN from elsewhere; nothing personal."""
    token = reception.settings.metrics_token
    if token is not None:
        is_known = compare_digest(authorization.encode(), f"Bearer {token}".encode())
    else:
        # What a proxy passes on comes from anywhere, wherever the proxy stands.
        is_known = is_loopback(address_of(request)) and not PASSED_ON & set(request.headers)
    if not is_known:
        raise Refused(HTTPStatus.FORBIDDEN, "metrics", NOT_FOR_ALL)
    return Response(generate_latest(reception.counters.registry), media_type=CONTENT_TYPE_LATEST)
