"""`kiosk read-code IMAGE`: the code, and the lines on the back where there is none."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
from click.testing import CliRunner

from hardware.sim.desk.cards import citizen_card_back
from kiosk.cli.read_code import read_code
from kiosk.domain.card_json import KEYS
from kiosk.rehearsal import GUARDIAN, guardian_lines
from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def run(*args: str | Path):
    return CliRunner().invoke(read_code, [str(each) for each in args], catch_exceptions=False)


@pytest.fixture
def back(tmp_path: Path) -> Path:
    """A picture of the back of the invented guardian's card."""
    table = np.full((1080, 1920, 3), 70, np.uint8)
    card = citizen_card_back(guardian_lines(), ROOT / "static/fonts", px_per_mm=14)
    table[150 : 150 + card.shape[0], 300 : 300 + card.shape[1]] = card
    return written(tmp_path / "back.png", table)


def written(path: Path, picture: np.ndarray) -> Path:
    cv2.imwrite(str(path), picture)
    return path


def test_the_back_of_a_card_gives_the_same_keys_as_its_code(back):
    result = run(back, "--json")
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert tuple(found) == ("image", *KEYS)
    assert (found["kind"], found["layout"]) == ("citizen-card", "td1")
    assert found["personal_id"] == GUARDIAN.personal_id.digits
    assert (found["date_of_birth"], found["sex"]) == (GUARDIAN.date_of_birth.iso(), "female")
    assert (found["full_name"], found["warnings"]) == ("TRAN THI BINH", ["name-without-marks"])
    assert (found["address"], found["issued_on"], found["valid_to"]) == (None, None, "2029-06-15")


def test_a_code_beside_the_lines_comes_first(back):
    picture = cv2.imread(str(back))
    buffer = BytesIO()
    segno.make(GUARDIAN.to_qr(), error="m", micro=False).save(buffer, kind="png", scale=4, border=4)
    code = cv2.imdecode(np.frombuffer(buffer.getvalue(), np.uint8), cv2.IMREAD_COLOR)
    picture[: code.shape[0], : code.shape[1]] = code
    found = json.loads(run(written(back, picture), "--json").stdout)
    assert (found["layout"], found["full_name"]) == ("cccd-7", GUARDIAN.full_name)


def test_a_picture_without_either_says_so_and_ends_with_one(tmp_path, back):
    empty = written(tmp_path / "empty.png", np.full((720, 1280, 3), 70, np.uint8))
    result = run(empty, back, tmp_path / "absent.png", "--json")
    first, second, third = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["error"]["code"], second["layout"], third["error"]["code"]) == (
        "no-code",
        "td1",
        "no-picture",
    )
    assert result.exit_code == 1


def test_without_tesseract_there_is_just_no_code(monkeypatch, back, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    result = run(back)
    assert result.exit_code == 1
    assert "[no-code]" in result.stdout
