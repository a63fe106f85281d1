"""`phone-agent understand`: whole orders in, one JSON object a line, and what was understood of each out."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.menu_file import parse_menu
from phone_agent.ordering.menu_slips import path_of
from phone_agent.understanding.whole_order import WholeItem, WholeOrder, whole_order

BAD_INPUT = 2
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Line(BaseModel):
    """Further fields are somebody else's."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: StrictStr | StrictInt


class Said(Line):
    utterance: StrictStr


class OptionOut(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    amount: Literal["extra", "light"] | int | None = None
    negated: bool = False


class ItemOut(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    item: str
    size: str | None = None
    quantity: int = Field(1, ge=1)
    options: tuple[OptionOut, ...] = ()
    half: Literal["left", "right"] | None = None


class Meant(Line):
    items: tuple[ItemOut, ...]


class Result(Meant):
    unmatched: tuple[str, ...] = ()
    exact: bool | None = None


L = TypeVar("L", bound=Line)


@dataclass
class Tally:
    total: int = 0
    exact: int = 0
    mistakes: list[str] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    """Expected of lines that did not come."""
    unmatched: Counter[str] = field(default_factory=Counter)
    shared: list[str] = field(default_factory=list)
    """Ids that dishes of several restaurants have."""


def understand_lines(
    menu: Annotated[Path, typer.Option(help="The menu file.", exists=True, dir_okay=False)],
    expect: Annotated[
        Path | None, typer.Option(help="What each line should give, in the form of the output.", exists=True)
    ] = None,
) -> None:
    """Read orders from stdin, {"id", "utterance"} a line, and write what was understood: no call, no model.

    phone-agent understand --menu menu.json < utterances.jsonl > result.jsonl
    """
    known = parse_menu(menu.read_text(encoding="utf-8"))
    tally = Tally()
    wanted = None if expect is None else _expected(expect, known, tally)
    answered: set[str | int] = set()
    for said in _lines(sys.stdin.buffer, Said, "stdin", tally):
        result = result_of(said.id, whole_order(said.utterance, known), wanted)
        _count(result, wanted, tally)
        sys.stdout.write(_written(result) + "\n")
        sys.stdout.flush()
        answered.add(said.id)
    tally.left_over += [str(name) for name in wanted or () if name not in answered]
    tally.shared = [slug for slug, count in Counter(item.slug for item in known.items).items() if count > 1]
    _report(tally, is_graded=wanted is not None)
    if tally.mistakes:
        raise typer.Exit(BAD_INPUT)


def _expected(path: Path, menu: Menu, tally: Tally) -> dict[str | int, Meant]:
    with path.open("rb") as lines:
        found = {line.id: line for line in _lines(lines, Meant, str(path), tally)}
    for line in found.values():
        for item in line.items:
            tally.mistakes += [f"{path}: id {line.id}: {fault}" for fault in _faults(item, menu)]
    return found


def _faults(wanted: ItemOut, menu: Menu) -> Iterator[str]:
    """What no order at this menu can have."""
    items = [item for item in menu.items if item.slug == wanted.item]
    if not items:
        yield f'the menu has no item "{wanted.item}"'
        return
    sizes, others = (
        {m.slug for item in items for g in item.option_groups if (g.role == "size") is of_size for m in g.modifiers}
        for of_size in (True, False)
    )
    if wanted.size is not None and wanted.size not in sizes:
        yield f'"{wanted.item}" has no size "{wanted.size}"'
    known = others | sizes
    yield from (f'"{wanted.item}" has no option "{o.name}"' for o in wanted.options if o.name not in known)


def _lines(lines: Iterable[bytes], form: type[L], source: str, tally: Tally) -> Iterator[L]:
    """A line that cannot be read is told, and the others are read all the same."""
    seen: dict[str | int, int] = {}
    for number, text in enumerate(lines, start=1):
        if not text.removeprefix(BYTE_ORDER_MARK).strip():
            continue
        where = f"{source}, line {number}"
        try:
            line = form.model_validate(json.loads(text.removeprefix(BYTE_ORDER_MARK).decode()))
        except UnicodeDecodeError:
            tally.mistakes.append(f"{where}: not UTF-8")
        except json.JSONDecodeError as error:
            tally.mistakes.append(f"{where}: not JSON: {error.msg}")
        except ValidationError as error:
            faults = (f"{path_of(fault['loc'])}: {fault['msg']}" for fault in error.errors())
            tally.mistakes.append(f"{where}: " + "; ".join(faults))
        else:
            if line.id in seen:
                tally.mistakes.append(f"{where}: id {line.id} was on line {seen[line.id]} already")
                continue
            seen[line.id] = number
            yield line


def result_of(name: str | int, order: WholeOrder, wanted: dict[str | int, Meant] | None = None) -> Result:
    items = tuple(_item(item) for item in order.items)
    exact = None
    if wanted is not None:
        exact = name in wanted and canonical(items) == canonical(wanted[name].items)
    return Result(id=name, items=items, unmatched=order.unmatched, exact=exact)


def _item(item: WholeItem) -> ItemOut:
    options = (OptionOut(name=o.modifier.slug, amount=o.amount, negated=o.negated) for o in item.options)
    size = item.size.slug if item.size is not None else None
    return ItemOut(item=item.item.slug, size=size, quantity=item.quantity, options=tuple(options), half=item.half)


def canonical(items: Iterable[ItemOut]) -> Counter[tuple[object, ...]]:
    """Order means nothing, and equal items count together."""
    counted: Counter[tuple[object, ...]] = Counter()
    for item in items:
        counted[item.item, item.size, item.half, frozenset(item.options)] += item.quantity
    return counted


def _count(result: Result, wanted: dict[str | int, Meant] | None, tally: Tally) -> None:
    tally.total += 1
    tally.exact += result.exact is True
    tally.unmatched.update(word for phrase in result.unmatched for word in phrase.split())
    if wanted is not None and result.id not in wanted:
        tally.mistakes.append(f"id {result.id}: nothing is expected of it")


def _written(result: Result) -> str:
    return json.dumps(result.model_dump(exclude={"exact"} if result.exact is None else None), ensure_ascii=False)


def _report(tally: Tally, *, is_graded: bool) -> None:
    for mistake in tally.mistakes:
        sys.stderr.write(f"error: {mistake}\n")
    if tally.shared:
        sys.stderr.write(f"these ids are of dishes of several restaurants: {', '.join(tally.shared)}\n")
    if tally.left_over:
        sys.stderr.write(f"expected, but not among the lines: {', '.join(tally.left_over)}\n")
    if tally.unmatched:
        sys.stderr.write("not understood, most frequent first:\n")
        for word, count in sorted(tally.unmatched.items(), key=lambda pair: (-pair[1], pair[0])):
            sys.stderr.write(f"{count:6}  {word}\n")
    if is_graded:
        sys.stderr.write(f"exact {tally.exact} of {tally.total}\n")
