"""What a call cost: exact, with a source for each figure, and with what has no price named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from phone_agent.report.cost import NO_PRICES, Price, Prices, cost_of
from phone_agent.report.model import Usage
from phone_agent.report.prices import load_prices
from phone_agent.settings import Settings, SettingsError

OURS = load_prices(Settings.from_env({}))
CHAT = Usage("llm", "api.openai.com", "gpt-4.1", input_tokens=10_000, cached_tokens=8_000, output_tokens=500)
CALL_MINUTE = Price("carrier", "carrier", "call minute", Decimal("0.01"), "the contract", date(2026, 11, 1))


def _of(model: str) -> Price:
    return next(price for price in OURS.prices if price.model == model)


def test_a_call_with_the_default_providers_is_priced_to_the_last_digit() -> None:
    speech = Usage("tts", "Cartesia", "sonic-3", characters=1_000)
    hearing = Usage("stt", "Deepgram", "nova-3", audio_seconds=90.0)
    cost = cost_of((hearing, CHAT, speech), OURS)

    # 1.5 of 0.0048; 2,000 of 2, 8,000 of 0.5 and 500 of 8 per million; 1,000 of 45 per million
    assert [line.amount for line in cost.lines] == [
        Decimal("0.0072"), Decimal("0.004"), Decimal("0.004"), Decimal("0.004"), Decimal("0.045"),
    ]  # fmt: skip
    assert cost.total == Decimal("0.0642")
    assert cost.unknown == ()


@pytest.mark.parametrize("model", ["gpt-4.1-2025-04-14", "openai/gpt-4.1", "GPT-4.1"])
def test_a_model_is_known_by_its_other_names(model: str) -> None:
    assert cost_of((Usage("llm", "api.openai.com", model, input_tokens=1_000_000),), OURS).total == 2


def test_a_gateway_has_prices_of_its_own() -> None:
    used = Usage("llm", "livekit", "openai/gpt-4.1", input_tokens=1_000_000)
    through = replace(_of("gpt-4.1"), provider="livekit", usd=Decimal(4))

    assert cost_of((used,), OURS).unknown == ("livekit openai/gpt-4.1",)
    assert cost_of((used,), Prices((*OURS.prices, through))).total == 4


@pytest.mark.parametrize(
    ("provider", "model"), [("api.openai.com", "gpt-4.1-mini"), ("localhost:8080", "gpt-4.1"), ("Deepgram", "aura-2")]
)
def test_what_has_no_price_is_named_and_not_counted_as_nothing(provider: str, model: str) -> None:
    cost = cost_of((Usage("llm", provider, model, input_tokens=1_000), CHAT), OURS)

    assert cost.unknown == (f"{provider} {model}",)
    assert cost.total == Decimal("0.012")


def test_tokens_that_the_table_forgets_are_named() -> None:
    half = Prices(tuple(price for price in OURS.prices if price.per == "million input tokens"))
    cost = cost_of((CHAT,), half)

    assert cost.unknown == ("api.openai.com gpt-4.1, output tokens",)


def test_without_a_price_of_the_cache_its_tokens_cost_as_much_as_the_others() -> None:
    plain = Prices(tuple(price for price in OURS.prices if price.per != "million cached tokens"))

    assert cost_of((CHAT,), plain).total == Decimal("0.024")


def test_what_runs_on_this_machine_costs_nothing() -> None:
    offline = (
        Usage("llm", "phone-agent", "offline", input_tokens=5),
        Usage("stt", "offline", "pocketsphinx-en-us", audio_seconds=50.0),
        Usage("tts", "offline", "flite-slt", characters=600),
        Usage("tts", "kept", "words", characters=600),
    )
    cost = cost_of(offline, OURS, phone_seconds=60)

    assert cost.total == 0
    assert not cost.unknown


def test_a_line_that_is_open_to_a_carrier_is_priced_by_the_minute_or_named() -> None:
    open_line = load_prices(Settings.from_env({"PHONE_AGENT_ALLOWED_ADDRESSES": "127.0.0.0/8,54.172.60.0/30"}))

    assert cost_of((), open_line, phone_seconds=90).unknown == ("telephone line",)
    assert cost_of((), Prices((CALL_MINUTE,), has_carrier=True), phone_seconds=90).total == Decimal("0.015")
    assert cost_of((), open_line, phone_seconds=0).unknown == ()


def test_without_a_table_everything_that_is_bought_is_named() -> None:
    assert cost_of((CHAT,), NO_PRICES).unknown == ("api.openai.com gpt-4.1",)


def test_every_figure_says_where_it_comes_from_and_when() -> None:
    assert OURS.prices
    assert all("." in price.source and price.checked <= date(2026, 11, 21) for price in OURS.prices)


def test_a_file_of_ones_own_takes_the_place_of_the_table(tmp_path: Path) -> None:
    own = tmp_path / "prices.json"
    own.write_text(
        '{"prices": [{"provider": "openai", "model": "gpt-4.1", "per": "million input tokens", "usd": "1.5",'
        ' "source": "our contract", "checked": "2026-11-01"}]}'
    )
    prices = load_prices(Settings.from_env({"PHONE_AGENT_PRICES": str(own)}))

    assert cost_of((Usage("llm", "api.openai.com", "gpt-4.1", input_tokens=1_000_000),), prices).total == Decimal("1.5")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{", "Invalid JSON"),
        ('{"prices": [{"provider": "x"}]}', "prices.0.model: Field required"),
        (
            '{"prices": [{"provider": "x", "model": "x", "per": "hour", "usd": "1", "source": "x", '
            '"checked": "2026-11-01"}]}',
            "prices.0.per",
        ),
        (
            '{"prices": [{"provider": "x", "model": "x", "per": "call minute", "usd": "-1", "source": "x", '
            '"checked": "2026-11-01"}]}',
            "prices.0.usd",
        ),
    ],
)
def test_a_file_with_a_mistake_is_refused_with_its_place(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "prices.json").write_text(written)

    with pytest.raises(SettingsError, match=f"^PHONE_AGENT_PRICES: .*{said}"):
        load_prices(Settings.from_env({"PHONE_AGENT_PRICES": str(tmp_path / "prices.json")}))


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match=r"^PHONE_AGENT_PRICES: the file no\.json cannot be read"):
        load_prices(Settings.from_env({"PHONE_AGENT_PRICES": "no.json"}))
