"""`phone-agent messages`: what callers and other programs are told, or would be told if there were keys."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from phone_agent.messages.manners import held_back
from phone_agent.messages.sending import Sender, can_send, can_text, text_of
from phone_agent.messages.webhooks import TYPES
from phone_agent.settings import Settings
from phone_agent.store.open import run_with_store
from phone_agent.store.outbox import Matter, Outgoing
from phone_agent.store.protocol import Store

Limit = Annotated[int, typer.Option(min=1, help="How many, newest first.")]
NO_TWILIO = (
    "Texts are shown, not sent: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN or TWILIO_PHONE_NUMBER is not set, "
    "or PHONE_AGENT_TEXTS is off."
)
NO_WEBHOOK = "Webhooks are shown, not sent: PHONE_AGENT_WEBHOOK_URL is not set."
NOTHING_TO_SEND_WITH = "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or PHONE_AGENT_WEBHOOK_URL and its secret."

app = typer.Typer(help="Texts to callers and webhooks: what is sent, or would be.", invoke_without_command=True)


class MessagesError(ValueError):
    """What was asked for cannot be done, as a sentence."""


@app.callback()
def messages(context: typer.Context, limit: Limit = 20) -> None:
    """The newest messages, with their words and how far they have come."""
    if context.invoked_subcommand is None:
        _list(limit)


@app.command()
def send() -> None:
    """Send what is due, once; a worker does so by itself every few seconds."""
    settings = Settings.from_env(os.environ)
    if not can_send(settings):
        raise MessagesError(NOTHING_TO_SEND_WITH)
    tried = run_with_store(lambda store: Sender(store, settings, lambda: datetime.now(UTC)).send_due())
    Console().print(f"{tried} messages were tried.")


def _list(limit: int) -> None:
    settings = Settings.from_env(os.environ)

    async def work(store: Store) -> Sequence[tuple[Outgoing, Matter]]:
        return [(message, await store.load_matter(message)) for message in await store.find_outbox(limit=limit)]

    found = run_with_store(work)
    table = Table("When", "To", "State", "Message")
    for message, matter in found:
        table.add_row(*map(escape, _row(message, matter, settings)))
    screen = Console()
    screen.print(table if found else "Nothing is to be told.")
    for words in (NO_TWILIO if not can_text(settings) else "", NO_WEBHOOK if not settings.webhook_url else ""):
        if found and words:
            screen.print(words, soft_wrap=True)


def _row(message: Outgoing, matter: Matter, settings: Settings) -> tuple[str, str, str, str]:
    when = f"{message.created_at:%Y-%m-%d %H:%M} UTC"
    why = f" ({message.detail})" if message.detail else ""
    if message.channel == "webhook":
        number = f"#{matter.order.number:03} {matter.order.restaurant_name}" if matter.order else ""
        return when, "webhook", f"{message.state}{why}", f"{TYPES[message.kind]} {message.status} {number}"
    state = f"{message.state}{why}" if message.state != "queued" else _what_would_become(message, matter, settings)
    return when, matter.phone or "nobody", state, text_of(message, matter, settings)


def _what_would_become(message: Outgoing, matter: Matter, settings: Settings) -> str:
    held = held_back(message, matter, datetime.now(UTC), settings.quiet_hours)
    if held is None:
        return "queued"
    return f"waits: {held.detail}" if held.state == "queued" else f"not sent: {held.detail}"


KNOWN_ERRORS = (MessagesError,)
