"""What `uv build` makes of a tree with a built page has that page in it."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]


@pytest.mark.program
def test_the_source_distribution_carries_the_built_page(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(REPO / "phone_agent", tree / "phone_agent", ignore=shutil.ignore_patterns("static", "__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(REPO / name, tree)
    static = tree / "phone_agent" / "web" / "static"
    static.mkdir()
    (static / "index.html").write_text("<!doctype html>")
    subprocess.run(["uv", "build", "--sdist", "--out-dir", tmp_path / "out"], cwd=tree, check=True, capture_output=True)
    with tarfile.open(next((tmp_path / "out").glob("*.tar.gz"))) as made:
        names = made.getnames()

    assert any(name.endswith("phone_agent/web/static/index.html") for name in names)
