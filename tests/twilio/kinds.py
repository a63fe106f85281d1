"""The kinds of objects in a Twilio account: where they live, what a form fills, what an answer shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ACCOUNTS = "/2010-04-01/Accounts/{account}"


@dataclass(frozen=True)
class Kind:
    path: str
    """Of the list; {parent} in it is the parent's sid."""
    key: str
    """Under which a list's answer holds them."""
    prefix: str
    defaults: Mapping[str, Any] = field(default_factory=dict)
    """Every field that an answer shows, of the type that it has."""
    parent: str | None = None
    parent_field: str | None = None
    attaches: str | None = None
    """An attachment's sid is that of what it attaches."""
    copied: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ("Password",)

    @property
    def is_v1(self) -> bool:
        return self.path.startswith("/v1/")

    @property
    def item_path(self) -> str:
        return f"{self.path}/{{sid}}" if self.is_v1 else f"{self.path.removesuffix('.json')}/{{sid}}.json"

    def read(self, form: Mapping[str, str]) -> dict[str, Any]:
        fields = {_snake(name): value for name, value in form.items() if name not in self.hidden}
        return {name: _like(self.defaults.get(name), text) for name, text in fields.items() if name in self.defaults}


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def _like(example: object, text: str) -> str | int | bool:
    if isinstance(example, bool):
        return text.lower() == "true"
    return int(text) if isinstance(example, int) else text


NUMBER: dict[str, Any] = {
    "phone_number": "", "friendly_name": "", "sms_url": "", "sms_method": "POST", "trunk_sid": None,
    "voice_url": "", "voice_method": "POST", "voice_application_sid": None, "sms_application_sid": None,
    "capabilities": {"voice": True, "sms": True, "mms": True}, "status_callback": "", "beta": False,
    "address_requirements": "none", "api_version": "2010-04-01",
}  # fmt: skip
KINDS = {
    "trunks": Kind("/v1/Trunks", "trunks", "TK", {
        "friendly_name": "", "domain_name": None, "disaster_recovery_url": None, "disaster_recovery_method": None,
        "secure": False, "transfer_mode": "disable-all", "transfer_caller_id": "from-transferee",
        "cnam_lookup_enabled": False, "symmetric_rtp_enabled": False, "auth_type": "", "auth_type_set": [],
        "recording": {"mode": "do-not-record", "trim": "do-not-trim"}, "links": {},
    }),
    "origination_urls": Kind("/v1/Trunks/{parent}/OriginationUrls", "origination_urls", "OU", {
        "friendly_name": "", "sip_url": "", "weight": 10, "priority": 10, "enabled": True,
    }, "trunks", "trunk_sid"),
    "trunk_credential_lists": Kind("/v1/Trunks/{parent}/CredentialLists", "credential_lists", "CL",
        parent="trunks", parent_field="trunk_sid", attaches="credential_lists", copied=("sid", "friendly_name")),
    "trunk_ip_lists": Kind("/v1/Trunks/{parent}/IpAccessControlLists", "ip_access_control_lists", "AL",
        parent="trunks", parent_field="trunk_sid", attaches="ip_lists", copied=("sid", "friendly_name")),
    "trunk_numbers": Kind("/v1/Trunks/{parent}/PhoneNumbers", "phone_numbers", "PN",
        parent="trunks", parent_field="trunk_sid", attaches="numbers",
        copied=("sid", "friendly_name", "phone_number", "sms_url", "sms_method")),
    "credential_lists": Kind(f"{ACCOUNTS}/SIP/CredentialLists.json", "credential_lists", "CL", {"friendly_name": ""}),
    "credentials": Kind(f"{ACCOUNTS}/SIP/CredentialLists/{{parent}}/Credentials.json", "credentials", "CR",
        {"username": ""}, "credential_lists", "credential_list_sid"),
    "ip_lists": Kind(f"{ACCOUNTS}/SIP/IpAccessControlLists.json", "ip_access_control_lists", "AL",
        {"friendly_name": ""}),
    "ip_addresses": Kind(f"{ACCOUNTS}/SIP/IpAccessControlLists/{{parent}}/IpAddresses.json", "ip_addresses", "IP",
        {"friendly_name": "", "ip_address": "", "cidr_prefix_length": 32}, "ip_lists", "ip_access_control_list_sid"),
    "numbers": Kind(f"{ACCOUNTS}/IncomingPhoneNumbers.json", "incoming_phone_numbers", "PN", NUMBER),
    "messages": Kind(f"{ACCOUNTS}/Messages.json", "messages", "SM", {
        "to": "", "from": None, "body": "", "status": "queued", "messaging_service_sid": None,
        "direction": "outbound-api", "num_segments": "1", "num_media": "0", "error_code": None, "error_message": None,
        "price": None, "price_unit": "USD", "date_sent": None, "status_callback": None, "api_version": "2010-04-01",
    }),
}  # fmt: skip
