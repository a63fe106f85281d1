"""What the agent says of a total, of what was wrong with an order, of what is in a dish, and of a person."""

from __future__ import annotations

from phone_agent.ordering.said import Said


class SupportSentence(Said):
    TOTAL_PARTS = "The dishes come to {subtotal}. With {charges} the total is {total}."
    TOTAL_LATER = "The dishes come to {subtotal} before tax. Say check out and you hear the tax and the total."
    TOTAL_NEEDS_RESTAURANT = "I can't tell the total of that order without a PIN. {restaurant} can tell you."
    PROBLEM_WHAT = "I'm sorry to hear that. What was wrong?"
    PROBLEM_TAKEN = "I'm sorry about that; I have written it down for {restaurant}. Anything else?"
    PROBLEM_TAKEN_WITHOUT_ORDER = "I'm sorry about that; I have written it down. Anything else?"
    FEEDBACK_WHAT = "What would you like to tell the restaurant?"
    FEEDBACK_TAKEN = "Thank you, I have written that down. Anything else?"
    DISH_SAYS = "The menu says of the {dish}: {description}."
    DISH_SAYS_MARKED = "The menu says of the {dish}, marked as {tags}: {description}."
    DISH_SAYS_NOTHING = "The menu says nothing more of the {dish}."
    DISH_MARKED = "The {dish} is marked as {tags}."
    DISH_LISTS = "It lists {allergens}; for a serious allergy, please call the restaurant."
    DISH_LISTS_NONE = "No allergens are listed; for a serious allergy, please call the restaurant."
    PERSON_OFFER = "Would you like to talk to a person?"
    PERSON_DECLINED = "Okay, then let's go on. What would you like?"
    GONE_ROUND = "I am already as far as I can go with that. What would you like?"
