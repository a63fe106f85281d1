"""PostgREST as it is asked without the service key."""

from __future__ import annotations

import httpx

from tests.postgrest.gateway import ANON_KEY
from tests.postgrest.project import Project


def ask(
    project: Project, method: str, path: str, bearer: str | None = None, *, key: str = ANON_KEY, json: object = None
) -> httpx.Response:
    """Without the service key: as a page does, or with `bearer` as somebody who has signed in."""
    headers = {"apikey": key, "Prefer": "return=representation"}
    if bearer or key == ANON_KEY:
        headers["Authorization"] = f"Bearer {bearer or ANON_KEY}"
    return httpx.request(method, f"{project.url}/rest/v1/{path}", headers=headers, json=json, verify=False)
