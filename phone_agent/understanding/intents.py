"""What a caller may want, as values."""

from __future__ import annotations

from dataclasses import dataclass

from phone_agent.ordering.selection import ItemRequest, OptionRequest
from phone_agent.understanding.about_caller import AboutCaller
from phone_agent.understanding.about_support import AboutSupport
from phone_agent.understanding.term_intents import AboutTerms


@dataclass(frozen=True)
class AddItems:
    items: tuple[ItemRequest, ...]


@dataclass(frozen=True)
class ChangeItem:
    """`None` leaves a thing as it is."""

    line: int
    """Index in the cart, from 0."""
    item_name: str | None = None
    quantity: int | None = None
    options: tuple[OptionRequest, ...] | None = None
    note: str | None = None
    other_half: str | None = None


@dataclass(frozen=True)
class RemoveItem:
    line: int


@dataclass(frozen=True)
class NotInOrder:
    """A change of something that the cart does not hold."""

    words: str


@dataclass(frozen=True)
class WhichOne:
    """The words fit several things equally."""

    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Choose:
    """An answer to the open question: one of its candidates, with anything said beside it."""

    answer: str
    quantity: int | None = None
    options: tuple[OptionRequest, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class FindFood:
    query: str


@dataclass(frozen=True)
class FindRestaurants:
    cuisine: str
    """Empty: all of them."""


@dataclass(frozen=True)
class ShowMenu:
    """Slugs; `None` is any."""

    restaurant: str | None = None
    section: str | None = None


@dataclass(frozen=True)
class AskPrice:
    dish: str


@dataclass(frozen=True)
class AskDiet:
    """`tag`: a dietary tag or an allergen."""

    tag: str
    dish: str | None = None


@dataclass(frozen=True)
class AskOptions:
    """What one may choose: "what toppings are there"."""

    dish: str
    group: str
    """Its title."""


@dataclass(frozen=True)
class AskTime:
    """ "How long will it take"."""


@dataclass(frozen=True)
class Allergy:
    """Asked whether something is safe; `allergen` as the menu names it."""

    allergen: str | None = None
    dish: str | None = None
    """By name; None: of the order."""
    is_told: bool = False
    """The kitchen is told in the same breath."""


@dataclass(frozen=True)
class AskPayment:
    pass


@dataclass(frozen=True)
class AskDelivery:
    """Whether there is delivery."""


@dataclass(frozen=True)
class ViewCart:
    is_total: bool = False
    """Only what it comes to was asked."""


@dataclass(frozen=True)
class Checkout:
    is_enough: bool = False
    """ "That's all", and not "checkout": after an order it ends the call."""


@dataclass(frozen=True)
class Confirm:
    pass


@dataclass(frozen=True)
class Decline:
    pass


@dataclass(frozen=True)
class Keep:
    """ "I'll take it" of what is ordered already, "leave it as it is"."""


@dataclass(frozen=True)
class AskAutomated:
    """ "Are you a robot"."""


@dataclass(frozen=True)
class Profile:
    pass


@dataclass(frozen=True)
class More:
    pass


@dataclass(frozen=True)
class Repeat:
    pass


@dataclass(frozen=True)
class Person:
    pass


@dataclass(frozen=True)
class SecondScreen:
    """ "Can I see it on my phone"."""


@dataclass(frozen=True)
class Help:
    pass


@dataclass(frozen=True)
class Pause:
    """ "One moment": nothing to do."""


@dataclass(frozen=True)
class Thanks:
    pass


@dataclass(frozen=True)
class Goodbye:
    pass


@dataclass(frozen=True)
class Greeting:
    pass


@dataclass(frozen=True)
class Unclear:
    pass


Ordering = AddItems | ChangeItem | RemoveItem | NotInOrder | WhichOne | Choose | ViewCart | Checkout | Confirm | Decline
Asking = FindFood | FindRestaurants | ShowMenu | AskPrice | AskDiet | AskOptions | Allergy | Profile | More
AboutOrdering = AskTime | AskPayment | AskDelivery | AskAutomated
Talking = AboutOrdering | Keep | Repeat | Person | SecondScreen | Help | Pause | Thanks | Goodbye | Greeting | Unclear
Intent = Ordering | Asking | Talking | AboutTerms | AboutCaller | AboutSupport


@dataclass(frozen=True)
class Understood:
    intents: tuple[Intent, ...]
    unmatched: tuple[str, ...] = ()
    """The words that meant nothing."""
