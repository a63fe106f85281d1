"""What the agent says of dishes, the cart, the order and its own trouble."""

from __future__ import annotations

from phone_agent.ordering.said import Said


class Sentence(Said):
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
    ALLERGENS_UNLISTED = "No allergens are listed for the {dish}."

    ONE_MOMENT = "One moment."
    HEARING_LOST = "I can't hear you just now, but your keypad works."
    HEARING_LOST_CONFIRM = "I can't hear you just now. To place your order press 1; to change it press 2."
    NOTHING_CHANGES = "We are not getting anywhere like this. Press 9 to order with your keypad, or 0 for a person."
    NOTHING_CHANGES_GOODBYE = "I can't help you like this, so I will hang up now; please call again. Goodbye!"
    TOO_LONG_GOODBYE = "We have talked as long as a call may last, and nothing is ordered; please call again. Goodbye!"
    TOO_LONG_AFTER_ORDER = (
        "We have talked as long as a call may last; what has a number is ordered, and nothing else. Goodbye!"
    )
