"""Other words for sections of a menu and for dietary tags."""

from __future__ import annotations

from phone_agent.understanding.tokens import word_set

SECTION_NAMES: dict[str, tuple[str, ...]] = {
    "appetizer": ("starters", "apps", "small plates", "first courses"),
    "starter": ("appetizers", "apps", "small plates"),
    "main": ("mains", "entrees", "main courses", "main dishes"),
    "main dish": ("mains", "entrees", "main courses"),
    "entree": ("mains", "main courses", "main dishes"),
    "dessert": (),
    "drink": ("beverages", "something to drink", "soft drinks"),
    "side": ("side dishes", "side orders"),
    "noodle": ("noodle dishes",),
    "curry": ("curry dishes",),
    "shake": ("milkshakes",),
    "coffee": ("coffees",),
}
"""By the stem of the title."""

TAG_NAMES: dict[str, tuple[str, ...]] = {
    "vegan": ("plant based", "vegans"),
    "vegetarian": ("meatless", "meat free", "veggie", "without meat", "no meat"),
    "gluten-free": ("gluten free", "without gluten", "no gluten", "celiac", "wheat free"),
    "dairy-free": ("dairy free", "without dairy", "no dairy", "lactose free", "without milk", "non dairy"),
    "nut-free": ("nut free", "without nuts", "no nuts"),
    "halal": (),
    "kosher": (),
    "spicy": ("hot and spicy",),
}
FREE_OF: dict[str, str] = {
    "nut": "nut-free", "peanut": "nut-free", "gluten": "gluten-free", "celiac": "gluten-free", "coeliac": "gluten-free",
    "dairy": "dairy-free", "lactose": "dairy-free", "meat": "vegetarian",
}  # fmt: skip
"""By the stem of what a dish is asked for: "does it have nuts"."""

ALLERGENS = word_set(
    """
    peanut nut tree shellfish fish seafood dairy milk egg wheat gluten soy sesame lactose
    """
)
"""By their stems; a menu may name more."""

PLACES = word_set(
    """
    restaurant restaurants place places spot spots cuisine cuisines kitchen kitchens joint joints diner
    """
)
ASKED_FOR = word_set(
    """
    some any anything something else options option dishes dish things thing good nice great best kind kinds
    type types of i we me us you your the a an to for with that is are it have has do got there here today eat
    food want like would can could get what which on menu please about all list items item stuff find show tell
    my at from in and or by order near nearby around called one ones favorite popular most ever available cheap
    tasty open who serves serve sell sells make made recommend suggest more go nothing choices choice does come
    comes contain contains include includes them these those
    """
)
"""Words of a question that name no food."""
