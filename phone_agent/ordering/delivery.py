"""Whether a restaurant delivers there, for that much, and at what fee."""

from __future__ import annotations

from phone_agent.ordering.errors import NotDelivered
from phone_agent.ordering.menu import Restaurant
from phone_agent.ordering.sentences_terms import TermSentence
from phone_agent.ordering.terms import DeliveryTerms
from phone_agent.ordering.wishes import Fulfilment

LENGTH_OF_ZIP_CODE = 5


def refuse_unless_delivered(fulfilment: Fulfilment, restaurant: Restaurant) -> None:
    """Raises NotDelivered, also where the address is not complete: then it asks for what is missing."""
    if fulfilment.kind == "pickup":
        return
    terms = terms_of(restaurant)
    zip_code = _five_digits(fulfilment.zip_code)
    if len(zip_code) == LENGTH_OF_ZIP_CODE and zip_code not in terms.zip_codes:
        raise NotDelivered(TermSentence.OUT_OF_ZONE.words(restaurant=restaurant.name))
    refuse_unless_complete(fulfilment)


def refuse_unless_complete(fulfilment: Fulfilment) -> None:
    """Raises NotDelivered with the question for what is missing."""
    if not fulfilment.street:
        raise NotDelivered(TermSentence.WHICH_STREET.words())
    if len(_five_digits(fulfilment.zip_code)) != LENGTH_OF_ZIP_CODE:
        raise NotDelivered(TermSentence.WHICH_ZIP_CODE.words())


def terms_of(restaurant: Restaurant) -> DeliveryTerms:
    if restaurant.delivery is None:
        raise NotDelivered(TermSentence.NO_DELIVERY.words(restaurant=restaurant.name))
    return restaurant.delivery


def missing_cents(fulfilment: Fulfilment, restaurant: Restaurant, subtotal_cents: int) -> int:
    """What the dishes must cost more before they are delivered."""
    if fulfilment.kind == "pickup":
        return 0
    return max(0, terms_of(restaurant).minimum_cents - subtotal_cents)


def fees_cents(fulfilment: Fulfilment, restaurant: Restaurant) -> int:
    return 0 if fulfilment.kind == "pickup" else terms_of(restaurant).fee_cents


def road_minutes(fulfilment: Fulfilment, restaurant: Restaurant) -> int:
    return 0 if fulfilment.kind == "pickup" else terms_of(restaurant).minutes


def _five_digits(zip_code: str) -> str:
    """Of "32801-1234" too; of what is no zip code, whatever was said of it."""
    digits = "".join(letter for letter in zip_code if letter.isdigit())
    return digits[:5] if len(digits) in (5, 9) else digits
