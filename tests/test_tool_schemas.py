"""The tools as a model with strict schemas sees them."""

from __future__ import annotations

from typing import Any

from livekit.agents.llm import FunctionTool
from livekit.agents.llm.utils import build_strict_openai_schema

from phone_agent.tools.cart import change_cart_item, quick_add_to_cart_for
from tests.ordering.menus import the_corner


def schema_of(tool: object) -> dict[str, Any]:
    assert isinstance(tool, FunctionTool)
    parameters = build_strict_openai_schema(tool)["function"]["parameters"]
    assert isinstance(parameters, dict)
    return parameters


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
