"""The simulated caller: rings a real SIP number, listens, speaks, presses keys and hangs up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from phone_agent.ordering.menu import Menu
from phone_agent.ordering.said import Said
from phone_agent.ordering.sentences import Sentence
from phone_agent.ordering.slots_of_sentences import SENTENCES, SLOTS
from phone_agent.ordering.wording_slots import SPOKEN_BY_FIGURES, phrases_by_kind, templates_by_kind
from phone_agent.rehearsal.ears import DeafError, Ears, Heard, NoWords, Recogniser
from phone_agent.rehearsal.ears_grammar import grammar_from_templates, words_of
from phone_agent.rehearsal.script import HangUp, Listen, Press, PressWhileSpeaking, Say, Step
from phone_agent.rehearsal.softphone import CallEndedError, Softphone
from phone_agent.rehearsal.speech_of_caller import speak

ANSWER_SECONDS = 8.0
"""How long the caller waits for the agent to begin."""
WHOLE_ANSWER_SECONDS = 40.0
BREATH_SECONDS = 0.5
"""The agent may go on this long after it seemed to have finished."""

MOST_TRIES = 3
ASKING_AGAIN = tuple(" ".join(words_of(sentence.value)) for sentence in (Sentence.UNCLEAR, Sentence.UNCLEAR_AGAIN))

Who = Literal["caller", "keypad", "heard", "said", "phone"]


@dataclass(frozen=True)
class Entry:
    """One line of the live log; `at` in seconds since the call was answered."""

    at: float
    who: Who
    text: str


def ears_grammar(
    menu: Menu, household: str, area: str, cuisines: Sequence[str] = (), sentences: Iterable[Said] = SENTENCES
) -> str:
    """The caller expects the agent's own sentences about this menu, and a greeting; no words of the caller's own.

    Nor what cannot be said of this menu, such as day parts where it has none.
    """
    slots = phrases_by_kind(menu, households=(household,), areas=(area,), cuisines=cuisines)
    sayable = slots.keys() | SPOKEN_BY_FIGURES
    wanted = {sentence.name for sentence in sentences if {SLOTS[slot] for slot in sentence.slots} <= sayable}
    templates = {name: template for name, template in templates_by_kind().items() if name in wanted}
    return grammar_from_templates(templates, slots)


class SimulatedCaller:
    """One phone, one voice, one pair of ears, one call."""

    def __init__(
        self, phone: Softphone, recogniser: Recogniser | NoWords, voice: str, log: Callable[[Entry], None]
    ) -> None:
        self.phone = phone
        self.entries: list[Entry] = []
        self._recogniser = recogniser
        self._voice = voice
        self._log = log
        self._ears: Ears | None = None
        self._answered = time.monotonic()

    @classmethod
    async def open(
        cls,
        grammar: str | None,
        *,
        from_number: str | None,
        voice: str = "rms",
        log: Callable[[Entry], None] = lambda _: None,
    ) -> Self:
        """Without a grammar the caller hears when the agent speaks, but no words."""
        recogniser = NoWords() if grammar is None else await Recogniser.open(grammar)
        try:
            phone = await Softphone.open(from_number=from_number)
        except BaseException:
            await recogniser.close()
            raise
        return cls(phone, recogniser, voice, log)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self.close()

    async def close(self) -> None:
        await self.phone.close()
        await (self._ears.close() if self._ears is not None else self._recogniser.close())

    @property
    def heard(self) -> list[str]:
        return [entry.text for entry in self.entries if entry.who == "heard"]

    @property
    def has_hung_up(self) -> bool:
        return self.phone.closed.done()

    async def ring(self, sip_uri: str) -> None:
        """Raises CallEndedError where nobody answers."""
        self.note("phone", f"dials {sip_uri}")
        self._answered = await self.phone.dial(sip_uri)
        self._ears = Ears(self._recogniser, self.phone.recording.pieces())
        self.note("phone", "answered")

    async def be_rung(self, seconds: float) -> None:
        """The phone was opened to answer by itself."""
        self._answered = await self.phone.wait_until_answered(seconds)
        self._ears = Ears(self._recogniser, self.phone.recording.pieces())
        self.note("phone", "answers")

    async def perform(self, script: Sequence[Step]) -> None:
        """Listens to the greeting, then takes each step and listens to what comes of it."""
        await self.listen()
        try:
            for step in script:
                await self._take(step)
        except CallEndedError:
            self.note("phone", f"the other side hung up ({self.phone.closed.result() or 'bye'})")

    async def say(self, text: str) -> None:
        self.note("caller", text)
        await self.phone.play(await speak(text, self._voice))

    async def press(self, digits: str) -> None:
        self.note("keypad", digits)
        await self.phone.press(digits)

    async def hang_up(self) -> None:
        self.note("phone", "hangs up")
        await self.phone.hang_up()

    async def listen(self, seconds: float = ANSWER_SECONDS) -> list[Heard]:
        """Everything that the agent says until it is silent; nothing where it does not begin in time."""
        heard: list[Heard] = []
        patience = seconds
        try:
            while await self._begins_within(patience):
                heard.append(await self._next_utterance())
                self.note("heard", heard[-1].text, heard[-1].started)
                patience = BREATH_SECONDS
        except (DeafError, TimeoutError):
            pass
        return heard

    async def _say_until_understood(self, text: str) -> None:
        """As a person does: what was asked for again is said again."""
        for _ in range(MOST_TRIES):
            await self.say(text)
            answer = " ".join(heard.text for heard in await self.listen())
            if not any(asking in answer for asking in ASKING_AGAIN):
                return

    async def _next_utterance(self) -> Heard:
        """Also what the agent was saying when it hung up. Raises TimeoutError where it never stops."""
        utterance = asyncio.ensure_future(self.ears.next_utterance())
        await asyncio.wait(
            (utterance, self.phone.closed), timeout=WHOLE_ANSWER_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if self.has_hung_up:
            await self.phone.recording.close()
        async with asyncio.timeout(0 if not self.has_hung_up and not utterance.done() else 2):
            return await utterance

    @property
    def ears(self) -> Ears:
        if self._ears is None:
            raise DeafError("nobody has answered yet")
        return self._ears

    def note(self, who: Who, text: str, at: float | None = None) -> None:
        entry = Entry(round((time.monotonic() if at is None else at) - self._answered, 2), who, text)
        self.entries.append(entry)
        self._log(entry)

    async def _take(self, step: Step) -> None:
        match step:
            case Say(text, True):
                await self._say_until_understood(text)
            case Say(text):
                await self.say(text)
            case Press(digits):
                await self.press(digits)
                await self.listen()
            case PressWhileSpeaking(digits, after):
                await self._begins_within(ANSWER_SECONDS)
                await asyncio.sleep(after)
                await self.press(digits)
                await self.listen()
            case Listen(seconds):
                await self.listen(seconds)
            case HangUp():
                await self.hang_up()

    async def _begins_within(self, seconds: float) -> bool:
        if self.ears.is_agent_speaking or not self.ears.heard.empty():
            return True
        if self.has_hung_up:
            return False
        try:
            async with asyncio.timeout(seconds):
                await self.ears.until_started()
        except TimeoutError:
            return False
        return True
