"""Puts a call on its pages: cards, Confirm and Change, developers' data, and what pages ask for."""

from __future__ import annotations

from pydantic import ValidationError

from phone_agent.cards.approval import Approval
from phone_agent.cards.developer import DeveloperData
from phone_agent.cards.room import Pages
from phone_agent.cards.schema import DEVELOPER_DATA, SEND_CARDS, Accepted, DeveloperDataRequest
from phone_agent.cards.screens import Screens
from phone_agent.dtmf import Keypad
from phone_agent.line import Session
from phone_agent.settings import Settings

YES = Accepted(accepted=True, message="").model_dump_json()
NOT_HERE = Accepted(accepted=False, message="This restaurant does not show developers' data.").model_dump_json()
NOT_UNDERSTOOD = Accepted(accepted=False, message="That was not understood.").model_dump_json()


class Stage:
    def __init__(self, session: Session, pages: Pages, keypad: Keypad, settings: Settings) -> None:
        call = session.userdata
        self.screens = Screens(call, pages)
        self._approval = Approval(call, pages, lambda approved: keypad.answer(approved=approved))
        self._developer = DeveloperData(session, pages) if settings.developer_panel else None
        self._session = session
        self._pages = pages

    def watch(self) -> None:
        self.screens.watch()
        self._approval.watch()
        if self._developer is not None:
            self._developer.watch()
        self._pages.answer(SEND_CARDS, self._send_cards)
        self._pages.answer(DEVELOPER_DATA, self._switch_developer_data)
        self._session.on("close", lambda _: self._stop())

    async def _send_cards(self, identity: str, payload: str) -> str:
        self.screens.start_again(identity)
        self._approval.start_again(identity)
        return YES

    async def _switch_developer_data(self, identity: str, payload: str) -> str:
        if self._developer is None:
            return NOT_HERE
        try:
            wanted = DeveloperDataRequest.model_validate_json(payload)
        except ValidationError:
            return NOT_UNDERSTOOD
        self._developer.switch(identity, on=wanted.on)
        return YES

    def _stop(self) -> None:
        self.screens.stop()
        self._approval.stop()
        if self._developer is not None:
            self._developer.stop()
