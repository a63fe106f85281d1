"""Settings: the environment, read once, typed, refusing half a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

DEMO_PROFILE_ID = UUID("00000000-0000-0000-0000-0000000000fc")
NEEDED_TOGETHER = (("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"), ("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY"))


class SettingsError(ValueError):
    """A variable that is missing or wrong, by name, and what to do about it."""


def _comma_list(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


class Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    livekit_url: str = Field("ws://localhost:7880", alias="LIVEKIT_URL")
    """Where LiveKit's server answers."""
    livekit_api_key: str = Field("devkey", alias="LIVEKIT_API_KEY")
    """LiveKit's API key."""
    livekit_api_secret: str = Field("secret", alias="LIVEKIT_API_SECRET", repr=False)
    """LiveKit's API secret."""
    agent_name: str = Field("food-concierge-native", alias="LIVEKIT_AGENT_NAME")
    """The name under which the agent registers and the dispatch rule asks for it."""
    room_prefix: str = Field("food-ordering", alias="LIVEKIT_AGENT_ROOM")
    """How the names of the calls' rooms begin."""
    supabase_url: str | None = Field(None, alias="SUPABASE_URL")
    """The Supabase project; only together with its key."""
    supabase_service_role_key: str | None = Field(None, alias="SUPABASE_SERVICE_ROLE_KEY", repr=False)
    """Supabase's service-role key; only together with the URL."""
    demo_profile_id: UUID | None = Field(None, alias="DEMO_PROFILE_ID")
    """The household that console and page callers are; never a phone caller."""
    phone_number: str = Field("+14075550100", alias="TWILIO_PHONE_NUMBER")
    """The number that callers dial, E.164."""
    allowed_addresses: Annotated[tuple[str, ...], BeforeValidator(_comma_list)] = Field(
        ("127.0.0.0/8",), alias="PHONE_AGENT_ALLOWED_ADDRESSES"
    )
    """Addresses (CIDR, comma-separated) from which SIP calls are taken."""
    voice: Literal["auto", "offline"] = Field("auto", alias="PHONE_AGENT_VOICE")
    """Which voice pipeline: auto takes the best that the keys allow."""
    database: str = Field(".run/phone_agent.sqlite3", alias="PHONE_AGENT_DATABASE")
    """The SQLite file."""
    menu: str = Field("menus/food_court.json", alias="PHONE_AGENT_MENU")
    """The menu file that an empty database is filled from."""
    keypad_only: bool = Field(False, alias="PHONE_AGENT_KEYPAD_ONLY")
    """Whether only the key 1 confirms an order, never a spoken yes."""
    health_host: str = Field("127.0.0.1", alias="PHONE_AGENT_HEALTH_HOST")
    """The address where the worker answers health checks."""
    health_port: int = Field(8081, alias="PHONE_AGENT_HEALTH_PORT", ge=0, le=65535)
    """Where the worker answers health checks; 0 takes a free port."""
    record: bool = Field(False, alias="PHONE_AGENT_RECORD")
    """Whether calls are recorded: the greeting says so."""
    keep_days: int = Field(30, alias="PHONE_AGENT_KEEP_DAYS", ge=0)
    """How many days transcripts are kept."""
    max_calls: int = Field(10, alias="PHONE_AGENT_MAX_CALLS", ge=1)
    """How many calls one worker takes at once."""
    turn_log: str | None = Field(None, alias="PHONE_AGENT_TURN_LOG")
    """A file that takes down how long each part of a turn took; no words. Off unless set."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Raises SettingsError naming each variable that is wrong."""
        given = {name: value for name, value in env.items() if value.strip()}
        for pair in NEEDED_TOGETHER:
            present = [name for name in pair if name in given]
            if len(present) == 1:
                missing = next(name for name in pair if name not in given)
                raise SettingsError(f"{present[0]} is set but {missing} is not: set both, or neither.")
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            # What concerns several variables at once has no place of its own and names them itself.
            mistakes = (
                ": ".join((*map(str, e["loc"]), e["msg"].removeprefix("Value error, "))) for e in error.errors()
            )
            raise SettingsError("; ".join(mistakes)) from error

    @model_validator(mode="after")
    def _refuse_what_is_not_built(self) -> Self:
        if self.supabase_url:
            raise ValueError("SUPABASE_URL: the Supabase store is not built yet; unset it to use SQLite.")
        return self
