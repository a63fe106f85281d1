"""The plural of a dish's name, where its last word is one that people count."""

from __future__ import annotations

COUNTED = (
    "bagel", "bowl", "box", "bun", "burger", "burrito", "cake", "calzone", "chowder", "coffee", "combo", "cookie",
    "crepe", "croissant", "curry", "dumpling", "empanada", "enchilada", "kebab", "lasagna", "latte", "lemonade", "meal",
    "melt", "milkshake", "muffin", "omelet", "omelette", "pancake", "pie", "pizza", "plate", "platter", "pretzel",
    "quesadilla", "quiche", "roll", "salad", "samosa", "sandwich", "skewer", "smoothie", "soda", "soup", "stew", "sub",
    "sundae", "taco", "tart", "tostada", "waffle", "wrap",
)  # fmt: skip
"""Any other last word stays: a wrong plural ("two Pad Thais", "two Grilled Salmons") is worse to hear than none."""
HISSING = ("s", "x", "z", "ch", "sh")
VOWELS = "aeiou"


def plural(name: str) -> str:
    """ "Caesar Salad" → "Caesar Salads"; also "Cheeseburger", which ends in a word that is counted."""
    if not name.lower().endswith(COUNTED):
        return name
    if name.endswith(HISSING):
        return f"{name}es"
    if name.endswith("y") and name[-2] not in VOWELS:
        return f"{name[:-1]}ies"
    return f"{name}s"
