"""The application: its routers, and what stands around them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from phone_agent.settings import Settings
from phone_agent.store.open import CANNOT_OPEN
from phone_agent.web import health_routes, page_routes, screen_routes, token_routes, twilio_routes, webhook_routes
from phone_agent.web.middleware import Careful, Counting, SmallBodies
from phone_agent.web.rates import Rates
from phone_agent.web.reception import STATIC, Reception
from phone_agent.web.refusals import Refused, on_http_error, on_invalid, on_refused, on_store_away

ROUTERS = (
    token_routes.router,
    screen_routes.router,
    webhook_routes.router,
    twilio_routes.router,
    health_routes.router,
    page_routes.router,
)


def create_app(settings: Settings, *, rates: Rates | None = None, static: Path = STATIC) -> FastAPI:
    """Opens nothing yet: the store is opened by the first request that needs it."""
    reception = Reception(settings, rates or Rates(settings.web_calls_per_minute), static)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        await reception.store.close()

    app = FastAPI(
        title="phone-agent",
        version=version("phone-agent"),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        middleware=_around(reception),
    )
    app.state.reception = reception
    app.add_exception_handler(Refused, on_refused)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http_error)
    for error in CANNOT_OPEN:
        app.add_exception_handler(error, on_store_away)
    for router in ROUTERS:
        app.include_router(router)
    return app


def _around(reception: Reception) -> list[Middleware]:
    """From the outside in."""
    settings = reception.settings
    layers = [
        Middleware(Counting, counters=reception.counters),
        Middleware(Careful),
        Middleware(GZipMiddleware, minimum_size=1000),
        Middleware(SmallBodies),
    ]
    if settings.web_origins:
        sites = Middleware(
            CORSMiddleware, allow_origins=settings.web_origins, allow_methods=["GET", "POST"], allow_headers=["*"]
        )
        layers.insert(2, sites)
    if settings.web_proxies:
        layers.insert(0, Middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.web_proxies)))
    return layers
