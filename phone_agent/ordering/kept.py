"""What is worked out once for a menu and kept as long as the menu is in use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T", bound=Hashable)
V = TypeVar("V")


def kept(most: int) -> Callable[[Callable[[T], V]], Callable[[T], V]]:
    """By the object itself: to hash a menu of a thousand dishes takes longer than to look a dish up.

    One that is equal, as each call loads it from the store, is hashed once and shares what was worked out.
    """

    def wrap(work_out: Callable[[T], V]) -> Callable[[T], V]:
        of_equals = lru_cache(maxsize=most)(work_out)
        results: OrderedDict[int, tuple[T, V]] = OrderedDict()

        def result(of: T) -> V:
            found = results.get(id(of))
            if found is None:
                found = results[id(of)] = (of, of_equals(of))
                if len(results) > most:
                    results.popitem(last=False)
            return found[1]

        return result

    return wrap
