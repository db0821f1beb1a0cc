"""Sharpness where there is writing, and the light on it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kiosk.vision.legibility import measure_text
from tests.pages import damage
from tests.pages.certificate import certificate
from tests.pages.limits import LIMITS

MM = 4.0


@pytest.fixture(scope="module")
def page() -> np.ndarray:
    return certificate(np.random.default_rng(11), MM).image


def measured(image: np.ndarray):
    return measure_text(cv2.cvtColor(cv2.GaussianBlur(image, (0, 0), 0.6), cv2.COLOR_BGR2GRAY))


def test_a_sharp_page_is_sharp(page):
    text = measured(page)
    assert text.sharpness > 1.2 * LIMITS.least_sharpness
    assert text.text_share > 0.2
    assert 2.4 * MM < text.text_height_px < 4.2 * MM


def test_less_sharp_the_farther_out_of_focus(page):
    steps = [measured(damage.defocused(page, radius * MM)).sharpness for radius in (0.2, 0.5, 0.9, 1.5)]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] < LIMITS.least_sharpness


@pytest.mark.parametrize("angle", [0.0, 0.8, 1.57, 2.4])
def test_a_moved_page_is_not_sharp_whatever_the_direction(page, angle):
    assert measured(damage.shaken(page, 2.4 * MM, angle)).sharpness < LIMITS.least_sharpness


def test_one_blurred_part_counts_for_the_whole(page):
    partly = damage.partly(page, damage.defocused(page, 1.6 * MM), np.random.default_rng(2))
    assert measured(partly).sharpness < 0.75 * measured(page).sharpness


def test_grain_does_not_pass_for_sharpness(page):
    rng = np.random.default_rng(0)
    blurred = damage.defocused(page, 1.5 * MM)
    assert measured(damage.noisy(blurred, 12, rng)).sharpness < LIMITS.least_sharpness
    assert measured(damage.noisy(page, 14, rng)).noise > measured(page).noise + 3


def test_writing_may_run_in_any_direction(page):
    aside = measured(np.ascontiguousarray(np.rot90(page)))
    assert aside.sharpness == pytest.approx(measured(page).sharpness, rel=0.2)


def test_a_lamp_over_the_writing_is_glare_and_even_light_is_not(page):
    rng = np.random.default_rng(1)
    assert measured(damage.glared(page, 0.05, rng)).glare_share > 0.02
    for level in (0.5, 0.9):
        assert measured(damage.lit(page, level, (0.1, 0.1))).glare_share <= LIMITS.most_glare


def test_light_is_measured_on_the_paper_not_on_the_ink(page):
    bright = measured(page).brightness
    assert bright > 0.75
    assert measured(damage.lit(page, 0.3)).brightness == pytest.approx(0.3 * bright, abs=0.03)
    assert measured(damage.lit(page, 1.5)).clipped_share > 0.5


@pytest.mark.parametrize("size", [(8, 8), (70, 3), (64, 200), (300, 300)])
def test_a_blank_sheet_has_no_writing(size):
    text = measure_text(np.full(size, 200, np.uint8))
    assert (text.sharpness, text.text_height_px, text.contrast) == (0, 0, 0)
