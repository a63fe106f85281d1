"""What the words around dishes do to a reading: "with", "no", "half", "both", "wait, no"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from phone_agent.ordering.cart import Half
from phone_agent.understanding.order_state import Carry, State, Wish
from phone_agent.understanding.order_steps import parts, rest

Step = Callable[[State, int], Iterator[State]]


def _with(state: State, end: int) -> Iterator[State]:
    since = len(state.drafts[-1].wishes) if state.drafts else 0
    begun = state._replace(at=end, is_listing=True, carries_no="", after="with", since=since)
    if not state.is_number or state.pending or not state.drafts:
        yield begun
    else:
        yield begun._replace(cost=state.cost + 0.3)
    yield from parts(state._replace(after=""), end)


def _and(state: State, end: int) -> Iterator[State]:
    yield state._replace(at=end, after="and", half=None if state.pending == () and state.drafts else state.half)


def _or(state: State, end: int) -> Iterator[State]:
    yield state._replace(at=end, after="or")


def _refer(state: State, end: int) -> Iterator[State]:
    """ "… and fries, make the fries large"."""
    yield state._replace(cost=state.cost + 0.1, at=end, after="both", scope=1)


def _but(state: State, end: int) -> Iterator[State]:
    yield state._replace(at=end, after="and", carries_no="", is_listing=True)


def _no(state: State, end: int) -> Iterator[State]:
    yield from _without(state, end, "or")
    yield from _wrong(state._replace(cost=state.cost + 0.45), end)
    yield from _wrong(state._replace(cost=state.cost + 0.45), end)


def _left_out(state: State, end: int) -> Iterator[State]:
    yield from _without(state, end, "and")


def _without(state: State, end: int, carries: Carry) -> Iterator[State]:
    begun = state._replace(
        at=end, negated=True, weight=None, after="no", carries_no=carries, half=_after_both_halves(state)
    )
    yield begun
    yield from (split._replace(negated=True, carries_no=carries) for split in parts(state, end))


def _after_both_halves(state: State) -> Half | None:
    """ "Half pepperoni, half mushrooms, light cheese": on all of it."""
    return None if state.after == "option" and state.half == "right" else state.half


def _extra(state: State, end: int) -> Iterator[State]:
    yield from _weighed(state, end, "extra")


def _light(state: State, end: int) -> Iterator[State]:
    yield from _weighed(state, end, "light")


def _double(state: State, end: int) -> Iterator[State]:
    yield from _weighed(state, end, "double")


def _weighed(state: State, end: int, weight: str) -> Iterator[State]:
    amounts: dict[str, State] = {
        "extra": state._replace(weight="extra"),
        "light": state._replace(weight="light"),
        "double": state._replace(weight="double"),
    }
    begun = amounts[weight]._replace(at=end, carries_no="", half=_after_both_halves(state))
    yield begun
    yield from (split._replace(weight=begun.weight) for split in parts(state, end))
    last = state.drafts[-1].wishes[-1] if state.after == "option" and state.drafts and state.drafts[-1].wishes else None
    if last is not None and last.weight is None and not last.negated:
        heavier = state.drafts[-1]._replace(wishes=(*state.drafts[-1].wishes[:-1], last._replace(weight=begun.weight)))
        yield state._replace(cost=state.cost + 0.4, at=end, drafts=(*state.drafts[:-1], heavier))


def _skip(state: State, end: int) -> Iterator[State]:
    yield state._replace(at=end)


def _start(state: State, end: int) -> Iterator[State]:
    is_listing = state.after == "with"
    yield state._replace(at=end, is_listing=is_listing, carries_no="", after="start", scope=1)


def _wrong(state: State, end: int) -> Iterator[State]:
    replaces = bool(state.drafts) and not state.pending
    yield state._replace(
        cost=state.cost + 0.2, at=end, corrects=True, replaces=replaces, after="wrong", carries_no="",
    )  # fmt: skip


def _both(state: State, end: int) -> Iterator[State]:
    last = state.current
    if last is None:
        yield state._replace(cost=state.cost + 0.3, at=end)
        return
    scope = 1 if last.quantity == 2 else min(2, len(state.drafts))
    yield state._replace(cost=state.cost + 0.1, at=end, scope=scope, after="both")


def _each(state: State, end: int) -> Iterator[State]:
    last = state.current
    scope = 1 if last is None or last.quantity > 1 else len(state.drafts)
    yield state._replace(cost=state.cost + 0.1, at=end, scope=max(scope, 1), after="both")


def _rest(state: State, end: int) -> Iterator[State]:
    yield from rest(state, end)


def _one_of_them(state: State, end: int) -> Iterator[State]:
    """ "two pizzas, the first with onions"."""
    yield from parts(state._replace(number=1, is_number=True, after=""), end)


def _them(state: State, end: int) -> Iterator[State]:
    """ "one of them without onions", "a burger … two of those"."""
    yield from parts(state._replace(after=""), end)
    yield from _times(state, end, cost=0.3)


def _times(state: State, end: int, cost: float = 0.0) -> Iterator[State]:
    last = state.current
    if last is not None and state.number is not None and state.is_number and not last.is_counted:
        counted = last._replace(quantity=state.number, is_counted=True)
        drafts = (*state.drafts[:-1], counted)
        yield state._replace(cost=state.cost + cost, at=end, drafts=drafts, number=None, is_number=False)


def _side(state: State, end: int) -> Iterator[State]:
    count = state.number or 1
    yield state._replace(at=end, number=count, wants_dish=True, is_listing=False, after="side")


def _on_side(state: State, end: int) -> Iterator[State]:
    """ "queso on the side" is a dish where it can be one."""
    yield state._replace(cost=state.cost + 0.6 * (state.after == "option"), at=end)


def _half(state: State, end: int) -> Iterator[State]:
    half: Half = "left" if state.halves % 2 == 0 else "right"
    since = len(state.drafts[-1].wishes) if state.drafts else 0
    yield state._replace(
        cost=state.cost + 0.1, at=end, half=half, halves=state.halves + 1, after="half", since=since, carries_no="",
    )  # fmt: skip


def _left(state: State, end: int) -> Iterator[State]:
    yield from _on_a_half(state, end, "left")


def _right(state: State, end: int) -> Iterator[State]:
    yield from _on_a_half(state, end, "right")


def _on_half(state: State, end: int) -> Iterator[State]:
    yield from _on_a_half(state, end, "left" if state.halves % 2 == 0 else "right")


def _on_other(state: State, end: int) -> Iterator[State]:
    yield from _on_a_half(state, end, "right")


def _on_a_half(state: State, end: int, half: Half) -> Iterator[State]:
    """ "pepperoni on one half": what was said since the list began; "on the left half pepperoni": what follows."""
    if state.after == "option" and state.drafts:
        last = state.drafts[-1]
        wishes = tuple(_halved(wish, place >= state.since, half) for place, wish in enumerate(last.wishes))
        drafts = (*state.drafts[:-1], last._replace(wishes=wishes))
        if wishes != last.wishes:
            yield state._replace(at=end, drafts=drafts, halves=state.halves + 1, since=len(wishes), half=None)
    yield state._replace(cost=state.cost + 0.2, at=end, half=half, halves=state.halves + 1)


def _halved(wish: Wish, is_meant: bool, half: Half) -> Wish:
    return wish._replace(half=half) if is_meant and wish.half is None else wish


STEPS: dict[str, Step] = {
    "with": _with, "and": _and, "or": _or, "refer": _refer, "but": _but, "no": _no, "without": _left_out,
    "extra": _extra, "light": _light, "double": _double, "skip": _skip, "start": _start, "wrong": _wrong,
    "both": _both, "each": _each, "rest": _rest, "one_of": _one_of_them, "them": _them, "times": _times, "side": _side,
    "on_side": _on_side, "half": _half, "left": _left, "right": _right, "on_half": _on_half,
    "on_other": _on_other,
}  # fmt: skip
