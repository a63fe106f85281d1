"""Settings of the web server: where it answers, whom it answers, and what it sends browsers to."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from phone_agent.setting_groups.voice import comma_list


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.username:
        raise ValueError(f"{value} is no origin: write https://www.example.com, with no slash at the end.")
    return value.lower()


def _websocket(value: str) -> str:
    if urlsplit(value.strip()).scheme not in ("ws", "wss", "http", "https"):
        raise ValueError("must be LiveKit's address as browsers reach it, such as wss://livekit.example.com.")
    return value.strip().rstrip("/")


Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], BeforeValidator(comma_list)]


class WebSettings(BaseModel):
    livekit_public_url: Annotated[str, AfterValidator(_websocket)] | None = Field(None, alias="LIVEKIT_PUBLIC_URL")
    """Where browsers reach LiveKit's server, if not at LIVEKIT_URL."""
    web_host: str = Field("127.0.0.1", alias="PHONE_AGENT_WEB_HOST")
    """The address where the page is served."""
    web_port: int = Field(8080, alias="PHONE_AGENT_WEB_PORT", ge=0, le=65535)
    """Its port; `make up` takes the next free one where it is taken."""
    web_origins: Origins | None = Field(None, alias="PHONE_AGENT_WEB_ORIGINS")
    """Other sites (comma-separated origins) that may embed the page and ask for tokens. Unset: the page's own only."""
    web_proxies: Annotated[tuple[str, ...], BeforeValidator(comma_list)] | None = Field(
        None, alias="PHONE_AGENT_WEB_PROXIES"
    )
    """Addresses (CIDR, comma-separated) of proxies whose X-Forwarded-For is believed. Unset: nobody's."""
    web_calls_per_minute: int = Field(10, alias="PHONE_AGENT_WEB_CALLS_PER_MINUTE", ge=1)
    """How many calls a minute one address may begin from the page."""
    metrics_token: str | None = Field(None, alias="PHONE_AGENT_METRICS_TOKEN", min_length=16)
    """What Prometheus sends as its bearer token for /metrics. Unset: only programs on this machine are told."""
    web_calls: int = Field(5, alias="PHONE_AGENT_WEB_CALLS", ge=1)
    """So many calls from the page at once (one address: half of them); other lines stay for telephones."""
