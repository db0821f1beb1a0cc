"""Faces that belong to nobody: one, none, two, half, blurred, dark; by Haar, and by YuNet where it lies."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kiosk.domain.photo_words import FlawCode
from kiosk.domain.quality import judge_portrait
from kiosk.vision.faces import WrongModel, YunetFinder, open_finder
from kiosk.vision.portrait import measure_portrait
from tests.pages import damage
from tests.pages.faces import Sitter, portrait
from tests.pages.limits import LIMITS
from tests.pages.photographed_face import astronaut, photographed

SIZE = (1280, 720)
FACE_PX = 2 * 0.16 * SIZE[1]


@pytest.fixture(scope="module", params=["haar", pytest.param("yunet", marks=pytest.mark.shared)])
def finder(request):
    if request.param == "haar":
        return open_finder()
    return open_finder(request.getfixturevalue("shared") / "models" / "yunet_s_640_640.onnx")


def picture(*sitters: Sitter) -> np.ndarray:
    return portrait(*sitters, rng=np.random.default_rng(4), size=SIZE)


def flaws(image: np.ndarray, finder) -> list[FlawCode]:
    return [flaw.code for flaw in judge_portrait(measure_portrait(image, finder, live=False), LIMITS)]


@pytest.mark.parametrize("seed", range(4))
def test_a_good_portrait_has_no_flaw(seed, finder):
    assert flaws(picture(Sitter(seed)), finder) == []


_CUT = {FlawCode.NO_FACE, FlawCode.FACE_OFF_CENTRE}
_SOFT = {FlawCode.BLURRED, FlawCode.MOTION}


def test_a_photographed_face_is_taken_when_good_and_refused_for_what_is_wrong(finder):
    found = {name: set(flaws(image, finder)) for name, image in photographed(astronaut()).items()}
    assert found.pop("good") == set()
    assert all(found[f"half, {side}"] & _CUT for side in ("left", "right", "above", "below"))
    assert FlawCode.MANY_FACES in found["two"]
    assert found["blurred"] & _SOFT
    assert found["moved"] & _SOFT
    assert FlawCode.DARK in found["dark"]
    assert found["nobody"] == {FlawCode.NO_FACE}


def test_an_empty_chair_has_no_face(finder):
    assert flaws(picture(), finder) == [FlawCode.NO_FACE]


def test_two_faces_are_one_too_many(finder):
    two = picture(Sitter(0, at=(0.35, 0.42)), Sitter(1, at=(0.7, 0.45), unit=0.15))
    assert flaws(two, finder)[0] is FlawCode.MANY_FACES


@pytest.mark.parametrize("at", [(0.01, 0.42), (0.5, 0.04), (0.99, 0.5)])
def test_half_a_face_is_not_enough(at, finder):
    assert set(flaws(picture(Sitter(1, at=at)), finder)) & _CUT


def test_a_blurred_face_is_blurred(finder):
    blurred = cv2.GaussianBlur(picture(Sitter(1)), (0, 0), 0.013 * FACE_PX)
    assert FlawCode.BLURRED in flaws(blurred, finder)


@pytest.mark.parametrize("angle", [0.0, 0.8, 1.6])
def test_a_shaken_face_is_blurred(angle, finder):
    assert FlawCode.BLURRED in flaws(damage.shaken(picture(Sitter(3)), 0.07 * FACE_PX, angle), finder)


def test_a_dark_face_is_dark(finder):
    dark = damage.noisy(damage.lit(picture(Sitter(1)), 0.15), 3, np.random.default_rng(0))
    assert FlawCode.DARK in flaws(dark, finder)


def test_a_face_at_the_side_is_off_centre(finder):
    assert FlawCode.FACE_OFF_CENTRE in flaws(picture(Sitter(1, at=(0.22, 0.42))), finder)


def test_a_face_far_away_is_small(finder):
    assert set(flaws(picture(Sitter(1, unit=0.07)), finder)) & {FlawCode.FACE_SMALL, FlawCode.NO_FACE}


def test_a_face_that_fills_the_picture_is_too_close(finder):
    assert FlawCode.TOO_CLOSE in flaws(picture(Sitter(1, unit=0.36, at=(0.5, 0.5))), finder)


@pytest.mark.parametrize("eyes", ["shut", "shaded"])
def test_eyes_must_be_seen(eyes, finder):
    assert set(flaws(picture(Sitter(2, eyes=eyes)), finder)) & {FlawCode.EYES_HIDDEN, FlawCode.NO_FACE}


def test_a_tilted_head_is_turned(finder):
    assert set(flaws(picture(Sitter(2, turn=25)), finder)) & {FlawCode.FACE_TURNED, FlawCode.NO_FACE}


def test_a_wallpaper_is_no_plain_background(finder):
    plain = measure_portrait(picture(Sitter(1)), finder, live=False).background
    papered = picture(Sitter(1))
    papered[::40, :600] = papered[:, :600:40] = (60, 90, 140)
    assert measure_portrait(papered, finder, live=False).background > 3 * plain


def test_pictures_without_any_face_find_none(finder):
    grain = np.random.default_rng(0).integers(0, 256, (480, 640, 3), dtype=np.uint8)
    for image in (grain, np.full((64, 64, 3), 128, np.uint8), np.zeros((90, 700, 3), np.uint8)):
        assert finder.find(image, live=True) == finder.find(image, live=False) == ()


def test_a_model_that_is_missing_or_not_the_one_that_was_tried_is_refused(tmp_path):
    with pytest.raises(WrongModel, match="No such file"):
        open_finder(tmp_path / "yunet.onnx")
    (tmp_path / "yunet.onnx").write_bytes(b"not a model")
    with pytest.raises(WrongModel, match="sha256"):
        open_finder(tmp_path / "yunet.onnx")


@pytest.mark.shared
def test_the_right_model_is_taken(shared):
    assert isinstance(open_finder(shared / "models" / "yunet_s_640_640.onnx"), YunetFinder)
