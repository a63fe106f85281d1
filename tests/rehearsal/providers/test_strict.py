"""What strict mode takes and what it refuses, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from phone_agent.rehearsal.providers.strict import strict_problem

Schema = dict[str, Any]


def an_object(**properties: Schema) -> Schema:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def nested(levels: int) -> Schema:
    schema: Schema = {"type": "string"}
    for _ in range(levels):
        schema = an_object(inside=schema)
    return schema


TAKEN: dict[str, Schema] = {
    "nothing to fill in": an_object(),
    "each type": an_object(
        text={"type": "string", "pattern": "^a", "description": "some", "title": "Text"},
        when={"type": "string", "format": "date-time"},
        number={"type": "integer", "minimum": 1, "maximum": 20},
        part={"type": "number", "multipleOf": 0.5, "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        truth={"type": "boolean"},
        several={"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 3},
    ),
    "a type or null": an_object(count={"type": ["integer", "null"], "minimum": 1}),
    "an enum": an_object(size={"type": "string", "enum": ["small", "large"]}),
    "a constant": an_object(kind={"type": "string", "const": "pizza"}),
    "either": an_object(note={"anyOf": [{"type": "string"}, {"type": "null"}]}),
    "a definition": {
        **an_object(item={"$ref": "#/$defs/Item"}), "$defs": {"Item": an_object(name={"type": "string"})},
    },
    "itself": an_object(next={"anyOf": [{"$ref": "#"}, {"type": "null"}]}),
    "ten levels": nested(10),
    "a thousand enum values": an_object(
        **{f"part_{n}": {"type": "string", "enum": [f"{n}_{m}" for m in range(250)]} for n in range(4)}
    ),
}  # fmt: skip


@pytest.mark.parametrize("schema", TAKEN.values(), ids=TAKEN)
def test_is_taken(schema: Schema) -> None:
    assert strict_problem(schema) is None


REFUSED: dict[str, tuple[Schema, str]] = {
    "no object": ({"type": "string"}, "'type: \"object\"'"),
    "an anyOf at the top": ({"anyOf": [an_object()]}, "top level"),
    "open objects": ({**an_object(), "additionalProperties": True}, "'additionalProperties' is required"),
    "objects that say nothing of it": (
        {"type": "object", "properties": {}, "required": []}, "'additionalProperties' is required",
    ),
    "a map": (
        an_object(prices={"type": "object", "additionalProperties": {"type": "integer"}}),
        "In context=('properties', 'prices'), 'additionalProperties' is required",
    ),
    "what may be left out": ({**an_object(a={"type": "string"}), "required": []}, "Missing 'a'"),
    "what is required and not there": ({**an_object(), "required": ["b"]}, "Extra required key 'b'"),
    "a default": (an_object(a={"type": "integer", "default": 1}), "'default' is not permitted"),
    "lengths": (an_object(a={"type": "string", "maxLength": 5}), "'maxLength' is not permitted"),
    "a tuple": (
        an_object(a={"type": "array", "items": {"type": "string"}, "prefixItems": []}), "'prefixItems' is not",
    ),
    "a set": (
        an_object(a={"type": "array", "items": {"type": "string"}, "uniqueItems": True}), "'uniqueItems' is not",
    ),
    "one of": (an_object(a={"oneOf": [{"type": "string"}]}), "'oneOf' is not permitted"),
    "all of": (an_object(a={"type": "string", "allOf": []}), "'allOf' is not permitted"),
    "anything": (an_object(a={}), "must have a 'type' key"),
    "an enum without a type": (an_object(a={"enum": ["x", None]}), "must have a 'type' key"),
    "an unknown type": (an_object(a={"type": "money"}), "'money' is not a valid type"),
    "an unknown format": (an_object(a={"type": "string", "format": "uri"}), "'uri' is not a valid format"),
    "limits of numbers on a text": (an_object(a={"type": "string", "minimum": 1}), "'minimum' is not permitted"),
    "an array of nobody knows what": (an_object(a={"type": "array"}), "array schema missing items"),
    "a reference with company": (
        {**an_object(a={"$ref": "#/$defs/A", "description": "b"}), "$defs": {"A": an_object()}},
        "$ref cannot have keywords",
    ),
    "a reference to nowhere": (an_object(a={"$ref": "#/$defs/A"}), "reference can only point to definitions"),
    "a fault in a definition": (
        {**an_object(), "$defs": {"A": an_object(b={"type": "string", "default": ""})}},
        "In context=('$defs', 'A', 'properties', 'b'), 'default'",
    ),
    "a fault in a list": (
        an_object(a={"type": "array", "items": {"type": "object"}}), "In context=('properties', 'a', 'items')",
    ),
    "a fault in one of two": (
        an_object(a={"anyOf": [{"type": "null"}, {"type": "string", "minLength": 1}]}),
        "In context=('properties', 'a', 'anyOf', '1')",
    ),
    "eleven levels": (nested(11), "11 levels of nesting exceeds limit of 10"),
    "levels by references": (
        {**an_object(a={"$ref": "#/$defs/A"}), "$defs": {"A": nested(10)}}, "11 levels of nesting",
    ),
    "too many properties": (
        an_object(**{f"p{n}": {"type": "string"} for n in range(5001)}), "Too many properties. Got 5001",
    ),
    "too many enum values": (
        an_object(a={"type": "string", "enum": [str(n) for n in range(1001)]}), "but got 1001",
    ),
    "an enum with too much text": (
        an_object(a={"type": "string", "enum": [f"{n:061}" for n in range(251)]}), "15000 characters",
    ),
    "too much text in all": (
        an_object(**{f"{n:0100}": {"type": "string"} for n in range(1201)}), "Schema too large",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "problem"), REFUSED.values(), ids=REFUSED)
def test_is_refused(schema: Schema, problem: str) -> None:
    assert problem in (strict_problem(schema) or "nothing")
