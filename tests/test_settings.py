from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from phone_agent.settings import DEMO_PROFILE_ID, Settings, SettingsError

EXAMPLE = (Path(__file__).parents[1] / ".env.example").read_text(encoding="utf-8")
SECRET_VARIABLES = (
    "LIVEKIT_API_SECRET", "SUPABASE_SERVICE_ROLE_KEY", "LIVEKIT_INFERENCE_API_SECRET",
    "OPENAI_API_KEY", "FIREWORKS_API_KEY", "DEEPGRAM_API_KEY", "CARTESIA_API_KEY",
    "TWILIO_AUTH_TOKEN", "PHONE_AGENT_WEBHOOK_SECRET", "PHONE_AGENT_INBOUND_PASSWORD",
    "PHONE_AGENT_OUTBOUND_PASSWORD",
)  # fmt: skip
PAIRS = [
    ("LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"),
    ("LIVEKIT_INFERENCE_API_KEY", "LIVEKIT_INFERENCE_API_SECRET"),
    ("SUPABASE_URL", "SUPABASE_SERVICE_ROLE_KEY"),
    ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"),
    ("PHONE_AGENT_WEBHOOK_URL", "PHONE_AGENT_WEBHOOK_SECRET"),
]
HEADER, SERVICE, ANON = (
    urlsafe_b64encode(part).decode().rstrip("=")
    for part in (b'{"alg":"HS256"}', b'{"role":"service_role"}', b'{"role":"anon"}')
)
WRONG = [
    ("PHONE_AGENT_HEALTH_PORT", "eighty"),
    ("PHONE_AGENT_HEALTH_PORT", "70000"),
    ("PHONE_AGENT_MAX_CALLS", "0"),
    ("PHONE_AGENT_VOICE", "loud"),
    ("PHONE_AGENT_KEYPAD_ONLY", "perhaps"),
    ("DEMO_PROFILE_ID", "rivera"),
    ("PHONE_AGENT_STT", "nova-3"),
    ("PHONE_AGENT_LLM", "openai/"),
    ("PHONE_AGENT_TEMPERATURE", "2.1"),
    ("PHONE_AGENT_TTS_SPEED", "0.5"),
    ("PHONE_AGENT_VAD", "loud"),
    ("OPENAI_BASE_URL", "api.openai.com"),
    ("PHONE_AGENT_QUIET_HOURS", "at night"),
    ("PHONE_AGENT_QUIET_HOURS", "21:00"),
]


def env_in(text: str) -> dict[str, str]:
    return {name: value or "" for name, value in dotenv_values(stream=StringIO(text)).items()}


def test_no_environment_at_all_is_enough() -> None:
    settings = Settings.from_env({})

    assert settings.livekit_url == "ws://localhost:7880"
    assert settings.agent_name == "food-concierge-native"
    assert settings.demo_profile_id is None
    assert not settings.keypad_only


def test_what_is_set_wins_over_the_default() -> None:
    settings = Settings.from_env({"DEMO_PROFILE_ID": str(DEMO_PROFILE_ID), "PHONE_AGENT_KEYPAD_ONLY": "true"})

    assert settings.demo_profile_id == DEMO_PROFILE_ID
    assert settings.keypad_only


@pytest.mark.parametrize(
    ("url", "http_url"),
    [
        ("ws://localhost:7880", "http://localhost:7880"),
        ("wss://news.example.com/", "https://news.example.com"),
        ("http://news.example.com", "http://news.example.com"),
    ],
)
def test_livekits_server_is_asked_over_http_at_the_same_address(url: str, http_url: str) -> None:
    assert Settings.from_env({"LIVEKIT_URL": url}).livekit_http_url == http_url


def test_an_empty_variable_counts_as_unset() -> None:
    empty = {str(field.alias): " " for field in Settings.model_fields.values()}

    assert Settings.from_env(empty) == Settings.from_env({})


def test_variables_of_others_are_left_alone() -> None:
    assert Settings.from_env({"PATH": "/bin", "agent_port": "1"}) == Settings.from_env({})


@pytest.mark.parametrize("pair", [*PAIRS, *(tuple(reversed(pair)) for pair in PAIRS)])
def test_half_a_pair_is_refused_and_its_other_half_named(pair: tuple[str, str]) -> None:
    given, missing = pair

    with pytest.raises(SettingsError, match=f"{given} is set but {missing} is not"):
        Settings.from_env({given: "something"})


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_named_by_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name}: "):
        Settings.from_env({name: value})


def test_all_wrong_values_are_named_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(dict(WRONG))

    assert all(name in str(refused.value) for name, _ in WRONG)


@pytest.mark.parametrize("key", ["sb_secret_abc", f"{HEADER}.{SERVICE}.signature"])
def test_both_kinds_of_service_key_are_taken(key: str) -> None:
    settings = Settings.from_env({"SUPABASE_URL": " http://127.0.0.1:54321/ ", "SUPABASE_SERVICE_ROLE_KEY": f" {key}"})

    assert settings.supabase_url == "http://127.0.0.1:54321"
    assert settings.supabase_service_role_key == key


@pytest.mark.parametrize("key", ["sb_publishable_abc", f"{HEADER}.{ANON}.signature", "a.b.c", "..", "a.W10.c", "key"])
def test_a_key_for_pages_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(SettingsError, match=r"^SUPABASE_SERVICE_ROLE_KEY: must be the secret key") as refused:
        Settings.from_env({"SUPABASE_URL": "https://abcdefgh.supabase.co", "SUPABASE_SERVICE_ROLE_KEY": f"{key}#"})

    assert f"{key}#" not in f"{refused.value} {refused.value.__cause__}"


@pytest.mark.parametrize("url", ["abcdefgh.supabase.co", "https://", "https://a.supabase.co/rest/v1", "postgres://a/b"])
def test_what_is_no_project_address_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^SUPABASE_URL: must be the project's address"):
        Settings.from_env({"SUPABASE_URL": url, "SUPABASE_SERVICE_ROLE_KEY": "sb_secret_abc"})


@pytest.mark.parametrize("written", ["10.0.0.0/8,192.168.0.0/16", " 10.0.0.0/8 , 192.168.0.0/16, "])
def test_addresses_are_a_list_with_commas(written: str) -> None:
    settings = Settings.from_env({"PHONE_AGENT_ALLOWED_ADDRESSES": written})

    assert settings.allowed_addresses == ("10.0.0.0/8", "192.168.0.0/16")


def test_no_secret_is_shown() -> None:
    settings = Settings.from_env({"LIVEKIT_API_KEY": "shown", "LIVEKIT_API_SECRET": "hidden-from-all"})

    assert "shown" in repr(settings)
    assert "hidden-from-all" not in repr(settings) + str(settings)
    assert not any(field.repr for field in Settings.model_fields.values() if field.alias in SECRET_VARIABLES)


def test_settings_do_not_change() -> None:
    settings = Settings.from_env({})

    with pytest.raises(ValueError, match="frozen"):
        settings.max_calls = 3


def test_a_copy_of_the_example_changes_nothing() -> None:
    assert env_in(EXAMPLE) == {}


def test_every_line_of_the_example_is_the_default() -> None:
    env = env_in(re.sub(r"(?m)^#(?=[A-Z])", "", EXAMPLE))

    assert set(env) == {field.alias for field in Settings.model_fields.values()}
    assert Settings.from_env(env) == Settings.from_env({})


def test_every_line_of_the_example_is_explained() -> None:
    lines = EXAMPLE.splitlines()
    before = [lines[at - 1] for at, line in enumerate(lines) if re.match(r"#[A-Z_]+=", line)]

    assert before
    assert all(line.startswith("# ") for line in before)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_c2hvcnQ=", "not base64, surely", "whsec_" + "c2VjcmV0" * 20])
def test_a_webhook_secret_that_is_too_short_or_too_long_is_refused_and_not_shown(secret: str) -> None:
    env = {"PHONE_AGENT_WEBHOOK_URL": "https://till.example", "PHONE_AGENT_WEBHOOK_SECRET": secret}

    with pytest.raises(SettingsError, match="PHONE_AGENT_WEBHOOK_SECRET") as refused:
        Settings.from_env(env)
    assert secret == "whsec_" or secret not in str(refused.value)
