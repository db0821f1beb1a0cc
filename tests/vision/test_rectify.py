"""Photographed sheets laid flat and upright."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kiosk.vision.document import ordered
from kiosk.vision.rectify import flattened, quarter_turns, squareness, turn_degrees, upright
from tests.pages.certificate import certificate
from tests.pages.desk import View, photograph


@pytest.mark.parametrize("quarter", [0, 1, 2, 3])
def test_a_page_comes_out_upright_however_it_lay(quarter):
    rng = np.random.default_rng(20 + quarter)
    page = certificate(rng, 6.0)
    photo = photograph(page.image, "wood", rng, View(1920, 1080, quarter=quarter))
    corners = tuple(map(tuple, ordered(photo.corners.astype(float)).tolist()))
    sheet, scale = flattened(photo.image, corners, 1000)
    assert max(sheet.shape) <= 1000
    assert scale <= 1
    flat = upright(sheet)
    assert flat.shape[0] > flat.shape[1]
    assert quarter_turns(flat) == 0
    assert np.corrcoef(written(flat), written(page.image))[0, 1] > 0.6


def written(sheet: np.ndarray) -> np.ndarray:
    """Where on a sheet the letters are, coarsely."""
    grey = cv2.resize(cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY), (420, 594), interpolation=cv2.INTER_AREA)
    ink = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((9, 9), np.uint8))
    return cv2.GaussianBlur(ink, (0, 0), 4)[60:-60, 40:-40].ravel().astype(float)


def test_a_sheet_is_never_made_larger():
    image = np.zeros((200, 200, 3), np.uint8)
    sheet, scale = flattened(image, ((50.0, 40.0), (150.0, 40.0), (150.0, 180.0), (50.0, 180.0)), 4000)
    assert sheet.shape[:2] == (140, 100)
    assert scale == 1


def test_corners_outside_the_picture_are_no_error():
    image = np.zeros((100, 100, 3), np.uint8)
    flattened(image, ((-20.0, -10.0), (90.0, 0.0), (140.0, 120.0), (0.0, 90.0)), 300)


@pytest.mark.parametrize("degrees", [-40, -12, 0, 5, 44])
def test_the_turn_is_measured_from_the_nearest_quarter(degrees):
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    square = (np.array([[0, 0], [200, 0], [200, 100], [0, 100]]) @ turn.T).tolist()
    assert turn_degrees(tuple(map(tuple, square))) == pytest.approx(degrees, abs=0.01)


def test_squareness_is_one_from_straight_above():
    assert squareness(((0, 0), (100, 0), (100, 50), (0, 50))) == 1
    assert squareness(((10, 0), (90, 0), (100, 50), (0, 50))) == pytest.approx(0.8)
