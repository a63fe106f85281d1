"""What the speech grammar listens for beside dishes: handing over, times, tips, allergies, hours, the order."""

from __future__ import annotations

HOURS: dict[str, int] = {
    "five": 3, "six": 4, "seven": 4, "eight": 3, "nine": 2, "ten": 1, "eleven": 1, "twelve": 2, "one": 2, "two": 1,
    "three": 1, "four": 1,
}  # fmt: skip
CLOCK: dict[str, int] = {
    "<hour> o'clock": 1, "<hour> thirty": 4, "<hour> (fifteen | forty five)": 3, "half past <hour>": 1,
    "quarter (past | to) <hour>": 1, "<hour> (/3/ p m | a m)": 2, "<hour> thirty (/3/ p m | a m)": 1, "noon": 2,
}  # fmt: skip
WHEN: dict[str, int] = {
    "at <hour>": 5, "at <clock>": 10, "<span>": 6, "tomorrow at (<hour> | <clock>)": 3,
    "tonight at (<hour> | <clock>)": 2, "at (<hour> | <clock>) tomorrow": 2,
}  # fmt: skip
SPANS: dict[str, int] = {
    "in half an hour": 3, "in an hour": 2, "in (ten | fifteen | twenty | thirty | forty | forty five) minutes": 4,
    "in (two | three) hours": 1, "as soon as possible": 4,
}  # fmt: skip
HANDED: dict[str, int] = {
    "for pickup": 6, "pickup": 3, "for delivery": 4, "delivery": 3, "make it (pickup | delivery)": 2,
    "it's for (pickup | delivery)": 1, "i'd like (it | this | my order) for (pickup | delivery)": 1,
    "i'd like (it | this | my order) delivered": 1, "i want (delivery | pickup)": 1, "i'd like (delivery | pickup)": 1,
    "(i'll | i will | i'm going to) (pick it up | pick up my order | come and get it)": 4, "to pick up": 1,
    "(i'd like | i want) to pick it up": 1, "for takeout": 1, "deliver it": 1,
    "(i'd like | i want) to (order | place an order) for (pickup | delivery)": 1,
}  # fmt: skip
PICKED_UP: dict[str, int] = {
    "for pickup": 6, "pickup": 2, "(i'll | i will) pick it up": 4, "make it pickup": 1, "for takeout": 1,
    "can i (pick it up | get it | have it)": 2,
}  # fmt: skip
BESIDE_DISHES: dict[str, int] = {
    "for pickup": 4,
    "for delivery": 2,
    "to pick up": 1,
    "for pickup <when>": 3,
    "<when>": 1,
}
ASKED_DELIVERY: dict[str, int] = {
    "(do | can | could) you deliver": 4, "can you deliver (it | that) [to me]": 1, "do you (do | offer) delivery": 1,
    "is there delivery": 1, "is it pickup or delivery": 1,
}  # fmt: skip
PERCENTS: dict[str, int] = {"ten": 4, "twelve": 1, "fifteen": 5, "eighteen": 2, "twenty": 5, "twenty five": 1}
DOLLARS: dict[str, int] = {
    "two": 3, "three": 3, "four": 1, "five": 5, "six": 1, "seven": 1, "eight": 1, "ten": 2, "fifteen": 1, "twenty": 1,
}  # fmt: skip
TIPS: dict[str, int] = {
    "<percent> percent tip": 2, "<percent> percent": 2, "[please] (add | leave | give) a <percent> percent tip": 4,
    "a <percent> percent tip": 1, "a <dollar> dollar tip": 2, "[please] (add | leave | give) a <dollar> dollar tip": 4,
    "i'd like to (add | leave | give) a (<percent> percent | <dollar> dollar) tip": 1, "(add | leave) a tip": 1,
    "no tip": 4, "tip <dollar> dollars": 1,
}  # fmt: skip
ALLERGENS: dict[str, int] = {
    "peanuts": 4, "nuts": 4, "tree nuts": 1, "shellfish": 3, "fish": 1, "seafood": 1, "dairy": 2, "milk": 1, "eggs": 2,
    "wheat": 1, "gluten": 2, "soy": 1, "sesame": 1, "lactose": 1,
}  # fmt: skip
ALLERGIES_TO: dict[str, int] = {
    "peanut": 3, "nut": 4, "tree nut": 1, "shellfish": 2, "fish": 1, "seafood": 1, "dairy": 1, "milk": 1, "egg": 1,
    "wheat": 1, "gluten": 1, "soy": 1, "sesame": 1,
}  # fmt: skip
ALLERGY: dict[str, int] = {
    "i'm allergic to <allergen>": 8, "i am allergic to <allergen>": 2, "i'm allergic to <allergen> and <allergen>": 1,
    "we're allergic to <allergen>": 1, "my (wife | husband | son | daughter | friend) is allergic to <allergen>": 2,
    "i have a <allergy_to> allergy": 5, "i have a severe <allergy_to> allergy": 1,
    "(she | he) has a <allergy_to> allergy": 1, "i have an allergy to <allergen>": 1,
    "i have (an allergy | a food allergy)": 1, "no <allergen> i'm allergic": 1,
}  # fmt: skip
ASKED_PLACE: dict[str, int] = {
    "what are your [opening] hours": 3, "(when | what time) do you (close | open)": 3,
    "how late are you open [(today | tonight)]": 2, "are you [still] open [(today | tonight | right now)]": 3,
    "when are you open": 1, "(when | what time) does <restaurant> (close | open)": 1, "is <restaurant> open": 1,
    "where are you [located]": 3, "what's (the | your) address": 3, "what is (the | your) address": 1,
    "where is <restaurant>": 1, "where do i pick it up": 1, "where is the restaurant": 1,
}  # fmt: skip
ABOUT_THE_ORDER: dict[str, int] = {
    "how long will (it | that) take": 3, "how long does it take": 1, "when will (it | my order) be ready": 2,
    "how long is the wait": 1, "is it ready": 1, "(how | where) do i pay": 1, "can i pay (by card | with cash)": 1,
    "do you take (cards | credit cards | cash)": 1, "when is my order ready": 1, "what's the status of my order": 1,
    "what was my last order": 1, "i'd like my last order again": 1, "what's my usual": 1, "same as usual": 1,
    "(keep | leave) it like that": 1, "are you a (robot | real person)": 1, "are you there": 1, "can you hear me": 1,
    "how does this work": 1, "i changed my mind": 1, "start again": 1, "cancel everything": 1, "delete my data": 1,
    "i have a pin": 1, "i'm (vegetarian | vegan)": 1,
}  # fmt: skip
RING_ME: dict[str, int] = {
    "[can you | could you | please] call me when (it's | it is | my order is) ready": 4, "don't call me": 1,
    "give me a call when (it's | it is) ready": 1,
}  # fmt: skip
TOLD_WHEN_ASKED: dict[str, int] = {"<clock>": 2, "<dollar> dollars": 1, "<allergen>": 1}
"""Bare answers to the agent's own questions; elsewhere they mean little."""
TERMS: dict[str, int] = {
    "<handed>": 5, "<picked_up> <when>": 4, "<when>": 3, "<asked_delivery>": 1, "<tip>": 4, "<allergy>": 4,
    "<asked_place>": 4, "<about_the_order>": 4, "<told_when_asked>": 1,
    "<ring_me>": 1,
}  # fmt: skip
RULES: dict[str, dict[str, int]] = {
    "hour": HOURS, "clock": CLOCK, "when": WHEN, "span": SPANS, "handed": HANDED, "picked_up": PICKED_UP,
    "beside_dishes": BESIDE_DISHES, "asked_delivery": ASKED_DELIVERY, "percent": PERCENTS, "dollar": DOLLARS,
    "tip": TIPS, "allergen": ALLERGENS, "allergy_to": ALLERGIES_TO, "allergy": ALLERGY, "asked_place": ASKED_PLACE,
    "about_the_order": ABOUT_THE_ORDER, "ring_me": RING_ME, "told_when_asked": TOLD_WHEN_ASKED, "terms": TERMS,
}  # fmt: skip
"""By the names that they have in the grammar."""
