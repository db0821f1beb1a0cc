"""Movement between two frames, whatever the grain and the lamp do."""

from __future__ import annotations

import numpy as np
import pytest

from kiosk.vision.motion import MotionMeter
from tests.pages import damage
from tests.pages.certificate import certificate
from tests.pages.desk import View, photograph
from tests.pages.limits import LIMITS


@pytest.fixture(scope="module")
def frame() -> np.ndarray:
    rng = np.random.default_rng(1)
    return photograph(certificate(rng, 4.0).image, "dark-mat", rng, View(1920, 1080, noise=0)).image


def change(one: np.ndarray, other: np.ndarray) -> float:
    meter = MotionMeter()
    assert meter.observe(one) is None
    moved = meter.observe(other)
    assert moved is not None
    return moved


def test_grain_and_flicker_are_no_movement(frame):
    rng = np.random.default_rng(0)
    assert change(frame, frame) == 0
    assert change(damage.noisy(frame, 8, rng), damage.noisy(frame, 8, rng)) < LIMITS.most_motion
    assert change(frame, damage.lit(frame, 0.9)) < LIMITS.most_motion


@pytest.mark.parametrize("shift", [(0, 6), (5, 0), (3, 4)])
def test_a_small_move_is_seen(frame, shift):
    assert change(frame, np.roll(frame, shift, (0, 1))) > LIMITS.most_motion


def test_a_hand_in_a_corner_is_seen(frame):
    reached = frame.copy()
    reached[800:, 1600:] = (140, 165, 205)
    assert change(frame, reached) > LIMITS.most_motion


def test_another_size_starts_again(frame):
    meter = MotionMeter()
    meter.observe(frame)
    assert meter.observe(frame[:540]) is None
