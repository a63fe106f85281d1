"""What is wanted at Twilio: sip/twilio.json with the settings filled in; what a setting is missing for is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import quote

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from phone_agent.settings import Settings
from phone_agent.telephony.plan import Key, Ref, Wanted
from phone_agent.telephony.requests import VARIABLE, Json, RequestError, Value, filled, outbound_values
from phone_agent.telephony.sip_files import MADE, SIP_FOLDER

TRUNK, ORIGINATION, NUMBER = "Twilio trunk", "origination URI", "number"
CREDENTIALS, CREDENTIAL = "credential list", "credential"
SOURCES, SOURCE = "IP access list", "IP address"
TRUNK_CREDENTIALS, TRUNK_SOURCES, TRUNK_NUMBER = "trunk's credential list", "trunk's IP access list", "trunk's number"
DOMAIN = re.compile(r"([a-z0-9-]+)\.pstn(\.[a-z0-9-]+)?\.twilio\.com", re.IGNORECASE)
STRONG = re.compile(r"(?=.*[a-z])(?=.*[A-Z])(?=.*\d).{12,}")
PRIORITY_STEP = 10
VOICE = ("voice_url", "voice_application_sid")
"""What a number does without a trunk."""


def _marked(value: str) -> str:
    if MADE not in value:
        raise ValueError(f"must hold the words {MADE!r}: by them it is found again.")
    return value


Marked = Annotated[str, AfterValidator(_marked), Field(max_length=64)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Trunk(Part):
    friendly_name: Marked
    domain_name: str | None = None
    disaster_recovery_url: str | None = None
    disaster_recovery_method: Literal["GET", "POST"] = "GET"
    transfer_mode: Literal["disable-all", "sip-only", "enable-all"] = "enable-all"
    transfer_caller_id: Literal["from-transferee", "from-transferor"] = "from-transferee"
    secure: bool = False
    cnam_lookup_enabled: bool = False


class Origination(Part):
    sip_url: str = Field(pattern="^sips?:")
    priority: int = Field(10, ge=0, le=65535)
    weight: int = Field(10, ge=1, le=65535)
    enabled: bool = True


class CredentialList(Part):
    friendly_name: Marked
    username: str | None = None
    password: str | None = Field(None, repr=False)


class IpList(Part):
    friendly_name: Marked
    ip_addresses: tuple[str, ...] = ()


class Number(Part):
    friendly_name: Marked
    sms_url: str | None = None
    sms_method: Literal["GET", "POST"] = "POST"


class TwilioFile(Part):
    trunk: Trunk
    origination_urls: tuple[Origination, ...]
    credential_list: CredentialList
    ip_access_control_list: IpList
    number: Number

    @model_validator(mode="after")
    def _has_one_name(self) -> Self:
        parts = (self.trunk, self.credential_list, self.ip_access_control_list, self.number)
        if len({plain(part.friendly_name) for part in parts}) > 1:
            raise ValueError("every friendly_name must begin alike: by it this installation's things are known.")
        return self


def twilio_wishes(
    settings: Settings, folder: Path = SIP_FOLDER, numbers: Sequence[str] = (), *, to_destroy: bool = False
) -> list[Wanted]:
    """Raises RequestError. `numbers`: of single restaurants; taken where the account has them, never bought."""
    path = folder / "twilio.json"
    if not to_destroy:
        _refuse(settings, path, numbers)
    file = _load(path, settings)
    trunk = Key(TRUNK, plain(file.trunk.friendly_name))
    lists = [*_credentials(file.credential_list, trunk), *_sources(file.ip_access_control_list, trunk)]
    own = [wish for wish in lists if wish.parent != trunk]
    attached = [wish for wish in lists if wish.parent == trunk]
    fields = file.trunk.model_dump()
    if fields["disaster_recovery_url"] is None:
        del fields["disaster_recovery_method"]
    claims = frozenset([file.trunk.domain_name] if file.trunk.domain_name else [])
    return [
        *own,
        Wanted(trunk, fields, marked_in="friendly_name", claims=claims, only_once=True),
        *attached,
        *_originations(file, trunk),
        *_numbers(file.number, trunk, settings.phone_number if settings.has_own_number else None, numbers),
    ]


def _refuse(settings: Settings, path: Path, numbers: Sequence[str]) -> None:
    if settings.fallback_number in (settings.phone_number, *numbers):
        raise RequestError(f"{path}: PHONE_AGENT_FALLBACK_NUMBER is a number of this trunk: it would ring itself.")
    password = settings.outbound_password
    if password and _domain(settings) is not None and not STRONG.fullmatch(password):
        raise RequestError(
            f"{path}: PHONE_AGENT_OUTBOUND_PASSWORD is too weak for Twilio: at least 12 characters, "
            "with a small and a capital letter and a digit."
        )
    if settings.inbound_username:
        raise RequestError(f"{path}: Twilio cannot log in: unset PHONE_AGENT_INBOUND_USERNAME and its password.")


def _domain(settings: Settings) -> str | None:
    domain = DOMAIN.fullmatch((settings.outbound_address or "").partition(":")[0])
    return f"{domain[1].lower()}.pstn.twilio.com" if domain else None


def plain(friendly_name: str) -> str:
    return friendly_name.partition(",")[0]


def _credentials(part: CredentialList, trunk: Key) -> Iterator[Wanted]:
    if not (part.username and part.password):
        return
    key = Key(CREDENTIALS, plain(part.friendly_name))
    yield Wanted(key, {"friendly_name": part.friendly_name}, marked_in="friendly_name")
    yield Wanted(Key(CREDENTIAL, part.username), {"username": part.username, "password": part.password}, key)
    yield Wanted(Key(TRUNK_CREDENTIALS, key.name), {"credential_list_sid": Ref(key)}, trunk)


def _sources(part: IpList, trunk: Key) -> Iterator[Wanted]:
    if not part.ip_addresses:
        return
    key = Key(SOURCES, plain(part.friendly_name))
    yield Wanted(key, {"friendly_name": part.friendly_name}, marked_in="friendly_name")
    for address in part.ip_addresses:
        network = ip_network(address, strict=False)
        fields: dict[str, str | int] = {
            "friendly_name": part.friendly_name,
            "ip_address": str(network.network_address),
            "cidr_prefix_length": network.prefixlen,
        }
        yield Wanted(Key(SOURCE, str(network)), fields, key, marked_in="friendly_name")
    yield Wanted(Key(TRUNK_SOURCES, key.name), {"ip_access_control_list_sid": Ref(key)}, trunk)


def _originations(file: TwilioFile, trunk: Key) -> Iterator[Wanted]:
    for each in file.origination_urls:
        yield Wanted(
            Key(ORIGINATION, each.sip_url), {"friendly_name": file.trunk.friendly_name, **each.model_dump()}, trunk
        )


def _numbers(part: Number, trunk: Key, own: str | None, others: Sequence[str]) -> Iterator[Wanted]:
    texts = {"sms_url": part.sms_url, "sms_method": part.sms_method} if part.sms_url else {}
    for number in dict.fromkeys([*([own] if own else []), *others]):
        key = Key(NUMBER, number)
        bought = number == own
        named = {"friendly_name": part.friendly_name} if bought else {}
        yield Wanted(
            key,
            {"phone_number": number, **named, **texts},
            marked_in="friendly_name" if bought else None,
            bought=bought,
            existing=not bought,
            held_in="trunk_sid",
            in_use=(*VOICE, *(["sms_url"] if texts else [])),
        )
        yield Wanted(Key(TRUNK_NUMBER, number), {"phone_number_sid": Ref(key)}, trunk)


def _load(path: Path, settings: Settings) -> TwilioFile:
    values = _values(settings)
    try:
        data = _without_unset(json.loads(path.read_text()), values)
        if isinstance(data, dict) and settings.sip_addresses is None:
            data["origination_urls"] = [part for part in data.get("origination_urls", []) if "sip_url" in part]
        if isinstance(data, dict):
            data["origination_urls"] = [
                part for entry in data.get("origination_urls", []) for part in _per_address(entry, values)
            ]
        return TwilioFile.model_validate(filled(data, values, path))
    except json.JSONDecodeError as error:
        raise RequestError(f"{path} is not JSON: {error}") from error
    except ValidationError as error:
        mistakes = (f"{'.'.join(map(str, e['loc']))}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors())
        raise RequestError(f"{path}: {'; '.join(mistakes)}") from error


def _values(settings: Settings) -> dict[str, Value]:
    values = {name: value for name, value in outbound_values(settings).items() if value != ""}
    if (domain := _domain(settings)) is not None:
        values["TERMINATION_DOMAIN"] = domain
    if settings.fallback_number:
        values["PHONE_AGENT_FALLBACK_NUMBER"] = _for_an_address(settings.fallback_number)
    return values


def _for_an_address(number: str) -> str:
    """Ten digits in North America, as Twilio's forwarding page asks for; others with their country's code."""
    return number[2:] if number.startswith("+1") else quote(number)


def _per_address(entry: Json, values: dict[str, Value]) -> list[Json]:
    """An entry that speaks of all addresses is repeated for each: the next one is tried where the first fails."""
    addresses = values.get("PHONE_AGENT_SIP_ADDRESSES")
    text = json.dumps(entry)
    if "${PHONE_AGENT_SIP_ADDRESSES}" not in text or not isinstance(addresses, tuple):
        return [entry]
    each = [json.loads(text.replace("${PHONE_AGENT_SIP_ADDRESSES}", address)) for address in addresses]
    return [{**part, "priority": part.get("priority", 10) + at * PRIORITY_STEP} for at, part in enumerate(each)]


def _without_unset(data: Json, values: dict[str, Value]) -> Json:
    """A field whose variable is unset is left out; a variable that nobody knows is a mistake, told when filling."""
    known = {field.alias for field in Settings.model_fields.values()} | {"TERMINATION_DOMAIN"}

    def lacks(value: object) -> bool:
        return isinstance(value, str) and any(n in known and n not in values for n in VARIABLE.findall(value))

    if isinstance(data, dict):
        return {name: _without_unset(value, values) for name, value in data.items() if not lacks(value)}
    if isinstance(data, list):
        return [_without_unset(part, values) for part in data if not lacks(part)]
    return data
