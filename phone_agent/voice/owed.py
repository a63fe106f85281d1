"""What a recogniser owes: speech was heard on the line, and no words have come of it."""

from __future__ import annotations

from dataclasses import dataclass

from livekit.agents import stt

PATIENCE_SECONDS = 1.2
HOLD_AFTER_SECONDS = 0.8
"""A recogniser that works has given the words long before; the caller is to hear something within two seconds."""
SURELY_SPEECH_SECONDS = 1.0
"""So long a sound holds words; a shorter one may be a cough, which a recogniser that works answers with no words."""
LEAST_SPEECH_SECONDS = 0.2
GOING_ON_SECONDS = 2.5
"""Speech that goes on has given some words by then."""


@dataclass
class Owed:
    """Moments are given, never fetched."""

    has_interims: bool = True
    patience: float = PATIENCE_SECONDS
    is_speaking: bool = False
    since: float = 0.0
    """The beginning of the speech, or the last words of it that came."""
    ended: float = 0.0
    voiced: float = 0.0
    has_sign: bool = True
    """Whether the recogniser sent anything at all since the speech began."""
    awaits_final: bool = False
    is_held: bool = False
    """The caller was told to wait."""

    def speech_began(self, now: float) -> None:
        if not self.is_owed:
            self.voiced, self.has_sign, self.since, self.is_held = 0.0, False, now, False
        self.is_speaking = True

    def speech_ended(self, now: float, voiced: float) -> None:
        self.is_speaking, self.ended = False, now
        self.voiced += voiced

    def heard(self, event: stt.SpeechEvent, now: float) -> None:
        if event.type is stt.SpeechEventType.RECOGNITION_USAGE:
            return
        self.has_sign = True
        if event.type is stt.SpeechEventType.END_OF_SPEECH:
            self.awaits_final = False
        elif has_words(event):
            self.since = now
            self.awaits_final = event.type is not stt.SpeechEventType.FINAL_TRANSCRIPT

    def asked_anew(self, now: float, *, has_interims: bool) -> None:
        """Another recogniser is hearing the same, and has as long for it."""
        self.has_interims, self.has_sign, self.awaits_final = has_interims, not self.is_owed, False
        if self.is_speaking:
            self.since = now
        else:
            self.since, self.ended = self.since + now - self.ended, now

    def forgive(self, now: float) -> None:
        """Nobody else can be asked: it was no speech."""
        self.since, self.has_sign, self.awaits_final = now, True, False

    @property
    def is_owed(self) -> bool:
        if self.is_speaking or self.awaits_final:
            return True
        if self.ended - self.since >= SURELY_SPEECH_SECONDS:
            return self.voiced >= LEAST_SPEECH_SECONDS
        return self.voiced >= LEAST_SPEECH_SECONDS and not self.has_sign

    def hold(self) -> bool:
        """Whether the caller is to be told to wait; once for what is owed."""
        was_held, self.is_held = self.is_held, True
        return not was_held

    def hold_due(self) -> float | None:
        """When the caller is to be told to wait."""
        is_due = self.is_owed and not self.is_speaking and not self.is_held
        return self.ended + HOLD_AFTER_SECONDS if is_due else None

    def due(self) -> float | None:
        """When words must have come."""
        if self.is_speaking:
            return self.since + max(GOING_ON_SECONDS, self.patience) if self.has_interims else None
        return self.ended + self.patience if self.is_owed else None


def has_words(event: stt.SpeechEvent) -> bool:
    return bool(event.alternatives and event.alternatives[0].text.strip())
