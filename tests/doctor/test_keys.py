"""Providers' keys: by their looks, and tried at servers that speak as the providers do."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest

from phone_agent.doctor.findings import Level, Ward
from phone_agent.doctor.keys import check_keys
from phone_agent.rehearsal.providers.behaviour import Behaviour, Fault
from phone_agent.rehearsal.providers.cartesia import CartesiaServer
from phone_agent.rehearsal.providers.deepgram import DeepgramServer
from phone_agent.rehearsal.providers.inference import KEY, SECRET, InferenceServer
from phone_agent.rehearsal.providers.openai import OpenAIServer
from phone_agent.settings import Settings

KEYS = {"OPENAI_API_KEY": "sk-" + "a" * 40, "DEEPGRAM_API_KEY": "0a" * 20, "CARTESIA_API_KEY": "sk_car_" + "b" * 20,
        "FIREWORKS_API_KEY": "fw_" + "c" * 20}  # fmt: skip


async def said_of(env: dict[str, str], *, online: bool = False) -> dict[str, Level]:
    found = await check_keys(Ward(Settings.from_env(env), online=online))
    return {finding.words: finding.level for finding in found}


async def test_with_no_key_the_voice_is_named() -> None:
    assert await said_of({}) == {"no provider's key is set; the voice is offline": Level.OK}


async def test_keys_that_look_right_are_fine() -> None:
    (level,) = (await said_of(KEYS)).values()

    assert level is Level.OK


@pytest.mark.parametrize("variable", KEYS)
async def test_a_key_of_another_service_looks_odd(variable: str) -> None:
    said = await said_of({**KEYS, variable: "something-else"})

    assert said == {f"{variable} does not look like a key of that service.": Level.WARNING}


async def test_quotes_around_a_key_are_named() -> None:
    said = await said_of({"OPENAI_API_KEY": f'"{KEYS["OPENAI_API_KEY"]}"'})

    assert said == {"OPENAI_API_KEY has quotes or spaces around it.": Level.FAILURE}


@pytest.fixture
def servers() -> dict[str, OpenAIServer | DeepgramServer | CartesiaServer]:
    return {
        "OPENAI_API_KEY": OpenAIServer(),
        "FIREWORKS_API_KEY": OpenAIServer(),
        "DEEPGRAM_API_KEY": DeepgramServer(),
        "CARTESIA_API_KEY": CartesiaServer(),
    }


def env_of(servers: dict[str, OpenAIServer | DeepgramServer | CartesiaServer]) -> dict[str, str]:
    return KEYS | {
        "OPENAI_BASE_URL": servers["OPENAI_API_KEY"].base_url,
        "FIREWORKS_BASE_URL": servers["FIREWORKS_API_KEY"].base_url,
        "DEEPGRAM_BASE_URL": servers["DEEPGRAM_API_KEY"].address,
        "CARTESIA_BASE_URL": servers["CARTESIA_API_KEY"].address,
    }


async def test_each_key_is_tried_with_one_request(
    servers: dict[str, OpenAIServer | DeepgramServer | CartesiaServer],
) -> None:
    async with AsyncExitStack() as running:
        for server in servers.values():
            await running.enter_async_context(server)
        said = await said_of(env_of(servers), online=True)

    assert said == {f"{variable} is taken": Level.OK for variable in KEYS}
    assert [len(server.log) for server in servers.values()] == [1, 1, 1, 1]


@pytest.mark.parametrize("variable", KEYS)
async def test_a_key_that_is_refused_is_named(
    variable: str, servers: dict[str, OpenAIServer | DeepgramServer | CartesiaServer]
) -> None:
    servers[variable].behave(Behaviour(fault=Fault.UNAUTHORIZED))
    async with AsyncExitStack() as running:
        for server in servers.values():
            await running.enter_async_context(server)
        said = await said_of(env_of(servers), online=True)

    assert said[f"{variable}: the service refuses this key."] is Level.FAILURE
    assert list(said.values()).count(Level.OK) == 3


async def test_an_account_that_is_used_up_is_told_apart() -> None:
    async with OpenAIServer(behaviour=Behaviour(fault=Fault.TOO_MANY)) as server:
        said = await said_of({"OPENAI_API_KEY": "x", "OPENAI_BASE_URL": server.base_url}, online=True)

    (words,) = said
    assert "quota" in words


async def test_a_service_that_cannot_be_reached_is_named() -> None:
    said = await said_of({"OPENAI_API_KEY": "x", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, online=True)

    assert said == {"OPENAI_API_KEY: 127.0.0.1 does not answer (ConnectError).": Level.FAILURE}


@pytest.mark.parametrize(("secret", "level"), [(SECRET, Level.OK), ("another secret " * 3, Level.FAILURE)])
async def test_livekit_inference_is_tried_with_its_pair(secret: str, level: Level) -> None:
    async with InferenceServer() as server:
        said = await said_of(
            {"PHONE_AGENT_VOICE": "inference", "LIVEKIT_INFERENCE_API_KEY": KEY, "LIVEKIT_INFERENCE_API_SECRET": secret,
             "LIVEKIT_INFERENCE_URL": server.base_url},
            online=True,
        )  # fmt: skip

    assert list(said.values()) == [level]
