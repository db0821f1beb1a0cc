"""What several printers share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hardware.printers import put_program


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in the place of CUPS's `lp`; it keeps what it is given."""
    program = tmp_path / "bin" / "lp"
    program.parent.mkdir()
    put_program(program, f'echo "$@" > {tmp_path}/asked', f"cat > {tmp_path}/printed", '[ "$3" != broken ]')
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return tmp_path
