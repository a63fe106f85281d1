"""Goes over to another language in the middle of a call."""

from __future__ import annotations

from dataclasses import replace

from livekit.agents import UserInputTranscribedEvent

from phone_agent import line
from phone_agent.call import Call
from phone_agent.counter.offers import offer_again, words_for_offer
from phone_agent.keypad import keypad_menu
from phone_agent.ordering.language import Language
from phone_agent.ordering.selection import OpenQuestion
from phone_agent.ordering.sentences_callers import CallerSentence
from phone_agent.ordering.taking import sort_out
from phone_agent.understanding.abroad import language_heard


async def go_over_to(session: line.Session, language: Language) -> None:
    """What waits for an answer is said again in it; where nobody would understand the caller, the keypad takes over."""
    call = session.userdata
    is_offering = offer_again(call) is not None
    call.speak(language)
    call.open_questions = tuple(filter(None, (_in_new_words(question, call) for question in call.open_questions)))
    if not call.can_be_spoken_to:
        line.say(session, CallerSentence.LANGUAGE_BY_KEYPAD.words())
        await (line.repeat(session) if call.has_open_quote else keypad_menu.offer(session))
        return
    call.keypad_walk = None
    if call.has_open_quote or call.placing.unheard is not None:
        await line.repeat(session)
    else:
        await line.say(session, _what_waits(call, is_offering=is_offering))


def _what_waits(call: Call, *, is_offering: bool) -> str:
    """The question that is open, else that the language is taken."""
    if call.open_question is not None:
        return call.open_question.words
    return (words_for_offer(call) if is_offering else None) or CallerSentence.LANGUAGE_TAKEN.words()


def _in_new_words(question: OpenQuestion, call: Call) -> OpenQuestion | None:
    """None where the wish that led to it leads elsewhere by now."""
    found = sort_out(
        [question.request], call.menu, new_id=lambda: "", nearby=call.nearby,
        cart_restaurant_id=call.cart.restaurant_id, at=call.wanted_at,
    )  # fmt: skip
    return next((replace(question, words=new.words) for new in found.questions if _is_same(new, question)), None)


def _is_same(one: OpenQuestion, other: OpenQuestion) -> bool:
    return one.group_id == other.group_id and (one.group_id is not None or one.candidates == other.candidates)


def following(call: Call) -> Language | None:
    """The one after that of the call; None where there is only one."""
    spoken = [language.code for language in call.languages].index(call.tongue.language.code)
    return call.languages[(spoken + 1) % len(call.languages)] if len(call.languages) > 1 else None


def follow_the_first_turn(session: line.Session) -> None:
    """The first thing that the caller says decides; where the recogniser names no language, the first that tells."""

    def on_words(event: UserInputTranscribedEvent) -> None:
        if not event.is_final or not event.transcript.strip():
            return
        call = session.userdata
        code = (event.language or "").partition("-")[0].lower()
        heard = _named(code, call) or _told_by_words(event.transcript, call)
        if heard is None:
            return
        session.off("user_input_transcribed", on_words)
        if heard.code != call.tongue.language.code:
            call.speak(heard)

    session.on("user_input_transcribed", on_words)


def _named(code: str, call: Call) -> Language | None:
    return next((language for language in call.languages if language.code == code), None)


def _told_by_words(text: str, call: Call) -> Language | None:
    """What dishes are called tells nothing: "una torta con todo" may stand on an English menu."""
    names = {word for item in call.menu.items for name in item.names for word in name.casefold().split()}
    return language_heard(text, call.languages, names)
