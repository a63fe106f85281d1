"""What /openapi.json promises is what the server does, whatever it is asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.openapi.schemas import OpenApiSchema

from phone_agent.settings import Settings
from phone_agent.web.app import create_app
from tests.web.conftest import SECRET, unlimited

pytestmark = [pytest.mark.program, pytest.mark.timeout(120)]
EXAMPLES = 25


@pytest.fixture(scope="module")
def promised(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> OpenApiSchema:
    database = tmp_path_factory.mktemp("web") / "orders.sqlite3"
    shutil.copy(prepared, database)
    env = {"LIVEKIT_API_SECRET": SECRET, "LIVEKIT_API_KEY": "testkey", "PHONE_AGENT_DATABASE": str(database)}
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(Settings.from_env(env), rates=unlimited()))


schema = schemathesis.pytest.from_fixture("promised")


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_is_promised(case: schemathesis.Case) -> None:
    case.call_and_validate()


def test_every_door_is_promised(promised: OpenApiSchema) -> None:
    paths = {operation.ok().path for operation in promised.get_all_operations()}

    assert {"/token", "/api/livekit/token", "/api/livekit-native/token", "/api/second-screen"} <= paths
    assert {"/api/livekit/webhook", "/healthz", "/metrics", "/config.json"} <= paths
