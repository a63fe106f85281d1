"""Where a call stands: who calls, the cart, the quote, the order, and what was said of them last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from phone_agent.order_pad.browsing import Browsing, Found, restaurants_near
from phone_agent.order_pad.caller_voice import CallerVoice
from phone_agent.order_pad.desk import Attempt, Desk
from phone_agent.order_pad.known import Known
from phone_agent.order_pad.taken import utc_now
from phone_agent.ordering.cart import Cart
from phone_agent.ordering.keypad_walk import Walk
from phone_agent.ordering.language import ENGLISH, Language, Tongue
from phone_agent.ordering.menu import Menu, MenuItem, Restaurant
from phone_agent.ordering.order import Order, Quote
from phone_agent.ordering.selection import ItemRequest, OpenQuestion
from phone_agent.ordering.translations import names_in
from phone_agent.ordering.wishes import NO_WISHES
from phone_agent.ordering.wording_screen import words_for_shown_menu
from phone_agent.report.journal import Journal
from phone_agent.store.protocol import Store
from phone_agent.store.records import CallRecord, Profile
from phone_agent.understanding.abroad import answer_in_language
from phone_agent.understanding.answer import Answer, answer_in

WATCHED = frozenset({"profile", "cart", "quote", "quote_is_open", "order", "found", "wishes"})
"""What a screen shows of a call."""


class CallState:
    watchers: tuple[Callable[[], None], ...] = ()
    """Told of every change of what is watched, whoever makes it; they must return at once."""
    page_address = ""
    """Where callers reach the page; empty: they cannot."""
    screen_code = ""
    """By which a second screen finds this call; empty: nobody has asked for one."""
    has_second_screen = False
    """A page beside the telephone shows this call."""
    found: Found | None = None
    """What was looked up last."""
    shown: tuple[MenuItem, ...] = ()
    """The dishes that the agent named last, in that order."""
    open_questions: tuple[OpenQuestion, ...] = ()
    """What was asked back about dishes of one sentence; the first is the one the caller heard."""
    last_line_id: str | None = None
    """The line that was added or changed last: what "it" and "that" mean."""
    elsewhere: tuple[ItemRequest, ...] = ()
    """Dishes of another restaurant, for which the caller was asked whether to start over."""
    last_said = ""
    sentences_to_say = 0
    """How many of the agent's own sentences are being said or wait for their turn."""
    order_number_said = ""
    is_hanging_up = False
    is_handing_over = False
    """One agent is handing the call to another; nothing can be said for that moment."""
    keypad_walk: Walk | None = None
    """Where the caller is in the menu by keypad; None where that is not open."""
    languages: tuple[Language, ...] = (ENGLISH,)
    """What it may be held in."""
    understood: frozenset[str] | None = None
    """Codes of the languages in which the caller can speak; None: any. In others there is the keypad."""
    is_unheard = False
    """Nobody recognises what the caller says."""
    desk: Desk | None = None
    """Where staff can be rung; None where they cannot."""
    attempts: tuple[Attempt, ...] = ()
    """To get a person to the phone."""

    wishes = NO_WISHES
    """What was asked for beside dishes."""
    quote: Quote | None = None
    quote_is_open = False
    """From the first audio of the read-back until the quote is placed or voided."""
    read_back_ended_at: datetime | None = None
    """When the read-back's last word was heard: a spoken yes counts only from a turn begun after it."""
    is_reading_back = False
    """The dishes of the read-back are being said, and the total is still to come."""
    order: Order | None = None
    """The order placed last in this call."""
    order_number_to_say = 0
    """How many times the sentence with the order number is still being said or queued."""
    ended_because = ""

    def __init__(
        self,
        record: CallRecord,
        profile: Profile,
        store: Store,
        menu: Menu,
        *,
        keypad_only: bool = False,
        clock: Callable[[], datetime] = utc_now,
        tongue: Tongue | None = None,
    ) -> None:
        self.record = record
        self.profile = profile
        self.store = store
        self.menu = menu
        self.keypad_only = keypad_only
        self.cart = Cart(id=str(uuid4()))
        self.known = Known()
        """What is known of the caller from earlier, and what was asked of them."""
        self._clock = clock
        self.journal = Journal(record.started_at, is_phone=record.channel == "phone")
        """For the report at the call's end."""
        self.voice = CallerVoice()
        self._browsing = Browsing(menu)
        self.tongue = tongue or Tongue()
        self.can_be_rung: Callable[[datetime, str], bool] = lambda at, timezone: False
        """Whether the caller may be rung then, which is when the order is ready, at a place with that time zone."""
        self.is_holding: Callable[[], bool] = lambda: False
        """Whether what is heard now is only a phrase that holds the line until a voice speaks."""
        self.on_language: Callable[[Language], None] = lambda language: None
        """The voice's, which has to change too."""

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if name in WATCHED:
            for tell in self.watchers:
                tell()

    def speak(self, language: Language) -> None:
        self.tongue.speak(language, names_in(self.menu, language.code))
        self.on_language(language)

    @property
    def needs_keys(self) -> bool:
        return self.is_unheard or not self.can_be_spoken_to

    @property
    def can_be_spoken_to(self) -> bool:
        return self.understood is None or self.tongue.language.code in self.understood

    @property
    def now(self) -> datetime:
        return self._clock()

    def note_event(self, kind: str, detail: str = "") -> None:
        """For the call's report: what happened, with nothing in it that the caller said."""
        self.journal.note(self.now, kind, detail)

    @property
    def wanted_at(self) -> datetime:
        """When the food is wanted, as far as that was said."""
        return self.wishes.fulfilment.requested_at or self.now

    @property
    def has_screen(self) -> bool:
        """What is said can be shorter then: the rest can be read."""
        return self.record.channel == "page" or self.has_second_screen

    @property
    def is_order_placed(self) -> bool:
        """An order was placed and nothing has been asked for since."""
        return self.order is not None and self.cart.is_empty

    @property
    def nearby(self) -> tuple[Restaurant, ...]:
        """The restaurants of the caller's delivery area; all where it is not known."""
        return restaurants_near(self.menu, self.profile.city)

    @property
    def restaurant(self) -> Restaurant | None:
        """The one that is ordered from; None: not chosen yet."""
        if self.cart.restaurant_id is not None:
            return self.menu.restaurant(self.cart.restaurant_id)
        return self.menu.restaurants[0] if len(self.menu.restaurants) == 1 else None

    @property
    def is_with_staff(self) -> bool:
        """They are being rung, or talk with the caller: the agent keeps still."""
        return self.desk is not None and self.desk.is_busy

    @property
    def has_open_quote(self) -> bool:
        return self.quote is not None and self.quote_is_open and self.quote.is_valid_at(self.now)

    @property
    def has_lapsed_quote(self) -> bool:
        """It was read back, and its time has run out since."""
        return self.quote is not None and self.quote_is_open and not self.quote.is_valid_at(self.now)

    @property
    def open_question(self) -> OpenQuestion | None:
        return self.open_questions[0] if self.open_questions else None

    def answer_to_read_back(self, words: str) -> Answer | None:
        """The one judge of a yes or no: of the agents, and of the tool that places the order."""
        language = self.tongue.language
        return answer_in(words) if language is ENGLISH else answer_in_language(words, language)

    def open_quote(self, quote: Quote) -> None:
        """At the first audio of its read-back. An older quote does not open again."""
        if self.quote is quote:
            self.quote_is_open = True

    def void_quote(self) -> None:
        self.quote = None
        self.quote_is_open = False
        self.read_back_ended_at = None

    def browse(self, restaurant: str, section: str) -> str:
        """Slugs or "all"; where the caller named no restaurant, the one of the order."""
        ordered_from = (self.restaurant,) if self.restaurant else self.nearby
        page = self._browsing.page(restaurant, section, ordered_from)
        self.shown = page.shown or self.shown
        self.found = page.found or self.found
        if self.has_screen and page.found is not None and page.found.menu_of is not None:
            return words_for_shown_menu(page.found.menu_of, page.found.sections)
        return page.words
