"""GET /healthz and /metrics."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from phone_agent.web.guard import WithReception
from phone_agent.web.health import Health

router = APIRouter(tags=["operation"])


@router.get("/healthz", responses={int(HTTPStatus.SERVICE_UNAVAILABLE): {"model": Health}})
async def healthz(response: Response, reception: WithReception) -> Health:
    """Whether calls can come about: the store can be read, and LiveKit's server answers."""
    health = await reception.health.look(reception.store, reception.settings)
    if health.status != "ok":
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response.headers["Cache-Control"] = "no-store"
    return health


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
async def metrics(reception: WithReception) -> Response:
    """For Prometheus; nothing personal."""
    return Response(generate_latest(reception.counters.registry), media_type=CONTENT_TYPE_LATEST)
