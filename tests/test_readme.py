"""The README says what is true now."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.cli import COMMANDS
from sync.central.cli import main as central
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
ALLOWED = {
    *("kiosk", "templates", "static", "sync", "hardware", "tests", "docs"),
    *(
        "kiosk.toml",
        "README.md",
        "pyproject.toml",
        "Makefile",
        "LICENSE",
        "CHANGELOG.md",
        "SECURITY.md",
        ".ci",
        ".gitignore",
    ),
    *("requirements.lock", "requirements-dev.lock", "requirements-face.lock", "tools.in", "babel.cfg"),
}
"""What the owner fixed, and what tools and readers need."""


def test_every_folder_has_its_line_and_every_line_its_folder() -> None:
    listed = set(re.findall(r"^\| `(\w+)/` \|", README, flags=re.MULTILINE))
    there = {path.name for path in _tracked() if (ROOT / path).is_dir()} - {".ci"}
    assert listed == there


def test_the_top_level_holds_nothing_else() -> None:
    assert {path.name for path in _tracked()} <= ALLOWED


def test_every_command_that_is_named_exists() -> None:
    named = set(re.findall(r"`kiosk ([a-z-]+)", README))
    assert named <= set(COMMANDS), "README names a command that is not there"
    assert {"serve", "list", "keys", "open"} <= set(central.commands)


def test_every_picture_and_page_that_is_linked_exists() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_make_knows_every_target_that_is_named() -> None:
    pages = (README, *(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")))
    named = {target for page in pages for target in re.findall(r"`make ([a-z-]+)", page)}
    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    assert {"run", "test", "test-hardware"} <= named <= there


def _tracked() -> set[Path]:
    hidden = {".git", ".venv", ".demo"}
    return {
        path.relative_to(ROOT)
        for path in ROOT.iterdir()
        if path.name not in hidden and not path.name.endswith((".egg-info", "_cache"))
        if path.name not in {".hypothesis", "__pycache__", "messages.pot"}
    }
