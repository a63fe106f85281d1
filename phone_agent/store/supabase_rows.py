"""Rows as Supabase sends them, in the form that the mappings of the tables read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from phone_agent.ordering import states
from phone_agent.ordering.cart import Cart
from phone_agent.ordering.errors import IllegalChange
from phone_agent.ordering.order import Order
from phone_agent.ordering.readiness import KitchenLoad, period_of_load
from phone_agent.ordering.states import Status
from phone_agent.ordering.wishes import FulfilmentKind, Wishes
from phone_agent.store import profile_rows
from phone_agent.store.cart_rows import line_row, option_rows
from phone_agent.store.columns import Row, to_dollars, to_text, to_time
from phone_agent.store.order_columns import OrderRows, orders_from
from phone_agent.store.records import Profile
from phone_agent.store.wish_rows import cart_columns


def is_key(text: str) -> bool:
    """Whether a row can have it at all: the database refuses to look for any other."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def as_row(columns: Mapping[str, Any]) -> Row:
    """The mappings read lists as JSON in a text."""
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
        for name, value in columns.items()
    }


def as_rows(rows: Iterable[Mapping[str, Any]] | None) -> list[Row]:
    return [as_row(row) for row in rows or ()]


def cart_arguments(cart: Cart, call_id: str, wishes: Wishes | None) -> dict[str, object]:
    row = {
        "id": cart.id,
        "call_id": call_id,
        "restaurant_id": cart.restaurant_id,
        "subtotal": to_dollars(cart.subtotal_cents),
        **(cart_columns(wishes) if wishes is not None else {}),
    }
    lines = [line_row(cart.id, line, position) for position, line in enumerate(cart.lines)]
    options = [option for line in cart.lines for option in option_rows(line)]
    return {"cart": row, "lines": lines, "options": options, "expected": cart.version}


def kitchen_arguments(now: datetime) -> dict[str, object]:
    """Which orders count as being before one of now."""
    since, until = period_of_load(now)
    cooking = [*states.COOKING, states.FROM_OTHER_CHANNELS]
    return {"since": to_text(since), "until": to_text(until), "cooking": cooking}


def load_of(answer: Mapping[str, Any]) -> KitchenLoad:
    return KitchenLoad(answer["open"], {to_time(slot): orders for slot, orders in answer["slots"].items()})


def arguments_of(rows: OrderRows) -> dict[str, object]:
    return {"placed": rows.placed, "lines": rows.lines, "options": rows.options, "event": rows.event}


def orders_of(answer: Mapping[str, Any]) -> Sequence[Order]:
    return orders_from(as_rows(answer["orders"]), as_rows(answer["lines"]), as_rows(answer["options"]))


def profile_arguments(profile: Profile) -> dict[str, object]:
    owner = {"id": profile.id, "household_name": profile.household_name, "phone": profile.phone}
    tastes = {
        "id": profile.id,
        "profile_id": profile.id,
        "favorite_cuisines": list(profile.favorite_cuisines),
        "dietary_tags": list(profile.dietary_tags),
    }
    location = {"city": profile.city, "state": profile.state, "zip": profile.zip_code}
    return {"profile": owner, "location": location, "preferences": tastes}


def profile_of(answer: Mapping[str, Any]) -> Profile | None:
    if not answer:
        return None
    tastes = answer["preferences"] or {"favorite_cuisines": None, "dietary_tags": None}
    return profile_rows.profile_of(as_row({**answer["profile"], **tastes, "id": answer["profile"]["id"]}))


def states_before(status: Status, only_from: Status | None) -> dict[str, list[Status]]:
    """By how the order is handed over: from where it may come to that state, which the database compares only."""
    return {
        kind: [before for before in states.STATUSES if is_legal(before, status, kind, only_from)]
        for kind in states.NEXT
    }


def is_legal(before: Status, status: Status, kind: FulfilmentKind, only_from: Status | None) -> bool:
    try:
        states.refuse_unless_legal(before, status, kind, only_from=only_from)
    except IllegalChange:
        return False
    return True
