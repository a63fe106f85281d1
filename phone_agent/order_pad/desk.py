"""The restaurant's people as a call sees them: whether they are being rung, and what became of each attempt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from phone_agent.ordering.wording_person import Why


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    """Answered, a key was pressed: staff and caller talk."""
    REFERRED = "referred"
    """The caller's phone went over to that number by itself (SIP REFER)."""
    DECLINED = "declined"
    """By a key, or by the phone."""
    NO_ANSWER = "no answer"
    BUSY = "busy"
    VOICEMAIL = "voicemail"
    """Answered, and nobody pressed a key."""
    HUNG_UP = "hung up"
    """Answered, and let go without a key."""
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    """LiveKit or the provider did not dial: no trunk, wrong credentials, a machine too busy."""
    CALLER_HUNG_UP = "caller hung up"
    CALLER_CAME_BACK = "caller came back"


@dataclass(frozen=True)
class Attempt:
    number: str
    outcome: Outcome

    def __str__(self) -> str:
        """As the transcript shows it."""
        return f"(rang {self.number}: {self.outcome})"


class Desk(Protocol):
    @property
    def is_busy(self) -> bool:
        """Staff are being rung, or talk with the caller: the agent keeps still."""

    async def ring(self, why: Why) -> None:
        """Begins; returns when the caller has been told."""

    def listen(self, said: str) -> bool:
        """Whether the agent is to answer that: while staff are rung, what is meant for it brings the caller back."""

    async def come_back(self) -> None:
        """At a key."""
