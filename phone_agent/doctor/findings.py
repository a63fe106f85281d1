"""What a check has found, and what is examined."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from phone_agent.order_pad.taken import utc_now
from phone_agent.settings import RUN_DIR, Settings

SIP_PORT = 5060
REFUSALS = (401, 403)
"""How a service answers to a key that it does not take."""


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Finding:
    level: Level
    words: str
    mend: str = ""
    """The command, or the change, that mends it."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """Figures for programs."""


@dataclass(frozen=True)
class Found:
    """A finding with the name of the check that made it."""

    check: str
    finding: Finding


def fine(words: str, **facts: object) -> Finding:
    return Finding(Level.OK, words, facts=facts)


def odd(words: str, mend: str = "") -> Finding:
    return Finding(Level.WARNING, words, mend)


def wrong(words: str, mend: str = "") -> Finding:
    return Finding(Level.FAILURE, words, mend)


@dataclass(frozen=True)
class SipAddress:
    host: str
    port: int = SIP_PORT

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class Ward:
    """What is examined; the checks read nothing else of the world but what it names."""

    settings: Settings
    sip: SipAddress | None = None
    """Where the SIP service listens for UDP; None: nobody can tell."""
    health: tuple[str, int] | None = None
    """Where the worker answers; None: it takes a free port that nobody wrote down."""
    page: str | None = None
    """Where the page is served; None: nobody can tell."""
    run_dir: Path = RUN_DIR
    online: bool = False
    """Whether providers are asked."""
    sip_username: str = ""
    sip_password: str = field(default="", repr=False)
    """What a caller of the trunk has to know, where it asks for a password."""
    caller: str | None = None
    """An address that ought to be let in; None: this machine's, as the SIP service sees it."""
    clock: Callable[[], datetime] = utc_now

    @property
    def host(self) -> str:
        return urlsplit(self.settings.livekit_url).hostname or ""


Check = Callable[[Ward], Awaitable[list[Finding]]]
