"""What the agent does with words that come while it speaks: some mean nothing, and some are answered afterwards."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator

from livekit.agents import Agent, LanguageCode, ModelSettings, UserStateChangedEvent, llm, stt
from livekit.rtc import AudioFrame

from phone_agent.call import Call
from phone_agent.line import Session, speech_that_holds
from phone_agent.order_pad.caller_voice import CallerVoice
from phone_agent.understanding.backchannels import is_backchannel
from phone_agent.understanding.tokens import words_in

LOOK_SECONDS = 0.02
NOISE_SECONDS = 1.0
"""A voice this short that nobody understands, while the agent speaks, is a cough, a door or an "mm-hm"."""
UNCLEAR = ("unclear",)
WORDS = (
    stt.SpeechEventType.INTERIM_TRANSCRIPT,
    stt.SpeechEventType.PREFLIGHT_TRANSCRIPT,
    stt.SpeechEventType.FINAL_TRANSCRIPT,
)


class ListeningAgent(Agent):
    """What every agent that the caller talks to has in common."""

    def __init__(self, *, instructions: str, tools: list[llm.Tool | llm.Toolset] | None = None) -> None:
        super().__init__(instructions=instructions, tools=tools)
        # LiveKit opens a new stream at a handover where the class has such a method, and what is being said is lost.
        self.stt_node = self._hear  # type: ignore[method-assign]

    def _hear(
        self, audio: AsyncIterable[AudioFrame], model_settings: ModelSettings
    ) -> AsyncGenerator[stt.SpeechEvent, None]:
        return heard(Agent.default.stt_node(self, audio, model_settings), self.session)

    async def on_user_turn_completed(self, turn_ctx: llm.ChatContext, new_message: llm.ChatMessage) -> None:
        """LiveKit dates a turn from the first noise after the last turn; a yes counts by when it was said itself."""
        call: Call = self.session.userdata
        began_at = call.voice.answer()
        if began_at is not None:
            new_message.metrics["started_speaking_at"] = began_at


def watch_voice(session: Session) -> None:
    voice = session.userdata.voice

    def on_voice(event: UserStateChangedEvent) -> None:
        if event.new_state == "speaking":
            voice.start(event.created_at)
        elif event.old_state == "speaking":
            voice.stop(event.created_at)

    session.on("user_state_changed", on_voice)


async def heard(
    events: AsyncGenerator[stt.SpeechEvent, None], session: Session
) -> AsyncGenerator[stt.SpeechEvent, None]:
    """The recogniser's events as LiveKit is to see them: a final text ends what the agent is saying."""
    voice = session.userdata.voice
    arriving = asyncio.ensure_future(_next(events))
    try:
        while True:
            await asyncio.wait((arriving,), timeout=LOOK_SECONDS if voice.held or voice.given else None)
            if _drops_turns(session):
                voice.overtake()
            else:
                voice.take_back(time.time())
                if voice.held:
                    yield _released(voice, session.userdata.tongue.language.code)
            if arriving.done():
                event = arriving.result()
                if event is None:
                    return
                arriving = asyncio.ensure_future(_next(events))
                if _is_to_be_answered_now(event, session):
                    yield event
    finally:
        arriving.cancel()
        await asyncio.gather(arriving, return_exceptions=True)
        await events.aclose()


async def _next(events: AsyncIterator[stt.SpeechEvent]) -> stt.SpeechEvent | None:
    return await anext(events, None)


def _is_to_be_answered_now(event: stt.SpeechEvent, session: Session) -> bool:
    if event.type not in WORDS or not event.alternatives or not event.alternatives[0].text.strip():
        return True
    call, text = session.userdata, event.alternatives[0].text
    is_final = event.type is stt.SpeechEventType.FINAL_TRANSCRIPT
    if _goes_on_speaking(session) and _means_nothing(text, call):
        if is_final:
            call.voice.forget()
            if words_in(text) != UNCLEAR:
                call.note("caller", text)
        return False
    if _drops_turns(session):
        if is_final:
            call.voice.hold(text)
        return False
    if is_final:
        call.voice.give(text, time.time())
    return True


def _drops_turns(session: Session) -> bool:
    """LiveKit takes none while a sentence holds, nor while one agent hands over to another."""
    return speech_that_holds(session) is not None or session.userdata.is_handing_over


def _goes_on_speaking(session: Session) -> bool:
    """Where it has nothing more to say, "okay" is an answer."""
    speech = session.current_speech
    return speech is not None and not speech.done() and not speech.interrupted


def _means_nothing(text: str, call: Call) -> bool:
    if words_in(text) == UNCLEAR:
        return call.voice.seconds_of_last < NOISE_SECONDS
    answer, listens = call.answer_to_read_back(text), is_backchannel(text, call.tongue.language)
    if call.is_reading_back:
        # It asks for the yes at its end, whatever was agreed to on the way.
        return listens or answer == "yes"
    # "Claro" and "sí, sí" show that one listens; where a yes is asked for, they are one.
    return listens and not (answer and call.has_open_quote)


def _released(voice: CallerVoice, code: str) -> stt.SpeechEvent:
    text = " ".join(voice.held)
    voice.held.clear()
    voice.give(text, time.time(), was_held=True)
    data = stt.SpeechData(language=LanguageCode(code), text=text, confidence=1.0)
    return stt.SpeechEvent(type=stt.SpeechEventType.FINAL_TRANSCRIPT, alternatives=[data])
