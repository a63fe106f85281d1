"""The agent that helps with what is ordered: status, problems, feedback, totals, and what is in a dish."""

from __future__ import annotations

from phone_agent.agents.talking import TalkingAgent
from phone_agent.call import Call
from phone_agent.instructions import load_instructions
from phone_agent.tools.call_control import (
    call_a_person,
    end_call,
    leave_message,
    open_second_screen,
    repeat,
    speak_language_for,
)
from phone_agent.tools.caller import accept_offer, decline_offer, verify_pin
from phone_agent.tools.checkout import change_order, confirm_order
from phone_agent.tools.handoff import back_to_ordering_by
from phone_agent.tools.keypad import offer_keypad_menu
from phone_agent.tools.orders import cancel_order, get_order_status
from phone_agent.tools.support import describe_dish_for, explain_total, give_feedback, report_problem
from phone_agent.tools.terms import add_note


class SupportAgent(TalkingAgent):
    """`orders`: who takes orders, and gets the call back."""

    def __init__(self, call: Call, orders: TalkingAgent) -> None:
        self._orders = orders
        super().__init__(
            call,
            load_instructions("support"),
            [
                get_order_status,
                cancel_order,
                explain_total,
                describe_dish_for(call.menu),
                report_problem,
                give_feedback,
                add_note,
                accept_offer,
                decline_offer,
                verify_pin,
                confirm_order,
                change_order,
                offer_keypad_menu,
                back_to_ordering_by(self._back),
                repeat,
                speak_language_for(call.languages),
                open_second_screen,
                call_a_person,
                leave_message,
                end_call,
            ],
        )

    def _back(self) -> TalkingAgent:
        return self._orders.going_on_from(self)
