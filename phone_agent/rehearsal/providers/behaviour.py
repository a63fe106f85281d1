"""How a provider behaves: in what way it fails, after how much, and how long it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from random import Random
from typing import Self

_P95 = 1.6449
"""Standard deviations from the median to the 95th percentile."""


class Fault(Enum):
    NONE = "none"
    UNAUTHORIZED = 401
    TOO_MANY = 429
    BROKEN = 500
    DROPPED = "dropped"
    """The connection is cut without a goodbye."""
    MUTE = "mute"
    """The connection stands, is answered at the transport's level, and nothing comes."""
    MALFORMED = "malformed"
    """What comes cannot be read."""

    @property
    def status(self) -> int | None:
        return self.value if isinstance(self.value, int) else None


class Part(Enum):
    """What one provider's key is good for; faults and delays are set for all of them or for one."""

    HEARING = "hearing"
    MODEL = "model"
    SPEECH = "speech"


@dataclass(frozen=True)
class Spread:
    """Log-normal: delays have a floor, a hump and a long tail, and two published figures settle it."""

    median_s: float = 0.0
    p95_s: float = 0.0

    @classmethod
    def always(cls, seconds: float) -> Self:
        return cls(seconds, seconds)

    def sample(self, chance: Random) -> float:
        if self.median_s <= 0:
            return 0.0
        sigma = math.log(max(self.p95_s / self.median_s, 1.0)) / _P95
        return self.median_s * math.exp(sigma * chance.gauss(0.0, 1.0))


AT_ONCE = Spread()
NOVA_3_FINAL = Spread(0.247, 0.298)
"""From the end of speech to the final transcript."""
GPT_4_1_FIRST_TOKEN = Spread(0.536, 1.771)
SONIC_3_FIRST_AUDIO = Spread(0.188, 0.288)
"""Published as 188 ms with a spread of 100: taken as the distance from the median to the 95th percentile."""


@dataclass(frozen=True)
class Behaviour:
    fault: Fault = Fault.NONE
    after: int = 0
    """How many pieces of an answer still come as they should before the fault strikes; 0: from the start."""
    delay: Spread = field(default=AT_ONCE)
    """To an answer's first piece; for a transcript, from the end of speech."""
    between: Spread = field(default=AT_ONCE)
    """Between the pieces of an answer that follow."""
    retry_after_s: int = 1


NORMAL = Behaviour()


def slow(spread: Spread) -> Behaviour:
    return Behaviour(delay=spread)
