"""A worker with room for one job, which takes checkups as the agent does and stays with a call."""

from __future__ import annotations

import os

from livekit.agents import AgentServer, JobContext, cli

from phone_agent.worker.checkup import is_checkup


async def answer(ctx: JobContext) -> None:
    if is_checkup(ctx.job.metadata):
        ctx.shutdown(reason="checkup")
        return
    await ctx.connect()


if __name__ == "__main__":
    server = AgentServer(
        load_fnc=lambda worker: len(worker.active_jobs),
        load_threshold=0.99,
        num_idle_processes=1,
        host="127.0.0.1",
        port=int(os.environ["PHONE_AGENT_HEALTH_PORT"]),
    )
    server.rtc_session(answer, agent_name=os.environ["LIVEKIT_AGENT_NAME"])
    cli.run_app(server)
