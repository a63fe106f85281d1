"""Goes over to another language in the middle of a call."""

from __future__ import annotations

from livekit.agents import UserInputTranscribedEvent

from phone_agent import keypad_menu, line
from phone_agent.call import Call
from phone_agent.ordering.language import Language
from phone_agent.ordering.sentences_callers import CallerSentence


async def go_over_to(session: line.Session, language: Language) -> None:
    """What waits for an answer is said again in it; where nobody would understand the caller, the keypad takes over."""
    call = session.userdata
    call.speak(language)
    if not call.can_be_spoken_to:
        line.say(session, CallerSentence.LANGUAGE_BY_KEYPAD.words())
        await (line.repeat(session) if call.has_open_quote else keypad_menu.offer(session))
        return
    call.keypad_walk = None
    if call.has_open_quote or call.placing.unheard is not None:
        await line.repeat(session)
    else:
        await line.say(session, CallerSentence.LANGUAGE_TAKEN.words())


def following(call: Call) -> Language | None:
    """The one after that of the call; None where there is only one."""
    spoken = [language.code for language in call.languages].index(call.tongue.language.code)
    return call.languages[(spoken + 1) % len(call.languages)] if len(call.languages) > 1 else None


def follow_the_first_turn(session: line.Session) -> None:
    """A recogniser that tells languages apart decides by the first thing that the caller says."""

    def on_words(event: UserInputTranscribedEvent) -> None:
        if not event.is_final or not event.transcript.strip():
            return
        session.off("user_input_transcribed", on_words)
        call = session.userdata
        code = (event.language or "").partition("-")[0].lower()
        heard = next((language for language in call.languages if language.code == code), None)
        if heard is not None and heard.code != call.tongue.language.code:
            call.speak(heard)

    session.on("user_input_transcribed", on_words)
