"""Every sentence that the agent says by itself, with {slots} whose kinds are known."""

from __future__ import annotations

from enum import StrEnum
from string import Formatter

MINUTES_FOR_ONE = " 1 minutes"


class Sentence(StrEnum):
    HELLO_AGAIN = "Hello! What would you like?"

    PROFILE = "You are the {household} in {area}, and you like {cuisines}. What would you like today?"
    PROFILE_NO_TASTES = "You are the {household}. What would you like today?"
    PROFILE_GUEST = "I have nothing saved for you yet. What would you like?"

    ADDED = "Added {lines}. Anything else?"
    ADDED_ALREADY = "Added {lines}."
    """Something else follows, often a question."""
    CHANGED = "Changed to {lines}. Anything else?"
    REMOVED = "Removed {dish}. Anything else?"
    REMOVED_LAST = "Removed {dish}. Your cart is empty now."
    CART = "You have {lines}. That is {subtotal} before tax."
    CART_EMPTY = "Your cart is empty. What would you like?"

    FOUND = "I have {dishes_with_prices}. Which would you like?"
    FOUND_ONE = "I have {dishes_with_prices}. Shall I add it?"
    FOUND_ELSEWHERE = "I don't know that restaurant, but {restaurant} has {dishes_with_prices}. Would you like that?"
    FOUND_ELSEWHERE_SEVERAL = (
        "I don't know that restaurant, but {restaurant} has {dishes_with_prices}. Which would you like?"
    )
    FOUND_SOLD_OUT = "{dish} is sold out today. I do have {dishes_with_prices}."
    NOTHING_FOUND = "I couldn't find that. What else would you like?"
    NOTHING_FOUND_NEAREST = "I couldn't find that. The nearest I have is {dishes_with_prices}."
    RESTAURANTS_FOUND = "There are {restaurants}. Whose menu would you like to hear?"
    RESTAURANTS_FOUND_ONE = "There is {restaurant}. Would you like to hear the menu?"
    RESTAURANT_NEAREST = "I don't know that restaurant; the nearest is {restaurant}. Would you like to hear the menu?"
    RESTAURANTS_ALL = "I order from {restaurants}. Which one would you like?"
    RESTAURANTS_MANY = "I order from {count} restaurants, for example {restaurants}. Which one would you like?"
    RESTAURANTS_MORE = "I also order from {restaurants}. Which one would you like?"
    RESTAURANTS_NONE = "I couldn't find a restaurant like that. I order from {restaurants}."
    RESTAURANTS_NONE_OF_MANY = (
        "I couldn't find a restaurant like that. I order from {count} restaurants, for example {restaurants}."
    )
    RESTAURANTS_NOT_THERE = "I have no restaurant there, only in {cities}. What would you like?"

    MENU_SECTIONS = "{restaurant} has {sections}. Which would you like to hear?"
    SECTION_MORE = "In {section}: {dishes_with_prices}. Would you like to hear more?"
    SECTION_LAST = "In {section}: {dishes_with_prices}. Which would you like?"
    SECTION_NOWHERE = "Nobody here has that. What else would you like?"
    NO_MORE = "That is all there is. What would you like?"

    PRICE = "{dish} is {price}. Shall I add it?"
    PRICE_FROM = "{dish} starts at {price}. Shall I add it?"
    DIET_YES = "Yes, the {dish} is {tag}. Shall I add it?"
    DIET_NO = "The {dish} is not marked as {tag}."
    DIET_FOUND = "These are marked as {tag}: {dishes_with_prices}. Which would you like?"
    ALLERGENS = "The {dish} contains {allergens}. For a serious allergy, please call the restaurant."
    ALLERGENS_NONE = "No allergens are listed for the {dish}. For a serious allergy, please call the restaurant."
    ALLERGY = (
        "I can tell you what the menu lists for a dish, but not that it is safe. "
        "For a serious allergy, please call the restaurant."
    )

    WHICH_ONE = "Which one would you like: {dishes}?"
    WHICH_RESTAURANT = "From which restaurant would you like it: {restaurants}?"
    WHICH_OPTION = "Which one would you like for the {dish}: {options}?"
    OPTION_QUESTION = "What {option_group} would you like for the {dish}: {options}?"
    OPTION_UNKNOWN = "The {dish} doesn't come with that; you can have {options}."
    OPTION_NONE = "I can't change that on the {dish}: it only comes as it is."
    OPTIONS_TOO_MANY = "The {dish} takes at most {limit} of {options}. Which would you like?"
    OPTIONS_TOO_FEW = "Please choose {count} for the {dish}: {options}."

    SOLD_OUT = "{dish} is sold out today. I do have {dishes}."
    SOLD_OUT_ALONE = "{dish} is sold out today. What else would you like?"
    NOT_ON_MENU = "I don't have that on the menu. What else would you like?"
    NOT_ON_MENU_EITHER = "I don't have the other one on the menu; what else would you like?"
    """Said after what was added."""
    NOT_AT_RESTAURANT = "{restaurant} doesn't have that. Would you like to hear its menu?"
    NOT_IN_CART = "That is not in your order. What would you like to change?"
    HOW_MANY = "How many would you like?"
    HOW_MANY_OF = "Of the {dish} I can take at most {limit}. How many would you like?"
    TOO_MANY_OF_DISH = "I can take at most {limit} of one dish."
    TOO_MANY_DISHES = "I can take at most {limit} dishes in one order. For more, please call the restaurant."
    OTHER_RESTAURANT = "One order comes from one restaurant. Check out first, or empty your cart."
    OTHER_RESTAURANTS = "One order comes from one restaurant. For {dishes_with_places}, check out first."
    OTHER_RESTAURANTS_LATER = "One order comes from one restaurant, so order {dishes_with_places} after this one."

    READ_BACK = (
        "You have {lines} from {restaurant}. With {charges} that is {total}, for pickup, "
        "ready in about {minutes} minutes."
    )
    TOTAL = "With {charges} the total is {total}."
    PRESS_ONE_OR_SAY_YES = "To place it press 1 or say yes; to change it press 2."
    PRESS_ONE = "To place it press 1; to change it press 2."
    ORDER_PLACED = "Thank you! Your order number is #{order_number}; it is ready in about {minutes} minutes."
    ORDER_READY = "Your order number is #{order_number}; it is ready now."
    READY_IN = "It is ready in about {minutes} minutes."
    READY_AFTER = "It is ready about {minutes} minutes after you confirm the order."
    READY_SOONEST = "That depends on the restaurant: the quickest needs about {minutes} minutes. What would you like?"
    NOTHING_TO_CONFIRM = "There is nothing to confirm yet. Say check out and I will read your order back."
    WHAT_ONE_DOES = "Nothing is ordered yet. Say check out, and after I read your order back, 1 places it."
    NOT_ORDERED_YET = "This is not ordered yet. Say check out, and after I read your order back, 1 places it."
    BACK_TO_EDITING = "Okay, nothing is placed. What would you like to change?"
    QUOTE_EXPIRED = "That took a while, so I need to read your order again. Check out again when you are ready."
    CART_CHANGED = "Your order has changed since I read it to you. Check out again to hear it."
    MENU_CHANGED = "Something you chose has just changed on the menu. Let's look at your order again before I place it."
    CHANGED_MEANWHILE = "Your order was just changed in another way, so please say that again."
    ALREADY_PLACED = "That order is already placed, so I can't change it any more. I can take a new one."

    KEYPAD_ON = "Let's use your keypad: star repeats, pound checks out, and 9 starts over."
    KEYPAD_RESTAURANT = "{restaurant}: press 1 to order there, or 2 for the next restaurant."
    KEYPAD_SECTION = "{section}: press 1 to hear the dishes, or 2 to go on."
    KEYPAD_DISH = "{dish} for {price}. Press 1 to add it, 2 for the next dish, or 4 for how many."
    KEYPAD_DISH_WITH_OPTIONS = (
        "{dish} for {price}. Press 1 to add it, 2 for the next dish, 3 for options, or 4 for how many."
    )
    KEYPAD_LINE = "{lines} for {price}. Press 1 to add it, 2 for the next dish, or 4 for how many."
    KEYPAD_LINE_WITH_OPTIONS = (
        "{lines} for {price}. Press 1 to add it, 2 for the next dish, 3 for options, or 4 for how many."
    )
    KEYPAD_CHOICE = "For the {option_group}: {option}. Press 1 to take it, or 2 for the next."
    KEYPAD_CHOICE_PRICED = "For the {option_group}: {option} for {price} more. Press 1 to take it, or 2 for the next."
    KEYPAD_OPTION = "For the {option_group}: {option}. Press 1 to take it, 2 for the next, or 3 when you are done."
    KEYPAD_OPTION_PRICED = (
        "For the {option_group}: {option} for {price} more. Press 1 to take it, 2 for the next, or 3 when you are done."
    )
    KEYPAD_HOW_MANY = "How many {dish}? Press a digit from 1 to 9."
    KEYPAD_ADDED = "Added {lines}. Press 2 for the next dish, 5 to take it out, or pound to check out."
    KEYPAD_REMOVED = "Took out {lines}."
    KEYPAD_BACK = "Okay, nothing is placed; press 5 to take out the last dish."
    KEYPAD_EMPTY = "Your cart is empty."
    KEYPAD_UNKNOWN = "That key does nothing here."
    KEYPAD_NOTHING = "Nothing can be ordered at the moment. Please call again later."

    OKAY_WHAT = "Okay. What would you like?"
    OKAY_CHECK_OUT = "Okay. Say check out when you are ready."
    UNCLEAR = "Sorry, I didn't catch that. Could you say it again?"
    UNCLEAR_AGAIN = "Sorry, I still didn't get that. Say the name of a dish, or press 9 to order with your keypad."
    WELCOME = "You're welcome. Anything else?"
    GOODBYE = "Thanks for calling. Goodbye!"
    SILENCE_FIRST = "Are you still there? What would you like?"
    SILENCE_SECOND = "I can't hear you. Say the name of a dish, or press 9 to order with your keypad."
    SILENCE_GOODBYE = "I still can't hear you, so I will hang up now. Goodbye!"
    NOTHING_TO_REPEAT = "I haven't said anything yet. What would you like?"
    PERSON = "Sorry, I can't put a person on the line yet. You can go on with me, or call the restaurant directly."
    PERSON_NUMBER = "Sorry, I can't put a person on the line yet. You can call {restaurant} at {phone}."
    AUTOMATED = "I'm an automated assistant, not a person. What would you like?"
    PAYMENT = "You pay at the restaurant when you pick the order up; I take no payment on the phone."
    UNKNOWN_KEY = (
        "That key does nothing here. "
        "Press star to repeat, pound for your order, 9 to order with your keypad, "
        "or 0 to hear how to call the restaurant."
    )
    STEP_LIMIT = "Sorry, that was too much at once. Could you ask for one thing at a time?"
    TROUBLE = "Sorry, something went wrong on my side. Please try that again."
    STORE_UNAVAILABLE = "I can't reach our order book right now. Please try again in a moment, or call the restaurant."
    STORE_UNAVAILABLE_GOODBYE = "I can't reach our order book, so nothing is ordered; please call back later. Goodbye!"
    STORE_UNAVAILABLE_AFTER_ORDER = (
        "I can't reach our order book any more; what has a number is ordered, and nothing else. Goodbye!"
    )

    OPTION_SOLD_OUT = "We are out of {choice} today. You can have {options}."
    OPTION_SOLD_OUT_ALONE = "We are out of {choice} today. What else would you like?"
    OPTION_TOO_OFTEN = "I can add {choice} at most {limit} times. How many would you like?"
    OPTION_NOT_HALVED = "I can only put {choice} on the whole {dish}. How would you like it?"
    NOT_IN_HALVES = "I can't make the {dish} and the {other_dish} in one. Which of the two would you like?"
    NOT_AT_THIS_TIME = "{dish} is only served for {day_part}. I do have {dishes}."
    NOT_AT_THIS_TIME_ALONE = "{dish} is only served for {day_part}. What else would you like?"
    NOT_BY_PHONE = "I can't sell {dish} by phone, because your age must be checked. What else would you like?"
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

    HELLO_HOUSEHOLD = "Hi {household}, I'm the automated assistant."
    HELLO_GUEST = "Hi, thanks for calling our automated assistant."
    HELLO_HOUSEHOLD_AT = "Hi {household}, this is {restaurant}'s automated assistant."
    HELLO_GUEST_AT = "Hi, this is {restaurant}'s automated assistant."
    RECORDED = "This call is recorded."
    WHAT_WOULD_YOU_LIKE = "What would you like?"
    USUAL_OFFER = "The usual, {dish_names}?"
    LOST_CART_OFFER = "You were ordering {dish_names}. Shall I go on with that?"
    LOST_CART_GONE = "That order is no longer there. What would you like?"
    HISTORY = "Last time you had {dish_names}. Would you like that again?"
    HISTORY_TWO = "Last time you had {dish_names}, and before that {earlier_dish_names}. The last one again?"
    HISTORY_TOTAL = "Your last order came to {total}."
    HISTORY_NONE = "I know of no earlier order of yours. What would you like?"
    REORDER_GONE = "{dish} is no longer on the menu."
    REORDER_NOT_NOW = "{dish} is not available now."
    REORDER_WITHOUT = "The {dish} no longer comes with {choice}."
    REORDER_PRICE = "The {dish} is {price} now."
    REORDER_NOTHING = "What would you like instead?"
    ORDER_IS_COOKING = "Your order from {restaurant} is in the kitchen, ready in about {minutes} minutes."
    ORDER_IS_COOKING_FOR = "Your order from {restaurant} is with the kitchen, ready {day} at {time}."
    ORDER_IS_DUE = "Your order from {restaurant} should be ready any moment."
    ORDER_IS_READY = "Your order from {restaurant} is ready."
    ORDER_IS_UNDERWAY = "Your order from {restaurant} is on its way."
    ORDER_IS_HANDED_OVER = "Your order from {restaurant} has been handed over."
    ORDER_IS_CANCELLED = "Your order from {restaurant} is cancelled."
    ORDER_OF_TODAY_NONE = "I see no order of yours from today. What would you like?"
    CANCELLED_NOW = "Okay, your order from {restaurant} is cancelled. Anything else?"
    CANCEL_TOO_LATE = "The kitchen has already begun, so I can't cancel it. Please call {restaurant}."
    NAME_WANTED = "May I have a name for the order?"
    NAME_TAKEN = "Thank you, {name}."
    REMEMBER_OFFER = "Shall I remember you and your order for next time?"
    REMEMBERED = "Okay, I'll remember you. Anything else?"
    NOT_REMEMBERED = "Okay, no problem. Anything else?"
    NOTHING_ASKED = "I haven't asked you anything. What would you like?"
    TASTES_TAKEN = "Okay, I'll look out for that. What would you like?"
    TASTES_OFFER = "Okay, I'll look out for that. Shall I remember it for next time?"
    TASTES_KEPT = "Okay, I'll remember that. What would you like?"
    TASTES_NOT_KEPT = "Okay, just for this call. What would you like?"
    TASTES_UNKNOWN = "Nothing here is marked like that. What would you like?"
    FORGET_OFFER = "Shall I forget your name, number and preferences, and all that was said?"
    FORGOTTEN = "Okay, I have forgotten you. What would you like?"
    NOT_FORGOTTEN = "Okay, everything stays as it is. What would you like?"
    PIN_WANTED = "Please key in your four digit PIN."
    PIN_NEEDED = "For that I need your PIN. Say my PIN, and I will ask for it."
    PIN_RIGHT = "Thank you, that is right. What can I do for you?"
    PIN_WRONG = "That PIN is not right. What would you like?"
    PIN_NOT_KEYED = "I didn't get four digits. What would you like?"
    PIN_NO_TRIES = "There are no more tries today. What would you like?"
    PIN_NONE = "There is no PIN for this number; the restaurant can give you one."
    PLACED_STAYS = (
        "I can't change an order that is placed, only cancel it before the kitchen has begun. What would you like?"
    )
    CANCEL_BY_RESTAURANT = "I can't cancel that order without a PIN. Please call {restaurant}."
    TASTES_OFFER_WITH_NUMBER = "Okay, I'll look out for that. Shall I remember it with your phone number for next time?"
    LOST_CART_TAKEN = "Okay, you have {lines}. Anything else?"
    CANCEL_BY_RESTAURANT_AT = "I can't cancel that order without a PIN. Please call {restaurant} at {phone}."

    PLACING_UNKNOWN = (
        "I could not hear back whether that was ordered. Press 1 or say yes and I ask again; it is never ordered twice."
    )
    PLACING_UNKNOWN_GOODBYE = (
        "I can't hear back whether that was ordered; please call again and ask where your order is. Goodbye!"
    )
    PLACED_AFTER_ALL = "That order is placed already, and its number is #{order_number}. I can take a new one."
    SOLD_OUT_MEANWHILE = "{dish} is sold out now; I do have {dishes}. Shall I leave it out?"
    SOLD_OUT_MEANWHILE_ALONE = "{dish} is sold out now. Shall I leave it out?"
    SOLD_OUT_MEANWHILE_SEVERAL = "{dish_names} are sold out now. Shall I leave them out?"
    CHOICE_OUT_MEANWHILE = "We are out of {choice} for the {dish} now. Shall I leave the whole dish out?"
    SOLD_OUT_STAYS = "Okay, but like this it can't be ordered. What would you like instead?"
    TAKEN_OUT_MEANWHILE = "I took out what is sold out now: {dish_names}. Press pound to hear your order again."
    CHECK_OUT_AGAIN = "Say check out to hear your order again."
    CART_IS_NOW = "Your order was just changed in another way: you have {lines} now. What would you like to change?"
    DIET_NO_SEVERAL = "{dish_names} are not marked as {tag}."
    DIET_MARKED = "The {dish} is marked as {tag} on the menu. For a serious allergy, please call the restaurant."
    DIET_FOUND_ONE = "Only this is marked as {tag}: {dishes_with_prices}. Would you like that?"
    ALLERGENS_LISTED = "The {dish} contains {allergens}."
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
    ALLERGENS_UNLISTED = "No allergens are listed for the {dish}."

    @property
    def slots(self) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in Formatter().parse(self.value) if name)

    def words(self, **slots: str) -> str:
        if slots.keys() != self.slots:
            raise TypeError(f"{self.name} takes {sorted(self.slots)}, not {sorted(slots)}")
        return self.value.format(**slots).replace(MINUTES_FOR_ONE, MINUTES_FOR_ONE.removesuffix("s"))
