"""A sentence with several dishes: what is clear becomes lines, the rest questions or problems."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.errors import Ambiguous, OptionMissing, OrderingError
from phone_agent.ordering.menu import Menu, Restaurant
from phone_agent.ordering.selection import ItemRequest, OpenQuestion, line_for


@dataclass(frozen=True)
class SortedOut:
    lines: tuple[LineItem, ...]
    questions: tuple[OpenQuestion, ...]
    problems: tuple[OrderingError, ...]


def sort_out(
    requests: Sequence[ItemRequest],
    menu: Menu,
    *,
    new_id: Callable[[], str],
    nearby: Collection[Restaurant],
    cart_restaurant_id: str | None,
    at: datetime | None = None,
) -> SortedOut:
    lines: list[LineItem] = []
    questions: list[OpenQuestion] = []
    problems: list[OrderingError] = []
    for request in requests:
        places = None if request.restaurant_name else nearby
        home = cart_restaurant_id or (lines[0].item.restaurant_id if lines else None)
        try:
            line = line_for(request, menu, line_id=new_id(), restaurants=places, cart_restaurant_id=home, at=at)
            lines.append(line)
        except Ambiguous as error:
            questions.append(OpenQuestion(str(error), request, error.candidates))
        except OptionMissing as error:
            questions.append(OpenQuestion(str(error), request, _labels(error, menu), group_id=error.group_id))
        except OrderingError as error:
            problems.append(error)
    return SortedOut(tuple(lines), tuple(questions), tuple(problems))


def _labels(error: OptionMissing, menu: Menu) -> tuple[str, ...]:
    groups = menu.item(error.item_id).option_groups
    return tuple(modifier.label for group in groups if group.id == error.group_id for modifier in group.offered)
