"""Settings: the environment, read once, typed, refusing half a configuration."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from phone_agent.setting_groups.messages import MessageSettings
from phone_agent.setting_groups.page import PageSettings
from phone_agent.setting_groups.ready import ReadySettings
from phone_agent.setting_groups.running import RunningSettings
from phone_agent.setting_groups.telephony import E164, TelephonySettings, e164
from phone_agent.setting_groups.voice import VoiceSettings, comma_list
from phone_agent.setting_groups.web import WebSettings

RUN_DIR = Path(".run")
"""Of the local stack: servers, logs, recordings, and the store's file unless PHONE_AGENT_DATABASE says where."""
DEMO_PROFILE_ID = UUID("00000000-0000-0000-0000-0000000000fc")
NEEDED_TOGETHER = (
    ("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"),
    ("LIVEKIT_INFERENCE_API_KEY", "LIVEKIT_INFERENCE_API_SECRET"),
    ("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY"),
    ("PHONE_AGENT_OUTBOUND_USERNAME", "PHONE_AGENT_OUTBOUND_PASSWORD"),
    ("PHONE_AGENT_INBOUND_USERNAME", "PHONE_AGENT_INBOUND_PASSWORD"),
    ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    ("PHONE_AGENT_WEBHOOK_URL", "PHONE_AGENT_WEBHOOK_SECRET"),
)
JWT_PARTS = 3


class SettingsError(ValueError):
    """A variable that is missing or wrong, by name, and what to do about it."""


def _numbers(value: tuple[str, ...]) -> tuple[str, ...]:
    if wrong := [number for number in value if not E164.fullmatch(number)]:
        raise ValueError(f"{', '.join(wrong)}: write numbers as +14075550133.")
    return value


def _web_address(value: str) -> str:
    address = urlsplit(value.strip())
    if address.scheme not in ("http", "https") or not address.hostname or address.path.strip("/"):
        raise ValueError("must be the project's address alone, such as https://abcdefgh.supabase.co.")
    return value.strip().rstrip("/")


def _service_role_key(value: str) -> str:
    """What can be seen from the key itself is said now and not in the first call."""
    key = value.strip()
    if key.startswith("sb_secret_") or _role_in(key) == "service_role":
        return key
    raise ValueError("must be the secret key (sb_secret_…) or the legacy service_role key, not one for pages.")


def _role_in(token: str) -> object:
    """What a JWT says of itself, unproven."""
    parts = token.split(".")
    try:
        claims = json.loads(urlsafe_b64decode(parts[1] + "===")) if len(parts) == JWT_PARTS else {}
    except ValueError:
        return None
    return claims.get("role") if isinstance(claims, dict) else None


class Settings(
    PageSettings, WebSettings, MessageSettings, ReadySettings, RunningSettings, TelephonySettings, VoiceSettings
):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True, hide_input_in_errors=True)

    agent_name: str = Field("food-concierge-native", alias="LIVEKIT_AGENT_NAME")
    """The name under which the agent registers and the dispatch rule asks for it."""
    room_prefix: str = Field("food-ordering", alias="LIVEKIT_AGENT_ROOM")
    """How the names of the calls' rooms begin."""
    supabase_url: Annotated[str, AfterValidator(_web_address)] | None = Field(None, alias="SUPABASE_URL")
    """The Supabase project, local or remote, that is the store; only together with its key. Unset: SQLite."""
    supabase_service_role_key: Annotated[str, AfterValidator(_service_role_key)] | None = Field(
        None, alias="SUPABASE_SERVICE_ROLE_KEY", repr=False
    )
    """Supabase's service-role key, a JWT or sb_secret_…; only together with the URL."""
    demo_profile_id: UUID | None = Field(None, alias="DEMO_PROFILE_ID")
    """The household that console and page callers are; never a phone caller."""
    phone_number: Annotated[str, AfterValidator(e164)] = Field("+14075550100", alias="TWILIO_PHONE_NUMBER")
    """The number that callers dial, E.164."""
    allowed_addresses: Annotated[tuple[str, ...], BeforeValidator(comma_list)] = Field(
        ("127.0.0.0/8",), alias="PHONE_AGENT_ALLOWED_ADDRESSES"
    )
    """Addresses (CIDR, comma-separated) from which SIP calls are taken."""
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
    keep_days: int = Field(30, alias="PHONE_AGENT_KEEP_DAYS", ge=0, le=36_500)
    """How many days transcripts, and what tools were told, are kept."""
    max_calls: int = Field(10, alias="PHONE_AGENT_MAX_CALLS", ge=1)
    """How many calls one worker takes at once."""
    prices: str | None = Field(None, alias="PHONE_AGENT_PRICES")
    """A file of prices, for the cost of a call; unset: list prices that come with the program."""
    transfer: Literal["warm", "cold", "off"] = Field("off", alias="PHONE_AGENT_TRANSFER")
    """How a caller who wants a person gets one; off: they hear the restaurant's number."""
    staff_numbers: Annotated[tuple[str, ...], BeforeValidator(comma_list), AfterValidator(_numbers)] | None = Field(
        None, alias="PHONE_AGENT_STAFF_NUMBERS"
    )
    """Who is rung then, one after another (E.164, comma-separated). Unset: the restaurant's phone."""
    ring_seconds: int = Field(20, alias="PHONE_AGENT_RING_SECONDS", ge=1, le=120)
    """How long each of them is rung; shorter than their voicemail waits."""
    outbound_address: str | None = Field(None, alias="PHONE_AGENT_OUTBOUND_ADDRESS")
    """Where the outbound trunk sends calls: the provider's SIP host, with a port where it is not 5060."""
    outbound_username: str | None = Field(None, alias="PHONE_AGENT_OUTBOUND_USERNAME", repr=False)
    """What the provider knows the outbound trunk by; only together with its password."""
    outbound_password: str | None = Field(None, alias="PHONE_AGENT_OUTBOUND_PASSWORD", repr=False)
    """The outbound trunk's password."""
    max_call_minutes: float = Field(20, alias="PHONE_AGENT_MAX_CALL_MINUTES", gt=0)
    """How long a call may last; an order that was just read back may still be confirmed."""
    max_idle_turns: int = Field(12, alias="PHONE_AGENT_MAX_IDLE_TURNS", ge=3)
    """After so many turns in a row that changed nothing the agent hangs up; a hint comes after two thirds of them."""
    room_sound: bool = Field(False, alias="PHONE_AGENT_ROOM_SOUND")
    """Whether the caller hears a quiet room behind the agent."""
    tool_sound: bool = Field(False, alias="PHONE_AGENT_TOOL_SOUND")
    """Whether the caller hears a keyboard while the agent looks something up."""
    turn_log: str | None = Field(None, alias="PHONE_AGENT_TURN_LOG")
    """A file that takes down how long each part of a turn took; no words. Off unless set."""

    @property
    def has_own_number(self) -> bool:
        """Whether the number is one that somebody chose: the default belongs to nobody."""
        return "phone_number" in self.model_fields_set

    @property
    def livekit_url_of_browsers(self) -> str:
        return self.livekit_public_url or self.livekit_url

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
    def _warm_needs_a_trunk(self) -> Self:
        if self.transfer == "warm" and self.outbound_address is None:
            raise ValueError("PHONE_AGENT_TRANSFER is warm but PHONE_AGENT_OUTBOUND_ADDRESS is not set.")
        return self
