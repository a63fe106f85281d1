"""A LiveKit server that has lost trunk and rule, as Redis leaves it without data, gets them again from the worker."""

from __future__ import annotations

import logging

import aiohttp
from livekit import api
from livekit.protocol.sip import ListSIPDispatchRuleRequest, ListSIPInboundTrunkRequest

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.rounds import Rounds
from phone_agent.settings import Settings
from phone_agent.telephony.provisioning import ProvisioningError, provision, provision_with_menu
from phone_agent.telephony.requests import RequestError

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0
PATIENCE_S = 5


class TrunkWatch(Rounds):
    """Only where there is nothing at all: what somebody else has made, or changed, is theirs.

    Two workers may do it at once: the server refuses the second trunk of a number, and the next round finds the first.
    """

    def __init__(self, settings: Settings, *, every_s: float = LOOK_EVERY_SECONDS) -> None:
        super().__init__(every_s)
        self._settings = settings

    async def _go(self) -> None:
        if not self._settings.provision_again or self._settings.is_in_the_cloud:
            return
        try:
            if await self._has_nothing():
                await self._provision()
        except (ProvisioningError, RequestError) as error:
            logger.warning("trunk and rule could not be made again", extra={"error": str(error)})
        except (api.ServerError, aiohttp.ClientError, OSError, TimeoutError):
            logger.debug("LiveKit's server cannot tell what trunks it has")

    async def _has_nothing(self) -> bool:
        settings, timeout = self._settings, aiohttp.ClientTimeout(total=PATIENCE_S)
        async with api.LiveKitAPI(
            settings.livekit_url, settings.livekit_api_key, settings.livekit_api_secret, timeout=timeout
        ) as livekit:
            if (await livekit.sip.list_inbound_trunk(ListSIPInboundTrunkRequest())).items:
                return False
            return not (await livekit.sip.list_dispatch_rule(ListSIPDispatchRuleRequest())).items

    async def _provision(self) -> None:
        try:
            changes = await provision_with_menu(self._settings)
        except StoreUnavailable:
            changes = await provision(self._settings)
        logger.warning(
            "LiveKit's server had no trunk and no rule; they are made again", extra={"changes": list(map(str, changes))}
        )

    def _missed(self) -> None:
        """The menu's mistakes are told when the worker starts."""
