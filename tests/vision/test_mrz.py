"""The lines on a card's back, found in photographs and read until their check digits hold."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hardware.sim.desk.studio import Studio
from kiosk.domain.citizen_mrz import read_card_back
from kiosk.domain.identity import CitizenCard
from kiosk.domain.text import UnreadableCode
from kiosk.rehearsal import GUARDIAN, guardian_lines
from kiosk.vision.mrz import CannotRead, read_lines
from kiosk.vision.tesseract import recognise
from tests.conftest import ROOT
from tests.scenes.backs import BASE, GRID, TODAY, Back, Strain, shoot

PATIENT_MS = 30_000  # on a busy machine; how fast it is, tests/bench/mrz.py says


def accept(text: str) -> CitizenCard | None:
    try:
        return read_card_back(text, TODAY)
    except UnreadableCode:
        return None


def photographed(strain: Strain, seed: int = 5) -> Back:
    return shoot(strain, np.random.default_rng(seed))


@pytest.mark.parametrize(
    "strain",
    [
        pytest.param(BASE, id="as it should be"),
        pytest.param(replace(BASE, turn=12), id="turned"),
        pytest.param(replace(BASE, turn=180), id="upside down"),
        pytest.param(replace(BASE, mono=False), id="another typeface"),
        pytest.param(GRID["4K, card 2400 px"], id="a larger frame"),
        pytest.param(GRID["card 560 px"], id="far away"),
        pytest.param(GRID["all of it"], id="blurred, dim, noisy"),
    ],
)
def test_a_card_is_read_however_it_was_photographed(strain):
    back = photographed(strain)
    card = read_lines(back.image, accept, PATIENT_MS)
    assert card is not None
    assert card.personal_id.digits == back.personal_id
    assert (card.date_of_birth.iso(), card.sex) == (back.born, back.sex)
    assert card.expires_on is not None
    assert card.expires_on.iso() == back.ends


def test_the_card_on_the_make_believe_desk_is_read():
    studio = Studio(ROOT / "static/fonts", (1920, 1080), seed=7, fps=4)
    reel = studio.citizen_card_back(guardian_lines())
    card = read_lines(_decoded(reel[len(reel) // 2]), accept, PATIENT_MS)
    assert card is not None
    assert (card.personal_id, card.sex) == (GUARDIAN.personal_id, GUARDIAN.sex)
    assert card.date_of_birth == GUARDIAN.date_of_birth
    assert card.full_name == "TRAN THI BINH"


def test_a_grey_picture_will_do():
    assert read_lines(photographed(BASE).image[:, :, 0], accept, PATIENT_MS)


@pytest.mark.parametrize("grey", [0, 90, 255])
def test_where_nothing_lies_nothing_is_read(grey):
    assert read_lines(np.full((1080, 1920, 3), grey, np.uint8), accept) is None


def test_what_is_never_accepted_ends_with_the_budget():
    asked: list[str] = []
    back = photographed(BASE)
    assert read_lines(back.image, asked.append, budget_ms=0) is None
    assert asked == []
    assert read_lines(back.image, asked.append, budget_ms=2500) is None
    assert asked


def test_without_tesseract_it_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRead, match="not installed"):
        recognise(np.zeros((10, 10), np.uint8), (), seconds=1)


def test_a_call_may_not_outlast_its_time(monkeypatch, tmp_path):
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec /bin/sleep 5\n")
    slow.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRead, match=r"0\.1 s"):
        recognise(np.zeros((10, 10), np.uint8), (), seconds=0.1)


_READ_ONE = """
import sys, cv2
from kiosk.vision.mrz import read_lines
print(read_lines(cv2.imread(sys.argv[1]), lambda text: len(text) or None, 30_000))
"""


def test_nothing_is_written_beside_the_picture(tmp_path):
    """In a process whose folder for temporary files is one that we look into."""
    import cv2

    photo, temporary = tmp_path / "back.jpg", tmp_path / "temporary"
    temporary.mkdir(mode=0o500)
    cv2.imwrite(str(photo), photographed(BASE).image)
    before = temporary.stat().st_mtime_ns
    here = {"TMPDIR": str(temporary), "TEMP": str(temporary), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _READ_ONE, str(photo)],
        cwd=tmp_path,
        env=os.environ | here,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(done.stdout) > 0
    assert done.stderr == ""
    assert temporary.stat().st_mtime_ns == before
    assert sorted(each.name for each in Path(tmp_path).iterdir()) == ["back.jpg", "temporary"]


def _decoded(jpeg: bytes) -> np.ndarray:
    import cv2

    return cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
