"""The ways to go on with a reading: a dish, an option, a number or a cue stands here."""

from __future__ import annotations

from collections.abc import Iterator

from phone_agent.ordering.menu import MenuItem
from phone_agent.understanding.numbers import UNITS
from phone_agent.understanding.order_index import AMOUNTS, MOST_MEANT, Named, choices_of, key_words_of
from phone_agent.understanding.order_state import Draft, Span, State, Wish, fitting, left_of, root_of
from phone_agent.understanding.tokens import Words

A_DISH, PART_OF_A_NAME, EACH_MISSING, UNSURE_WHICH = 0.5, 0.4, 0.12, 0.6
AN_OPTION, BEFORE_ITS_DISH, DROPPED = 0.2, 0.22, 1.5
WHERE_A_DISH_BEGINS, OF_A_SIZE, NOT_ON_A_LIST = 0.4, 0.25, 0.05
WITHOUT_ITS_HEAD = 0.5
REFUSED = 0.3
NO_NAME = 1.1
SOFT = 0.3
RATHER_A_PART = 0.6


def dish(state: State, end: int, named: Named) -> Iterator[State]:
    """A dish of the menu, with what was said before it."""
    if state.after == "both" and state.current is not None and set(state.current.items) & set(named.items):
        yield state._replace(at=end)
    items = named.items
    fit: list[Wish] = []
    lost: list[Wish] = []
    for wish in state.pending:
        having = fitting(items, wish.key)
        items = having or items
        (fit if having else lost).append(wish)
    cost = A_DISH + DROPPED * len(lost) + (PART_OF_A_NAME + EACH_MISSING * named.missing) * bool(named.missing)
    cost += (WITHOUT_ITS_HEAD - 0.2 * (end - state.at > 1)) * named.is_headless + 1.0 * (state.after == "part")
    cost += UNSURE_WHICH * (len(items) > 1) + 1.5 * (state.weight is not None or state.negated)
    cost += 0.1 * (state.after in ("dish", "option") and state.number is None) - 0.3 * state.wants_dish
    draft = Draft(items, (state.at, end), state.number or 1, state.is_number, tuple(fit), state.half)
    drafts = state.drafts
    if state.negated and not named.missing:
        yield state._replace(cost=state.cost + A_DISH + REFUSED, at=end, negated=False, after="", carries_no="")
    if (state.corrects or state.replaces) and drafts and (state.replaces or not state.pending):
        old, drafts = drafts[-1], drafts[:-1]
        kept = tuple(wish for wish in old.wishes if fitting(items, wish.key) and not _meets(wish, fit, items[0]))
        draft = draft if state.is_number else draft._replace(quantity=old.quantity, is_counted=old.is_counted)
        draft = draft._replace(wishes=(*kept, *draft.wishes))
    dropped = (*state.dropped, *(wish.span for wish in lost))
    waited = [wish for _, wishes in state.waiting for wish in wishes if not fitting(items, wish.key)]
    same = (draft._replace(quantity=count, is_counted=True, wishes=wishes) for count, wishes in state.waiting)
    begun = _begun(state, (*drafts, *(() if waited else same), draft), end, cost + DROPPED * len(waited))
    yield begun._replace(dropped=dropped, after="part" if named.is_headless else "dish")


def _meets(wish: Wish, others: list[Wish], item: MenuItem) -> bool:
    """Both are of one group: "a pepperoni pizza, actually make that a mushroom pizza"."""
    groups = {group.id for group, _ in choices_of(item).get(wish.key, ())}
    return any(group.id in groups for other in others for group, _ in choices_of(item).get(other.key, ()))


def _begun(state: State, drafts: tuple[Draft, ...], end: int, cost: float) -> State:
    return State(
        state.cost + cost, end, drafts, halves=state.halves, after="dish", since=len(drafts[-1].wishes),
        half=state.half if drafts[-1].half is None and state.half and not drafts[-1].wishes else None,
        dropped=state.dropped,
    )  # fmt: skip


def option(state: State, end: int, key: Words, having: tuple[MenuItem, ...]) -> Iterator[State]:
    wish = Wish(key, (state.at, end), state.weight, None, state.negated, state.half)
    yield from _before_a_dish(state, end, wish)
    wish = wish._replace(negated=state.negated or _is_carried(state, key))
    yield from _of_the_current(state, end, wish)
    yield from _of_a_part(state, end, wish)
    yield from _without_a_name(state, end, wish, having)


def _is_carried(state: State, key: Words) -> bool:
    """ "no onions or pickles": both; "no sugar and vanilla": the first."""
    if state.weight is not None or key[0] in AMOUNTS:
        return False
    return state.carries_no == "and" or (state.carries_no == "or" and state.after == "or")


def _before_a_dish(state: State, end: int, wish: Wish) -> Iterator[State]:
    if state.corrects and state.pending and not state.replaces:
        state = state._replace(pending=state.pending[:-1])
    cost = BEFORE_ITS_DISH + (0.15 if state.is_listing and state.number is None else 0.0)
    yield state._replace(
        cost=state.cost + cost, at=end, pending=(*state.pending, wish), weight=None, negated=False, after="pending",
        carries_no="",
    )  # fmt: skip


def _of_the_current(state: State, end: int, wish: Wish) -> Iterator[State]:
    if not state.drafts or state.pending:
        return
    reached = [index for index in range(len(state.drafts)) if index >= len(state.drafts) - state.scope]
    having = {index: fitting(state.drafts[index].items, wish.key) for index in reached}
    if not any(having.values()):
        return
    is_size = _is_of_one(next(found for found in having.values() if found)[0], wish.key)
    cost = AN_OPTION + _doubt(state, is_size=is_size) + 1.5 * (is_size and wish.negated)
    if state.number is not None:
        counted, doubt = _counted(state, wish, next(found for found in having.values() if found)[0])
        wish, cost = counted, cost + doubt
    drafts = list(state.drafts)
    for index in (index for index in reached if having[index]):
        old = drafts[index]
        kept, clash = _kept(old, wish, having[index][0], corrects=state.corrects)
        cost += clash
        drafts[index] = old._replace(items=having[index], wishes=(*kept, wish._replace(is_trailing=True)))
    yield state._replace(
        cost=state.cost + cost, at=end, drafts=tuple(drafts), number=None, is_number=False, weight=None, negated=False,
        after="option", corrects=False, replaces=False, wants_dish=False,
        carries_no=state.carries_no if wish.negated else "",
        is_listing=state.is_listing or not wish.negated,
    )  # fmt: skip


def _doubt(state: State, *, is_size: bool) -> float:
    begins = state.after == "and" and not state.is_listing
    doubt = WHERE_A_DISH_BEGINS * begins + 1.0 * state.wants_dish
    doubt += OF_A_SIZE * (is_size and state.after != "dish" and not state.corrects)
    return doubt + NOT_ON_A_LIST * (not state.is_listing)


def _counted(state: State, wish: Wish, item: MenuItem) -> tuple[Wish, float]:
    """ "two extra shots"; "an extra shot" is one, "a large" rather begins a dish."""
    most = max(modifier.most for _, modifier in choices_of(item)[wish.key])
    if any(group.role == "part" for group, _ in choices_of(item)[wish.key]):
        return wish, 0.0
    if state.is_number:
        count = None if state.number == 1 and most == 1 and wish.weight is None else state.number
        return wish._replace(times=count, weight=None), 0.1 if most > 1 else 0.6
    if most > 1 or wish.weight == "extra":
        return wish._replace(times=1, weight=None), 0.15
    return wish, WHERE_A_DISH_BEGINS


def _is_of_one(item: MenuItem, key: Words) -> bool:
    return any(group.role == "size" for group, _ in choices_of(item)[key])


def _kept(draft: Draft, wish: Wish, item: MenuItem, *, corrects: bool) -> tuple[tuple[Wish, ...], float]:
    """In a group of one a second choice is a correction, or wrong."""
    if any(other.key == wish.key and other.half == wish.half for other in draft.wishes):
        return tuple(other for other in draft.wishes if (other.key, other.half) != (wish.key, wish.half)), 0.05
    single = {group.id for group, _ in choices_of(item)[wish.key] if group.max == 1}
    if wish.negated or not (single or corrects):
        return draft.wishes, 0.0
    groups = {group.id for group, _ in choices_of(item)[wish.key]}
    same = [
        other for other in draft.wishes
        if not other.negated and other.half == wish.half
        and {group.id for group, _ in choices_of(item).get(other.key, ())} <= (single or groups)
    ]  # fmt: skip
    if not same or len(groups) > 1:
        return draft.wishes, 0.0
    if corrects:
        return tuple(other for other in draft.wishes if other is not same[-1]), 0.0
    return tuple(other for other in draft.wishes if other not in same), 1.2


def _of_a_part(state: State, end: int, wish: Wish) -> Iterator[State]:
    """ "two lattes, one iced and one hot"."""
    for split in parts(state, state.at):
        for after in _of_the_current(split, end, wish):
            yield after._replace(is_listing=True)


def parts(state: State, end: int) -> Iterator[State]:
    """So many of the current dish, apart from the others."""
    if not state.drafts or not state.is_number or state.number is None or state.pending:
        return
    root = root_of(state.drafts)
    if state.number > left_of(state.drafts, root) or state.drafts[root].quantity < 2 or state.after == "with_number":
        return
    old = state.drafts[root]
    draft = old._replace(quantity=state.number, is_counted=True, parent=root)
    yield state._replace(
        cost=state.cost + 0.2, at=end, drafts=(*state.drafts, draft), number=None, is_number=False, is_listing=True,
        since=len(old.wishes), carries_no="", scope=1,
    )  # fmt: skip


def rest(state: State, end: int) -> Iterator[State]:
    if state.drafts:
        left = left_of(state.drafts, root_of(state.drafts))
        if left > 0 and state.drafts[-1].parent is not None:
            yield from parts(state._replace(number=left, is_number=True), end)


def _without_a_name(state: State, end: int, wish: Wish, having: tuple[MenuItem, ...]) -> Iterator[State]:
    """ "two large with tuna": the only dish that comes so."""
    if len(having) > MOST_MEANT or not (state.is_listing and (state.pending or state.is_number)):
        return
    items = having
    for other in state.pending:
        items = fitting(items, other.key)
    items = _plainest(items)
    if items:
        span: Span = (state.at, state.at)
        wishes = (*state.pending, wish._replace(is_trailing=True))
        draft = Draft(items, span, state.number or 1, state.is_number, wishes)
        begun = _begun(state, (*state.drafts, draft), end, NO_NAME + UNSURE_WHICH * (len(items) > 1))
        yield begun._replace(after="option", is_listing=True, since=0)


def _plainest(items: tuple[MenuItem, ...]) -> tuple[MenuItem, ...]:
    """Of "Pizza" and "Hawaiian Pizza" the first, where no name was said."""
    names = {item.id: key_words_of(item.name) for item in items}
    plain = [item for item in items if all(name[-len(names[item.id]) :] == names[item.id] for name in names.values())]
    return (plain[0],) if plain else items


def number(state: State, end: int, value: int, *, is_said: bool) -> Iterator[State]:
    is_joined = bool(state.pending) and state.number is not None and state.after == "and"
    doubt = RATHER_A_PART * (is_joined and _may_be_a_part(state))
    if is_joined and (not state.is_listing or (is_said and state.is_number)):
        waiting = (*state.waiting, (state.number or 1, state.pending))
        state = state._replace(waiting=waiting, number=None, is_number=False, pending=())
    cost = doubt + 0.5 * (bool(state.pending) and not state.corrects)
    if state.number is not None and not state.corrects:
        cost += 0.1 if not state.is_number else 1.0
    if state.weight is not None or state.negated:
        cost += 0.8 if state.negated else SOFT
    if state.is_number and not is_said:
        value, is_said = state.number or 1, True
    after = "with_number" if state.after == "with" else "number"
    corrects = state.corrects and (state.number is None or bool(state.pending))
    yield state._replace(
        cost=state.cost + cost, at=end, number=value, is_number=is_said, after=after, corrects=corrects,
        carries_no="",
    )  # fmt: skip


def _may_be_a_part(state: State) -> bool:
    """ "Two pad thai, one mild and one hot, and a green curry": the mild one is no green curry."""
    if not state.drafts:
        return False
    root = root_of(state.drafts)
    items, is_left = state.drafts[root].items, left_of(state.drafts, root) >= (state.number or 1)
    return is_left and state.drafts[root].quantity > 1 and all(fitting(items, wish.key) for wish in state.pending)


def is_number_word(word: str) -> bool:
    return word in UNITS or word.isdigit()
