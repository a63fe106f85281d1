"""What a page caller types into a small form: name, address and number, for the order and for nothing else."""

from __future__ import annotations

from phone_agent.call import Call
from phone_agent.callers.caller import to_e164
from phone_agent.counter.editing import hand_over
from phone_agent.counter.naming import keep_name
from phone_agent.ordering.errors import NotUnderstood
from phone_agent.ordering.sentences_screen import ScreenSentence
from phone_agent.ordering.wishing import refuse_unless_deliverable, with_note
from phone_agent.ordering.wording import format_phone
from phone_agent.ordering.wording_terms import words_for_handover


def is_address_wanted(call: Call) -> bool:
    """For a delivery; whoever is on a page types it."""
    wanted = call.wishes.fulfilment
    return call.record.channel == "page" and wanted.kind == "delivery" and not (wanted.street and wanted.zip_code)


def is_name_wanted(call: Call) -> bool:
    """At the read-back of somebody who has not told it."""
    is_nobody = call.record.channel == "page" and call.profile.is_guest and not call.known.name
    return is_nobody and call.has_open_quote


async def take_form(call: Call, *, name: str, street: str, zip_code: str, phone: str) -> str:
    """What the agent says to it. Raises OrderingError: nothing of what came after the mistake is taken."""
    said = []
    if name.strip():
        said.append(await keep_name(call, name))
    if street.strip() or zip_code.strip():
        said.append(await _take_address(call, street, zip_code))
    if phone.strip():
        await _take_number(call, phone)
    return " ".join(said)


async def _take_address(call: Call, street: str, zip_code: str) -> str:
    place = await hand_over(call, "delivery", ("", ""), (street, zip_code))
    refuse_unless_deliverable(call.wishes.fulfilment, call.restaurant)
    return words_for_handover(call.wishes.fulfilment, place.timezone, call.now)


async def _take_number(call: Call, phone: str) -> None:
    """A note for the kitchen: who types a number has not shown that it is theirs, and is not known by it."""
    number = to_e164(phone)
    if number is None:
        raise NotUnderstood(ScreenSentence.WHICH_NUMBER.words())
    await call.wish(lambda wishes: with_note(wishes, "order", f"phone {format_phone(number)}"))
