"""Cards and codes stay out of what is kept of a tool call, as they stay out of the transcript."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from phone_agent.redaction import DIGITS_OF_A_PIN, NUMBER_BLOT, NUMBER_RUN, digits_in, masked
from phone_agent.report.model import ToolUse


def hidden(tool: ToolUse) -> ToolUse:
    """Whoever reads one call alone cannot tell a piece of a card or a PIN from a house number: both go.

    What the agent answers is its own words, but for what it repeats of them.
    """
    runs: list[str] = []
    arguments = json.dumps(_without_numbers(_read(tool.arguments), runs), ensure_ascii=False)
    said = [_bare(run) for run in runs]
    result = NUMBER_RUN.sub(lambda run: NUMBER_BLOT if _repeats(run[0], said) else run[0], masked(tool.result))
    return replace(tool, arguments=arguments, result=result)


def _repeats(run: str, said: Sequence[str]) -> bool:
    """All of a number that was said, or a piece of it."""
    return digits_in(run) >= DIGITS_OF_A_PIN and any(_bare(run) in whole or whole in _bare(run) for whole in said)


def _bare(run: str) -> str:
    return "".join(filter(str.isalnum, run.casefold()))


def _read(arguments: str) -> object:
    """What a model writes may be no JSON."""
    try:
        return json.loads(arguments)
    except ValueError:
        return arguments


def _without_numbers(value: object, runs: list[str]) -> object:
    match value:
        case dict():
            return {key: _without_numbers(part, runs) for key, part in value.items()}
        case list():
            return [_without_numbers(part, runs) for part in value]
        case bool() | None:
            return value
        case str():
            return _blotted(value, runs)
        case _:
            text = _blotted(str(value), runs)
            return value if text == str(value) else text


def _blotted(text: str, runs: list[str]) -> str:
    for run in NUMBER_RUN.findall(text):
        if digits_in(run) >= DIGITS_OF_A_PIN:
            runs.append(run)
            text = text.replace(run, NUMBER_BLOT)
    return text
