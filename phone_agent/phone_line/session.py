"""The session of a call: the pipeline's parts put together, and what listens to all of it."""

from __future__ import annotations

import json
from pathlib import Path

from livekit.agents import NOT_GIVEN, AgentSession, ConversationItemAddedEvent, llm

from phone_agent.call import Call
from phone_agent.ordering.language import adopt
from phone_agent.phone_line.filler import Filler
from phone_agent.phone_line.listening import watch_voice
from phone_agent.report.collect import listen
from phone_agent.services.language_choice import follow_the_first_turn
from phone_agent.voice.pipeline import Pipeline

MAX_TOOL_STEPS = 10


def open_session(call: Call, pipeline: Pipeline) -> AgentSession[Call]:
    adopt(call.tongue)
    session = AgentSession[Call](
        userdata=call,
        llm=pipeline.llm,
        stt=pipeline.stt or NOT_GIVEN,
        tts=pipeline.tts or NOT_GIVEN,
        vad=pipeline.vad,
        turn_handling=pipeline.turn_handling or NOT_GIVEN,
        max_tool_steps=MAX_TOOL_STEPS,
        aec_warmup_duration=None,
        user_away_timeout=None,
        session_close_transcript_timeout=0.2,
        conn_options=pipeline.conn_options or NOT_GIVEN,
    )

    def on_item(event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.ChatMessage) and item.text_content and item.role in ("user", "assistant"):
            call.note("caller" if item.role == "user" else "agent", item.text_content)

    session.on("conversation_item_added", on_item)
    follow_the_first_turn(session)
    listen(session, call.journal)
    watch_voice(session)
    Filler(session).watch()
    return session


def log_turns(session: AgentSession[Call], path: Path) -> None:
    """One line for each utterance of either side, written when it is over: LiveKit's own times, no words."""

    def on_item(event: ConversationItemAddedEvent) -> None:
        item = event.item
        if isinstance(item, llm.ChatMessage) and item.metrics:
            times = {name: value for name, value in item.metrics.items() if isinstance(value, float)}
            with path.open("a") as log:
                log.write(json.dumps({"call": session.userdata.record.id, "role": item.role, **times}) + "\n")

    session.on("conversation_item_added", on_item)
