"""LiveKit's trunks and dispatch rules: what the request files want, and how it is found, made and deleted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiohttp
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from livekit import api
from livekit.api.sip_service import SipService
from livekit.protocol import sip

from phone_agent.clients.livekit import OUT_OF_REACH, livekit_api
from phone_agent.settings import Settings
from phone_agent.telephony.carry_out import Passing, ProvisioningError
from phone_agent.telephony.plan import Fields, Found, Json, Key, Owner, Ref, Wanted
from phone_agent.telephony.requests import RequestError, inbound_values, load_request, outbound_values
from phone_agent.telephony.sip_files import ADOPTED_MARK, MADE, SIP_FOLDER

TRUNK, RULE, OUTBOUND = "trunk", "dispatch rule", "outbound trunk"
KINDS = (TRUNK, OUTBOUND, RULE)
WHOSE_SERVER = ("sip_trunk_id", "sip_dispatch_rule_id", "created_at", "updated_at")


def livekit_wishes(settings: Settings, folder: Path = SIP_FOLDER, numbers: Sequence[str] = ()) -> list[Wanted]:
    """The outbound trunk only where the settings say where it leads. Raises RequestError."""
    values = inbound_values(settings, numbers)
    trunk = load_request(folder / "trunk.json", values, sip.CreateSIPInboundTrunkRequest()).trunk
    rule = load_request(
        folder / "dispatch_rule.json", {**values, "TRUNK_ID": "?"}, sip.CreateSIPDispatchRuleRequest()
    ).dispatch_rule
    _checked(folder / "trunk.json", trunk.metadata)
    _checked(folder / "dispatch_rule.json", rule.metadata)
    key = Key(TRUNK, trunk.name)
    ids: list[Json] = [Ref(key) if trunk_id == "?" else trunk_id for trunk_id in rule.trunk_ids]
    pinned: Fields = {**_fields(rule), "trunk_ids": ids}
    wishes = [
        Wanted(key, _fields(trunk), marked_in="metadata", claims=frozenset(trunk.numbers), only_once=True),
        Wanted(Key(RULE, rule.name), pinned, marked_in="metadata"),
    ]
    if settings.outbound_address is not None:
        outbound = load_request(
            folder / "outbound_trunk.json", outbound_values(settings), sip.CreateSIPOutboundTrunkRequest()
        ).trunk
        _checked(folder / "outbound_trunk.json", outbound.metadata)
        wishes.append(Wanted(Key(OUTBOUND, outbound.name), _fields(outbound), marked_in="metadata"))
    return wishes


def _checked(path: Path, metadata: str) -> None:
    if not metadata.startswith(MADE):
        raise RequestError(f"{path}: metadata must begin with {MADE!r}: by these words it is found again.")


@asynccontextmanager
async def open_livekit(settings: Settings) -> AsyncIterator[LiveKitSide]:
    async with livekit_api(settings) as livekit:
        yield LiveKitSide(livekit.sip, settings)


class LiveKitSide:
    name = "LiveKit"

    def __init__(self, service: SipService, settings: Settings) -> None:
        self._sip = service
        self._settings = settings

    async def found(self) -> list[Found]:
        with self._failures():
            trunks = (await self._sip.list_inbound_trunk(sip.ListSIPInboundTrunkRequest())).items
            rules = (await self._sip.list_dispatch_rule(sip.ListSIPDispatchRuleRequest())).items
            outbound = (await self._sip.list_outbound_trunk(sip.ListSIPOutboundTrunkRequest())).items
        found = [
            *(_found(TRUNK, t.sip_trunk_id, t, frozenset(t.numbers)) for t in trunks),
            *(_found(OUTBOUND, t.sip_trunk_id, t) for t in outbound),
            *(_found(RULE, r.sip_dispatch_rule_id, r) for r in rules),
        ]
        # Workers that see twins keep the one of the least id, and so does everybody.
        return sorted(found, key=lambda each: (KINDS.index(each.key.kind), each.id))

    async def create(self, wanted: Wanted, fields: Mapping[str, Json], parent: str | None) -> str:
        with self._failures():
            if wanted.key.kind == TRUNK:
                trunk = ParseDict(dict(fields), sip.SIPInboundTrunkInfo())
                made = await self._sip.create_inbound_trunk(sip.CreateSIPInboundTrunkRequest(trunk=trunk))
                return str(made.sip_trunk_id)
            if wanted.key.kind == OUTBOUND:
                outbound = ParseDict(dict(fields), sip.SIPOutboundTrunkInfo())
                leads = await self._sip.create_outbound_trunk(sip.CreateSIPOutboundTrunkRequest(trunk=outbound))
                return str(leads.sip_trunk_id)
            rule = ParseDict(dict(fields), sip.SIPDispatchRuleInfo())
            ruled = await self._sip.create_dispatch_rule(sip.CreateSIPDispatchRuleRequest(dispatch_rule=rule))
            return str(ruled.sip_dispatch_rule_id)

    async def update(self, found: Found, fields: Mapping[str, Json]) -> None:
        """LiveKit replaces the whole: what nobody speaks of is sent as it was."""
        whole = {name: value for name, value in {**found.fields, **fields}.items() if value is not None}
        with self._failures():
            if found.key.kind == TRUNK:
                await self._sip.update_inbound_trunk(found.id, ParseDict(whole, sip.SIPInboundTrunkInfo()))
            elif found.key.kind == OUTBOUND:
                await self._sip.update_outbound_trunk(found.id, ParseDict(whole, sip.SIPOutboundTrunkInfo()))
            else:
                await self._sip.update_dispatch_rule(found.id, ParseDict(whole, sip.SIPDispatchRuleInfo()))

    async def delete(self, found: Found) -> None:
        with self._failures():
            if found.key.kind == RULE:
                await self._sip.delete_dispatch_rule(sip.DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=found.id))
            else:
                await self._sip.delete_trunk(sip.DeleteSIPTrunkRequest(sip_trunk_id=found.id))

    @contextmanager
    def _failures(self) -> Iterator[None]:
        where = f"LiveKit's server at {self._settings.livekit_url}"
        try:
            yield
        except aiohttp.ClientConnectorError as error:
            raise ProvisioningError(
                f"{where} does not answer ({type(error).__name__}): "
                "check LIVEKIT_URL, or start a local one with `make up`."
            ) from error
        except OUT_OF_REACH as error:
            raise Passing(f"{where} does not answer ({type(error).__name__})") from error
        except api.ServerError as error:
            if error.status >= 500 and "sip not connected" not in error.message:
                raise Passing(f"{where} fails: {error.message} ({error.code})") from error
            raise ProvisioningError(_what_to_do(error, where, self._settings)) from error


def _fields(message: Message) -> Fields:
    """Every field, also the empty ones: what was set by hand and is not wanted is a difference as well."""
    whole = MessageToDict(message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
    # An empty message counts as none: the server puts some of its own in.
    unset = {
        field.name: None
        for field in message.DESCRIPTOR.fields
        if field.name not in whole
        or (field.message_type and not field.is_repeated and not getattr(message, field.name).ByteSize())
    }
    return {name: value for name, value in (whole | unset).items() if name not in WHOSE_SERVER}


def _found(kind: str, its_id: str, info: Message, claims: frozenset[str] = frozenset()) -> Found:
    fields = _fields(info)
    name, owner = str(fields["name"]), _owner(str(fields["metadata"]))
    return Found(Key(kind, name), its_id, fields, owner, claims=claims, made_for="" if owner is Owner.FOREIGN else name)


def _owner(metadata: str) -> Owner:
    if metadata.startswith(MADE):
        return Owner.OURS
    return Owner.ADOPTED if metadata.startswith(ADOPTED_MARK) else Owner.FOREIGN


def _what_to_do(error: api.ServerError, where: str, settings: Settings) -> str:
    if error.status in (401, 403):
        return (
            f"{where} refuses the key {settings.livekit_api_key!r} or its secret: "
            "check LIVEKIT_API_KEY and LIVEKIT_API_SECRET."
        )
    if "sip not connected" in error.message:
        return f"{where} runs without SIP: it needs Redis in its configuration, and livekit-sip beside it."
    return f"{where} refuses: {error.message} ({error.code})."
