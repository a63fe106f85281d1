"""Measure what early answers and early first clauses gain: python -m bench.early_answers [--turns 8]."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from statistics import median
from typing import Any

from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    Agent,
    AgentSession,
    APIConnectOptions,
    NotGivenOr,
    llm,
    tts,
)
from livekit.agents.tokenize import SentenceTokenizer
from rich.console import Console
from rich.table import Table

from bench.scripted import END, GOES_ON, SILENCE_S, START, Loudspeaker, QuietRoom, ScriptedSTT, ScriptedVAD, Tones
from phone_agent.voice.first_clause import FirstClause
from phone_agent.voice.turn_taking import hosted_turn_handling

FIRST_TOKEN_S = 0.4
TRANSCRIPT_S = (0.05, 0.25)
"""After the end of speech."""
GOES_ON_IN = 4
"""Every fourth turn goes on after its first words: what was prepared is thrown away."""


WORD_S = 0.03
"""Between two words of the model's."""
SHORT = "Yes. "
OF_A_MENU = "I have Pad Thai for $12.50, Green Curry for $13.00, and Tom Yum for $9.00. Which would you like?"


class SlowModel(llm.LLM[Any]):
    def __init__(self, answer: str) -> None:
        super().__init__()
        self.answer = answer
        self.asked = 0

    def chat(
        self,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool] | None = None,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
        parallel_tool_calls: NotGivenOr[bool] = NOT_GIVEN,
        tool_choice: NotGivenOr[llm.ToolChoice] = NOT_GIVEN,
        extra_kwargs: NotGivenOr[dict[str, Any]] = NOT_GIVEN,
    ) -> llm.LLMStream:
        self.asked += 1
        return SlowAnswer(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


class SlowAnswer(llm.LLMStream):
    _llm: SlowModel

    async def _run(self) -> None:
        await asyncio.sleep(FIRST_TOKEN_S)
        for word in self._llm.answer.split():
            delta = llm.ChoiceDelta(role="assistant", content=f"{word} ")
            self._event_ch.send_nowait(llm.ChatChunk(id="x", delta=delta))
            await asyncio.sleep(WORD_S)


class Conversation:
    def __init__(self, answer: str = SHORT, *, is_early: bool = True, cuts: SentenceTokenizer | None = None) -> None:
        self.model, self._hears, self._notices = SlowModel(answer), ScriptedSTT(), ScriptedVAD()
        handling = hosted_turn_handling("vad")
        handling["preemptive_generation"] = {"enabled": is_early}
        voice = tts.StreamAdapter(tts=Tones(), sentence_tokenizer=cuts or NOT_GIVEN)
        self.session = AgentSession[None](
            llm=self.model, stt=self._hears, tts=voice, vad=self._notices, turn_handling=handling, userdata=None,
            aec_warmup_duration=None, user_away_timeout=None,
        )  # fmt: skip
        self._speaker = Loudspeaker()
        self._began: asyncio.Event = asyncio.Event()
        self._speaker.on("playback_started", lambda _: self._began.set())
        self.session.output.audio, self.session.input.audio = self._speaker, QuietRoom()

    async def turn(self, transcript_s: float, *, goes_on: bool) -> float:
        """Seconds from the end of speech to the first sound."""
        self._began.clear()
        if goes_on:
            await self._say("one caesar", transcript_s)
        ended = await self._say("salad please", transcript_s)
        async with asyncio.timeout(5):
            await self._began.wait()
        gap = time.monotonic() - ended
        if self.session.current_speech is not None:
            await self.session.current_speech
        return gap

    async def _say(self, words: str, transcript_s: float) -> float:
        self._notices.notice(START, 0.05)
        await asyncio.sleep(0.3)
        self._notices.notice(GOES_ON, 0.3)
        ended = time.monotonic()
        if transcript_s < SILENCE_S:
            asyncio.get_running_loop().call_later(transcript_s, self._hears.hear, words)
        await asyncio.sleep(SILENCE_S)
        self._notices.notice(END, 0.3, SILENCE_S)
        if transcript_s >= SILENCE_S:
            await asyncio.sleep(transcript_s - SILENCE_S)
            self._hears.hear(words)
        return ended


async def gaps(talk: Conversation, turns: int, transcript_s: float = TRANSCRIPT_S[0]) -> tuple[list[float], int]:
    await talk.session.start(Agent(instructions="Answer."), record=False)
    found = [await talk.turn(transcript_s, goes_on=number % GOES_ON_IN == 0) for number in range(turns)]
    await talk.session.aclose()
    return found, talk.model.asked


async def measure(turns: int, screen: Console) -> None:
    table = Table("Transcript after", "Answers early", "gap, median", "longest", "model asked per turn")
    for transcript_s in TRANSCRIPT_S:
        for is_early in (False, True):
            found, asked = await gaps(Conversation(is_early=is_early), turns, transcript_s)
            figures = (f"{median(found):.2f} s", f"{max(found):.2f} s", f"{asked / turns:.2f}")
            table.add_row(f"{transcript_s} s", str(is_early), *figures)
    screen.print(table)
    of_a_menu = Table("To the voice goes first", "gap, median", "longest")
    for name, cuts in (("a sentence", None), ("a clause", FirstClause())):
        found, _ = await gaps(Conversation(OF_A_MENU, cuts=cuts), turns)
        of_a_menu.add_row(name, f"{median(found):.2f} s", f"{max(found):.2f} s")
    screen.print(of_a_menu)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.early_answers", description=__doc__)
    parser.add_argument("--turns", type=int, default=8)
    asyncio.run(measure(parser.parse_args(arguments).turns, Console(width=110)))


if __name__ == "__main__":
    main()
