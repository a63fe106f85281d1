"""Sends what is due in the outbox, one attempt each, and writes down what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import httpx

from phone_agent.callers.lost_carts import LOST_FOR
from phone_agent.clients.twilio import open_twilio
from phone_agent.messages.letters import words_for
from phone_agent.messages.manners import held_back
from phone_agent.messages.texting import Accepted, NotNow, Refused, Texting, fingerprint_of
from phone_agent.messages.webhooks import LASTS, post
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.settings import Settings
from phone_agent.store.outbox import Matter, OutboxChannel, Outgoing, Settled
from phone_agent.store.protocol import Store

CLAIM = timedelta(minutes=3)
"""Longer than looking for a text and sending it may take: who has it then does nothing with it any more."""
AT_ONCE = 10
SOONEST, LATEST = timedelta(seconds=30), timedelta(minutes=15)
Send = Callable[[Outgoing], Awaitable[Settled]]
logger = logging.getLogger(__name__)


class Sender:
    """`clock`: asked anew for each message."""

    def __init__(self, store: Store, settings: Settings, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    async def send_due(self) -> int:
        """How many were tried. Raises StoreUnavailable."""
        return await self._send_texts() + await self._send_webhooks()

    async def leave_webhooks(self) -> int:
        """What nobody is to be told of is not kept for whom it is told to some day. Raises StoreUnavailable."""
        if has_webhook(self._settings):
            return 0
        claimed = await self._claim("webhook")
        for message in claimed:
            await self._store.settle_message(message, Settled("suppressed", "webhooks are off"))
        return len(claimed)

    async def _send_texts(self) -> int:
        settings = self._settings
        if not can_text(settings) or not (claimed := await self._claim("text")):
            return 0
        async with open_twilio(settings) as client:
            texting = Texting(client, settings.phone_number, settings.public_url)
            await self._settle(claimed, lambda message: self._text(texting, message))
        return len(claimed)

    async def _send_webhooks(self) -> int:
        url, secret = self._settings.webhook_url, self._settings.webhook_secret
        if not url or not secret or not (claimed := await self._claim("webhook")):
            return 0
        async with httpx.AsyncClient() as http:

            async def tell(message: Outgoing) -> Settled:
                matter, now = await self._store.load_matter(message), self._clock()
                if matter.order is None:
                    return Settled("suppressed", "not needed")
                if message.attempts == 1 and now - message.created_at > LASTS:
                    return Settled("suppressed", "too late")
                return await post(http, url, secret, message, matter.order, now)

            await self._settle(claimed, tell)
        return len(claimed)

    async def _claim(self, channel: OutboxChannel) -> list[Outgoing]:
        now = self._clock()
        return list(await self._store.claim_messages(channel, now=now, until=now + CLAIM, most=AT_ONCE))

    async def _settle(self, claimed: list[Outgoing], send: Send) -> None:
        async def one(message: Outgoing) -> None:
            settled = await send(message)
            await self._store.settle_message(message, settled)
            tell_of(message, settled)

        # Each to its end: what another one raises leaves no request half heard, and holds up no other.
        outcomes = await asyncio.gather(*map(one, claimed), return_exceptions=True)
        for message, error in zip(claimed, outcomes, strict=True):
            if isinstance(error, StoreUnavailable):
                raise error
            if isinstance(error, Exception):
                logger.error("a message cannot be made", extra={"kind": message.kind, "error": type(error).__name__})
                await self._store.settle_message(message, Settled("failed", type(error).__name__))

    async def _text(self, texting: Texting, message: Outgoing) -> Settled:
        matter = await self._store.load_matter(message)
        now = self._clock()
        phone, words = matter.phone, text_of(message, matter, self._settings)
        try:
            if message.unsure_since is not None and message.fingerprint and phone is not None:
                found = await texting.find(phone, message.fingerprint, message.unsure_since)
                if found is not None:
                    return _as_sent(found)
            held = held_back(message, matter, now, self._settings.quiet_hours)
            if held is not None or phone is None:
                return held or Settled("suppressed", "no number")
            if not await self._store.keep_fingerprint(message, fingerprint_of(words)):
                return Settled("queued", "another sender has it", due_at=now)
            return _as_sent(await texting.send(message.id, phone, words))
        except NotNow as error:
            due = now + min(SOONEST * 2 ** min(message.attempts - 1, 10), LATEST)
            return Settled("queued", str(error), due_at=due, is_unsure=error.is_unsure)
        except Refused as error:
            if error.refusal is not None and phone is not None:
                await self._store.refuse_texts(phone, error.refusal, now=now)
            return Settled("failed", str(error))


def can_text(settings: Settings) -> bool:
    return settings.texts and settings.has_own_number and bool(settings.twilio_account_sid)


def can_send(settings: Settings) -> bool:
    return can_text(settings) or has_webhook(settings)


def has_webhook(settings: Settings) -> bool:
    return bool(settings.webhook_url and settings.webhook_secret)


def text_of(message: Outgoing, matter: Matter, settings: Settings) -> str:
    # Texts come from the one number, but who has rung a restaurant's own rings that again.
    phone = matter.dialled or settings.phone_number
    return words_for(message, matter, phone=phone, kept_until=message.created_at + LOST_FOR)


def tell_of(message: Outgoing, settled: Settled) -> None:
    """What is queued again says why: a key that is refused, or a system that does not answer, needs somebody."""
    about = {"channel": message.channel, "kind": message.kind, "state": settled.state, "why": settled.detail}
    if settled.state in ("queued", "failed") and settled.detail != "quiet hours":
        logger.warning("a message could not be sent", extra=about)
    else:
        logger.info("a message is done with", extra=about)


def _as_sent(accepted: Accepted) -> Settled:
    return Settled(accepted.state, provider_id=accepted.sid)
