"""When a recogniser is held to owe words, and what is kept for the next one."""

from __future__ import annotations

import pytest
from livekit import rtc
from livekit.agents import LanguageCode, stt

from phone_agent.voice.owed import GOING_ON_SECONDS, HOLD_AFTER_SECONDS, HOLD_AGAIN_SECONDS, PATIENCE_SECONDS, Owed
from phone_agent.voice.tape import BEFORE_SPEECH_SECONDS, LONGEST_SECONDS, Tape

Kind = stt.SpeechEventType
FRAME = rtc.AudioFrame(bytes(1600), 16000, 1, 800)


def words(kind: Kind, text: str = "a caesar salad") -> stt.SpeechEvent:
    return stt.SpeechEvent(kind, alternatives=[stt.SpeechData(language=LanguageCode("en"), text=text)])


def after(seconds: float, *events: tuple[float, stt.SpeechEvent]) -> Owed:
    """Speech from 10.0 on, so long, noticed to have ended a quarter of a second later."""
    owed = Owed()
    owed.speech_began(10.0)
    for at, event in (one for one in events if one[0] <= 10.0 + seconds):
        owed.heard(event, at)
    owed.speech_ended(10.25 + seconds, seconds)
    for at, event in (one for one in events if one[0] > 10.0 + seconds):
        owed.heard(event, at)
    return owed


@pytest.mark.parametrize(
    ("seconds", "events", "is_owed"),
    [
        (2.0, [], True),
        (0.4, [], True),
        (0.1, [], False),
        (0.4, [(10.2, stt.SpeechEvent(Kind.START_OF_SPEECH))], False),
        (2.0, [(10.2, stt.SpeechEvent(Kind.START_OF_SPEECH))], True),
        (2.0, [(11.0, stt.SpeechEvent(Kind.RECOGNITION_USAGE))], True),
        (2.0, [(11.8, words(Kind.INTERIM_TRANSCRIPT))], True),
        (2.0, [(11.8, words(Kind.INTERIM_TRANSCRIPT)), (12.3, words(Kind.FINAL_TRANSCRIPT))], False),
        (2.0, [(11.8, words(Kind.INTERIM_TRANSCRIPT)), (12.3, stt.SpeechEvent(Kind.END_OF_SPEECH))], False),
        (2.0, [(11.9, words(Kind.FINAL_TRANSCRIPT))], False),
        (4.0, [(11.0, words(Kind.FINAL_TRANSCRIPT))], True),
        (2.0, [(12.3, words(Kind.FINAL_TRANSCRIPT, " "))], True),
    ],
)
def test_speech_with_no_words_is_owed(
    seconds: float, events: list[tuple[float, stt.SpeechEvent]], is_owed: bool
) -> None:
    owed = after(seconds, *events)

    assert owed.is_owed is is_owed
    assert owed.due() == (pytest.approx(10.25 + seconds + PATIENCE_SECONDS) if is_owed else None)


def test_speech_that_goes_on_must_give_words_only_where_words_come_as_it_goes() -> None:
    owed = Owed()
    owed.speech_began(10.0)

    assert owed.due() == pytest.approx(10.0 + GOING_ON_SECONDS)
    owed.asked_anew(11.0, has_interims=False)
    assert owed.due() is None


def test_the_next_recogniser_has_as_long_as_the_first() -> None:
    owed = after(0.4)
    owed.asked_anew(13.0, has_interims=True)

    assert owed.due() == pytest.approx(13.0 + PATIENCE_SECONDS)


def test_a_caller_who_waits_for_words_is_told_so_and_told_again() -> None:
    owed = after(2.0)
    told = [now / 10 for now in range(122, 170) if owed.is_to_hold(now / 10)]

    assert told == pytest.approx([12.25 + HOLD_AFTER_SECONDS, 12.25 + HOLD_AFTER_SECONDS + HOLD_AGAIN_SECONDS], abs=0.2)


def test_nobody_is_told_to_wait_while_they_speak_or_once_they_were_understood() -> None:
    owed = after(2.0, (12.5, words(Kind.FINAL_TRANSCRIPT)))
    understood = owed.is_to_hold(20.0)
    owed.speech_began(21.0)

    assert not understood
    assert not owed.is_to_hold(30.0)


def test_what_nobody_understands_is_not_owed_for_ever() -> None:
    owed = after(2.0)
    owed.forgive(14.0)

    assert not owed.is_owed


def seconds_on(tape: Tape) -> float:
    return sum(frame.duration for frame in tape.frames())


def test_the_tape_keeps_all_of_what_was_said_and_little_of_a_quiet_line() -> None:
    tape = Tape()
    for _ in range(100):
        tape.record(FRAME)
    quiet = seconds_on(tape)
    tape.keep_all()
    for _ in range(100):
        tape.record(FRAME)
    speech = seconds_on(tape)
    tape.let_go()

    assert quiet == pytest.approx(BEFORE_SPEECH_SECONDS, abs=0.06)
    assert speech == pytest.approx(quiet + 5.0, abs=0.06)
    assert seconds_on(tape) == pytest.approx(BEFORE_SPEECH_SECONDS, abs=0.06)


def test_the_tape_does_not_grow_for_ever() -> None:
    tape = Tape()
    tape.keep_all()
    for _ in range(1000):
        tape.record(FRAME)

    assert seconds_on(tape) <= LONGEST_SECONDS + 0.06
