"""The tools as a model with strict schemas sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from livekit.agents.llm import FunctionTool, Tool
from livekit.agents.llm.utils import build_strict_openai_schema

from phone_agent.agents.order import OrderAgent
from phone_agent.agents.support import SupportAgent
from phone_agent.agents.talking import TalkingAgent
from phone_agent.ordering.menu import Menu, Section
from phone_agent.phone_line.arrival import Arrival, open_call
from phone_agent.rehearsal.providers.strict import strict_problem
from phone_agent.store.sqlite import SqliteStore
from phone_agent.tools.cart import change_cart_item, quick_add_to_cart_for
from phone_agent.tools.support import describe_dish_for
from tests.builders import a_menu, a_restaurant, a_section, an_item
from tests.ordering.menus import the_corner

LONG = "a Very Long Name of a Dish with Everything on the Side and More"


def schema_of(tool: object) -> dict[str, Any]:
    assert isinstance(tool, FunctionTool)
    parameters = build_strict_openai_schema(tool)["function"]["parameters"]
    assert isinstance(parameters, dict)
    return parameters


def a_menu_of(dishes: int, longer: str = "") -> Menu:
    """In sections of twenty, all with a half price, so that names stand in two sets of one schema."""
    sections: list[Section] = []
    for number in range(0, dishes, 20):
        slug, names = f"part-{number}", [f"Dish {n} {longer}".strip() for n in range(number, min(dishes, number + 20))]
        items = [replace(an_item("big", slug, name, 500), half_price="dearer") for name in names]
        sections.append(a_section("big", slug, tuple(items)))
    return Menu((a_restaurant("big", "The Big One", "all sorts", tuple(sections)),))


def names_in(tool: object) -> list[str]:
    """The closed set of dish names in a tool's schema; empty where any text may stand."""
    schema = schema_of(tool)
    (found,) = [
        part["properties"]["item_name"] for part in objects_in(schema) if "item_name" in part.get("properties", {})
    ]
    return list(found.get("enum", []))


def objects_in(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema, *(found for found in schema.get("$defs", {}).values() if found.get("type") == "object")]


def test_every_field_is_required_and_no_other_is_allowed() -> None:
    for tool in (quick_add_to_cart_for(the_corner()), change_cart_item):
        for found in objects_in(schema_of(tool)):
            assert sorted(found["required"]) == sorted(found["properties"])
            assert found["additionalProperties"] is False


def test_halves_are_named_by_a_closed_set() -> None:
    definitions = schema_of(quick_add_to_cart_for(the_corner()))["$defs"]

    assert definitions["Option"]["properties"]["half"]["enum"] == ["left", "right", None]
    assert definitions["MenuItem"]["properties"]["other_half"]["enum"] == ["Farmer Pizza", "Garden Pizza", None]


def test_a_menu_without_halves_names_none() -> None:
    whole = the_corner(garden={"half_price": None}, farmer={"half_price": None})
    other = schema_of(quick_add_to_cart_for(whole))["$defs"]["MenuItem"]["properties"]["other_half"]

    assert "enum" not in other


MENUS: dict[str, Callable[[], Menu]] = {
    "small": a_menu,
    "corner": the_corner,
    "300": lambda: a_menu_of(300),
    "301": lambda: a_menu_of(301),
    "1000": lambda: a_menu_of(1000),
    "300 long names": lambda: a_menu_of(300, LONG),
}


@pytest.mark.parametrize("size", MENUS)
async def test_every_tool_of_every_agent_passes_strict_mode(size: str, tmp_path: Path) -> None:
    menu = MENUS[size]()
    store = await SqliteStore.open(tmp_path / "orders.sqlite3")
    call = await open_call(Arrival(room="test", channel="phone"), None, store, menu)
    orders = OrderAgent(call)
    agents: list[TalkingAgent] = [orders, SupportAgent(call, orders)]
    tools = [tool for agent in agents for tool in agent.tools]
    problems = {tool.id: strict_problem(schema_of(tool)) for tool in tools if isinstance(tool, FunctionTool)}
    await store.close()

    assert {type(agent) for agent in agents} == set(TalkingAgent.__subclasses__())
    assert len(problems) == len({tool.id for tool in tools if isinstance(tool, Tool)}) > 30
    assert {name: problem for name, problem in problems.items() if problem} == {}


@pytest.mark.parametrize(
    ("size", "is_closed"), [("300", True), ("301", False), ("1000", False), ("300 long names", False)]
)
def test_dishes_are_a_closed_set_as_far_as_strict_mode_takes_it(size: str, is_closed: bool) -> None:
    menu = MENUS[size]()
    expected = sorted(item.name for item in menu.items) if is_closed else []

    assert names_in(quick_add_to_cart_for(menu)) == expected
    assert names_in(describe_dish_for(menu)) == expected
