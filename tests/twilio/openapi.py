"""Twilio's own OpenAPI files, cut down to the paths that are used and joined, so that one prism holds them all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MODULES = Path(__file__).parents[2] / ".run" / "tools" / "twilio" / "node_modules"
PAPERS = MODULES / "@twilio" / "cli-core" / "src" / "services" / "twilio-api"
V2010 = "/2010-04-01/Accounts/{AccountSid}"
USED = {
    "twilio_trunking_v1": ("/v1/Trunks",),
    "twilio_api_v2010": (
        f"{V2010}/SIP/CredentialLists",
        f"{V2010}/SIP/IpAccessControlLists",
        f"{V2010}/IncomingPhoneNumbers.json",
        f"{V2010}/IncomingPhoneNumbers/{{Sid}}.json",
        f"{V2010}/AvailablePhoneNumbers/{{CountryCode}}/Local.json",
        f"{V2010}/Messages.json",
        f"{V2010}/Messages/{{Sid}}.json",
        "/2010-04-01/Accounts/{Sid}.json",
    ),
}


def joined() -> dict[str, Any]:
    whole: dict[str, Any] = {
        "openapi": "3.0.1",
        "info": {"title": "Twilio", "version": "1"},
        "servers": [{"url": "https://api.twilio.com"}],
        "security": [{"accountSid_authToken": []}],
        "paths": {},
        "components": {"schemas": {}, "securitySchemes": {}},
    }
    for name, prefixes in USED.items():
        paper = json.loads((PAPERS / f"{name}.json").read_text())
        for path, item in paper["paths"].items():
            if path.startswith(prefixes):
                whole["paths"][path] = _closed({k: v for k, v in item.items() if k != "servers"})
        for kind in ("schemas", "securitySchemes"):
            whole["components"][kind] |= paper["components"][kind]
    whole["components"]["schemas"] = _needed(whole)
    _mend(whole)
    return whole


def _closed(item: dict[str, Any]) -> dict[str, Any]:
    """A field that Twilio does not know is a mistake; Twilio itself would pass over it."""
    for operation in item.values():
        if isinstance(operation, dict) and "requestBody" in operation:
            for content in operation["requestBody"]["content"].values():
                content["schema"]["additionalProperties"] = False
    return item


def _needed(whole: dict[str, Any]) -> dict[str, Any]:
    """The schemas that the paths lead to: prism starts in a third of the time."""
    all_schemas = whole["components"]["schemas"]
    waiting, needed = _references(whole["paths"]), {}
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = all_schemas[name]
            waiting |= _references(needed[name])
    return needed


def _references(part: object) -> set[str]:
    if isinstance(part, list):
        return set().union(*map(_references, part))
    if not isinstance(part, dict):
        return set()
    own = {part["$ref"].rpartition("/")[2]} if isinstance(part.get("$ref"), str) else set()
    return own.union(*map(_references, part.values()))


def _mend(part: object) -> None:
    """What the files say against themselves: their examples of an older API's addresses are relative.

    And prism takes a schema that does not compile for one that allows everything: `nullable` needs a `type` there.
    """
    for value in part if isinstance(part, list) else part.values() if isinstance(part, dict) else ():
        _mend(value)
    if not isinstance(part, dict):
        return
    if part.get("nullable") is True and "type" not in part:
        del part["nullable"]
    if part.get("format") == "uri":
        part["format"] = "uri-reference"
