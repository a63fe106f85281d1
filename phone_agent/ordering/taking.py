"""A sentence with several dishes: what is clear becomes lines, the rest questions or problems."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from phone_agent.ordering.cart import LineItem
from phone_agent.ordering.errors import (
    Ambiguous,
    NotUnderstood,
    OptionMissing,
    OptionUnknown,
    OrderingError,
    OtherRestaurant,
)
from phone_agent.ordering.language import called, in_words
from phone_agent.ordering.lists import both
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant
from phone_agent.ordering.selection import ItemRequest, OpenQuestion, line_for
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.sentences_terms import TermSentence


@dataclass(frozen=True)
class SortedOut:
    lines: tuple[LineItem, ...]
    questions: tuple[OpenQuestion, ...]
    problems: tuple[OrderingError, ...]


class _Sorting:
    """The order's restaurant is the cart's, else that of the first dish named."""

    def __init__(self, menu: Menu, nearby: Collection[Restaurant], home: str | None, at: datetime | None) -> None:
        self.lines: list[LineItem] = []
        self.questions: list[OpenQuestion] = []
        self.problems: list[OrderingError] = []
        self.elsewhere: list[MenuItem] = []
        self._menu = menu
        self._nearby = nearby
        self._home = home
        self._at = at

    def take(self, request: ItemRequest, line_id: str) -> None:
        try:
            line = self._line(request, line_id)
        except Ambiguous as error:
            self.questions.append(OpenQuestion(str(error), request, error.candidates))
        except OptionMissing as error:
            if self._is_here(self._menu.item(error.item_id)):
                labels = labels_of(error, self._menu)
                self.questions.append(OpenQuestion(str(error), request, labels, group_id=error.group_id))
        except OptionUnknown as error:
            self.problems.append(error)
            self._take_without_unknown(request, line_id)
        except OrderingError as error:
            self.problems.append(error)
        else:
            if self._is_here(line.item):
                self.lines.append(line)

    def _line(self, request: ItemRequest, line_id: str) -> LineItem:
        places = None if request.restaurant_name else self._nearby
        return line_for(
            request, self._menu, line_id=line_id, restaurants=places, cart_restaurant_id=self._home, at=self._at
        )

    def _take_without_unknown(self, request: ItemRequest, line_id: str) -> None:
        """The dish is taken all the same: the caller hears what it does not come with."""
        known = tuple(option for option in request.options if self._is_known(replace(request, options=(option,))))
        if len(known) < len(request.options):
            self.take(replace(request, options=known), line_id)

    def _is_known(self, request: ItemRequest) -> bool:
        try:
            self._line(request, "")
        except OptionUnknown:
            return False
        except OrderingError:
            return True
        return True

    def _is_here(self, item: MenuItem) -> bool:
        self._home = self._home or item.restaurant_id
        if item.restaurant_id != self._home:
            self.elsewhere.append(item)
        return item.restaurant_id == self._home


def sort_out(
    requests: Sequence[ItemRequest],
    menu: Menu,
    *,
    new_id: Callable[[], str],
    nearby: Collection[Restaurant],
    cart_restaurant_id: str | None,
    at: datetime | None = None,
) -> SortedOut:
    sorting = _Sorting(menu, nearby, cart_restaurant_id, at)
    for request in requests:
        sorting.take(request, new_id())
    problems = _more_kindly(sorting.problems) if sorting.lines else sorting.problems
    if sorting.elsewhere:
        error = _other_restaurants(sorting.elsewhere, menu, was_empty=cart_restaurant_id is None)
        if cart_restaurant_id is not None and not sorting.lines and not sorting.questions:
            error = start_over(sorting.elsewhere, menu, menu.restaurant(cart_restaurant_id))
        problems = [error, *problems]
    return SortedOut(tuple(sorting.lines), tuple(sorting.questions), tuple(problems))


def _other_restaurants(items: Sequence[MenuItem], menu: Menu, *, was_empty: bool) -> OtherRestaurant:
    named = _with_places(items, menu)
    sentence = Sentence.OTHER_RESTAURANTS_LATER if was_empty else Sentence.OTHER_RESTAURANTS
    return OtherRestaurant(sentence.words(dishes_with_places=named))


def start_over(items: Sequence[MenuItem], menu: Menu, home: Restaurant) -> OtherRestaurant:
    return OtherRestaurant(
        TermSentence.START_OVER.words(restaurant=home.name, dishes_with_places=_with_places(items, menu))
    )


def _with_places(items: Sequence[MenuItem], menu: Menu) -> str:
    places = ((called(item.name), menu.restaurant_of(item).name) for item in dict.fromkeys(items))
    return both([in_words("{dish} from {restaurant}", dish=dish, restaurant=place) for dish, place in places])


def _more_kindly(problems: Sequence[OrderingError]) -> list[OrderingError]:
    """Beside dishes that were taken, "that" would not say which one is not on the menu."""
    plain = Sentence.NOT_ON_MENU.words()
    either = NotUnderstood(Sentence.NOT_ON_MENU_EITHER.words())
    return [either if str(problem) == plain else problem for problem in problems]


def still_open(questions: Sequence[OpenQuestion], requests: Sequence[ItemRequest]) -> tuple[OpenQuestion, ...]:
    """The later questions of the sentence whose first question is answered by these requests."""
    names = {request.item_name.casefold() for request in requests}
    if not questions:
        return ()
    first = questions[0]
    if not names & {first.request.item_name.casefold(), *(candidate.casefold() for candidate in first.candidates)}:
        return ()
    return tuple(questions[1:])


def labels_of(error: OptionMissing, menu: Menu) -> tuple[str, ...]:
    """What may be chosen."""
    groups = menu.item(error.item_id).option_groups
    return tuple(modifier.label for group in groups if group.id == error.group_id for modifier in group.offered)
