"""What the agent says of pickup and delivery, times, coupons, tips, notes and places."""

from __future__ import annotations

from phone_agent.ordering.said import Said


class TermSentence(Said):
    READ_BACK_AT = "You have {lines} from {restaurant}. With {charges} that is {total}, for pickup {day} at {time}."
    READ_BACK_DELIVERY = (
        "You have {lines} from {restaurant}. With {charges} that is {total}, "
        "delivered to {address} in about {minutes} minutes."
    )
    READ_BACK_DELIVERY_AT = (
        "You have {lines} from {restaurant}. With {charges} that is {total}, delivered to {address} {day} at {time}."
    )
    READ_BACK_ALLERGY = "The kitchen is told about your allergy, {allergy}. Nobody can promise that a dish is safe."
    READ_BACK_NOTE = "Your note for the kitchen is: {note}."
    READ_BACK_COUPON_TOO_SMALL = "Your coupon does not count below {minimum}."
    ORDER_PLACED_AT = "Thank you! Your order number is #{order_number}; it is ready {day} at {time}."
    ORDER_PLACED_DELIVERY = (
        "Thank you! Your order number is #{order_number}; it will be with you in about {minutes} minutes."
    )
    ORDER_PLACED_DELIVERY_AT = "Thank you! Your order number is #{order_number}; it will be with you {day} at {time}."
    CLOSED = "{restaurant} takes no orders now. It opens {day} at {time}; would you like it for later?"
    CLOSED_FOR_LONG = "{restaurant} takes no orders at the moment. What else would you like?"
    CLOSED_THEN = "{restaurant} has nothing ready then. The next time is {day} at {time}; would you like that?"
    TIME_TOO_SOON = "That is too soon. It could be ready {day} at {time}; would you like that?"
    TIME_FULL = "That time is full. The next is {day} at {time}; would you like that?"
    TIME_JUST_FILLED = "That time has just filled up; the next is {day} at {time}. Say check out to hear it again."
    SLOT_TAKEN = "That time has just filled up. Say check out to hear the next one."
    KITCHEN_FULL = "The kitchen can't take another order before it closes. What else would you like?"
    TIME_PASSED = "That time has passed. What time would you like?"
    TIME_UNCLEAR = "What time would you like it?"
    NO_ADDRESS_HERE = "I can't take an address on this line, so your order is for pickup. Anything else?"
    NO_DELIVERY = "{restaurant} doesn't deliver. You can pick your order up there."
    OUT_OF_ZONE = "{restaurant} doesn't deliver to that zip code. You can pick your order up there."
    DELIVERY_MINIMUM = "{restaurant} delivers from {minimum} on. That is {missing} more; what else would you like?"
    WHICH_STREET = "What is the street address?"
    WHICH_ZIP_CODE = "What is the zip code there?"
    FOR_PICKUP = "Okay, for pickup as soon as it is ready. Anything else?"
    FOR_PICKUP_AT = "Okay, for pickup {day} at {time}. Anything else?"
    FOR_DELIVERY = "Okay, delivered to {address}. Anything else?"
    FOR_DELIVERY_AT = "Okay, delivered to {address} {day} at {time}. Anything else?"
    COUPON_TAKEN = "Okay, your coupon counts. Anything else?"
    COUPON_TOO_SMALL = "That coupon counts from {minimum} on, {missing} more than now. What else would you like?"
    COUPON_UNKNOWN = "I don't know that coupon. What else would you like?"
    COUPON_EXPIRED = "That coupon is no longer valid. What else would you like?"
    TIP_TAKEN = "Okay, that makes a tip of {tip}. Anything else?"
    TIP_NONE = "Okay, no tip. Anything else?"
    TIP_TOO_MUCH = "I can't take a tip like that. How much would you like to give?"
    NOTE_TAKEN = "Okay, I'll tell the kitchen. Anything else?"
    NOTE_DROPPED = "Okay, I'll leave that note out. Anything else?"
    ALLERGY_TAKEN = (
        "I'll tell the kitchen about that allergy, but nobody can promise that a dish is safe. Anything else?"
    )
    ORDER_UNKNOWN = "There is no such order."
    ORDER_NUMBER_AGAIN = "Several orders are called that. Please give the id."
    STATUS_CHANGE_REFUSED = "An order that is {status} cannot become {next_status}."
    STATUS_IS_LAST = "An order that is {status} stays so."
    PAYMENT_ON_DELIVERY = "You pay when it is delivered; I take no payment on the phone."
    DELIVERS = "{restaurant} delivers from {minimum} on, for a fee of {price}. Would you like it delivered?"
    SOME_DELIVER = "{restaurants} deliver. What would you like?"
    ONE_DELIVERS = "{restaurant} delivers. What would you like?"
    NONE_DELIVERS = "Every order is picked up at the restaurant. What would you like?"
    OPEN_UNTIL = "{restaurant} takes orders until {time}. What would you like?"
    OPEN_ALWAYS = "{restaurant} takes orders around the clock. What would you like?"
    HOURS_OF_WHICH = "Each restaurant has its own hours. Which one do you mean: {restaurants}?"
    ADDRESS = "{restaurant} is at {street}. What would you like?"
    ADDRESS_UNKNOWN = "I don't have the address of {restaurant}. What would you like?"
    ADDRESS_OF_WHICH = "Each restaurant has its own address. Which one do you mean: {restaurants}?"
    WHICH_COUPON = "What is the code of your coupon?"
    WHICH_TIP = "How much tip would you like to give?"
    WHICH_ALLERGY = "What are you allergic to?"
    NOTE_WITHOUT_WORDS = (
        "I heard no words for the kitchen; on the phone I can only pass on what the menu offers. Anything else?"
    )
    START_OVER = "Your order is from {restaurant}. Shall I start over with {dishes_with_places}?"
    STARTED_OVER_NOT = "I have nothing to start over with. What would you like?"

    ALLERGY_TOO_LONG = "That is more than I can pass on. Please call the restaurant about it before you order."
    NOT_SERVED_THEN = (
        "{dish} is only served for {day_part}, and your order is for {day} at {time}. Remove it, or say another time."
    )
    COUPON_DROPPED = "Your coupon does not count for this order."
    READY_AT = "It is ready {day} at {time}."
    ARRIVES_IN = "It will be with you in about {minutes} minutes."
    ARRIVES_AT = "It will be with you {day} at {time}."
    ARRIVES_AFTER = "It will be with you about {minutes} minutes after you confirm the order."
    TIP_IN_PERCENT = "Okay, a tip of {percent} percent. Anything else?"
    TIP_NOT_WHOLE = "I take tips in whole percent, or in dollars. How much would you like to give?"
