"""The offline recogniser as LiveKit sees it."""

import asyncio
import time

from livekit.agents import stt

from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.stt import UNCLEAR, OfflineSTT
from tests.voice.food import food
from tests.voice.telephone import frames, silence, spoken

FINAL = stt.SpeechEventType.FINAL_TRANSCRIPT


def finals(events: list[stt.SpeechEvent]) -> list[str]:
    return [event.alternatives[0].text for event in events if event.type is FINAL]


async def heard(recognizer: OfflineSTT, *turns: bytes) -> list[stt.SpeechEvent]:
    async with recognizer.stream() as stream:
        for turn in turns:
            for frame in frames(turn):
                stream.push_frame(frame)
            stream.flush()
        stream.end_input()
        return [event async for event in stream]


async def test_each_flush_gives_one_final_text() -> None:
    turns = [silence(0.5) + spoken(text) + silence(0.3) for text in ("two pad thai", "yes", "that's all")]

    events = await heard(OfflineSTT(food()), *turns)

    assert finals(events) == ["two pad thai", "yes", "that's all"]
    assert any(event.type is stt.SpeechEventType.INTERIM_TRANSCRIPT for event in events)
    assert any(event.type is stt.SpeechEventType.RECOGNITION_USAGE for event in events)


async def test_speech_off_the_menu_is_unclear() -> None:
    events = await heard(OfflineSTT(food()), spoken("my dog ran into the street this morning") + silence(2.5))

    assert finals(events) == [UNCLEAR]


async def test_a_new_grammar_counts_from_the_next_turn() -> None:
    recognizer = OfflineSTT(food())
    before = await heard(recognizer, spoken("green curry") + silence(0.3))
    recognizer.use(Grammar.spoken("#JSGF V1.0;\ngrammar g;\npublic <g> = banana | massaman;"))
    after = await heard(recognizer, spoken("banana") + silence(0.3))

    assert finals(before) == ["green curry"]
    assert finals(after) == ["banana"]


async def test_streams_at_once_do_not_disturb_each_other() -> None:
    recognizer = OfflineSTT(food())
    said = ["green curry", "two spring rolls"]

    both = await asyncio.gather(*(heard(recognizer, spoken(text) + silence(0.3)) for text in said))

    assert [finals(events) for events in both] == [["green curry"], ["two spring rolls"]]


async def test_the_loop_is_never_held_long() -> None:
    recognizer = OfflineSTT(food())
    recognizer.prewarm()
    turn = asyncio.ensure_future(heard(recognizer, spoken("i'd like two strawberry cheesecakes and a pad thai")))
    longest = 0.0
    while not turn.done():
        before = time.thread_time()
        await asyncio.sleep(0)
        longest = max(longest, time.thread_time() - before)

    assert finals(await turn)
    assert longest < 0.1


async def test_recognize_takes_a_whole_recording() -> None:
    event = await OfflineSTT(food()).recognize(frames(spoken("two fish tacos without onions") + silence(0.3)))

    assert event.alternatives[0].text == "two fish tacos without onions"
