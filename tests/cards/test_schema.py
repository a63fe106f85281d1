from pathlib import Path

import phone_agent
from phone_agent.cards.__main__ import text_of_schema

SCHEMA = Path(phone_agent.__file__).parents[1] / "page/src/cards.schema.json"
HOW = "stale: python -m phone_agent.cards > page/src/cards.schema.json"


def test_the_page_has_the_schema_that_the_agent_sends() -> None:
    committed = SCHEMA.read_text()

    assert committed == text_of_schema(), HOW
