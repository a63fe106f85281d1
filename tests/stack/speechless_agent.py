"""The agent on a machine that neither hears, thinks nor speaks by itself: behind the providers are only kept words."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from livekit.agents import JobProcess, cli

from phone_agent import agent
from phone_agent.call import Call
from phone_agent.ordering.menu import Menu
from phone_agent.settings import Settings
from phone_agent.voice.hosted import HostedVoice, hearing, watched_voice
from phone_agent.voice.offline.tts import OfflineTTS
from phone_agent.voice.pipeline import Pipeline
from phone_agent.voice.speaking import ByClause, Speaking


@dataclass(frozen=True)
class Speechless:
    hosted: HostedVoice

    @property
    def tts(self) -> OfflineTTS:
        return self.hosted.tts

    def prepare(self, menu: Menu) -> None:
        self.hosted.prepare(menu)

    def pipeline(self, call: Call) -> Pipeline:
        whole, hosted = self.hosted.pipeline(call), self.hosted
        assert whole.vad is not None
        assert isinstance(whole.tts, ByClause)
        return replace(
            whole,
            llm=hosted.models()[0],
            stt=hearing(hosted.recognisers(), None, whole.vad),
            tts=ByClause(
                Speaking(
                    [*map(watched_voice, hosted.voices()), hosted.kept_for(call)], holding=whole.tts.speaking.holding
                )
            ),
        )


def prewarm(process: JobProcess) -> None:
    agent.prewarm(process)
    process.userdata["voice"] = Speechless(process.userdata["voice"])


if __name__ == "__main__":
    server = agent.build_server(Settings.from_env(os.environ))
    server.setup_fnc = prewarm
    cli.run_app(server)
