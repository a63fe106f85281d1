"""The end of voices that no job's end takes with it."""

from __future__ import annotations

from phone_agent.voice.speaking import Speaking


async def close_with_all_voices(speaking: Speaking) -> None:
    """Each provider's connection too: the adapter leaves its members to their owner."""
    await speaking.aclose()
    for voice in speaking._tts_instances:
        await voice.aclose()
