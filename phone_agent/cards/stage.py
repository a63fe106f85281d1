"""Puts a call on its pages: cards, Confirm and Change, developers' data, and what pages ask for."""

from __future__ import annotations

from livekit import rtc
from pydantic import ValidationError

from phone_agent import line
from phone_agent.callers.page_visit import SECOND_SCREEN
from phone_agent.cards.approval import Approval
from phone_agent.cards.developer import DeveloperData
from phone_agent.cards.of_order import order_update_card
from phone_agent.cards.room import Pages, RoomPages
from phone_agent.cards.schema import (
    DEVELOPER_DATA,
    SEND_CARDS,
    SUBMIT_FORM,
    Accepted,
    DeveloperDataRequest,
    FormAnswer,
)
from phone_agent.cards.screens import Screens
from phone_agent.counter.caller_form import take_form
from phone_agent.dtmf import Keypad
from phone_agent.line import Session
from phone_agent.ordering.errors import OrderingError
from phone_agent.ordering.order import Order
from phone_agent.services.progress import Progress
from phone_agent.settings import Settings

YES = Accepted(accepted=True, message="").model_dump_json()
NO_DEVELOPERS = "This restaurant does not show developers' data."
NOT_HERE = "A second screen only shows and confirms: please say it on the telephone."
NOT_UNDERSTOOD = "That was not understood."


class Stage:
    def __init__(self, session: Session, pages: Pages, keypad: Keypad, settings: Settings) -> None:
        call = session.userdata
        self._call = call
        self._screens = Screens(call, pages)
        self._approval = Approval(call, pages, lambda quote, approved: keypad.answer(quote, approved=approved))
        self._developer = DeveloperData(session, pages) if settings.developer_panel else None
        self._session = session
        self._pages = pages

    def watch(self) -> None:
        self._screens.watch()
        self._approval.watch()
        if self._developer is not None:
            self._developer.watch()
        self._pages.answer(SEND_CARDS, self._send_cards)
        self._pages.answer(SUBMIT_FORM, self._submit_form)
        self._pages.answer(DEVELOPER_DATA, self._switch_developer_data)
        # What is known of the caller is not watched, and changes by what they say only.
        self._session.on("function_tools_executed", lambda _: self._screens.look())
        self._session.on("close", lambda _: self._stop())

    def tell(self, order: Order) -> None:
        """The kitchen has got on with it."""
        self._screens.tell(order_update_card(order, self._call.now))

    async def _send_cards(self, identity: str, payload: str) -> str:
        self._screens.start_again(identity)
        self._approval.start_again(identity)
        return YES

    async def _submit_form(self, identity: str, payload: str) -> str:
        if identity.startswith(SECOND_SCREEN):
            return _refused(NOT_HERE)
        try:
            answer = FormAnswer.model_validate_json(payload)
            words = await take_form(self._call, **dict(answer))
        except ValidationError:
            return _refused(NOT_UNDERSTOOD)
        except OrderingError as error:
            return _refused(str(error))
        if words:
            line.say(self._session, words)
        self._screens.look()
        return YES

    async def _switch_developer_data(self, identity: str, payload: str) -> str:
        if self._developer is None or identity.startswith(SECOND_SCREEN):
            return _refused(NO_DEVELOPERS)
        try:
            wanted = DeveloperDataRequest.model_validate_json(payload)
        except ValidationError:
            return _refused(NOT_UNDERSTOOD)
        self._developer.switch(identity, on=wanted.on)
        return YES

    def _stop(self) -> None:
        self._screens.stop()
        self._approval.stop()
        if self._developer is not None:
            self._developer.stop()


def _refused(why: str) -> str:
    return Accepted(accepted=False, message=why).model_dump_json()


def show_on_pages(
    room: rtc.Room, caller_identity: str, session: line.Session, keypad: Keypad, settings: Settings
) -> None:
    """On the caller's own page, or on second screens; what becomes of an order goes to them and is said."""
    stage = Stage(session, RoomPages(room, caller_identity), keypad, settings)
    stage.watch()
    Progress(session, stage.tell).watch()
