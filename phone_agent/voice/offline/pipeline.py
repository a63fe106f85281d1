"""The pipeline with no keys: recognition, understanding and speech on this machine."""

from __future__ import annotations

from livekit.agents import TurnHandlingOptions

from phone_agent.call import Call
from phone_agent.ordering.language import Language
from phone_agent.ordering.menu import Menu
from phone_agent.understanding.context import Context
from phone_agent.understanding.grammar import grammar_for
from phone_agent.understanding.parser import understand
from phone_agent.understanding.whole_order import whole_order
from phone_agent.voice.offline.grammar import Grammar
from phone_agent.voice.offline.model import OfflineLLM
from phone_agent.voice.offline.stt import OfflineSTT
from phone_agent.voice.offline.tts import OfflineTTS
from phone_agent.voice.pipeline import Pipeline
from phone_agent.voice.turn_taking import offline_turn_handling, offline_vad

UNDERSTOOD = frozenset(("en",))
"""The recogniser's model is of English only, and so is what understands its words."""


def in_writing(call: Call) -> Pipeline:
    call.understood = UNDERSTOOD
    return Pipeline(llm=OfflineLLM(call), turn_handling=TurnHandlingOptions(turn_detection=None))


class OfflineVoice:
    """What is slow to build is built once per process, before the phone rings."""

    def __init__(self) -> None:
        self._menu: Menu | None = None
        self._stt: OfflineSTT | None = None
        self.tts = OfflineTTS()

    async def warm(self) -> None:
        """Nothing: this machine's voice needs no connections."""

    def prepare(self, menu: Menu) -> OfflineSTT:
        """The recogniser for this menu; it is built anew only where the menu has changed.

        One for all restaurants hears each of them too: a call to one restaurant's number waits for none of its own.
        """
        if self._stt is None or self._menu is None or not set(menu.restaurants) <= set(self._menu.restaurants):
            self._menu = menu
            self._stt = OfflineSTT(Grammar.spoken(grammar_for(menu), grammar_for(menu, is_read_back=True)))
            self._stt.prewarm()
            _make_indexes(menu)
        elif menu != self._menu:
            _make_indexes(menu)
        return self._stt

    def pipeline(self, call: Call) -> Pipeline:
        stt = self.prepare(call.menu)
        if call.menu == self._menu:
            call.menu = self._menu  # the one whose indexes are made already
        call.understood = UNDERSTOOD
        call.known.hears_own_words = False
        stt.awaits_answer = lambda: call.has_open_quote
        return Pipeline(
            llm=OfflineLLM(call),
            stt=stt,
            tts=self.tts,
            vad=offline_vad(),
            turn_handling=offline_turn_handling(),
        )

    def speaker(self, language: Language) -> OfflineTTS:
        """It takes the language from its task."""
        return self.tts


def _make_indexes(menu: Menu) -> None:
    """The first sentence with dishes would do it, in a call."""
    names = " and two ".join(item.name for item in (*menu.items[:1], *menu.items[-1:]))
    understand(f"one {names} with something please", Context(menu))
    whole_order(f"one {names}", menu)
