"""The agent that takes an order."""

from __future__ import annotations

from phone_agent import line
from phone_agent.agents.support import SupportAgent
from phone_agent.agents.talking import TalkingAgent
from phone_agent.call import Call
from phone_agent.counter import returning
from phone_agent.instructions import load_instructions
from phone_agent.tools.call_control import (
    call_a_person,
    end_call,
    leave_message,
    open_second_screen,
    repeat,
    speak_language_for,
)
from phone_agent.tools.caller import CALLER_TOOLS
from phone_agent.tools.cart import (
    change_cart_item,
    quick_add_to_cart_for,
    quick_view_cart,
    remove_from_cart,
    start_over,
)
from phone_agent.tools.checkout import change_order, confirm_order, quick_checkout
from phone_agent.tools.handoff import transfer_to_support_by
from phone_agent.tools.keypad import offer_keypad_menu
from phone_agent.tools.menu import get_restaurant_menu_for
from phone_agent.tools.orders import ORDER_TOOLS
from phone_agent.tools.profile import get_user_profile
from phone_agent.tools.search import find_food_item, find_restaurants_by_type
from phone_agent.tools.terms import TERMS_TOOLS


class OrderAgent(TalkingAgent):
    def __init__(self, call: Call) -> None:
        super().__init__(
            call,
            load_instructions("order"),
            [
                get_user_profile,
                find_food_item,
                find_restaurants_by_type,
                get_restaurant_menu_for(call.menu),
                quick_add_to_cart_for(call.menu),
                change_cart_item,
                remove_from_cart,
                quick_view_cart,
                start_over,
                *TERMS_TOOLS,
                *CALLER_TOOLS,
                *ORDER_TOOLS,
                quick_checkout,
                confirm_order,
                change_order,
                offer_keypad_menu,
                transfer_to_support_by(self._support),
                repeat,
                speak_language_for(call.languages),
                open_second_screen,
                call_a_person,
                leave_message,
                end_call,
            ],
        )

    def begin(self) -> None:
        line.say(self.session, returning.greeting(self._call))

    def _support(self) -> SupportAgent:
        return SupportAgent(self._call, self).going_on_from(self)
