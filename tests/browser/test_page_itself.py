"""The page's own checks: fresh types, TypeScript, its linter and its tests; and that what is built is light."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.program

BUILD_PAGE = Path(__file__).resolve().parents[2] / "scripts" / "build_page.py"


def npm(command: str) -> subprocess.CompletedProcess[str]:
    """With the Node.js that the page is built with."""
    return subprocess.run([sys.executable, BUILD_PAGE, command], capture_output=True, text=True, check=False)


def test_the_pages_types_style_and_own_tests_pass() -> None:
    done = npm("check")

    assert done.returncode == 0, done.stdout + done.stderr


def test_what_a_visitor_loads_is_as_light_as_was_promised() -> None:
    done = npm("sizes")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "first paint" in done.stdout
