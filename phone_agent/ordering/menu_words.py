"""What is wrong with a value of a menu file, in words for whoever writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from phone_agent.ordering.menu_fields import LANGUAGE, LINE, PHONE, PHONE_OR_NONE, SLUG, ZIP_CODE

PATTERNS = {
    SLUG: 'must be small letters, digits and single hyphens, such as "caesar-salad"',
    LINE: "must be one line with no space before or after it",
    LANGUAGE: 'must be the two letters of a language, such as "es"',
    PHONE: 'must be a number with its country, such as "+14075550100"',
    PHONE_OR_NONE: 'must be a number with its country, such as "+14075550100", or ""',
    ZIP_CODE: 'must be five digits, in quotes, such as "32801"',
}
WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "string_pattern_mismatch": lambda told: PATTERNS.get(told["pattern"], f"must match {told['pattern']}"),
    "missing": lambda _: "is missing",
    "extra_forbidden": lambda _: "is no field of this format",
    "string_type": lambda _: "must be text, in quotes",
    "string_too_short": lambda _: "must not be empty",
    "string_too_long": lambda told: f"must not have more than {told['max_length']} letters",
    "int_type": lambda _: "must be a whole number, without quotes",
    "int_parsing": lambda _: "must be a whole number, without quotes",
    "int_from_float": lambda _: "must be a whole number",
    "bool_type": lambda _: "must be true or false, without quotes",
    "bool_parsing": lambda _: "must be true or false, without quotes",
    "tuple_type": lambda _: "must be a list, in [ ]",
    "dict_type": lambda _: "must be a group of fields, in { }",
    "model_type": lambda _: "must be a group of fields, in { }",
    "greater_than_equal": lambda told: f"must be at least {told['ge']}",
    "less_than_equal": lambda told: f"must be at most {told['le']}",
    "literal_error": lambda told: f"must be {told['expected']}",
}


def words_for_slip(error: ErrorDetails) -> str:
    """Of kinds that are not in the list, pydantic's own."""
    words = WORDS.get(error["type"])
    return words(error.get("ctx", {})) if words is not None else error["msg"].removeprefix("Value error, ")
