"""Writes the cards' JSON Schema, from which the page's types are made: python -m phone_agent.cards > FILE."""

from __future__ import annotations

import json
import sys

from phone_agent.cards.schema import json_schema


def text_of_schema() -> str:
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text_of_schema())
