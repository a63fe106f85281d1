"""Reads dishes, quantities, options and notes from left to right."""

from __future__ import annotations

from phone_agent.ordering.cart import Amount
from phone_agent.ordering.menu import MenuItem, Modifier
from phone_agent.ordering.selection import OptionRequest
from phone_agent.understanding.context import Context
from phone_agent.understanding.lexicon import Found, modifiers_of
from phone_agent.understanding.numbers import count_at, number_at
from phone_agent.understanding.phrase_index import tail_at
from phone_agent.understanding.phrases import CONNECTORS
from phone_agent.understanding.reading import Draft, Reading, narrowed
from phone_agent.understanding.references import reference_at
from phone_agent.understanding.tokens import Words

AMOUNTS: dict[Words, Amount] = {
    ("no",): "no", ("without",): "no", ("hold", "the"): "no", ("hold",): "no", ("with", "no"): "no", ("minus",): "no",
    ("with", "out"): "no", ("not", "any"): "no", ("leave", "off"): "no", ("leave", "out"): "no", ("skip",): "no",
    ("extra",): "extra", ("more",): "extra", ("lots", "of"): "extra", ("a", "lot", "of"): "extra", ("plenty", "of"): "extra",
    ("additional",): "extra", ("loads", "of"): "extra", ("light",): "light", ("a", "little"): "light", ("less",): "light",
    ("easy", "on"): "light", ("easy",): "light", ("light", "on"): "light", ("a", "bit", "of"): "light", ("just", "a", "little"): "light",
    ("go", "easy", "on"): "light", ("go", "light", "on"): "light", ("little",): "light", ("double",): "double", ("twice",): "double",
}  # fmt: skip
NOTES: tuple[Words, ...] = (
    ("well", "done"), ("medium", "rare"), ("medium", "well"), ("cut", "in", "half"), ("extra", "crispy"), ("very", "hot"),
    ("in", "separate", "bags"), ("separately",), ("no", "utensils"), ("in", "a", "separate", "box"), ("on", "a", "separate", "plate"),
)  # fmt: skip
SIDE: Words = ("on", "the", "side")
NOISE = frozenset(
    "is be it's dish dishes one ones order of have get to me i like would you my the a an some any are them that this "
    "with it on in at can could do does will we us if so or for all please want need there by what not was kind only yes "
    "no go too but as out up let lets us make made be been am want version style type size flavor your he she his her they".split()
)


class Reader:
    """One stretch of words, read once."""

    def __init__(self, words: Words, context: Context) -> None:
        self.words = words
        self.context = context
        self.lexicon = context.lexicon
        self.reading = Reading()
        self.at = 0
        self._current: Draft | None = None
        self._count: int | None = None
        self._is_counted = False
        self._is_definite = False
        self._after_with = False
        self._carried: Amount = "regular"
        self._pending: list[OptionRequest] = []
        self._last_option: tuple[list[OptionRequest], OptionRequest] | None = None
        self._steps = (
            self._side, self._note, self._target, self._amount, self._restaurant, self._reference, self._skip, self._trailing,
            self._split, self._dish_or_modifier, self._counts, self._name_of_person,
        )  # fmt: skip

    def read(self) -> Reading:
        while self.at < len(self.words):
            if not any(step() for step in self._steps):
                self._unknown()
        reading = self.reading
        reading.options = [*self._pending, *reading.options]
        reading.count = self._count if self._is_counted else None
        return reading

    def _word(self, ahead: int = 0) -> str:
        return self.words[self.at + ahead] if self.at + ahead < len(self.words) else ""

    def _unknown(self) -> None:
        word = self._word()
        if word not in NOISE:
            self.reading.unknown.append(word)
        self._after_with = word == "with" or (self._after_with and word in NOISE)
        self.at += 1

    def _skip(self) -> bool:
        end = tail_at(self.words, self.at)
        if end is None and self._word() in CONNECTORS | {"or"}:
            end = self.at + 1
            if self._word() in ("also", "then", "plus"):
                self._after_with = False
        if end is None:
            return False
        self.at = end
        return True

    def _side(self) -> bool:
        """ "dressing on the side": a note, not an option."""
        if self.words[self.at : self.at + 3] != SIDE:
            return False
        self.at += 3
        if self._last_option is not None:
            options, option = self._last_option
            options.remove(option)
            self._note_list().append(f"{option.name} on the side")
            self._last_option = None
        elif self.reading.unknown:
            self._note_list().append(f"{self.reading.unknown.pop()} on the side")
        return True

    def _note(self) -> bool:
        for note in NOTES:
            if self.words[self.at : self.at + len(note)] == note:
                self._note_list().append(" ".join(note))
                self.at += len(note)
                return True
        return False

    def _note_list(self) -> list[str]:
        return self._current.notes if self._current is not None else self.reading.notes

    def _target(self) -> bool:
        """ "on the pizza": the line of the cart that the options before it are for."""
        if self._word() not in ("on", "to", "onto", "for", "in", "from", "off") or self._current is not None:
            return False
        start = self.at + 1 + (self._word(1) in ("the", "my", "that", "both", "our"))
        found = self.lexicon.dish_at(self.words, start)
        if found is None:
            return False
        for index, line in enumerate(self.context.lines):
            if line.item in found.values:
                self.reading.line = index
                self.at = found.end
                return True
        return False

    def _restaurant(self) -> bool:
        if self._word() not in ("from", "at"):
            return False
        start = self.at + 1 + (self._word(1) in ("the", "that"))
        found = self.lexicon.restaurants.at(self.words, start) or self.lexicon.restaurants.at(self.words, self.at + 1)
        if found is not None:
            self.reading.restaurant = found.values[0].name
            self.at = found.end
            return True
        if self._word() == "at" or tail_at(self.words, self.at) is not None:
            return False
        end = start
        while end < len(self.words) and self.words[end] not in CONNECTORS and tail_at(self.words, end) is None:
            end += 1
        self.reading.restaurant = " ".join(self.words[start:end])
        self.at = end
        return end > start

    def _reference(self) -> bool:
        found = reference_at(self.words, self.at, self.context)
        if found is None:
            return False
        self.at = found.end
        if found.options:
            self._take(self.reading.options, OptionRequest(found.options[0]))
            return True
        if not found.groups:
            self.reading.refers = True
            return True
        for candidates in found.groups:
            self._begin(Draft(candidates, found.words, is_reference=True, is_definite=True))
        return True

    def _counts(self) -> bool:
        count = count_at(self.words, self.at)
        if count is None:
            return False
        self._count, self._is_counted, self._is_definite = count.value, count.is_said, count.is_definite
        self.at = count.end
        return True

    def _trailing(self) -> bool:
        """ "pad thai times two", "two of them" after the dish."""
        if self._current is None or self._current.is_counted:
            return False
        is_times = self._word() in ("times", "x")
        found = number_at(self.words, self.at + is_times)
        if found is None:
            return False
        tail = tail_at(self.words, found[1])
        is_last = found[1] >= len(self.words) or (tail is not None and self.words[found[1]] == "of")
        if not (is_times or is_last):
            return False
        self._current.quantity, self._current.is_counted = found[0], True
        self.at = found[1] if is_times or tail is None else tail
        return True

    def _split(self) -> bool:
        """ "two pad thai, one with chicken and one with tofu": each "one" is a line of its own."""
        found = number_at(self.words, self.at)
        current = self._current
        if found is None or current is None or current.is_reference or not current.is_counted:
            return False
        following = self.words[found[1]] if found[1] < len(self.words) else ""
        item = self._item()
        is_modifier = item is not None and modifiers_of(item).at(self.words, found[1]) is not None
        if following not in ("with", "without", "no", "extra") and not (is_modifier and self._no_dish(found[1])):
            return False
        if current.options and not current.is_split or current.is_split:
            self._begin(Draft(current.candidates, current.words, is_split=True))
        current = self.reading.drafts[-1]
        current.quantity, current.is_counted, current.is_split = found[0], True, True
        self._current, self._count = current, None
        self.at = found[1]
        return True

    def _no_dish(self, position: int) -> bool:
        return not self._dish_follows(position)

    def _amount(self) -> bool:
        """ "no onions", "extra cheese", "easy on the salt"."""
        for length in (3, 2, 1):
            amount = AMOUNTS.get(self.words[self.at : self.at + length])
            if amount is not None and len(self.words) > self.at + length:
                break
        else:
            return False
        whole = self._modifier_at(self.at)
        if whole is not None and whole.end > self.at + length:
            return False
        start = self.at + length
        while start < len(self.words) - 1 and self.words[start] in ("any", "the", "of", "some"):
            start += 1
        return self._amount_of(amount, start)

    def _amount_of(self, amount: Amount, start: int) -> bool:
        found = self._modifier_at(start)
        if found is not None:
            self.at = found.end
            self._option(found, amount)
            self._carried = amount if self.words[start - 1] in ("without", "no") else "regular"
            return True
        if self.lexicon.dish_at(self.words, start) is not None or count_at(self.words, start) is not None:
            return False
        if tail_at(self.words, start) is not None or self.words[start] in NOISE | CONNECTORS:
            return False
        word = self.words[start]
        self.at = start + 1
        if amount == "no":
            self._note_list().append(f"no {word}")
        else:
            self._take(self._options(), OptionRequest(word, amount))
        return True

    def _modifier_at(self, start: int) -> Found[Modifier] | None:
        """Of the dish being read where it has it, else of any."""
        item = self._item()
        own = modifiers_of(item).at(self.words, start) if item is not None else None
        return own or self.lexicon.modifiers.at(self.words, start)

    def _item(self) -> MenuItem | None:
        """The dish being read, where there is only one that it can be; before any, the one changed last."""
        if self._current is not None:
            found = narrowed(self._current, self.context)
            return found[0] if len(found) == 1 else None
        if self.reading.line is not None:
            return self.context.lines[self.reading.line].item
        last = self.context.last_line
        return self.context.lines[last].item if last is not None and self._count is None else None

    def _options(self) -> list[OptionRequest]:
        return self._current.options if self._current is not None else self.reading.options

    def _take(self, options: list[OptionRequest], option: OptionRequest) -> None:
        options.append(option)
        self._last_option = (options, option)
        self._count = None

    def _option(self, found: Found[Modifier], amount: Amount) -> None:
        option = OptionRequest(found.values[0].label, amount)
        is_ahead = self._current is None or self._is_between
        if is_ahead and self._dish_follows(self.at):
            self._pending.append(option)
            return
        self._take(self._options(), option)

    @property
    def _is_between(self) -> bool:
        """A new dish has been begun: "and a large …"."""
        return self._count is not None

    def _dish_follows(self, position: int) -> bool:
        """A dish after any number of modifiers."""
        while position < len(self.words):
            found = self.lexicon.dish_at(self.words, position)
            modifier = self.lexicon.modifiers.at(self.words, position)
            if found is not None and (modifier is None or found.end > modifier.end or found.is_whole):
                return True
            if modifier is None:
                return False
            position = modifier.end
        return False

    def _dish_or_modifier(self) -> bool:
        dish = self.lexicon.dish_at(self.words, self.at)
        own = self._own_modifier()
        if own is not None and self._prefers(own, dish):
            self.at = own.end
            self._option(own, self._carried_amount())
            return True
        other = self.lexicon.modifiers.at(self.words, self.at)
        if other is not None and (dish is None or not dish.is_whole or other.end > dish.end):
            if dish is None or self._dish_follows(other.end) or other.end > dish.end:
                self.at = other.end
                self._option(other, self._carried_amount())
                return True
        if dish is None:
            return False
        words = " ".join(self.words[self.at : dish.end])
        self.at = dish.end
        self._begin(Draft(dish.values, words, is_whole=dish.is_whole))
        return True

    def _carried_amount(self) -> Amount:
        """ "no onions or cheese": the second has the first one's amount."""
        joint = self.words[self.at - 1] if self.at else ""
        return self._carried if joint in ("or", "nor") else "regular"

    def _own_modifier(self) -> Found[Modifier] | None:
        item = self._item()
        return modifiers_of(item).at(self.words, self.at) if item is not None else None

    def _prefers(self, own: Found[Modifier], dish: Found[MenuItem] | None) -> bool:
        """A modifier of the dish being read, rather than a new dish."""
        if dish is None:
            return True
        if self._current is None and self._dish_follows(own.end):
            return own.end >= dish.end
        return own.end >= dish.end and (self._after_with or not dish.is_whole or self._current is None)

    def _begin(self, draft: Draft) -> None:
        if self._count is not None:
            draft.quantity, draft.is_counted = self._count, self._is_counted
            draft.is_definite = draft.is_definite or self._is_definite
        draft.options.extend(self._pending)
        if not self.reading.drafts:
            draft.options.extend(self.reading.options)
            draft.notes.extend(self.reading.notes)
            self.reading.options, self.reading.notes = [], []
        self._pending, self._count, self._carried, self._after_with = [], None, "regular", False
        self._is_definite = self._is_counted = False
        self._last_option = None
        self._current = draft
        self.reading.drafts.append(draft)

    def _name_of_person(self) -> bool:
        """ "one pad thai for John"."""
        if self._word() != "for" or self._current is None or not self._word(1):
            return False
        if self.lexicon.dish_at(self.words, self.at + 1) or count_at(self.words, self.at + 1):
            return False
        self.at += 2
        return True


def read(words: Words, context: Context) -> Reading:
    return Reader(words, context).read()
