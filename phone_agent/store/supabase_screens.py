"""Codes of second screens, on Supabase."""

from __future__ import annotations

from phone_agent.store import screen_rows
from phone_agent.store.records import CallRecord
from phone_agent.store.supabase_api import DataApi
from phone_agent.store.supabase_rows import as_rows


class SupabaseScreens:
    _api: DataApi

    async def open_screen(self, call_id: str, code: str) -> bool:
        return bool((await self._api.call("fc_open_screen", {"wanted": call_id, "code": code}))["opened"])

    async def find_call_by_screen_code(self, code: str) -> CallRecord | None:
        return screen_rows.only_one(as_rows((await self._api.call("fc_find_screen", {"code": code}))["calls"]))
