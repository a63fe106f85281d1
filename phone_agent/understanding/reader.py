"""Reads dishes, quantities, options and notes from left to right."""

from __future__ import annotations

from collections.abc import Sequence

from phone_agent.ordering.menu import MenuItem, Modifier
from phone_agent.ordering.selection import OptionRequest
from phone_agent.understanding.context import Context
from phone_agent.understanding.lexicon import Found, modifiers_of
from phone_agent.understanding.numbers import count_at, number_at
from phone_agent.understanding.phrase_index import tail_at
from phone_agent.understanding.phrases import CONNECTORS
from phone_agent.understanding.reader_options import OptionReader
from phone_agent.understanding.reader_words import NOISE, NOTES
from phone_agent.understanding.reading import Draft, Reading
from phone_agent.understanding.references import reference_at
from phone_agent.understanding.tokens import Words


class Reader(OptionReader):
    """One stretch of words, read once."""

    def __init__(self, words: Words, context: Context) -> None:
        super().__init__(words, context)
        self._steps = (
            self._side, self._note, self._target, self._amount, self._restaurant, self._reference, self._skip,
            self._trailing, self._split, self._dish_or_modifier, self._counts, self._name_of_person,
        )  # fmt: skip

    def read(self) -> Reading:
        while self.at < len(self.words):
            self._begun_at = self.at
            if not any(step() for step in self._steps):
                self._unknown()
        reading = self.reading
        reading.drafts = _without_parts(reading.drafts)
        reading.options = [*self._pending, *reading.options]
        reading.count = self._count if self._is_counted else None
        return reading

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

    def _target(self) -> bool:
        """ "on the pizza": the line that the options before it are for; of several the one that was spoken of last."""
        if self._word() not in ("on", "to", "onto", "for", "in", "from", "off") or self._current is not None:
            return False
        start = self.at + 1 + (self._word(1) in ("the", "my", "that", "both", "our"))
        found = self.lexicon.dish_at(self.words, start)
        if found is None:
            return False
        fitting = [index for index, line in enumerate(self.context.lines) if line.item in found.values]
        if not fitting:
            return False
        self.reading.line = self.context.last_line if self.context.last_line in fitting else fitting[0]
        self.at = found.end
        return True

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
        said = self.words[self.at : count.end]
        self.reading.adds = said[-1] in ("more", "another")
        self._count, self._is_counted, self._is_definite = count.value, count.is_said, count.is_definite
        self.at = self._counted_to = count.end
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
        """ "three pad thai, one with chicken and one cut in half": each "one" is a line of its own."""
        found = number_at(self.words, self.at)
        current = self._current
        if found is None or current is None or current.is_reference or not current.is_counted:
            return False
        if not self._says_how(found[1]):
            return False
        whole = current.apart_of or current
        apart = Draft(whole.candidates, whole.words, apart_of=whole)
        self._count = None
        self._begin(apart)
        apart.quantity, apart.is_counted, apart.is_definite = found[0], True, whole.is_definite
        apart.options[:0], apart.notes[:0] = whole.options, whole.notes
        self.at = found[1]
        return True

    def _says_how(self, at: int) -> bool:
        """What follows is said of a dish, and is none."""
        if self.words[at : at + 1] and self.words[at] in ("with", "without", "no", "extra"):
            return True
        if any(self.words[at : at + len(note)] == note for note in NOTES):
            return True
        item = self._item()
        is_modifier = item is not None and modifiers_of(item).at(self.words, at) is not None
        return is_modifier and not self._dish_follows(at)

    def _dish_or_modifier(self) -> bool:
        dish = self.lexicon.dish_at(self.words, self.at)
        own = self._own_modifier()
        if own is not None and self._prefers(own, dish):
            self._option(own, self._carried_amount())
            return True
        other = self.lexicon.modifiers.at(self.words, self.at)
        if other is not None and self._is_rather(other, dish):
            self._option(other, self._carried_amount())
            return True
        if dish is None:
            return False
        words = " ".join(self.words[self.at : dish.end])
        self.at = dish.end
        self._begin(Draft(dish.values, words, is_whole=dish.is_whole))
        return True

    def _is_rather(self, other: Found[Modifier], dish: Found[MenuItem] | None) -> bool:
        """A modifier of some dish, rather than the name of one."""
        if dish is None or other.end > dish.end:
            return True
        return not dish.is_whole and self._dish_follows(other.end)

    def _own_modifier(self) -> Found[Modifier] | None:
        item = self._item()
        return modifiers_of(item).at(self.words, self.at) if item is not None else None

    def _prefers(self, own: Found[Modifier], dish: Found[MenuItem] | None) -> bool:
        """A modifier of the dish being read, rather than a new dish."""
        if self._current is None and self._dish_follows(own.end):
            return False
        if dish is None:
            return True
        return own.end >= dish.end and (self._after_with or not dish.is_whole or self._current is None)

    def _begin(self, draft: Draft) -> None:
        if self._count is not None:
            draft.quantity, draft.is_counted = self._count, self._is_counted
            draft.is_definite = draft.is_definite or self._is_definite
        draft.options.extend(self._named(option, draft) for option in self._pending)
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


def _without_parts(drafts: Sequence[Draft]) -> list[Draft]:
    """Of three, one with bacon, two are left."""
    left: list[Draft] = []
    for draft in drafts:
        apart = sum(part.quantity for part in drafts if part.apart_of is draft)
        if apart < draft.quantity:
            draft.quantity -= apart
            left.append(draft)
    return left


def read(words: Words, context: Context) -> Reading:
    return Reader(words, context).read()
