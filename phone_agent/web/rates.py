"""How often one address, and all together, may ask."""

from __future__ import annotations

import math
import time
from ipaddress import IPv6Address, ip_address, ip_network

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

EVERYBODY = "everybody"
TRIES_PER_MINUTE, TRIES_PER_HOUR, MISSES_PER_MINUTE = 5, 20, 30
"""A second screen's code has few digits: so many tries from one address, so many wrong ones from all of them."""


class Rates:
    def __init__(
        self,
        calls_per_minute: int,
        *,
        tries_per_minute: int = TRIES_PER_MINUTE,
        tries_per_hour: int = TRIES_PER_HOUR,
        misses_per_minute: int = MISSES_PER_MINUTE,
    ) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._calls = (RateLimitItemPerMinute(calls_per_minute, namespace="calls"),)
        self._tries = (
            RateLimitItemPerMinute(tries_per_minute, namespace="tries"),
            RateLimitItemPerHour(tries_per_hour, namespace="tries"),
        )
        self._misses = RateLimitItemPerMinute(misses_per_minute, namespace="misses")

    def wait_before_call(self, address: str) -> int | None:
        """Counts it; seconds to wait where there were too many."""
        return self._take(self._calls, neighbourhood(address))

    def wait_before_try(self, address: str) -> int | None:
        """Counts it."""
        return self._take(self._tries, neighbourhood(address))

    def wait_after_miss(self) -> int | None:
        """Counts it. Whoever has a right code is let in all the same: nobody can lock callers out with wrong ones."""
        return self._take((self._misses,), EVERYBODY)

    def _take(self, limits: tuple[RateLimitItem, ...], who: str) -> int | None:
        for limit in limits:
            if not self._limiter.hit(limit, who):
                return self._wait(limit, who)
        return None

    def _wait(self, limit: RateLimitItem, who: str) -> int:
        return max(1, math.ceil(self._limiter.get_window_stats(limit, who).reset_time - time.time()))


def neighbourhood(address: str) -> str:
    """Of IPv6 a household has a whole /64."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))
    return str(parsed)
