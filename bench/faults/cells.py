"""The table's cells: what fails, how, and when."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from phone_agent.rehearsal.providers.behaviour import Behaviour, Fault, Part


class Moment(StrEnum):
    GREETING = "greeting"
    MID_UTTERANCE = "mid-utterance"
    TOOL_CALL = "tool call"
    READ_BACK = "read-back"
    AFTER_THE_DIGIT = "after the digit"


class Gone(StrEnum):
    """What fails: of one part the provider that serves, or all providers of several parts."""

    HEARING = "hearing"
    MODEL = "model"
    SPEECH = "speech"
    ALL_SPEECH = "all hearing and speech"
    ALL = "all providers"


PIECES_THAT_COME_WELL = {Part.HEARING: 1, Part.MODEL: 2, Part.SPEECH: 3}
MUTE_MID = "mute in mid-stream"
FAULTS = {
    "mute": Fault.MUTE,
    MUTE_MID: Fault.MUTE,
    "dropped": Fault.DROPPED,
    "500": Fault.BROKEN,
    "malformed": Fault.MALFORMED,
    "429": Fault.TOO_MANY,
    "401": Fault.UNAUTHORIZED,
}
OF_ALL = ("mute", "dropped", "500")
"""How all fail at once: the others are refusals too, or one provider's own slip."""
PARTS = {
    Gone.HEARING: (Part.HEARING,),
    Gone.MODEL: (Part.MODEL,),
    Gone.SPEECH: (Part.SPEECH,),
    Gone.ALL_SPEECH: (Part.HEARING, Part.SPEECH),
    Gone.ALL: tuple(Part),
}


@dataclass(frozen=True)
class Cell:
    gone: Gone
    fault: str
    moment: Moment

    @property
    def takes_all(self) -> bool:
        return self.gone in (Gone.ALL_SPEECH, Gone.ALL)

    def behaviour(self, part: Part) -> Behaviour:
        return Behaviour(FAULTS[self.fault], after=PIECES_THAT_COME_WELL[part] if self.fault == MUTE_MID else 0)

    def __str__(self) -> str:
        return f"{self.gone}, {self.fault}, {self.moment}"


def every_cell() -> Sequence[Cell]:
    """The faults one after the other, so that a part of the table holds something of each row's kind."""
    cells = [Cell(gone, fault, moment) for fault, moment, gone in itertools.product(FAULTS, Moment, Gone)]
    return [cell for cell in cells if not cell.takes_all or cell.fault in OF_ALL]


def one_of_each_part(seed: int) -> Sequence[Cell]:
    chance = Random(seed)
    return [Cell(gone, chance.choice(list(FAULTS)), chance.choice(list(Moment))) for gone in list(Gone)[:3]]
