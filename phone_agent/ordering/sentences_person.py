"""What the agent says when the caller wants a person: to the caller, and to the staff who are rung."""

from __future__ import annotations

from phone_agent.ordering.said import Said


class PersonSentence(Said):
    RINGING = "One moment, I'm calling the restaurant. Press any key or just speak to come back to me."
    BACK = "Okay, you are back with me. What would you like?"
    PUTTING_THROUGH = "One moment, I'm putting you through."
    CALL_BACK_OFFER = "Nobody can come to the phone right now. If they are to call you back, say yes or press 1."
    NOBODY = "Nobody can come to the phone right now, but you can go on with me. What would you like?"
    CALL_BACK_WANTED = "Okay, the restaurant has your number and knows that you called. Anything else?"
    MESSAGE_TAKEN = "Okay, the restaurant has your message. Anything else?"
    NO_CALL_BACK = "Okay, no message. What would you like?"

    STAFF_ASKED = (
        "This is the phone assistant, with a caller who would like to speak with a person. "
        "Press 1 to take the call, or 2 if you can't."
    )
    """Nothing of the caller in it: a voicemail may be listening."""
    STAFF_NAMED = "{name} is on the line."
    STAFF_NUMBER = "The caller's number ends in {digits}."
    STAFF_NO_NUMBER = "The caller's number is withheld."
    STAFF_CART = "In the cart: {lines}."
    STAFF_CART_EMPTY = "Nothing is in the cart."
    STAFF_ORDER = "Order number #{order_number} was placed in this call."
    STAFF_WHY_SAID = "They asked me for a person."
    STAFF_WHY_KEY = "They pressed 0 for a person."
    STAFF_CONNECTED = "You are connected now."
