"""The price table: the one that comes with the program, or the file that the settings name."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from ipaddress import ip_network
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from phone_agent.report.cost import Price, Prices
from phone_agent.settings import Settings, SettingsError


@dataclass(frozen=True)
class PriceTable:
    prices: tuple[Price, ...]
    note: str = ""


def load_prices(settings: Settings) -> Prices:
    """Raises SettingsError."""
    return Prices(_table(settings.prices).prices, has_carrier=not all(map(_is_here, settings.allowed_addresses)))


def _table(path: str | None) -> PriceTable:
    reader = TypeAdapter(PriceTable)
    if path is None:
        return reader.validate_json((files(__package__ or "") / "prices.json").read_text(encoding="utf-8"))
    try:
        return reader.validate_json(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"PHONE_AGENT_PRICES: the file {path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        slip = error.errors()[0]
        place = ".".join(map(str, slip["loc"]))
        raise SettingsError(f"PHONE_AGENT_PRICES: {path}: {place}: {slip['msg']}.") from error


def _is_here(address: str) -> bool:
    """Callers on this machine pay nobody for the line."""
    try:
        return ip_network(address, strict=False).is_loopback
    except ValueError:
        return False
