"""What the call knows when a sentence is heard."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.menu import Menu, MenuItem
from phone_agent.ordering.selection import OpenQuestion
from phone_agent.understanding.lexicon import Lexicon, lexicon_of


@dataclass(frozen=True)
class Context:
    menu: Menu
    lines: tuple[LineItem, ...] = ()
    """The cart's, in order."""
    shown: tuple[MenuItem, ...] = ()
    """The dishes that the agent named last."""
    open_question: OpenQuestion | None = None
    quote_is_open: bool = False
    last_line_id: str | None = None
    asked: str = ""
    """What the agent asked for last, beside dishes: street, zip_code, time, tip, coupon, allergy."""

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon_of(self.menu)

    @property
    def restaurant_id(self) -> str | None:
        """The cart's, else the one of the dishes shown."""
        if self.lines:
            return self.lines[0].item.restaurant_id
        places = {item.restaurant_id for item in self.shown}
        return places.pop() if len(places) == 1 else None

    @property
    def last_line(self) -> int | None:
        """The index of the line that "it" means: the one changed last, else the last one."""
        for index, line in enumerate(self.lines):
            if line.id == self.last_line_id:
                return index
        return len(self.lines) - 1 if self.lines else None
