"""An allergy, wherever in a sentence it is spoken of: the kitchen is told in any case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from phone_agent.understanding.about_caller import ALLERGIC, Tastes
from phone_agent.understanding.combine import SMALL_TALK, with_diet
from phone_agent.understanding.context import Context
from phone_agent.understanding.intents import (
    Allergy,
    AskDiet,
    ChangeItem,
    FindFood,
    FindRestaurants,
    Intent,
    Keep,
    NotInOrder,
    RemoveItem,
    ShowMenu,
    Unclear,
    Understood,
)  # fmt: skip
from phone_agent.understanding.numbers import number_at
from phone_agent.understanding.phrase_index import tail_at
from phone_agent.understanding.synonyms import ALLERGENS
from phone_agent.understanding.term_intents import DropAllergy, HandOver, TellAllergy, TellKitchen, UseCoupon
from phone_agent.understanding.tokens import Words, content_of, stem, stems, word_set, words_in

CELIAC = word_set("celiac celiacs coeliac coeliacs")
ENDS = word_set(
    """
    so is are what can but i do does which it she he we they that this be make no not without with because could would
    will must has have as at on in for there them you your my me to if when thanks thank though too very since due add
    give get please who how anything something them those these also just only disease
    """
)
BEFORE = ENDS | word_set(
    """
    a an the had got his her their our am being of from bad severe serious deadly terrible slight mild food foods any
    some about note known both tell kitchen someone somebody people person anyone anybody guests customers safe deal
    handle all more know never other little big huge seriously severely very add severe
    """
)
"""Words before "allergy" that do not say to what."""
AT_FIRST = word_set(
    "anything everything something food foods with containing that has contains all kinds types of any the a an some"
)
AVOIDING = word_set("no without avoid avoiding hold skip nothing not")
NOT_SO = word_set("no not never nobody without remove drop delete forget cancel")
STANDS_BETWEEN = word_set("a an any the my food known other have has got") | ALLERGENS
ASKING = word_set("what which do does can could any anything something options choices how")
DROPPING = word_set("remove delete drop cancel erase clear scratch forget")
OFF = word_set("off out away")
NOT_DROPPING = word_set("not never dont")
BEFORE_A_DROPPED = word_set("the my our his her their that this any about off out with of")
BESIDE_A_DROP = (NotInOrder, RemoveItem, TellAllergy, Unclear)
"""What the same words were taken for."""
LONGEST = 6
MOST_BEFORE = 3


def with_allergy(understood: Understood, utterance: str, context: Context) -> Understood:
    """What was understood, and that an allergy was told; a yes beside it is none."""
    words = content_of(words_in(utterance))
    dropped = _dropped(words)
    if dropped is not None:
        beside = tuple(intent for intent in understood.intents if not isinstance(intent, BESIDE_A_DROP))
        return Understood((*beside, DropAllergy(dropped)))
    told = allergy_said(words, context)
    if told is None:
        return _without_denial(understood, words)
    kept = with_diet([*understood.intents, TellAllergy(told)])
    others = [other for intent in kept for other in _beside(intent, words, context)]
    at = next((place for place, intent in enumerate(others) if isinstance(intent, TellAllergy)), len(others) - 1)
    told_once: list[Intent] = [intent for intent in others if not isinstance(intent, TellAllergy)]
    dish = _dish_in(words, context) if not told_once else None
    if dish is not None and not told:
        return Understood((Allergy(None, dish),))
    told_once += [Allergy(None, dish, is_told=True)] if dish is not None else []
    told_once.insert(min(at, _end_of(told_once)), TellAllergy(told))
    return Understood(tuple(told_once), understood.unmatched if len(told_once) > 1 else ())


def _dropped(words: Words) -> str | None:
    """ "Remove the allergy note", "take the nut allergy off": which one, empty where that is not said."""
    cue = next((at for at, word in enumerate(words) if word in ALLERGIC), None)
    if cue is None:
        return None
    verb = cue - 1
    while verb >= 0 and (words[verb] in BEFORE_A_DROPPED or stem(words[verb]) in ALLERGENS):
        verb -= 1
    is_verb = verb >= 0 and (words[verb] in DROPPING or (words[verb] == "take" and bool(OFF & set(words[verb:]))))
    if not is_verb or set(words[max(verb - 2, 0) : verb]) & NOT_DROPPING:
        return None
    return " ".join(word for word in words[verb + 1 : cue] if word not in BEFORE_A_DROPPED)


def _dish_in(words: Words, context: Context) -> str | None:
    """ "Any allergies in the green curry?": nothing else was understood of it."""
    found = (context.lexicon.dishes.at(words, at) for at in range(len(words)))
    return next((dish.values[0].name for dish in found if dish is not None), None)


def _without_denial(understood: Understood, words: Words) -> Understood:
    """ "We have no allergies" asks for nothing."""
    if not ALLERGIC & set(words):
        return understood
    kept = tuple(
        intent
        for intent in understood.intents
        if not isinstance(intent, TellAllergy | Unclear)
        and not (isinstance(intent, ChangeItem) and ALLERGIC & {*(intent.note or "").split()})
    )
    return Understood(kept or (Keep(),))


def allergy_said(words: Words, context: Context) -> str | None:
    """What the allergy is to, in the caller's words; empty where that is not said, None where none is spoken of."""
    cues = [at for at, word in enumerate(words) if word in ALLERGIC and not _is_denied(words, at)]
    if not cues:
        return None
    named = [said for at in cues if (said := _named_at(words, at, context))]
    return " and ".join(dict.fromkeys(named or [_avoided(words, context)]))


def _named_at(words: Words, at: int, context: Context) -> str:
    if words[at] in CELIAC:
        return "celiac"
    if words[at + 1 : at + 2] == ("to",):
        return " ".join(_after(words, at + 2, context))
    return " ".join(_before(words, at))


def _after(words: Words, start: int, context: Context) -> Words:
    at = start
    while at < len(words) and words[at] in AT_FIRST:
        at += 1
    end = at
    while end < len(words) and end - at < LONGEST and not _ends_at(words, end, context):
        end += 1
    while end > at and words[end - 1] in ("and", "or"):
        end -= 1
    return words[at:end]


def _ends_at(words: Words, at: int, context: Context) -> bool:
    dish = context.lexicon.dishes.at(words, at)
    is_ordered = words[at] in ("a", "an") or number_at(words, at) is not None or (dish is not None and dish.length > 1)
    return words[at] in ENDS or is_ordered or tail_at(words, at) is not None


def _before(words: Words, at: int) -> Words:
    start = at
    while start and at - start < MOST_BEFORE and _says_to_what(words, start - 1):
        start -= 1
    return words[start:at]


def _says_to_what(words: Words, at: int) -> bool:
    if words[at] in ("and", "or"):
        return at > 0 and stem(words[at - 1]) in ALLERGENS
    return words[at] not in BEFORE and words[at] not in ALLERGIC


def _avoided(words: Words, context: Context) -> str:
    """ "No peanuts, I'm allergic": what is left out, else what allergens are spoken of beside the dishes' names."""
    for at, word in enumerate(words):
        if word in AVOIDING:
            said = _after(words, at + 1, context)
            if said and not set(said) & ALLERGIC:
                return " ".join(said)
    return " and ".join(dict.fromkeys(_allergens(words, context)))


def _allergens(words: Words, context: Context) -> Iterator[str]:
    at = 0
    while at < len(words):
        dish, allergen = context.lexicon.dishes.at(words, at), context.lexicon.allergens.at(words, at)
        if dish is None and (allergen is not None or stem(words[at]) in ALLERGENS):
            yield " ".join(words[at : allergen.end if allergen else at + 1])
        at = dish.end if dish else allergen.end if allergen else at + 1


def _is_denied(words: Words, at: int) -> bool:
    """ "No allergies", "I'm not allergic to anything"; in "no, I have an allergy" somebody stands between."""
    at -= 1
    while at >= 0 and (words[at] in STANDS_BETWEEN or stem(words[at]) in ALLERGENS):
        at -= 1
    return at >= 0 and words[at] in NOT_SO


def _beside(intent: Intent, words: Words, context: Context) -> Sequence[Intent]:
    """What is left of an intent that was read without knowing of the allergy."""
    if isinstance(intent, (*SMALL_TALK, Tastes)):
        return ()
    match intent:
        case AskDiet(_, None) | ShowMenu() if words[0] not in ("is", "are") and not ASKING & set(words):
            return ()
        case FindRestaurants() if words[0] in AVOIDING:
            return ()
        case AskDiet(tag, str(dish)) if _is_of_allergens(tag, context):
            return (Allergy(None, dish, is_told=True),)
        case Allergy():
            return (replace(intent, is_told=True),)
        case TellKitchen(said):
            left = _without_allergy(tuple(said.split()), context)
            return (TellKitchen(left),) if left else ()
        case UseCoupon(said) | FindFood(said) if set(said.split()) & ALLERGIC:
            return ()
    return (intent,)


def _is_of_allergens(tag: str, context: Context) -> bool:
    return tag.endswith("free") or all(tag not in item.dietary_tags for item in context.menu.items)


def _without_allergy(words: Words, context: Context) -> str:
    """The rest of a note; empty where it is about the allergy from its first words on."""
    cue = next((at for at, word in enumerate(words) if word in ALLERGIC), None)
    if cue is None:
        return " ".join(words)
    halves = " ".join(words).split(" and ")
    return " and ".join(half for half in halves if not {*half.split()} & ALLERGIC and not _is_named(half, context))


def _is_named(half: str, context: Context) -> bool:
    """ "… and shellfish": the end of what is told already."""
    return all(word in ALLERGENS for word in stems(half.split()))


def _end_of(intents: Sequence[Intent]) -> int:
    """How it is handed over comes last: it may have to ask for the address."""
    return len(intents) - (1 if intents and isinstance(intents[-1], HandOver) else 0)
