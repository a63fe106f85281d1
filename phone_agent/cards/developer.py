"""What a developer sees of a call beside its page: times of each turn, tool calls, events, and the report so far."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from livekit.agents import AgentSession
from livekit.agents.voice.events import EventTypes

from phone_agent.call import Call
from phone_agent.cards.room import PageLost, Pages
from phone_agent.cards.schema import (
    DeveloperCard,
    EventCard,
    ModelUse,
    ReportCard,
    Stage,
    StageTime,
    ToolCallCard,
    TurnCard,
)
from phone_agent.report.hiding import hidden
from phone_agent.report.journal import Journal
from phone_agent.report.model import ToolUse, Utterance

logger = logging.getLogger(__name__)

TOLD_ON: tuple[EventTypes, ...] = (
    "conversation_item_added",
    "function_tools_executed",
    "session_usage_updated",
    "agent_state_changed",
)
LONGEST_RESULT = 2_000
LONGEST_ARGUMENTS = 4_000
STAGES: tuple[Stage, ...] = ("transcription", "end_of_turn", "model", "speech", "response")


@dataclass
class Told:
    utterances: int = 0
    tools: int = 0
    events: int = 0


class DeveloperData:
    """Sent to the pages that asked for it, and to no other."""

    def __init__(self, session: AgentSession[Call], pages: Pages) -> None:
        self._session = session
        self._journal = session.userdata.journal
        self._pages = pages
        self._told: dict[str, Told] = {}
        self._has_news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def watch(self) -> None:
        for event in TOLD_ON:
            self._session.on(event, lambda _: self._has_news.set())
        self._task = asyncio.create_task(self._keep_up())

    def switch(self, identity: str, *, on: bool) -> None:
        """On: from the call's beginning."""
        if on:
            self._told[identity] = Told()
            self._has_news.set()
        else:
            self._told.pop(identity, None)

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _keep_up(self) -> None:
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            for identity, told in list(self._told.items()):
                try:
                    for card in self._news(told):
                        await self._pages.send(card.model_dump_json(), identity)
                except PageLost:
                    self._told.pop(identity, None)

    def _news(self, told: Told) -> Iterator[DeveloperCard]:
        journal, had_turns = self._journal, told.utterances
        while told.tools < len(journal.tools):
            told.tools += 1
            yield tool_card(journal.tools[told.tools - 1])
        while told.events < len(journal.events):
            told.events += 1
            event = journal.events[told.events - 1]
            yield EventCard(at=event.at, kind=event.kind, detail=event.detail)
        while told.utterances < len(journal.utterances):
            told.utterances += 1
            yield turn_card(journal.utterances[told.utterances - 1])
        if told.utterances != had_turns:
            yield report_card(journal, self._session.userdata)


def tool_card(tool: ToolUse) -> ToolCallCard:
    """Cards and codes are hidden, as in what is kept."""
    shown = hidden(tool)
    arguments = json.loads(shown.arguments) if len(shown.arguments) <= LONGEST_ARGUMENTS else {}
    return ToolCallCard(
        tool_name=shown.name,
        arguments=arguments if isinstance(arguments, dict) else {"": arguments},
        result=shown.result[:LONGEST_RESULT],
        is_error=shown.is_error,
        started=shown.started,
        ended=shown.ended,
    )


def turn_card(utterance: Utterance) -> TurnCard:
    times = {stage: getattr(utterance, stage) for stage in STAGES}
    is_spoken = utterance.started is not None and utterance.ended is not None
    return TurnCard(
        side=utterance.side,
        at=utterance.at,
        seconds=round((utterance.ended or 0) - (utterance.started or 0), 3) if is_spoken else None,
        is_interrupted=utterance.is_interrupted,
        stages=[StageTime(stage=stage, ms=round(value * 1000)) for stage, value in times.items() if value is not None],
    )


def report_card(journal: Journal, call: Call) -> ReportCard:
    report = journal.report(call.now, keeps_words=False)
    return ReportCard(
        seconds=report.seconds,
        turns=report.turns,
        tools=len(journal.tools),
        usage=[
            ModelUse(
                kind=use.kind,
                provider=use.provider,
                model=use.model,
                input_tokens=use.input_tokens,
                output_tokens=use.output_tokens,
                characters=use.characters,
                audio_seconds=use.audio_seconds,
                requests=use.requests,
            )
            for use in report.usage
        ],
        cost=f"{report.cost.total:.4f}",
        cost_unknown=list(report.cost.unknown),
    )
