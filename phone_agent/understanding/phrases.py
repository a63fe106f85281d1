"""What people say around dishes, as data: `(a|b)` is a choice, `[a]` may be left out."""

from __future__ import annotations

from phone_agent.understanding.kinds import COMPLETE, QUESTIONS, Kind
from phone_agent.understanding.phrases_complete import COMPLETE_PHRASES
from phone_agent.understanding.phrases_open import OPEN_PHRASES
from phone_agent.understanding.tokens import word_set

__all__ = ["COMPLETE", "CONNECTORS", "PHRASES", "QUESTIONS", "TAILS", "Kind"]

PHRASES = {**COMPLETE_PHRASES, **OPEN_PHRASES}
CONNECTORS = word_set(
    """
    and then also plus but so well or now okay oh hey too
    """
)
TAILS: tuple[str, ...] = (
    "[then] (to|in|into|on|onto|from|off|out of|of) [(my|the|our|this|that)] (order|cart|basket|bag|list)",
    "for (me|us|him|her|them|now|today|tonight|dinner|lunch|pickup|delivery|starters|here|later)", "to go",
    "to start [with]", "as well", "too", "if (you can|possible|you could|that is okay|i may)", "right now",
    "right away", "for (my|the|our) (wife|husband|son|daughter|kid|kids|mom|dad|mother|father|friend|friends|boss|"
    "boyfriend|girlfriend|partner|family|table|brother|sister|roommate|guests|children|child|colleague|"
    "coworker|grandma|grandpa|whole family)", "(she|he) (loves|likes) it", "we are starving", "as quick as possible",
    "make it (quick|fast|snappy)", "and make it (quick|fast|snappy)", "(by|before) (six|seven|eight|noon|midnight)",
    "i think", "i guess", "you know", "thank you", "thanks", "instead", "do you (have|serve|offer|got)",
    "(do you|can you) (have|do|recommend|suggest)", "are there", "is there", "have you got",
    "(can|could) i (get|have|order)", "near (me|us|here|by)", "nearby", "around here",
    "in (town|orlando|the area|my area)", "on the menu", "at the moment", "on it", "in it", "on (that|them)",
    "with (that|it)", "like that", "a piece", "each", "any more", "on the side of that", "to eat", "today",
    "tonight", "after all", "from the menu", "off the menu", "available", "right", "of those", "of them", "of these",
    "over here", "will you", "would you", "i would say", "to begin with", "by the way", "real quick", "that i added",
    "you just added", "you mentioned", "you said", "cost", "run", "go for", "(all together|altogether|in total)",
)  # fmt: skip
"""What rounds a sentence off and means nothing for the order."""
