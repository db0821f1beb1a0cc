"""Sheets are found on every desk, whole or cut off, and nothing else passes for a sheet."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kiosk.domain.measurements import Extent
from kiosk.vision.document import CARD, find_document, ordered
from tests.pages.certificate import certificate
from tests.pages.desk import DESKS, View, photograph

CLEAR_DESKS = ("dark-mat", "grey", "wood", "cloth", "clutter")


def scene(desk: str, seed: int, **view: object):
    rng = np.random.default_rng(seed)
    return photograph(certificate(rng, 4.0).image, desk, rng, View(quarter=seed % 4, **view))


def farthest_corner(found, truth) -> float:
    """How far the worst corner is off, in parts of the sheet's longer side."""
    truth = ordered(np.asarray(truth, np.float64))
    longest = np.linalg.norm(truth - np.roll(truth, 1, 0), axis=1).max()
    return float(np.linalg.norm(np.asarray(found) - truth, axis=1).max() / longest)


@pytest.mark.parametrize("desk", CLEAR_DESKS)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_whole_page_is_found_with_its_corners(desk, seed):
    photo = scene(desk, seed)
    seen = find_document(photo.image)
    assert seen.extent is Extent.WHOLE
    assert farthest_corner(seen.corners, photo.corners) < 0.01


def test_white_paper_is_found_on_a_white_desk():
    found = [(find_document(photo.image), photo) for photo in (scene("white", seed) for seed in range(5))]
    right = [farthest_corner(seen.corners, photo.corners) < 0.02 for seen, photo in found if seen.corners]
    assert len(right) >= 4
    assert all(right)


@pytest.mark.parametrize("desk", CLEAR_DESKS)
def test_a_page_that_is_cut_off_has_no_corners(desk):
    for seed in (3, 4):
        seen = find_document(scene(desk, seed, cut=0.06).image)
        assert seen.extent is Extent.CUT
        assert seen.corners is None


def test_a_page_that_is_cut_off_does_not_pass_on_a_white_desk_either():
    seen = [find_document(scene("white", seed, cut=0.06).image) for seed in range(5)]
    assert all(each.corners is None for each in seen)
    assert sum(each.extent is Extent.CUT for each in seen) >= 3


def test_the_missing_corners_are_named():
    rng = np.random.default_rng(0)
    page = certificate(rng, 4.0).image
    view = View(turn=0.1, tilt=0.1, share=(0.8, 0.8))
    photo = photograph(page, "dark-mat", rng, view)
    top = int(photo.corners[:, 1].min()) + 60
    seen = find_document(np.ascontiguousarray(photo.image[top:]))
    assert seen.extent is Extent.CUT
    assert seen.missing == (0, 1)


def test_a_finger_on_the_edge_does_no_harm():
    photo = scene("dark-mat", 5, finger=True)
    assert farthest_corner(find_document(photo.image).corners, photo.corners) < 0.01


def test_a_steep_view_still_has_its_corners():
    photo = scene("wood", 6, turn=20.0, tilt=24.0, share=(0.6, 0.7))
    assert farthest_corner(find_document(photo.image).corners, photo.corners) < 0.015


@pytest.mark.parametrize("desk", list(DESKS))
def test_an_empty_desk_holds_no_page(desk):
    for seed in range(3):
        rng = np.random.default_rng(seed)
        ground = np.clip(DESKS[desk](rng, 720, 1280, 230.0), 0, 255).astype(np.uint8)
        extent = find_document(ground).extent
        assert extent is Extent.NONE or (desk == "cloth" and extent is Extent.CUT)  # a pattern may be letters


@pytest.mark.parametrize("size", [(64, 64), (80, 400), (2448, 3264)])
def test_blank_pictures_of_any_size_hold_no_page(size):
    assert find_document(np.full((*size, 3), 200, np.uint8)).extent is Extent.NONE


def test_grain_alone_holds_no_page():
    grain = np.random.default_rng(0).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    assert find_document(grain).extent is Extent.NONE


def test_a_printed_field_does_not_pass_for_the_page():
    """White margin on a white desk: only the tinted field can be seen, and it is not the sheet."""
    picture = np.full((900, 1200, 3), 236, np.uint8)
    cv2.rectangle(picture, (300, 120), (900, 780), (196, 214, 205), -1)
    for y in range(180, 740, 30):
        cv2.putText(picture, "Ho va ten: NGUYEN", (340, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (60, 60, 60), 2)
    assert find_document(picture).extent is not Extent.WHOLE


def test_a_card_is_found_by_its_own_shape():
    card = np.full((540, 856, 3), (205, 214, 190), np.uint8)
    cv2.rectangle(card, (40, 190), (240, 470), (120, 110, 130), -1)
    for y in range(120, 500, 50):
        cv2.putText(card, "Ho va ten / Full name", (270, y), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (50, 50, 60), 2)
    for desk in ("dark-mat", "white"):
        photo = photograph(card, desk, np.random.default_rng(3), View(share=(0.6, 0.7)))
        assert farthest_corner(find_document(photo.image, CARD).corners, photo.corners) < 0.02
