"""What the agent says of a call when the order is ready: to the caller who wants one, and in that call itself."""

from __future__ import annotations

from phone_agent.ordering.said import Said


class ReadySentence(Said):
    WILL_RING = "Okay, I'll call this number when your order is ready. Anything else?"
    WILL_NOT_RING = "Okay, then I won't call you when it is ready. Anything else?"
    CANNOT_RING = "I can't call you when it is ready, but you can always ask me here. Anything else?"
    CANNOT_RING_WITHHELD = "Your number is withheld, so I can't call you when it is ready. Anything else?"

    READY_FOR_PICKUP = "Hello, this is {restaurant}. Your order number #{order_number} is ready to be picked up."
    READY_FOR_DELIVERY = "Hello, this is {restaurant}. Your order number #{order_number} is ready and leaves soon."
    READY_KEYS = "Press 1 to hear that again, or 2 for the address."
    READY_AT_STREET = "{restaurant} is at {street}."
    READY_NO_STREET = "I don't have the address of {restaurant}."
    READY_GOODBYE = "Thank you, and goodbye!"
    READY_MESSAGE = "This is {restaurant}. Your order number #{order_number} is ready."
    """For a machine: all of it, once."""
