"""A LiveKit server that has lost trunk and rule, as Redis leaves it without data, gets them again from the worker."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

from livekit import api
from livekit.protocol.sip import (
    DeleteSIPDispatchRuleRequest,
    DeleteSIPTrunkRequest,
    ListSIPDispatchRuleRequest,
    ListSIPInboundTrunkRequest,
    SIPDispatchRuleInfo,
    SIPInboundTrunkInfo,
)

from phone_agent.chores.rounds import Rounds
from phone_agent.clients.livekit import FAILURES, livekit_api
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.telephony.provisioning import ProvisioningError, provision, provision_with_menu
from phone_agent.telephony.requests import RequestError

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0
OTHERS_ARE_DONE_AFTER_SECONDS = 1.0
PATIENCE_S = 5


class TrunkWatch(Rounds):
    """Only where there is nothing at all: what somebody else has made, or changed, is theirs."""

    every_s = LOOK_EVERY_SECONDS

    async def _go(self) -> None:
        if not self._settings.provision_again or self._settings.is_in_the_cloud:
            return
        try:
            if await self._has_nothing():
                await self._provision()
                await self._agree_with_other_workers()
        except (ProvisioningError, RequestError) as error:
            logger.warning("trunk and rule could not be made again", extra={"error": str(error)})
        except FAILURES:
            logger.debug("LiveKit's server cannot tell what trunks it has")

    async def _has_nothing(self) -> bool:
        async with self._livekit() as livekit:
            return not (await _trunks(livekit) or await _rules(livekit))

    async def _provision(self) -> None:
        try:
            changes = await provision_with_menu(self._settings)
        except StoreUnavailable:
            changes = await provision(self._settings)
        logger.warning(
            "LiveKit's server had no trunk and no rule; they are made again", extra={"changes": list(map(str, changes))}
        )

    async def _agree_with_other_workers(self) -> None:
        """Several may have seen the empty server at once; the server takes twins, and refuses their number's calls.

        Each worker keeps the one of the least id, so it does not matter who comes first.
        """
        await asyncio.sleep(OTHERS_ARE_DONE_AFTER_SECONDS)
        async with self._livekit() as livekit:
            rules, trunks = _twins(await _rules(livekit)), _twins(await _trunks(livekit))
            if not rules and not trunks:
                return
            for rule in rules:
                with suppress(api.ServerError):  # Another worker has done it.
                    await livekit.sip.delete_dispatch_rule(DeleteSIPDispatchRuleRequest(sip_dispatch_rule_id=rule))
            for trunk in trunks:
                with suppress(api.ServerError):
                    await livekit.sip.delete_trunk(DeleteSIPTrunkRequest(sip_trunk_id=trunk))
        # The rule that was kept may have been pinned to a trunk that was not.
        await self._provision()

    def _livekit(self) -> api.LiveKitAPI:
        return livekit_api(self._settings, PATIENCE_S)

    def _missed(self) -> None:
        """The menu's mistakes are told when the worker starts."""


async def _trunks(livekit: api.LiveKitAPI) -> list[SIPInboundTrunkInfo]:
    return list((await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items)


async def _rules(livekit: api.LiveKitAPI) -> list[SIPDispatchRuleInfo]:
    return list((await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())).items)


def _twins(found: Sequence[SIPInboundTrunkInfo] | Sequence[SIPDispatchRuleInfo]) -> list[str]:
    """All but the first of those that are called alike and say alike who made them."""
    ids: dict[tuple[str, str], list[str]] = {}
    for one in found:
        own = one.sip_trunk_id if isinstance(one, SIPInboundTrunkInfo) else one.sip_dispatch_rule_id
        ids.setdefault((one.name, one.metadata), []).append(own)
    return [twin for alike in ids.values() for twin in sorted(alike)[1:]]
