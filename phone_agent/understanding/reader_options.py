"""Reads options and notes: what belongs to a dish that was named, or will be."""

from __future__ import annotations

from dataclasses import replace

from phone_agent.ordering.cart import Amount
from phone_agent.ordering.menu import MenuItem, Modifier
from phone_agent.ordering.selection import OptionRequest
from phone_agent.understanding.context import Context
from phone_agent.understanding.lexicon import Found, modifiers_of
from phone_agent.understanding.numbers import count_at
from phone_agent.understanding.phrase_index import tail_at
from phone_agent.understanding.phrases import CONNECTORS
from phone_agent.understanding.reader_words import AMOUNTS, NOISE, NOTES, SIDE
from phone_agent.understanding.reading import Draft, Reading, narrowed
from phone_agent.understanding.tokens import Words


class OptionReader:
    """The state of a reading, and its steps that take options."""

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
        self._begun_at = 0
        """Where this step began."""
        self._counted_to = -1
        """The position after the number that was read last."""
        self._after_with = False
        self._carried: Amount = "regular"
        self._pending: list[OptionRequest] = []
        self._last_option: tuple[list[OptionRequest], OptionRequest] | None = None

    def _word(self, ahead: int = 0) -> str:
        return self.words[self.at + ahead] if self.at + ahead < len(self.words) else ""

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
            self.at = start
            self._option(found, amount)
            self._carried = amount if amount == "no" else "regular"
            return True
        dish = self.lexicon.dish_at(self.words, start)
        if (dish is not None and (dish.is_whole or amount != "no")) or count_at(self.words, start) is not None:
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
        return self.context.lines[last].item if last is not None else None

    def _options(self) -> list[OptionRequest]:
        return self._current.options if self._current is not None else self.reading.options

    def _take(self, options: list[OptionRequest], option: OptionRequest) -> None:
        options.append(option)
        self._last_option = (options, option)
        self._count = None

    def _option(self, found: Found[Modifier], amount: Amount) -> None:
        item = self._item()
        is_own = (
            item is not None and self._current is not None and modifiers_of(item).at(self.words, self.at) is not None
        )
        labels = {modifier.label for modifier in found.values}
        said = " ".join(self.words[self.at : found.end])
        count = self._count if self._counted_to == self._begun_at and self._is_counted_by(found, amount) else None
        option = OptionRequest(found.values[0].label if len(labels) == 1 else said, amount, count)
        self.at = found.end
        if (not is_own or self._is_between) and self._dish_follows(self.at):
            self._pending.append(replace(option, name=said, count=None))
            return
        self._take(self._options(), option)

    def _is_counted_by(self, found: Found[Modifier], amount: Amount) -> bool:
        """ "two shots", "double the cheese, two olives"; not "two large" or "two mild"."""
        if amount == "no" or not (self._is_counted or self.reading.adds):
            return False
        item = self._item()
        groups = [group for group in item.option_groups if {*group.modifiers} & {*found.values}] if item else []
        if any(group.role in ("size", "part") for group in groups):
            return False
        is_for_one = self._count == 1 and not self.reading.adds
        return any(m.most > 1 for m in found.values) or (not is_for_one and any(group.max > 1 for group in groups))

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

    def _carried_amount(self) -> Amount:
        """ "no onions or cheese": the second has the first one's amount."""
        joint = self.words[self.at - 1] if self.at else ""
        return self._carried if joint in ("or", "nor") else "regular"

    def _named(self, option: OptionRequest, draft: Draft) -> OptionRequest:
        """The dish's own name for what was said before it: "small" or "double cheese" may mean several things."""
        found = narrowed(draft, self.context)
        if len(found) != 1:
            return option
        words = tuple(option.name.split())
        own, amount = modifiers_of(found[0]).at(words, 0), AMOUNTS.get(words[:1])
        if own is None and amount is not None:
            own, option = modifiers_of(found[0]).at(words, 1), replace(option, amount=amount)
        return replace(option, name=own.values[0].label) if own is not None else replace(option, name=" ".join(words))
