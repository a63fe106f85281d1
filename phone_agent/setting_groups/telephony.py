"""Settings of the telephone network: the Twilio account, and how calls get from it to LiveKit and back."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from phone_agent.setting_groups.voice import Address, VoiceSettings, comma_list

E164 = re.compile(r"\+[1-9]\d{6,14}")


def e164(value: str) -> str:
    if not E164.fullmatch(value.strip()):
        raise ValueError("write the number as +14075550133.")
    return value.strip()


class TelephonySettings(VoiceSettings):
    twilio_account_sid: Annotated[str, Field(pattern="^AC[0-9a-fA-F]{32}$")] | None = Field(
        None, alias="TWILIO_ACCOUNT_SID"
    )
    """The Twilio account that texts are sent from and numbers belong to; only together with its token."""
    twilio_auth_token: str | None = Field(None, alias="TWILIO_AUTH_TOKEN", repr=False)
    """Its auth token."""
    twilio_base_url: Address | None = Field(None, alias="TWILIO_BASE_URL")
    """Where Twilio is asked for, if not at its own addresses."""
    sip_addresses: Annotated[tuple[str, ...], BeforeValidator(comma_list)] | None = Field(
        None, alias="PHONE_AGENT_SIP_ADDRESSES"
    )
    """Where a carrier finds livekit-sip, best first: host or host:port, comma-separated."""
    sip_transport: Literal["udp", "tcp", "tls"] = Field("udp", alias="PHONE_AGENT_SIP_TRANSPORT")
    """How it is spoken to there; with tls, media are encrypted as well."""
    sip_sources: Annotated[tuple[str, ...], BeforeValidator(comma_list)] | None = Field(
        None, alias="PHONE_AGENT_SIP_SOURCES"
    )
    """Public addresses (CIDR) from which livekit-sip dials out; the carrier refuses others."""
    fallback_number: Annotated[str, AfterValidator(e164)] | None = Field(None, alias="PHONE_AGENT_FALLBACK_NUMBER")
    """The restaurant's own line, which Twilio rings when livekit-sip does not answer."""
    inbound_username: str | None = Field(None, alias="PHONE_AGENT_INBOUND_USERNAME", repr=False)
    """What a PBX must call itself to be let in; only together with its password. Twilio cannot do this."""
    inbound_password: str | None = Field(None, alias="PHONE_AGENT_INBOUND_PASSWORD", repr=False)
    """The inbound trunk's password."""
