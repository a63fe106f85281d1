"""The offline model: understands with no model behind it and calls the same tools as a hosted one would."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from livekit.agents import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, APIConnectOptions, NotGivenOr, llm
from livekit.agents.utils import shortuuid

from phone_agent.call import Call
from phone_agent.ordering.language import ENGLISH
from phone_agent.ordering.wording import Sentence
from phone_agent.understanding.abroad import language_asked_for
from phone_agent.understanding.certain import certain
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import AddItems, ChangeItem, Intent, Understood
from phone_agent.understanding.parser import understand
from phone_agent.voice.offline.model_caller import first_of_more, gone_on, name_given
from phone_agent.voice.offline.model_history import Turn, last_turn, words_for_outputs
from phone_agent.voice.offline.model_offers import asked_how_many
from phone_agent.voice.offline.model_replies import can_use, in_reach, reply_to
from phone_agent.voice.offline.model_steps import Reply, ToolUse
from phone_agent.voice.offline.model_support import handoff_to, words_given
from phone_agent.voice.offline.model_terms import asked_in

SPEAK_LANGUAGE = "speak_language"
MOST_PLANS = 64
OPEN_QUESTIONS = ("anything else", "what would you like", "what else would you like", "what would you like today")
ADD_IT = "shall i add it"
"""Whoever names a dish instead of saying yes orders it, whichever dish it is."""
SAYS_WHAT_IT_IS = tuple(sentence.value.partition("{")[0] for sentence in (Sentence.ADDED, Sentence.CHANGED))
"""Said last, "it" can be no other line."""


@dataclass(frozen=True)
class Plan:
    """What is still to be done of an utterance."""

    uses: tuple[ToolUse, ...] = ()
    more: str = ""
    """Words that are understood once what came before them is done."""


NO_PLAN = Plan()


def context_of(call: Call) -> Context:
    counted = asked_how_many(call.last_said, call.menu)
    return Context(
        menu=call.menu,
        lines=call.cart.lines,
        shown=call.shown if counted is None else (counted,),
        open_question=call.open_question,
        quote_is_open=call.has_open_quote,
        last_line_id=call.last_line_id,
        asked=asked_in(call.last_said),
    )


def answer_given(said: str, understood: Understood, call: Call) -> ToolUse | None:
    """To a question of the agent's, where the words alone would mean something else."""
    return name_given(said, understood, call) or words_given(said, understood, call) or gone_on(said, call)


class OfflineLLM(llm.LLM[Any]):
    """Built for one call. What it knows stands in the Call, not in the history, so it can take over in mid-call."""

    def __init__(self, call: Call, *, call_ids: str = "call_") -> None:
        """`call_ids`: how the ids of its tool calls begin."""
        super().__init__()
        self._call = call
        self._call_ids = call_ids
        self._plans: OrderedDict[str, Plan] = OrderedDict()

    @property
    def model(self) -> str:
        return "offline"

    @property
    def provider(self) -> str:
        return "phone-agent"

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
        can_call = tool_choice != "none"
        return OfflineStream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options, can_call=can_call)

    def answer(self, turn: Turn, available: Sequence[str]) -> tuple[str, ToolUse | None, str]:
        """What is said, then the tool that is called and the id of that call.

        Tools run at the same time in one step, so the calls of an utterance are made one after the other.
        """
        if turn.outputs:
            return self._go_on(turn, available)
        if turn.said is None:
            return Sentence.OKAY_WHAT.words(), None, ""
        wanted = language_asked_for(turn.said, self._call.languages)
        if wanted is not None and SPEAK_LANGUAGE in available:
            return "", ToolUse.of(SPEAK_LANGUAGE, language=wanted.code), shortuuid("call_")
        first = first_of_more(turn.said, self._call)
        uses = in_reach((first[0],), available) if first is not None else ()
        if first is not None and uses:
            return "", *self._called(uses, first[1], available)
        understood = understand(turn.said, context_of(self._call))
        answer = answer_given(turn.said, understood, self._call)
        return self._begun(Reply((answer,)) if answer else reply_to(understood, self._call), available)

    def is_certain(self, turn: Turn, available: Sequence[str]) -> bool:
        """Whether it would do better than guess."""
        is_english = self._call.tongue.language is ENGLISH
        intent = certain(turn.said, context_of(self._call)) if turn.said and is_english else None
        if intent is None or turn.outputs or not self._is_free_to_order(intent):
            return False
        return all(use.name in available for use in reply_to(Understood((intent,)), self._call).uses)

    def _is_free_to_order(self, intent: Intent) -> bool:
        """A dish's name may answer whatever a model has asked; after our own open questions it is an order."""
        asking = self._call.known
        if asking.asking is not None or asking.words_wanted_for is not None:
            return False
        said = self._call.last_said
        if isinstance(intent, ChangeItem):
            return said.startswith(SAYS_WHAT_IT_IS)
        question = said.rpartition("?")[0].rpartition(". ")[2].rpartition("! ")[2].casefold()
        return not isinstance(intent, AddItems) or not question or question.endswith((*OPEN_QUESTIONS, ADD_IT))

    def _go_on(self, turn: Turn, available: Sequence[str]) -> tuple[str, ToolUse | None, str]:
        """Where another model has handed the call over, nothing is planned, and the turn is understood here."""
        plan = NO_PLAN if turn.has_failed else self._plans.get(turn.last_call_id, NO_PLAN)
        uses = in_reach(plan.uses, available)
        if uses:
            return "", *self._called(uses, plan.more, available)
        is_only_handed_over = not turn.has_failed and not any(output.strip() for output in turn.outputs)
        more = plan.more or (turn.said or "" if is_only_handed_over else "")
        if not more:
            return words_for_outputs(turn.outputs), None, ""
        said, use, call_id = self._begun(reply_to(understand(more, context_of(self._call)), self._call), available)
        if use is not None:
            return said, use, call_id
        return words_for_outputs((*turn.outputs, said)), None, ""

    def _begun(self, reply: Reply, available: Sequence[str]) -> tuple[str, ToolUse | None, str]:
        uses = in_reach(reply.uses, available)
        said = " ".join(reply.sentences)
        if not uses:
            return said or Sentence.STEP_LIMIT.words(), None, ""
        return said, *self._called(uses, "", available)

    def _called(self, uses: Sequence[ToolUse], more: str, available: Sequence[str]) -> tuple[ToolUse, str]:
        """The first of them and the id of its call; a tool of the other agent's comes after the call is handed over."""
        if can_use(uses[0], available):
            return uses[0], self._planned(Plan(tuple(uses[1:]), more))
        return handoff_to(uses[0], available) or uses[0], self._planned(Plan(tuple(uses), more))

    def _planned(self, plan: Plan) -> str:
        call_id = shortuuid(self._call_ids)
        if plan != NO_PLAN:
            self._plans[call_id] = plan
            if len(self._plans) > MOST_PLANS:
                self._plans.popitem(last=False)
        return call_id


class OfflineStream(llm.LLMStream):
    def __init__(
        self,
        model: OfflineLLM,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool],
        conn_options: APIConnectOptions,
        can_call: bool,
    ) -> None:
        super().__init__(model, chat_ctx=chat_ctx, tools=tools, conn_options=conn_options)
        self._model = model
        self._available = [tool.id for tool in tools] if can_call else []

    async def _run(self) -> None:
        said, use, call_id = self._model.answer(last_turn(self._chat_ctx), self._available)
        if said:
            self._send(content=said)
        if use is not None:
            called = llm.FunctionToolCall(name=use.name, arguments=use.arguments, call_id=call_id)
            self._send(tool_calls=[called])

    def _send(self, *, content: str | None = None, tool_calls: list[llm.FunctionToolCall] | None = None) -> None:
        delta = llm.ChoiceDelta(role="assistant", content=content, tool_calls=tool_calls or [])
        self._event_ch.send_nowait(llm.ChatChunk(id=shortuuid("offline_"), delta=delta))
