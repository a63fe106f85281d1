"""What /openapi.json promises is what the server does, whatever it is asked."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error

from phone_agent.settings import Settings
from phone_agent.web.app import create_app
from tests.web.conftest import KEY, SECRET, unlimited

pytestmark = [pytest.mark.program, pytest.mark.timeout(120)]
DOORS = [
    ("POST", "/token"),
    ("POST", "/api/livekit/token"),
    ("POST", "/api/livekit-native/token"),
    ("POST", "/api/second-screen"),
    ("POST", "/api/livekit/webhook"),
    ("POST", "/api/twilio/messages"),
    ("POST", "/api/twilio/status"),
    ("GET", "/healthz"),
    ("GET", "/metrics"),
    ("GET", "/config.json"),
]
TAKES_ANYTHING = {"/healthz", "/metrics", "/config.json", "/api/twilio/messages"}
"""Nothing can be wrong about a question without a body, or with a form of any fields."""
ASKED = [
    (*door, mode) for door in DOORS for mode in GenerationMode if mode.is_positive or door[1] not in TAKES_ANYTHING
]
tried = settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def promised(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> schemathesis.BaseSchema:
    database = tmp_path_factory.mktemp("web") / "orders.sqlite3"
    shutil.copy(prepared, database)
    env = {
        "LIVEKIT_URL": "ws://127.0.0.1:1",
        "LIVEKIT_API_KEY": KEY,
        "LIVEKIT_API_SECRET": SECRET,
        "PHONE_AGENT_DATABASE": str(database),
    }
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(Settings.from_env(env), rates=unlimited()))


@pytest.mark.parametrize(("method", "path", "mode"), ASKED, ids=str)
def test_every_answer_is_one_that_is_promised(
    promised: schemathesis.BaseSchema, method: str, path: str, mode: GenerationMode
) -> None:
    asked: list[int] = []
    promised_failures: list[Any] = [not_a_server_error] if path == "/healthz" else []

    @tried
    @given(promised[path][method].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        asked.append(case.call_and_validate(excluded_checks=promised_failures).status_code)

    ask()

    assert asked


def test_every_door_is_promised_and_tried(promised: schemathesis.BaseSchema) -> None:
    paths = {(method.upper(), path) for path in promised for method in promised[path]}

    assert paths == set(DOORS)
