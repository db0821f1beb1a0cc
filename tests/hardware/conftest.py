"""What several printers share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of CUPS's `lp`; it keeps what it is given."""
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir()
    lines = ("#!/bin/sh", f'echo "$@" > {tmp_path}/asked', f"cat > {tmp_path}/printed", '[ "$3" != broken ]')
    program.write_text("\n".join(lines), "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return tmp_path
