"""What all requests share: settings, the store, counters, limits and the built page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from starlette.requests import HTTPConnection

from phone_agent.settings import Settings
from phone_agent.web.counters import Counters
from phone_agent.web.health import HealthCheck
from phone_agent.web.kept_store import KeptStore
from phone_agent.web.lines import Lines
from phone_agent.web.rates import Rates

STATIC = Path(__file__).parent / "static"


@dataclass
class Reception:
    settings: Settings
    rates: Rates
    static: Path = STATIC
    counters: Counters = field(default_factory=Counters)
    health: HealthCheck = field(default_factory=HealthCheck)
    store: KeptStore = field(init=False)
    lines: Lines = field(init=False)

    def __post_init__(self) -> None:
        self.store = KeptStore(self.settings)
        self.lines = Lines(self.settings)


def reception_of(request: HTTPConnection) -> Reception:
    return cast("Reception", request.app.state.reception)
