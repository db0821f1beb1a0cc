"""Our own decoder, part by part: the plan of a code, error correction, content, places."""

from __future__ import annotations

import numpy as np
import pytest
import segno

from kiosk.vision.budget import Budget, Costs
from kiosk.vision.qr_content import payload
from kiosk.vision.qr_finders import Finders
from kiosk.vision.qr_regions import dense_regions
from kiosk.vision.qr_sampling import Place, fitting_best, place_of_corners, settled
from kiosk.vision.qr_symbol import Format, symbol
from kiosk.vision.reed_solomon import corrected
from tests.scenes.cards import BHYT, CCCD
from tests.scenes.shots import BASE, GRID, shoot

TEXT = "Ấp 3, Xã Bà Điểm"


@pytest.mark.parametrize("version", [1, 2, 6, 7, 10, 14, 25, 40])
def test_the_plan_agrees_with_segno(version):
    plan = symbol(version)
    for error, mask in (("L", 0), ("M", 3), ("Q", 5), ("H", 7)):
        code = segno.make("1", version=version, error=error, mask=mask, boost_error=False)
        dark = np.array([list(row) for row in code.matrix]) == 1
        known = plan.fixed != 0
        assert ((plan.fixed > 0) == dark)[known].all()
        form = plan.formats[Format(error, mask)] > 0
        assert (form == dark[tuple(plan.format_places.T)]).all()
        assert payload(marks(code), plan) == b"1"


def test_known_gaps_cost_half_of_what_hidden_errors_cost():
    words, parity = code_block()
    assert same(corrected(words, parity, np.zeros(43, np.float32)), words)
    for hidden, gaps in ((8, 0), (6, 2), (4, 6), (0, 13)):
        spoilt, doubts = words.copy(), np.zeros(43, np.float32)
        spoilt[: hidden + gaps] ^= 0x5A
        doubts[hidden : hidden + gaps] = 1
        assert same(corrected(spoilt, parity, doubts), words)


def test_what_is_no_code_is_never_corrected_into_one():
    rng = np.random.default_rng(1)
    doubts = rng.random((200, 43)).astype(np.float32)
    words = rng.integers(0, 256, (200, 43), np.int32)
    assert not any(corrected(*each) is not None for each in zip(words, [16] * 200, doubts, strict=True))


def test_content_is_read_through_doubt_and_not_made_up():
    plan, clear = symbol(6), marks(segno.make(TEXT, version=6, error="m", boost_error=False))
    hidden = clear.copy()
    hidden[12:22, 14:28] = 0
    assert payload(hidden, plan) == TEXT.encode()
    hidden[9:32, 9:32] = 0
    assert payload(hidden, plan) is None
    assert payload(-clear, plan) is None


def test_a_place_settles_from_one_and_a_half_modules_and_one_version_off():
    shot = shoot(BHYT, BASE, np.random.default_rng(2))
    module = np.linalg.norm(shot.corners[1] - shot.corners[0]) / BHYT.modules
    for shift, version in ((1.2, 0), (-1.2, 4), (0.5, -4)):
        rough = place_of_corners(shot.corners + shift * module, BHYT.modules + version)
        place = settled(shot.image, rough)
        assert place is not None
        assert place.modules == BHYT.modules
        assert np.abs(place.corners() - shot.corners).max() < 0.6 * module
    assert settled(shot.image, place_of_corners(shot.corners + 12 * module, BHYT.modules)) is None


@pytest.mark.parametrize("strain", ["3 px/module", "defocus 3 px", "motion 5 px", "light x0.08"])
def test_the_densest_region_holds_the_code_and_its_finders_span_it(strain):
    shot = shoot(CCCD, GRID[strain], np.random.default_rng(3))
    region = dense_regions(shot.image, most=1)[0]
    (place,) = Finders(shot.image, region).spanned(most=1)
    assert off_by(settled(shot.image, place), shot.corners) < 0.03


def test_a_finder_that_glare_hides_is_guessed():
    shot = shoot(CCCD, BASE, np.random.default_rng(4))
    x, y = shot.corners[1].astype(int)
    shot.image[max(y - 25, 0) : y + 25, x - 25 : x + 25] = 255
    finders = Finders(shot.image, dense_regions(shot.image, most=1)[0])
    assert off_by(fitting_best(shot.image, finders.guessed(most=6)), shot.corners) < 0.03


def test_a_step_that_usually_costs_too_much_is_not_begun():
    now = [0.0]
    budget = Budget(1.0, Costs({"step": 100.0}), lambda: now[0])
    assert budget.allows("step", 4)
    assert not budget.allows("step", 5)
    with budget.spending("step"):
        now[0] += 0.6
    assert not budget.allows("step", 1.5)
    assert budget.spent_ms == pytest.approx(600)


def marks(code: segno.QRCode) -> np.ndarray:
    return np.where(np.array([list(row) for row in code.matrix]) == 1, 1, -1).astype(np.float32)


def code_block() -> tuple[np.ndarray, int]:
    """One of the four blocks of a code of 41 modules at level M."""
    plan = symbol(6)
    code = segno.make(TEXT, version=6, error="m", mask=2, boost_error=False)
    dark = marks(code)[tuple(plan.order.T)] > 0
    words = np.packbits((dark ^ plan.masks[2])[: 172 * 8]).astype(np.int32)
    block = plan.blocks("M")[1]
    return words[block.words], block.parity


def same(answer: np.ndarray | None, words: np.ndarray) -> bool:
    return answer is not None and bool((answer == words).all())


def off_by(place: Place | None, corners: np.ndarray) -> float:
    """Share of the code's side."""
    assert place is not None
    return float(np.abs(place.corners() - corners).max() / np.ptp(corners, 0).max())
