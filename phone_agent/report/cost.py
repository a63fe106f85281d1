"""What a call cost, by a table of prices; what has no price is named, and never counted as nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from phone_agent.report.model import Cost, CostLine, Usage

Unit = Literal[
    "audio minute", "million input tokens", "million cached tokens", "million output tokens", "million characters",
    "call minute",
]  # fmt: skip
TOKENS: tuple[Unit, ...] = ("million input tokens", "million cached tokens", "million output tokens")
OWN = ("offline", "phone-agent", "livekit-local-inference", "kept")
"""Providers that run on this machine."""
CARRIER = "carrier"
MILLION = Decimal(1_000_000)
DATED = re.compile(r"-20\d\d-\d\d-\d\d$")
"""How the name of a model's snapshot ends."""


@dataclass(frozen=True)
class Price:
    provider: str
    """As LiveKit names it, or a part of that: openai, deepgram; "carrier" for the telephone line."""
    model: str
    per: Unit
    usd: Annotated[Decimal, Field(ge=0)]
    source: str
    checked: date
    """When the source said so."""


@dataclass(frozen=True)
class Prices:
    prices: tuple[Price, ...] = ()
    has_carrier: bool = False
    """Calls come from outside this machine, and somebody asks money for them."""

    def find(self, provider: str, model: str, per: Unit) -> Price | None:
        name = DATED.sub("", model.casefold().rpartition("/")[2])
        known = (
            price for price in self.prices if price.per == per and price.provider.casefold() in provider.casefold()
        )
        return next((price for price in known if price.model.casefold() == name), None)


NO_PRICES = Prices()


def cost_of(usage: Sequence[Usage], prices: Prices, *, phone_seconds: float = 0.0) -> Cost:
    lines: list[CostLine] = []
    unknown: list[str] = []
    for used in usage:
        if used.provider not in OWN:
            priced, unpriced = _priced(used, prices)
            lines += priced
            unknown += [unpriced] if unpriced else []
    if prices.has_carrier and phone_seconds:
        minutes = Decimal(str(phone_seconds)) / 60
        price = prices.find(CARRIER, CARRIER, "call minute")
        lines += [_line("telephone line", minutes, price)] if price else []
        unknown += [] if price else ["telephone line"]
    return Cost(tuple(lines), tuple(unknown))


def _priced(used: Usage, prices: Prices) -> tuple[list[CostLine], str]:
    """And what has no price. Speech is sold by minutes, characters or tokens: what the table names counts."""
    name = f"{used.provider} {used.model}"
    spent = {unit: quantity for unit, quantity in quantities_of(used, prices).items() if quantity}
    found = {unit: prices.find(used.provider, used.model, unit) for unit in spent}
    lines = [_line(name, spent[unit], price) for unit, price in found.items() if price is not None]
    if spent and not lines:
        return [], name
    lacking = [unit for unit, price in found.items() if price is None and unit in TOKENS]
    by_tokens = any(line.unit in TOKENS for line in lines)
    return lines, f"{name}, {lacking[0].removeprefix('million ')}" if lacking and by_tokens else ""


def quantities_of(used: Usage, prices: Prices) -> dict[Unit, Decimal]:
    """Where the cache has no price of its own, what came from it costs as much as the rest."""
    has_cache = prices.find(used.provider, used.model, "million cached tokens") is not None
    cached = used.cached_tokens if has_cache else 0
    return {
        "audio minute": Decimal(str(used.audio_seconds)) / 60,
        "million input tokens": Decimal(used.input_tokens - cached) / MILLION,
        "million cached tokens": Decimal(cached) / MILLION,
        "million output tokens": Decimal(used.output_tokens) / MILLION,
        "million characters": Decimal(used.characters) / MILLION,
    }


def _line(what: str, quantity: Decimal, price: Price) -> CostLine:
    return CostLine(what, quantity, price.per, price.usd, quantity * price.usd)
