"""How a call came in, and the Call that begins with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from phone_agent.call import Call
from phone_agent.counter.naming import name_in
from phone_agent.counter.returning import look_up
from phone_agent.order_pad.browsing import menu_for
from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.language import ENGLISH, Language, Tongue
from phone_agent.ordering.menu import Menu
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord, Channel, Profile


@dataclass(frozen=True)
class Arrival:
    """How a call came in."""

    room: str
    channel: Channel
    caller_number: str | None = None
    dialled_number: str | None = None
    restaurant: str | None = None
    """The slug of the only one that a page is about."""
    name: str = ""
    """As it was typed: for the greeting and the order, never for the model to follow."""


async def open_call(
    arrival: Arrival,
    profile: Profile | None,
    store: Store,
    menu: Menu,
    *,
    keypad_only: bool = False,
    languages: Sequence[Language] = (ENGLISH,),
    tongue: Tongue | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Call:
    """Begins the call record; a guest gets a profile row of its own, with no phone.

    Who dials the number of one restaurant is in that one only.
    """
    caller = profile or Profile(id=str(uuid4()))
    if profile is None:
        await store.save_profile(caller)
    record = CallRecord(
        id=str(uuid4()),
        profile_id=caller.id,
        started_at=clock(),
        room=arrival.room,
        channel=arrival.channel,
        caller_number=arrival.caller_number,
        dialled_number=arrival.dialled_number,
    )
    await store.open_call(record)
    own = menu_for(menu, arrival.dialled_number, arrival.restaurant)
    call = Call(record, caller, store, own, keypad_only=keypad_only, clock=clock, tongue=tongue)
    call.languages = tuple(languages)
    if call.languages[0] is not ENGLISH:
        call.speak(call.languages[0])
    call.keeper.only, call.known.name = arrival.restaurant, name_in(arrival.name)
    await look_up(call)
    call.stay_alive()
    return call
