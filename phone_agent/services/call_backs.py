"""A message for the restaurant, where nobody can come to the phone."""

from __future__ import annotations

from uuid import UUID, uuid5

from phone_agent import line
from phone_agent.call import Call
from phone_agent.order_pad.known import Asked
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_person import PersonSentence
from phone_agent.redaction import masked
from phone_agent.store.records import Message

LONGEST_MESSAGE = 500


async def offer_call_back(session: line.Session) -> None:
    """Without a number nobody can be called back."""
    call = session.userdata
    if call.record.caller_number is None:
        await line.say(session, PersonSentence.NOBODY.words())
        return
    call.known.ask(Asked.CALL_BACK)
    await line.say(session, PersonSentence.CALL_BACK_OFFER.words())


def is_call_back_offered(call: Call) -> bool:
    """And nothing was said since, but that it could not be kept."""
    said = (PersonSentence.CALL_BACK_OFFER.words(), Sentence.STORE_UNAVAILABLE.words())
    return call.known.asking is Asked.CALL_BACK and call.last_said in said


async def take_message(call: Call, words: str) -> str:
    """No words: the wish to be called back. Said twice, it is kept once. Raises StoreUnavailable."""
    words = masked(words.strip())[:LONGEST_MESSAGE]
    place = line.restaurant_of(call)
    await call.leave_message(
        Message(
            id=str(uuid5(UUID(call.record.id), words)),
            call_id=call.record.id,
            restaurant_id=place.id if place is not None else None,
            caller_number=call.record.caller_number,
            name=call.known.name or call.profile.household_name or "",
            words=words,
            taken_at=call.now,
        )
    )
    return (PersonSentence.MESSAGE_TAKEN if words else PersonSentence.CALL_BACK_WANTED).words()
