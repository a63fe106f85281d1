"""Creates or updates the trunks and the dispatch rule on any LiveKit server; a second run changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import aiohttp
from livekit import api
from livekit.protocol.sip import (
    CreateSIPDispatchRuleRequest,
    CreateSIPInboundTrunkRequest,
    CreateSIPOutboundTrunkRequest,
    ListSIPDispatchRuleRequest,
    ListSIPInboundTrunkRequest,
    ListSIPOutboundTrunkRequest,
    SIPDispatchRuleInfo,
    SIPInboundTrunkInfo,
    SIPOutboundTrunkInfo,
)

from phone_agent.settings import Settings
from phone_agent.store.open import opened_store
from phone_agent.telephony.requests import SIP_FOLDER, load_request, outbound_values, variables_of

PATIENCE_S = 10
WHOSE_SERVER = ("sip_trunk_id", "sip_dispatch_rule_id", "created_at", "updated_at")

Info = TypeVar("Info", SIPInboundTrunkInfo, SIPDispatchRuleInfo, SIPOutboundTrunkInfo)


class ProvisioningError(Exception):
    """LiveKit's server cannot be reached or refuses; says what to do."""


@dataclass(frozen=True)
class Change:
    kind: Literal["trunk", "dispatch rule", "outbound trunk"]
    action: Literal["created", "updated", "unchanged"]
    id: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        changed = f" ({', '.join(self.fields)})" if self.fields else ""
        return f"{self.kind} {self.id} {self.action}{changed}"


async def provision_with_menu(settings: Settings) -> list[Change]:
    """Also for the numbers that belong to one restaurant. Raises what open_store raises, RequestError."""
    async with opened_store(settings) as store:
        menu = await store.load_menu()
    numbers = [number for place in menu.restaurants if place.is_active for number in place.numbers]
    return await provision(settings, numbers=numbers)


async def provision(settings: Settings, folder: Path = SIP_FOLDER, *, numbers: Sequence[str] = ()) -> list[Change]:
    """Trunk first: the dispatch rule is pinned to it. `numbers`: beside that of the settings.

    The outbound trunk only where the settings say where it leads.
    """
    values = variables_of(settings, numbers)
    trunk = load_request(folder / "trunk.json", values, CreateSIPInboundTrunkRequest()).trunk
    # Read before anything is changed, so that a mistake in the second file leaves no half.
    load_request(folder / "dispatch_rule.json", values | {"TRUNK_ID": "?"}, CreateSIPDispatchRuleRequest())
    outbound = _outbound_trunk(settings, folder)
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    async with api.LiveKitAPI(
        settings.livekit_url, settings.livekit_api_key, settings.livekit_api_secret, timeout=timeout
    ) as livekit:
        try:
            trunk_change = await _provision_trunk(livekit, trunk)
            rule = load_request(
                folder / "dispatch_rule.json", values | {"TRUNK_ID": trunk_change.id}, CreateSIPDispatchRuleRequest()
            ).dispatch_rule
            changes = [trunk_change, await _provision_rule(livekit, rule)]
            return changes if outbound is None else [*changes, await _provision_outbound(livekit, outbound)]
        except (aiohttp.ClientError, OSError) as error:
            raise ProvisioningError(
                f"LiveKit's server at {settings.livekit_url} does not answer ({type(error).__name__}): "
                "check LIVEKIT_URL, or start a local one with `make up`."
            ) from error
        except api.ServerError as error:
            raise ProvisioningError(_what_to_do(error, settings)) from error


async def _provision_trunk(livekit: api.LiveKitAPI, wanted: SIPInboundTrunkInfo) -> Change:
    listed = await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())
    ours = _find(list(listed.items), wanted)
    if ours is None:
        made = await livekit.sip.create_inbound_trunk(CreateSIPInboundTrunkRequest(trunk=wanted))
        return Change("trunk", "created", made.sip_trunk_id)
    if not (fields := _differing(ours, wanted)):
        return Change("trunk", "unchanged", ours.sip_trunk_id)
    await livekit.sip.update_inbound_trunk(ours.sip_trunk_id, wanted)
    return Change("trunk", "updated", ours.sip_trunk_id, fields)


async def _provision_rule(livekit: api.LiveKitAPI, wanted: SIPDispatchRuleInfo) -> Change:
    listed = await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())
    ours = _find(list(listed.items), wanted)
    if ours is None:
        made = await livekit.sip.create_dispatch_rule(CreateSIPDispatchRuleRequest(dispatch_rule=wanted))
        return Change("dispatch rule", "created", made.sip_dispatch_rule_id)
    if not (fields := _differing(ours, wanted)):
        return Change("dispatch rule", "unchanged", ours.sip_dispatch_rule_id)
    await livekit.sip.update_dispatch_rule(ours.sip_dispatch_rule_id, wanted)
    return Change("dispatch rule", "updated", ours.sip_dispatch_rule_id, fields)


def _outbound_trunk(settings: Settings, folder: Path) -> SIPOutboundTrunkInfo | None:
    if settings.outbound_address is None:
        return None
    return load_request(
        folder / "outbound_trunk.json", outbound_values(settings), CreateSIPOutboundTrunkRequest()
    ).trunk


async def _provision_outbound(livekit: api.LiveKitAPI, wanted: SIPOutboundTrunkInfo) -> Change:
    listed = await livekit.sip.list_outbound_trunk(ListSIPOutboundTrunkRequest())
    ours = _find(list(listed.items), wanted)
    if ours is None:
        made = await livekit.sip.create_outbound_trunk(CreateSIPOutboundTrunkRequest(trunk=wanted))
        return Change("outbound trunk", "created", made.sip_trunk_id)
    if not (fields := _differing(ours, wanted)):
        return Change("outbound trunk", "unchanged", ours.sip_trunk_id)
    await livekit.sip.update_outbound_trunk(ours.sip_trunk_id, wanted)
    return Change("outbound trunk", "updated", ours.sip_trunk_id, fields)


def _find(listed: list[Info], wanted: Info) -> Info | None:
    """Ours carries our name and our metadata; an object that somebody else named alike is not touched."""
    return next((i for i in listed if (i.name, i.metadata) == (wanted.name, wanted.metadata)), None)


def _differing(ours: Info, wanted: Info) -> tuple[str, ...]:
    names = (field.name for field in wanted.DESCRIPTOR.fields if field.name not in WHOSE_SERVER)
    return tuple(name for name in names if getattr(ours, name) != getattr(wanted, name))


def _what_to_do(error: api.ServerError, settings: Settings) -> str:
    where = f"LiveKit's server at {settings.livekit_url}"
    if error.status in (401, 403):
        return (
            f"{where} refuses the key {settings.livekit_api_key!r} or its secret: "
            "check LIVEKIT_API_KEY and LIVEKIT_API_SECRET."
        )
    if "sip not connected" in error.message:
        return f"{where} runs without SIP: it needs Redis in its configuration, and livekit-sip beside it."
    return f"{where} refuses: {error.message} ({error.code})."
