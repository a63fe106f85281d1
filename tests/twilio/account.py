"""A Twilio account in memory: what was made in it, by the rules that Twilio states for its own."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import count
from typing import Any

from tests.twilio.kinds import KINDS, Kind

Row = dict[str, Any]
TAKEN_DOMAIN, NO_SUCH, NOT_FOR_SALE, ATTACHED, SAME = 21248, 20404, 21422, 21264, 21232


class Refusal(Exception):
    """Twilio's error answer."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass
class Account:
    sid: str = "AC" + "0" * 31 + "1"
    token: str = "an auth token that nobody may see"
    for_sale: list[str] = field(default_factory=list)
    page_size: int = 50
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Who gets no text messages: number → Twilio's code and message."""

    def __post_init__(self) -> None:
        self.rows: dict[str, dict[str, Row]] = {kind: {} for kind in KINDS}
        self.secrets: list[str] = [self.token]
        self._numbers = count(1)

    def all(self, kind: str, parent: str | None = None) -> list[Row]:
        return [row for row in self.rows[kind].values() if parent in (None, row.get(KINDS[kind].parent_field or ""))]

    def find(self, kind: str, sid: str) -> Row:
        if sid not in self.rows[kind]:
            raise Refusal(404, NO_SUCH, f"The requested resource {sid} was not found")
        return self.rows[kind][sid]

    def make(self, kind: str, form: Mapping[str, str], parent: str | None = None) -> Row:
        shape = KINDS[kind]
        if shape.parent:
            self.find(shape.parent, parent or "")
        if shape.attaches:
            return self._attach(kind, form, parent or "")
        sid = f"{shape.prefix}{next(self._numbers):032x}"
        now = self._now(shape)
        row: Row = {**shape.defaults, "sid": sid, "account_sid": self.sid, "date_created": now, "date_updated": now}
        row |= {shape.parent_field: parent} if shape.parent_field else {}
        row |= shape.read(form)
        RULES.get(kind, _anything)(self, row)
        self.secrets += [form["Password"]] if "Password" in form else []
        self.rows[kind][sid] = row
        return row

    def change(self, kind: str, sid: str, form: Mapping[str, str]) -> Row:
        row = self.find(kind, sid)
        changed = row | KINDS[kind].read(form) | {"date_updated": self._now(KINDS[kind])}
        RULES.get(kind, _anything)(self, changed)
        self.secrets += [form["Password"]] if "Password" in form else []
        self.rows[kind][sid] = changed
        return changed

    def remove(self, kind: str, sid: str, parent: str | None = None) -> None:
        row = self.find(kind, sid)
        if kind == "trunk_numbers":
            self.find("numbers", sid)["trunk_sid"] = None
        if kind in ("credential_lists", "ip_lists") and any(
            sid == r["sid"] for k in ATTACHMENTS[kind] for r in self.rows[k].values()
        ):
            raise Refusal(409, ATTACHED, f"{row['friendly_name']} is mapped to a trunk")
        for child, shape in KINDS.items():
            if shape.parent == kind:
                for each in [r for r in self.all(child) if r.get(shape.parent_field or "") == sid]:
                    self.remove(child, each["sid"])
        del self.rows[kind][sid]

    def _attach(self, kind: str, form: Mapping[str, str], trunk: str) -> Row:
        shape = KINDS[kind]
        attached = self.find(str(shape.attaches), next(iter(form.values())))
        if shape.attaches == "numbers":
            attached["trunk_sid"] = trunk
        elif attached["sid"] in self.rows[kind]:
            raise Refusal(409, SAME, "It is mapped already")
        now = self._now(shape)
        row = {name: attached[name] for name in shape.copied} | {"trunk_sid": trunk, "account_sid": self.sid}
        self.rows[kind][attached["sid"]] = row | {"date_created": now, "date_updated": now}
        return self.rows[kind][attached["sid"]]

    @staticmethod
    def _now(shape: Kind) -> str:
        now = datetime.now(UTC).replace(microsecond=0)
        return now.strftime("%Y-%m-%dT%H:%M:%SZ") if shape.is_v1 else format_datetime(now)

    def lets_in(self, authorization: str) -> bool:
        expected = base64.b64encode(f"{self.sid}:{self.token}".encode()).decode()
        return authorization == f"Basic {expected}"


ATTACHMENTS = {"credential_lists": ("trunk_credential_lists",), "ip_lists": ("trunk_ip_lists",)}


def _anything(_account: Account, _row: Row) -> None:
    """Twilio has no rule for these."""


def _trunk(account: Account, row: Row) -> None:
    domain = row["domain_name"]
    if domain and not domain.endswith(".pstn.twilio.com"):
        raise Refusal(400, TAKEN_DOMAIN, "DomainName must end with pstn.twilio.com")
    if domain and any(r["domain_name"] == domain and r["sid"] != row["sid"] for r in account.all("trunks")):
        raise Refusal(400, TAKEN_DOMAIN, "DomainName is already taken")


def _credential(account: Account, row: Row) -> None:
    same = (r for r in account.all("credentials", row["credential_list_sid"]) if r["sid"] != row["sid"])
    if any(r["username"] == row["username"] for r in same):
        raise Refusal(400, SAME, "Username is already in the list")


def _number(account: Account, row: Row) -> None:
    number = row["phone_number"]
    if any(r["phone_number"] == number for r in account.all("numbers") if r["sid"] != row["sid"]):
        raise Refusal(400, NOT_FOR_SALE, f"{number} is not available")
    if row["sid"] not in account.rows["numbers"]:
        if number not in account.for_sale:
            raise Refusal(400, NOT_FOR_SALE, f"{number} is not available")
        account.for_sale.remove(number)
    row["friendly_name"] = row["friendly_name"] or number


def _message(account: Account, row: Row) -> None:
    if row["to"] in account.refused:
        code, message = account.refused[row["to"]]
        raise Refusal(400, code, message)


RULES: dict[str, Callable[[Account, Row], None]] = {
    "trunks": _trunk,
    "credentials": _credential,
    "numbers": _number,
    "messages": _message,
}
