"""A part that stands in for another one, under that one's name: in reports and prices it is the provider's."""

from __future__ import annotations

from typing import Generic, Protocol, TypeVar


class Named(Protocol):
    @property
    def model(self) -> str: ...

    @property
    def provider(self) -> str: ...


T = TypeVar("T", bound=Named)


class StandIn(Generic[T]):
    watched: T

    @property
    def model(self) -> str:
        return self.watched.model

    @property
    def provider(self) -> str:
        return self.watched.provider
