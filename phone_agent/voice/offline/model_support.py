"""What the offline model does about totals, contents of dishes, problems and feedback, and how it reaches support."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.call import Call
from phone_agent.ordering.sentences_support import SupportSentence
from phone_agent.understanding import about_support as meant
from phone_agent.understanding import intents
from phone_agent.voice.offline.model_steps import ToolUse

REASONS = {
    "explain_total": "billing", "describe_dish": "dietary", "report_problem": "order", "give_feedback": "other",
}  # fmt: skip
"""Tools that only support has, and what the call is handed over for."""
NO_ANSWERS = (
    intents.Decline, intents.Goodbye, intents.Person, intents.Repeat, intents.Pause, intents.Help, intents.Thanks,
    intents.Checkout, meant.AskTotal, meant.AskDish,
)  # fmt: skip
"""What is not written down where the caller was asked for words."""
CHANGES = (intents.ChangeItem, intents.RemoveItem)


def use_of_support(intent: meant.AboutSupport) -> ToolUse:
    match intent:
        case meant.AskTotal():
            return ToolUse.of("explain_total")
        case meant.AskDish(dish):
            return ToolUse.of("describe_dish", item_name=dish)
        case meant.Problem(words):
            return ToolUse.of("report_problem", what=words)
        case meant.Feedback(words):
            return ToolUse.of("give_feedback", sentiment="neutral", what=words)


def handoff_to(use: ToolUse, available: Sequence[str]) -> ToolUse | None:
    """To the agent that has the tool."""
    if use.name in REASONS and "transfer_to_support" in available:
        return ToolUse.of("transfer_to_support", reason=REASONS[use.name])
    if use.name not in REASONS and "back_to_ordering" in available:
        return ToolUse.of("back_to_ordering")
    return None


def words_given(said: str, understood: intents.Understood, call: Call) -> ToolUse | None:
    """What a caller says to "what was wrong?" is written down, though it may name dishes."""
    wanted = call.known.words_wanted_for
    asked = SupportSentence.PROBLEM_WHAT if wanted == "problem" else SupportSentence.FEEDBACK_WHAT
    if wanted is None or asked.words() not in call.last_said:
        return None
    others = (*NO_ANSWERS, *(CHANGES if not call.cart.is_empty else ()))
    if any(isinstance(intent, others) for intent in understood.intents):
        return None
    if wanted == "problem":
        return ToolUse.of("report_problem", what=said)
    return ToolUse.of("give_feedback", sentiment="neutral", what=said)
