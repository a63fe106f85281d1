"""Settings of what a page shows of a call."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from phone_agent.setting_groups.voice import base_address


class PageSettings(BaseModel):
    public_url: Annotated[str, AfterValidator(base_address)] | None = Field(None, alias="PHONE_AGENT_PUBLIC_URL")
    """The web server's address from outside: Twilio sends texts' news there; callers who want a screen hear it."""
    developer_panel: bool = Field(False, alias="PHONE_AGENT_DEVELOPER_PANEL")
    """Whether a page may show its call's turn times, tool calls and cost; `make up` sets it."""
