"""Everything that one machine needs to take a call: the servers, a trunk with its rule, and the agent's worker."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from phone_agent.ordering.errors import StoreUnavailable
from phone_agent.settings import Settings
from phone_agent.stack import LocalStack
from phone_agent.stack.lan import lan_address, network_of
from phone_agent.stack.ports import LOOPBACK, free_port
from phone_agent.telephony.provisioning import provision, provision_with_menu

logger = logging.getLogger(__name__)

REPO = Path(__file__).resolve().parent.parent
AGENT = REPO / "phone_agent" / "agent.py"
REGISTERED = "registered worker"
STARTING_SECONDS = 60.0
ALLOWED, EVERY_LOOPBACK = "PHONE_AGENT_ALLOWED_ADDRESSES", "127.0.0.0/8"
STOPPING_SECONDS = 3.0


def open_switchboard(
    run_dir: Path,
    env: Mapping[str, str],
    *,
    mode: str = "start",
    livekit_port: int | None = None,
    sip_port: int | None = None,
    lan: str | None = None,
    agent: Path = AGENT,
    web: bool = False,
) -> LocalStack:
    """Returns when a call would be answered. `env` is what the agent sees, beside what points it at the servers.

    `lan`: the address of this machine, or "auto", at which its network may call too.
    """
    sip_host = LOOPBACK if lan is None else lan_address(lan)
    if lan is not None:
        env = letting_in_the_network_of(sip_host, env)
    settings = Settings.from_env(env)
    own_env = {**os.environ, **env, "PHONE_AGENT_DATABASE": str(Path(settings.database).resolve())}
    stack = LocalStack.start(
        run_dir,
        number=settings.phone_number,
        livekit_port=livekit_port,
        sip_port=sip_port,
        sip_host=sip_host,
        web_port=settings.web_port,
        web_env=own_env if web else None,
        web_host=settings.web_host,
    )
    try:
        agent_env = {**own_env, **stack.livekit_env}
        agent_env.setdefault("PHONE_AGENT_HEALTH_PORT", str(free_port()))
        asyncio.run(_provision(Settings.from_env(agent_env)))
        start_agent(stack, agent_env, mode=mode, program=agent)
    except BaseException:
        stack.stop()
        raise
    return stack


def letting_in_the_network_of(address: str, env: Mapping[str, str]) -> dict[str, str]:
    """Beside this machine; where the setting says who may call, it counts."""
    return {ALLOWED: f"{EVERY_LOOPBACK},{network_of(address)}", **env}


async def _provision(settings: Settings) -> None:
    """A store that is down keeps nobody from ringing: they are told so."""
    try:
        await provision_with_menu(settings)
    except StoreUnavailable:
        logger.warning("the store cannot be opened: callers hear an apology, and restaurants' own numbers do not ring")
        await provision(settings)


def start_agent(stack: LocalStack, env: Mapping[str, str], *, mode: str = "start", program: Path = AGENT) -> int:
    log = stack.log_path("agent")
    return stack.run(
        "agent",
        [sys.executable, str(program), mode],
        env=env,
        ready=lambda: log.exists() and REGISTERED in log.read_text(errors="replace"),
        timeout_s=STARTING_SECONDS,
        patience_s=STOPPING_SECONDS,
    )
