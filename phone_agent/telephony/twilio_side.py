"""Twilio's trunks, lists and numbers: how they are found, made and deleted with its SDK."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from ipaddress import ip_network
from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.rest import Client

from phone_agent.clients.twilio import BROKEN, OUT_OF_REACH, TOO_MANY, open_twilio
from phone_agent.settings import Settings
from phone_agent.telephony.carry_out import Passing, ProvisioningError
from phone_agent.telephony.plan import Found, Json, Key, Owner, Wanted
from phone_agent.telephony.sip_files import ADOPTED_MARK, MADE
from phone_agent.telephony.twilio_wishes import (
    CREDENTIAL,
    CREDENTIALS,
    NUMBER,
    ORIGINATION,
    SOURCE,
    SOURCES,
    TRUNK,
    TRUNK_CREDENTIALS,
    TRUNK_NUMBER,
    TRUNK_SOURCES,
    plain,
)

MOST_SHOWN = 20
AREA_CODE = re.compile(r"[2-9]\d\d", re.ASCII)
DEMO = "https://demo.twilio.com/"
"""What Twilio writes into a number that is bought in its console: nobody's use of it."""
UNAUTHORIZED, FORBIDDEN, GONE = 401, 403, 404
SHOWN = {
    TRUNK: (
        "friendly_name", "domain_name", "disaster_recovery_url", "disaster_recovery_method",
        "transfer_mode", "transfer_caller_id", "secure", "cnam_lookup_enabled",
    ),
    ORIGINATION: ("friendly_name", "sip_url", "priority", "weight", "enabled"),
    NUMBER: (
        "friendly_name", "phone_number", "sms_url", "sms_method",
        "voice_url", "voice_application_sid", "trunk_sid",
    ),
    CREDENTIALS: ("friendly_name",),
    CREDENTIAL: ("username",),
    SOURCES: ("friendly_name",),
    SOURCE: ("friendly_name", "ip_address", "cidr_prefix_length"),
}  # fmt: skip
ATTACHED_BY = {
    TRUNK_CREDENTIALS: "credential_list_sid",
    TRUNK_SOURCES: "ip_access_control_list_sid",
    TRUNK_NUMBER: "phone_number_sid",
}


@asynccontextmanager
async def open_twilio_side(settings: Settings, adopted: Sequence[Wanted] = ()) -> AsyncIterator[TwilioSide]:
    """`adopted`: what is wanted, where it may be found in what others made."""
    async with open_twilio(settings) as client:
        yield TwilioSide(client, adopted)


class TwilioSide:
    name = "Twilio"

    def __init__(self, client: Client, adopted: Sequence[Wanted] = ()) -> None:
        self._client = client
        self._names = {wish.key for wish in adopted}
        self._claims = {claim for wish in adopted for claim in wish.claims}

    async def found(self) -> list[Found]:
        with _failures():
            credentials = [_found(CREDENTIALS, each) for each in await self._client.sip.credential_lists.list_async()]
            sources = [_found(SOURCES, each) for each in await self._client.sip.ip_access_control_lists.list_async()]
            numbers = [
                _found(NUMBER, each, name=each.phone_number)
                for each in await self._client.incoming_phone_numbers.list_async()
            ]
            trunks = [_found(TRUNK, each) for each in await self._client.trunking.v1.trunks.list_async()]
            lists = [each for each in (*credentials, *sources, *trunks) if self._concerns_us(each)]
            inside = [part for each in lists for part in await self._inside(each)]
        return [*credentials, *sources, *numbers, *trunks, *inside]

    def _concerns_us(self, each: Found) -> bool:
        """Others' lists and trunks are not looked into."""
        return each.owner is not Owner.FOREIGN or each.key in self._names or bool(each.claims & self._claims)

    async def _inside(self, each: Found) -> list[Found]:
        if each.key.kind == CREDENTIALS:
            listed = await self._parts(CREDENTIAL, each.id).list_async()
            return [_found(CREDENTIAL, c, name=c.username, parent=each, owner=Owner.UNMARKED) for c in listed]
        if each.key.kind == SOURCES:
            listed = await self._parts(SOURCE, each.id).list_async()
            return [_found(SOURCE, a, name=_network(a), parent=each) for a in listed]
        uris = await self._parts(ORIGINATION, each.id).list_async()
        inside = [_found(ORIGINATION, u, name=u.sip_url, parent=each) for u in uris]
        for kind in ATTACHED_BY:
            inside += [_attached(kind, a, each) for a in await self._parts(kind, each.id).list_async()]
        return inside

    async def create(self, wanted: Wanted, fields: Mapping[str, Json], parent: str | None) -> str:
        given = {name: value for name, value in fields.items() if value is not None}
        with _failures():
            made = await self._parts(wanted.key.kind, parent).create_async(**given)
        return str(made.sid)

    async def update(self, found: Found, fields: Mapping[str, Json]) -> None:
        """Twilio empties a field by an empty text."""
        given = {name: "" if value is None else value for name, value in fields.items()}
        with _failures():
            await self._parts(found.key.kind, found.parent)(found.id).update_async(**given)

    async def delete(self, found: Found) -> None:
        with _failures(gone_is_well=True):
            await self._parts(found.key.kind, found.parent)(found.id).delete_async()

    def _parts(self, kind: str, parent: str | None) -> Any:  # noqa: ANN401 - the SDK has no types
        if kind == CREDENTIAL:
            return self._client.sip.credential_lists(parent).credentials
        if kind == SOURCE:
            return self._client.sip.ip_access_control_lists(parent).ip_addresses
        if kind in (CREDENTIALS, SOURCES):
            return (
                self._client.sip.credential_lists if kind == CREDENTIALS else self._client.sip.ip_access_control_lists
            )
        if kind == NUMBER:
            return self._client.incoming_phone_numbers
        return self._client.trunking.v1.trunks if kind == TRUNK else self._of_trunk(kind, parent)

    def _of_trunk(self, kind: str, trunk: str | None) -> Any:  # noqa: ANN401 - the SDK has no types
        parts = self._client.trunking.v1.trunks(trunk)
        lists = {TRUNK_CREDENTIALS: "credentials_lists", TRUNK_SOURCES: "ip_access_control_lists"}
        return getattr(parts, lists.get(kind, "phone_numbers" if kind == TRUNK_NUMBER else "origination_urls"))


def _found(kind: str, row: Any, *, name: str = "", parent: Found | None = None, owner: Owner | None = None) -> Found:  # noqa: ANN401
    fields: dict[str, Json] = {field: _as_json(getattr(row, field)) for field in SHOWN[kind]}
    mark = str(fields.get("friendly_name"))
    claims = frozenset(str(fields[c]) for c in ("domain_name",) if fields.get(c))
    its_parent = parent.id if parent else None
    own = owner or _owner(mark)
    return Found(Key(kind, name or plain(mark)), row.sid, fields, own, its_parent, claims, _made_for(mark, own))


def _attached(kind: str, row: Any, trunk: Found) -> Found:  # noqa: ANN401
    name = row.phone_number if kind == TRUNK_NUMBER else plain(row.friendly_name)
    owner = Owner.UNMARKED if kind == TRUNK_NUMBER else _owner(row.friendly_name)
    made_for = _made_for(str(row.friendly_name), owner)
    return Found(Key(kind, name), row.sid, {ATTACHED_BY[kind]: row.sid}, owner, trunk.id, made_for=made_for)


def _made_for(mark: str, owner: Owner) -> str:
    return plain(mark) if owner in (Owner.OURS, Owner.ADOPTED) else ""


def _as_json(value: object) -> Json:
    """The SDK's enums are texts; an empty text counts as nothing there, as Twilio takes it."""
    if isinstance(value, bool | int) or value is None:
        return value
    return None if str(value).startswith(DEMO) else str(value) or None


def _owner(name: str) -> Owner:
    if MADE in name:
        return Owner.OURS
    return Owner.ADOPTED if ADOPTED_MARK in name else Owner.FOREIGN


def _network(row: Any) -> str:  # noqa: ANN401
    return str(ip_network(f"{row.ip_address}/{row.cidr_prefix_length}", strict=False))


@contextmanager
def _failures(*, gone_is_well: bool = False) -> Iterator[None]:
    try:
        yield
    except TwilioRestException as error:
        if not (gone_is_well and error.status == GONE):
            raise _told(error.status, error.code, error.msg) from error
    except TwilioException as error:
        # A list that fails carries its answer instead of a status.
        answer = next((part for part in error.args if hasattr(part, "status_code")), None)
        raise _told(getattr(answer, "status_code", BROKEN), None, "it gives no list") from error
    except OUT_OF_REACH as error:
        raise Passing(f"it does not answer ({type(error).__name__})") from error


def _told(status: int, code: int | None, message: str) -> ProvisioningError | Passing:
    if status in (UNAUTHORIZED, FORBIDDEN):
        return ProvisioningError(
            "Twilio refuses the account or its token: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
        )
    if status >= BROKEN or status == TOO_MANY:
        return Passing(f"it fails ({status})")
    return ProvisioningError(f"Twilio refuses: {message}" + (f" (error {code})." if code else f" ({status})."))


async def numbers_for_sale(settings: Settings, country: str, area_code: str) -> list[str]:
    """With voice and texts, as Twilio offers them now."""
    if settings.twilio_account_sid is None:
        raise ProvisioningError("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set.")
    if area_code and not AREA_CODE.fullmatch(area_code):
        raise ProvisioningError(f"{area_code!r} is no area code: three digits, in North America.")
    code = {"area_code": int(area_code)} if area_code else {}
    async with open_twilio(settings) as client:
        with _failures():
            local = client.available_phone_numbers(country).local
            found = await local.list_async(voice_enabled=True, sms_enabled=True, limit=MOST_SHOWN, **code)
    return [f"{each.phone_number}  {each.locality or ''} {each.region or ''}".rstrip() for each in found]
