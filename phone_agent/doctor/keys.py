"""The providers' keys: how they look, and with --online whether each opens its service."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
from livekit import api

from phone_agent.doctor.findings import REFUSALS, Finding, Ward, fine, odd, wrong
from phone_agent.settings import Settings

ANSWER_S = 6.0
OPENAI = "https://api.openai.com/v1"
TWILIO = "https://api.twilio.com"
CARTESIA_VERSION = "2025-04-16"
NO_SUCH_PAGE = (404, 405)
TOKEN_LIFE = timedelta(minutes=5)


@dataclass(frozen=True)
class Key:
    variable: str
    value: str = field(repr=False)
    looks: str
    """How the service's keys look; empty: nobody can tell."""
    url: str
    """What costs nothing, and is answered to this key only."""
    headers: dict[str, str] = field(repr=False)


def keys_of(settings: Settings) -> list[Key]:
    made = [_openai(settings), _fireworks(settings), _deepgram(settings), _cartesia(settings),
            _inference(settings), _twilio(settings)]  # fmt: skip
    return [key for key in made if key is not None]


async def check_keys(ward: Ward) -> list[Finding]:
    keys = keys_of(ward.settings)
    kind = ward.settings.voice_kind
    if not keys:
        return [fine(f"no provider's key is set; the voice is {kind}")]
    if not ward.online:
        odd_ones = [finding for key in keys for finding in _about_looks(key)]
        names = ", ".join(key.variable for key in keys)
        return odd_ones or [fine(f"{names} look right (try them with --online); the voice is {kind}")]
    async with httpx.AsyncClient(timeout=ANSWER_S) as client:
        return list(await asyncio.gather(*(_try(client, key) for key in keys)))


async def _try(client: httpx.AsyncClient, key: Key) -> Finding:
    try:
        answer = await client.get(key.url, headers=key.headers)
    except httpx.HTTPError as error:
        said = f"{key.variable}: {httpx.URL(key.url).host} does not answer ({type(error).__name__})."
        return wrong(said, "is this machine's network open to it? Calls go on with the parts of this machine")
    if answer.status_code in REFUSALS:
        return wrong(
            f"{key.variable}: the service refuses this key.",
            f"make a new key there and put it into .env as {key.variable}",
        )
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return odd(
            f"{key.variable}: too many requests, or the account's quota is used up.", "look into the account there"
        )
    if answer.is_success or answer.status_code in NO_SUCH_PAGE:
        return fine(f"{key.variable} is taken")
    return odd(f"{key.variable}: the service answers {answer.status_code}.", "look at the service's status page")


def _about_looks(key: Key) -> list[Finding]:
    if key.value.strip("\"' ") != key.value:
        return [wrong(f"{key.variable} has quotes or spaces around it.", "take them away in .env")]
    if key.looks and not re.fullmatch(key.looks, key.value):
        return [
            odd(f"{key.variable} does not look like a key of that service.", "try it: `phone-agent doctor --online`")
        ]
    return []


def _openai(settings: Settings) -> Key | None:
    value, own = settings.openai_api_key, settings.openai_base_url
    if not value:
        return None
    looks = "" if own else r"sk-[\w-]{20,}"
    return Key("OPENAI_API_KEY", value, looks, f"{own or OPENAI}/models", _bearer(value))


def _fireworks(settings: Settings) -> Key | None:
    value = settings.fireworks_api_key
    return (
        Key("FIREWORKS_API_KEY", value, r"fw_\w{10,}", f"{settings.fireworks_base_url}/models", _bearer(value))
        if value
        else None
    )


def _deepgram(settings: Settings) -> Key | None:
    value = settings.deepgram_api_key
    if not value:
        return None
    url = f"{settings.deepgram_base_url}/v1/auth/token"
    return Key("DEEPGRAM_API_KEY", value, r"[0-9a-f]{40}", url, {"Authorization": f"Token {value}"})


def _cartesia(settings: Settings) -> Key | None:
    value = settings.cartesia_api_key
    if not value:
        return None
    headers = {"X-API-Key": value, "Cartesia-Version": CARTESIA_VERSION}
    return Key("CARTESIA_API_KEY", value, r"sk_car_\w{10,}", f"{settings.cartesia_base_url}/voices?limit=1", headers)


def _inference(settings: Settings) -> Key | None:
    """LiveKit's own key, where it is used for more than calls."""
    if settings.voice_kind != "inference" or settings.inference_credentials is None:
        return None
    key, secret = settings.inference_credentials
    grants = api.access_token.InferenceGrants(perform=True)
    token = api.AccessToken(key, secret).with_identity("doctor").with_inference_grants(grants).with_ttl(TOKEN_LIFE)
    return Key("LIVEKIT_INFERENCE_API_KEY", key, "", f"{settings.inference_url}/models", _bearer(token.to_jwt()))


def _twilio(settings: Settings) -> Key | None:
    account, token = settings.twilio_account_sid, settings.twilio_auth_token
    if not account or not token:
        return None
    url = f"{settings.twilio_base_url or TWILIO}/2010-04-01/Accounts/{account}.json"
    proof = b64encode(f"{account}:{token}".encode()).decode()
    return Key("TWILIO_AUTH_TOKEN", token, r"[0-9a-f]{32}", url, {"Authorization": f"Basic {proof}"})


def _bearer(value: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {value}"}
