"""The Call of a job: the store it is kept in, who is calling, and what that number has left behind."""

from __future__ import annotations

import asyncio

from livekit import rtc
from livekit.agents import JobContext

from phone_agent.call import Call
from phone_agent.chores.lost_calls import close_those_left
from phone_agent.languages import languages_of
from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.ordering.language import Tongue
from phone_agent.outbound.reach import reach
from phone_agent.phone_line.arrival import open_call
from phone_agent.phone_line.caller_leg import arrival_of, has_phone_leg, is_phone
from phone_agent.report.cost import NO_PRICES
from phone_agent.settings import Settings, SettingsError
from phone_agent.store.open import demo_household, open_store
from phone_agent.store.protocol import Store


async def open_call_of(ctx: JobContext, caller: rtc.RemoteParticipant, settings: Settings, tongue: Tongue) -> Call:
    store = await open_store(settings)
    try:
        return await _open_call_in(store, ctx, caller, settings, tongue)
    except (StoreUnavailable, SettingsError):
        await store.close()
        raise


async def _open_call_in(
    store: Store, ctx: JobContext, caller: rtc.RemoteParticipant, settings: Settings, tongue: Tongue
) -> Call:
    arrival = arrival_of(ctx, caller)
    profile = None
    if arrival.caller_number is not None:

        async def has_caller(room: str) -> bool | None:
            # Only here: to open LiveKit's API takes a while, and hardly any call has an earlier one.
            return await has_phone_leg(ctx.api, room)

        profile, _ = await asyncio.gather(
            store.find_profile(arrival.caller_number),
            close_those_left(store, arrival.caller_number, arrival.room, has_caller, utc_now()),
        )
    elif not is_phone(caller):
        profile = await demo_household(store, settings)
    call = await open_call(
        arrival,
        profile,
        store,
        await store.load_menu(),
        keypad_only=settings.keypad_only,
        languages=languages_of(settings.languages),
        tongue=tongue,
    )
    call.known.is_recorded = settings.record
    call.page_address = settings.public_url or ""
    call.can_be_rung = reach(settings)
    call.journal.prices = ctx.proc.userdata.get("prices", NO_PRICES)
    return call
