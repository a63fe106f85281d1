"""The rules that OpenAI's strict mode lays on a tool's parameters; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

MOST_LEVELS = 10
MOST_PROPERTIES = 5000
MOST_ENUM_VALUES = 1000
MOST_LETTERS = 120_000
"""Of all names of properties and definitions, enum and const values together."""
MANY_ENUM_VALUES = 250
MOST_LETTERS_OF_MANY = 15_000
"""Of the values of one enum that has more than 250."""

_TYPES = {"string", "number", "integer", "boolean", "object", "array", "null"}
_FORMATS = {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
_ANYWHERE = {"type", "title", "description", "enum", "const", "anyOf", "$ref", "$defs", "definitions"}
_OF_TYPE = {
    "string": {"pattern", "format"},
    "number": {"multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"},
    "integer": {"multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"},
    "array": {"items", "minItems", "maxItems"},
    "object": {"properties", "required", "additionalProperties"},
}
_ALLOWED = _ANYWHERE.union(*_OF_TYPE.values())

Schema = Mapping[str, Any]
Place = tuple[str, ...]


def strict_problem(schema: object) -> str | None:
    """What the service would say of the parameters; None where it takes them."""
    if not isinstance(schema, Mapping):
        return "schema must be a JSON object."
    if "anyOf" in schema:
        return "In context=(), schema must have type 'object' and not have 'anyOf' at the top level."
    if schema.get("type") != "object":
        return f"schema must be a JSON Schema of 'type: \"object\"', got 'type: \"{schema.get('type')}\"'."
    for problem in _problems(schema, (), schema):
        return problem
    return _too_much(schema)


def _problems(schema: object, place: Place, root: Schema) -> Iterator[str]:
    where = f"In context={place!r}, "
    if not isinstance(schema, Mapping):
        yield f"{where}schema must be an object."
        return
    for keyword in schema:
        if keyword not in _ALLOWED:
            yield f"{where}'{keyword}' is not permitted."
    if "$ref" in schema:
        yield from (where + problem for problem in _of_reference(schema, root))
        return
    if "anyOf" not in schema and "type" not in schema:
        yield f"{where}schema must have a 'type' key."
        return
    for check in (_of_type, _of_object, _of_array, _of_string):
        yield from (where + problem for problem in check(schema))
    for name, part in _parts(schema):
        yield from _problems(part, (*place, *name), root)


def _of_reference(schema: Schema, root: Schema) -> Iterator[str]:
    reference = str(schema["$ref"])
    beside = sorted(set(schema) - {"$ref"})
    if beside:
        yield f"$ref cannot have keywords {set(beside)!r}."
    if reference != "#" and _pointed_at(reference, root) is None:
        yield f"reference can only point to definitions defined at the top level of the schema, got '{reference}'."


def _of_type(schema: Schema) -> Iterator[str]:
    types = types_of(schema)
    for unknown in sorted(set(types) - _TYPES):
        yield f"'{unknown}' is not a valid type."
    allowed = _ANYWHERE.union(*(_OF_TYPE.get(name, set()) for name in types))
    if types and _TYPES.issuperset(types):
        for keyword in schema:
            if keyword in _ALLOWED and keyword not in allowed:
                yield f"'{keyword}' is not permitted."
    if "enum" in schema and not schema["enum"]:
        yield "enum must not be empty."


def _of_object(schema: Schema) -> Iterator[str]:
    if "object" not in types_of(schema):
        return
    if schema.get("additionalProperties") is not False:
        yield "'additionalProperties' is required to be supplied and to be false."
    properties = schema.get("properties", {})
    required = schema.get("required", [] if not properties else None)
    missing = [name for name in properties if not isinstance(required, list) or name not in required]
    if missing:
        yield (
            "'required' is required to be supplied and to be an array including every key in properties. "
            f"Missing '{missing[0]}'."
        )
    extra = [name for name in required or [] if name not in properties]
    if extra:
        yield f"'required' names '{extra[0]}', which is not in properties. Extra required key '{extra[0]}' supplied."


def _of_array(schema: Schema) -> Iterator[str]:
    if "array" in types_of(schema) and "items" not in schema:
        yield "array schema missing items."


def _of_string(schema: Schema) -> Iterator[str]:
    if schema.get("format", "date") not in _FORMATS:
        yield f"'{schema['format']}' is not a valid format."


def types_of(schema: Schema) -> list[str]:
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else list(kind)


def _parts(schema: Schema) -> Iterator[tuple[Place, Any]]:
    for name, part in schema.get("properties", {}).items():
        yield ("properties", name), part
    if "items" in schema:
        yield ("items",), schema["items"]
    for index, part in enumerate(schema.get("anyOf", [])):
        yield ("anyOf", str(index)), part
    for group in ("$defs", "definitions"):
        for name, part in schema.get(group, {}).items():
            yield (group, name), part


def _pointed_at(reference: str, root: Schema) -> Schema | None:
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) and reference.startswith("#/") else None


def _too_much(root: Schema) -> str | None:
    everywhere = list(_all(root))
    properties = sum(len(part.get("properties", {})) for part in everywhere)
    if properties > MOST_PROPERTIES:
        return f"Too many properties. Got {properties}, maximum is {MOST_PROPERTIES}."
    levels = _levels(root, root, ())
    if levels > MOST_LEVELS:
        return f"{levels} levels of nesting exceeds limit of {MOST_LEVELS}."
    enums = [part["enum"] for part in everywhere if "enum" in part]
    values = sum(map(len, enums))
    if values > MOST_ENUM_VALUES:
        return f"Expected at most {MOST_ENUM_VALUES} enum values in total within a schema when using structured outputs, but got {values}."  # noqa: E501
    for enum in enums:
        letters = sum(len(value) for value in enum if isinstance(value, str))
        if len(enum) > MANY_ENUM_VALUES and letters > MOST_LETTERS_OF_MANY:
            return f"Expected at most {MOST_LETTERS_OF_MANY} characters in an enum of more than {MANY_ENUM_VALUES} values, but got {letters}."  # noqa: E501
    letters = sum(map(_letters, everywhere))
    return f"Schema too large: {letters} characters, maximum is {MOST_LETTERS}." if letters > MOST_LETTERS else None


def _all(schema: Schema) -> Iterator[Schema]:
    yield schema
    for _, part in _parts(schema):
        yield from _all(part)


def _letters(schema: Schema) -> int:
    names = [*schema.get("properties", {}), *schema.get("$defs", {}), *schema.get("definitions", {})]
    values = [*schema.get("enum", []), schema.get("const")]
    return sum(map(len, names)) + sum(len(value) for value in values if isinstance(value, str))


def _levels(schema: Schema, root: Schema, followed: tuple[str, ...]) -> int:
    """Objects and arrays inside one another, through references; one that comes back to itself is not followed."""
    reference = str(schema.get("$ref", ""))
    if reference:
        target = root if reference == "#" else _pointed_at(reference, root)
        return 0 if target is None or reference in followed else _levels(target, root, (*followed, reference))
    inner = [part for name, part in _parts(schema) if name[0] not in ("$defs", "definitions")]
    deepest = max((_levels(part, root, followed) for part in inner), default=0)
    return deepest + bool({"object", "array"} & set(types_of(schema)))
