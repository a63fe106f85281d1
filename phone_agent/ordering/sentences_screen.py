"""What the agent says where the caller has a screen, or could have one."""

from __future__ import annotations

from phone_agent.ordering.said import Said


class ScreenSentence(Said):
    SCREEN_CODE = (
        "On a phone or computer, go to {address} and enter the code {digits}. "
        "You can watch and confirm your order there, and go on talking to me."
    )
    SCREEN_HERE = "It is on your screen already. Anything else?"
    SCREEN_NONE = "I'm sorry, I can't show it on a screen, but I can read it to you. What would you like?"
    WHICH_NUMBER = "That is no telephone number that I could call; please type it with its area code."
    FOUND_ON_SCREEN = "I put {count} dishes on your screen, such as {dish_names}. Which one would you like?"
    SECTION_ON_SCREEN = "The {section} are on your screen. Which one would you like?"
    MENU_ON_SCREEN = "{restaurant}'s menu is on your screen. What would you like?"
    CART_ON_SCREEN = "Your order is on your screen: {subtotal} before tax. Anything else?"
