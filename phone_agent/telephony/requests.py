"""LiveKit's create requests, kept as JSON files with ${VARIABLES} that the settings fill."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import TypeAlias, TypeVar

from google.protobuf.descriptor import Descriptor
from google.protobuf.json_format import Parse, ParseError
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from phone_agent.settings import Settings

AUTO = "SIP_TRANSPORT_AUTO"
VARIABLE = re.compile(r"\$\{(\w+)\}")

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | float | bool | None"
Value: TypeAlias = str | bool | tuple[str, ...]
Values: TypeAlias = Mapping[str, Value]
Request = TypeVar("Request", bound=Message)


class RequestError(ValueError):
    """A request file that LiveKit would not understand; names the file and what it may hold."""


def variables_of(settings: Settings, numbers: Sequence[str] = ()) -> dict[str, Value]:
    """Every setting under the name of its variable, but no secret: a trunk can be read by whoever lists it.

    `numbers`: those of single restaurants, which PHONE_NUMBERS holds beside that of the house.
    """
    shown = {f.alias: getattr(settings, name) for name, f in Settings.model_fields.items() if f.alias and f.repr}
    values: dict[str, Value] = {
        name: value if isinstance(value, (tuple, bool)) else str(value)
        for name, value in shown.items()
        if value is not None
    }
    is_tls = settings.sip_transport == "tls"
    return values | {
        "PHONE_NUMBERS": tuple(dict.fromkeys([settings.phone_number, *numbers])),
        "LIVEKIT_IS_CLOUD": settings.is_in_the_cloud,
        "SECURE": is_tls,
        "MEDIA_ENCRYPTION": "SIP_MEDIA_ENCRYPT_REQUIRE" if is_tls else "SIP_MEDIA_ENCRYPT_DISABLE",
        "TRANSPORT": f"SIP_TRANSPORT_{settings.sip_transport.upper()}" if settings.sip_addresses else AUTO,
    }


def inbound_values(settings: Settings, numbers: Sequence[str] = ()) -> Values:
    """Also what a PBX logs in with: LiveKit must know it to ask for it."""
    return variables_of(settings, numbers) | {
        "PHONE_AGENT_INBOUND_USERNAME": settings.inbound_username or "",
        "PHONE_AGENT_INBOUND_PASSWORD": settings.inbound_password or "",
    }


def outbound_values(settings: Settings) -> Values:
    """Also the outbound trunk's secrets: LiveKit must know them to dial."""
    return variables_of(settings) | {
        "PHONE_AGENT_OUTBOUND_USERNAME": settings.outbound_username or "",
        "PHONE_AGENT_OUTBOUND_PASSWORD": settings.outbound_password or "",
    }


def load_request(path: Path, values: Values, request: Request) -> Request:
    try:
        data = json.loads(path.read_text())
    except json.JSONDecodeError as error:
        raise RequestError(f"{path} is not JSON: {error}") from error
    _refuse_misspelt(data, request, path)
    try:
        return Parse(json.dumps(filled(data, values, path)), request)
    except ParseError as error:
        raise RequestError(f"{path}: {error}") from error


def _refuse_misspelt(data: Json, message: Message, path: Path) -> None:
    """The parser would refuse it too, but names the right fields as its own JSON spells them, not as our files do."""
    if not isinstance(data, Mapping) or message.DESCRIPTOR.full_name.startswith("google."):
        return
    fields = {name: field for field in message.DESCRIPTOR.fields for name in (field.name, field.json_name)}
    for name, value in data.items():
        if name not in fields:
            known = ", ".join(field.name for field in message.DESCRIPTOR.fields)
            raise RequestError(f"{path}: {message.DESCRIPTOR.name} has no field {name!r}. Its fields are: {known}.")
        kind = fields[name].message_type
        if isinstance(kind, Descriptor) and not kind.GetOptions().map_entry:
            for part in value if isinstance(value, list) else [value]:
                _refuse_misspelt(part, GetMessageClass(kind)(), path)


def filled(data: Json, values: Values, path: Path) -> Json:
    if isinstance(data, Mapping):
        return {name: filled(value, values, path) for name, value in data.items()}
    if isinstance(data, list):
        return [filled for part in data for filled in _fill_element(part, values, path)]
    alone = VARIABLE.fullmatch(data) if isinstance(data, str) else None
    if alone and isinstance(switch := values.get(alone[1]), bool):
        return switch
    return _fill_text(data, values, path) if isinstance(data, str) else data


def _fill_element(part: Json, values: Values, path: Path) -> list[Json]:
    """A variable that holds several values becomes as many elements of the list it stands in."""
    alone = VARIABLE.fullmatch(part) if isinstance(part, str) else None
    several = values.get(alone[1]) if alone else None
    return list(several) if isinstance(several, tuple) else [filled(part, values, path)]


def _fill_text(text: str, values: Values, path: Path) -> str:
    plain = {name: ",".join(value) if isinstance(value, tuple) else str(value) for name, value in values.items()}
    try:
        return Template(text).substitute(plain)
    except KeyError as error:
        raise RequestError(
            f"{path}: there is no variable {error.args[0]}, or it is unset. Known are: {', '.join(sorted(plain))}."
        ) from error
    except ValueError as error:
        raise RequestError(f"{path}: {text!r}: {error}.") from error
