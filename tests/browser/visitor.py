"""A visitor: Debian's Chromium on the page of a real house, its microphone fed with speech."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, async_playwright, expect

from phone_agent.rehearsal.sound import RATE, write_wav
from phone_agent.rehearsal.speech_of_caller import speak
from tests.browser.house import House

ANSWER_MS = 15_000
"""How long an answer of the agent may take on a busy machine."""
SILENCE = ((1.0, ""),)


@dataclass
class Visitor:
    page: Page
    context: BrowserContext
    browser: Browser
    url: str
    since: datetime
    errors: list[str] = field(default_factory=list)
    """What the browser's console called an error, and what no part of the page has caught."""

    async def tab(self) -> Visitor:
        """One more, in the same window."""
        page = await self.context.new_page()
        return Visitor(page, self.context, self.browser, self.url, self.since, _errors_of(page))

    async def visit(self, query: str = "") -> None:
        await self.page.goto(f"{self.url}/{query}")

    async def call(self, name: str = "", patience_ms: int = ANSWER_MS) -> None:
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_role("button", name="Call", exact=True).click()
        await self.is_connected(patience_ms)

    async def write(self, name: str = "") -> None:
        await self.page.get_by_label("Your name").fill(name)
        await self.page.get_by_role("button", name="Type instead").click()
        await self.is_connected()

    async def is_connected(self, patience_ms: int = ANSWER_MS) -> None:
        await expect(self.page.locator(".connection.connected")).to_be_visible(timeout=patience_ms)
        await expect(self.said_by("agent").first).to_be_visible(timeout=patience_ms)

    async def type(self, text: str) -> None:
        box = self.page.get_by_label("Type to the agent")
        await box.fill(text)
        await box.press("Enter")

    async def sees(self, *texts: str, in_card: str) -> None:
        for text in texts:
            await expect(self.card(in_card)).to_contain_text(text, timeout=ANSWER_MS)

    async def hears(self, text: str) -> None:
        """The agent's words, as the page writes them down."""
        await expect(self.said_by("agent").filter(has_text=text).first).to_be_visible(timeout=ANSWER_MS)

    def card(self, name: str) -> Locator:
        return self.page.locator(f".card.{name}")

    def said_by(self, who: str) -> Locator:
        return self.page.locator(f".said.{who}")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


@asynccontextmanager
async def visitor(
    house: House,
    *,
    microphone: Path | None = None,
    refuses: bool = False,
    dark: bool = False,
    size: tuple[int, int] = (1280, 860),
) -> AsyncIterator[Visitor]:
    """`refuses`: the visitor does not give the microphone."""
    arguments = ["--autoplay-policy=no-user-gesture-required", "--no-sandbox"]
    arguments += ["--deny-permission-prompts" if refuses else "--use-fake-ui-for-media-stream"]
    arguments += ["--use-fake-device-for-media-stream"]
    if microphone is not None:
        arguments.append(f"--use-file-for-fake-audio-capture={microphone}%noloop")
    async with async_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = await playwright.chromium.launch(executable_path=chromium, args=arguments)
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
        )
        page = await context.new_page()
        try:
            yield Visitor(page, context, browser, house.web_url, datetime.now(UTC), _errors_of(page))
        finally:
            await browser.close()


def _errors_of(page: Page) -> list[str]:
    errors: list[str] = []
    page.on("console", lambda message: _note(errors, message))
    page.on("pageerror", lambda error: errors.append(str(error)))
    return errors


def _note(errors: list[str], message: ConsoleMessage) -> None:
    if message.type == "error":
        errors.append(f"{message.text} ({message.location.get('url', '')})")


async def speech(folder: Path, said: Sequence[tuple[float, str]]) -> Path:
    """One recording: each text after so many seconds of silence; then silence, as a person waits."""
    pieces = []
    for pause, text in said:
        pieces.append(np.zeros(int(pause * RATE), dtype="<i2").tobytes())
        if text:
            pieces.append(_samples(await speak(text)))
    path = folder / "microphone.wav"
    write_wav(path, b"".join([*pieces, np.zeros(60 * RATE, dtype="<i2").tobytes()]))
    return path


def _samples(path: Path) -> bytes:
    return path.read_bytes()[44:]
