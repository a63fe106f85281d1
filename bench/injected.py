"""What a turn owes to the providers: whose answers they were, and which of their delays the caller waited for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from bench.calling import Turn

SAME_END_S = 0.8
"""The provider's idea of when the caller stopped is later by the way of the sound, which is long on a busy machine."""
HEARING, MODEL, SPEECH = "hearing", "model", "speech"


@dataclass(frozen=True)
class Given:
    """One answer of a provider, on time.time()."""

    part: str
    process: int
    """Of the agent: one call each."""
    asked_at: float
    first_at: float
    delay_s: float
    step: int = 0
    """For a model's turn: how many tools had answered since the caller spoke."""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """As the providers write it down; what never came has come after everything else."""
        first_at = row["first_at"] if row["first_at"] is not None else float("inf")
        return cls(row["part"], row["process"], row["asked_at"], first_at, row["delay_s"], row["step"])


@dataclass(frozen=True)
class Owed:
    """Seconds that were injected into one turn, by part; `requests` are the model's, those thrown away included."""

    hearing: float = 0.0
    model: float = 0.0
    speech: float = 0.0
    requests: int = 0

    @property
    def total(self) -> float:
        return self.hearing + self.model + self.speech

    @property
    def is_by_code(self) -> bool:
        """No model was waited for."""
        return self.model == 0.0


def process_of(turns: Sequence[Turn], given: Sequence[Given], offset: float) -> int | None:
    """The process in which these turns of one call were heard: the one whose transcripts ended when they did."""
    votes = Counter(
        one.process
        for one in given
        if one.part == HEARING and any(-0.1 <= one.asked_at - (turn.finished + offset) < SAME_END_S for turn in turns)
    )
    return votes.most_common(1)[0][0] if votes else None


def owed(turn: Turn, given: Sequence[Given], offset: float, to_phone: float = 0.0) -> Owed | None:
    """`given` are those of this turn's call; None where no transcript belongs to it, or it was not answered.

    `to_phone`: seconds on the way to the phone; what a voice gave in that time is not what was heard first.
    """
    if turn.answered is None:
        return None
    finished, answered = turn.finished + offset, turn.answered + offset - to_phone
    heard = [one for one in given if one.part == HEARING and -0.1 <= one.asked_at - finished < SAME_END_S]
    if not heard:
        return None
    transcript = max(heard, key=lambda one: one.first_at)
    after = [one for one in given if transcript.first_at <= one.asked_at <= answered]
    sounds = [one for one in after if one.part == SPEECH and one.first_at <= answered]
    spoken = min(sounds, key=lambda one: one.first_at, default=None)
    # With no sound of a provider's, the sentence was kept from an earlier time.
    until, speech = (spoken.asked_at, spoken.delay_s) if spoken is not None else (answered, 0.0)
    thought = [one for one in after if one.part == MODEL and one.asked_at <= until]
    waited = {one.step: _waited(one, until) for one in sorted(thought, key=lambda one: one.asked_at)}
    return Owed(transcript.delay_s, sum(waited.values()), speech, len(thought))


def _waited(thought: Given, until: float) -> float:
    """All of its delay; or, where something else was said before it came, as long as that was waited for."""
    return min(thought.delay_s, until - thought.asked_at)
