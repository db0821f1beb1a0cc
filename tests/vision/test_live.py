"""The live picture: each fault told in turn, and the shutter only on the good paper or face."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
import pytest

from kiosk.domain.photo_words import GOOD, FlawCode, PhotoKind
from kiosk.vision.faces import HaarFinder
from kiosk.vision.live import LiveJudge
from tests.pages import damage
from tests.pages.certificate import certificate
from tests.pages.desk import View, photograph
from tests.pages.faces import Sitter, portrait
from tests.pages.limits import LIMITS

FRAME = 1 / 12
SECONDS = 1.5


@pytest.fixture(scope="module")
def paper() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(8)
    page = certificate(rng, 5.0).image
    view = View(1280, 960, turn=3, tilt=6, share=(0.85, 0.9))
    good = photograph(page, "dark-mat", np.random.default_rng(1), view).image
    mm = 0.85 * 960 / 297
    return {
        "none": photograph(
            np.full((4, 4, 3), 40, np.uint8), "dark-mat", np.random.default_rng(2), view
        ).image,
        "cut": np.ascontiguousarray(np.roll(good, 260, axis=0)[260:]),
        "blurred": damage.defocused(good, 1.8 * mm),
        "glared": damage.glared(good, 0.04, np.random.default_rng(5)),
        "dark": damage.lit(good, 0.15),
        "good": good,
    }


def watch(judge: LiveJudge, *film: np.ndarray) -> list[tuple[int, FlawCode | None, str, bool]]:
    """Play each scene; return scene number, code, hint and readiness of every frame."""
    rng, at, seen = np.random.default_rng(0), 0.0, []
    for number, scene in enumerate(film):
        for _ in range(round(SECONDS / FRAME)):
            shown = judge.observe(damage.noisy(scene, 2.0, rng), at)
            seen.append((number, shown.code, shown.hint, judge.ready))
            at += FRAME
    return seen


def test_each_fault_of_a_paper_is_told_and_the_shutter_waits_for_the_good_one(paper):
    film = [paper[name] for name in ("cut", "blurred", "glared", "dark", "good")]
    seen = watch(LiveJudge(PhotoKind.BIRTH_CERTIFICATE, None, LIMITS), *film)
    last = {number: code for number, code, _, _ in seen}
    assert last == {
        0: FlawCode.CUT_OFF, 1: FlawCode.BLURRED, 2: FlawCode.GLARE, 3: FlawCode.DARK, 4: None
    }  # fmt: skip
    assert {number for number, _, _, ready in seen if ready} == {4}
    assert seen[-1][2] == GOOD


def test_an_empty_mat_with_the_edge_of_a_desk_in_the_picture_is_not_called_dark(paper):
    """The mat fills 96 % of the picture and is as dark as mats are; the rest shows that there is light."""
    edge = round(0.04 * paper["none"].shape[1])
    desk = photograph(paper["none"][:4, :4], "wood", np.random.default_rng(2), View(1280, 960)).image
    mat = paper["none"].copy()
    mat[:, -edge:] = desk[:, -edge:]
    seen = watch(LiveJudge(PhotoKind.ID_FRONT, None, LIMITS), mat)
    assert seen[-1][1] is FlawCode.NO_DOCUMENT


def test_messages_change_no_oftener_than_the_scenes(paper):
    film = [paper[name] for name in ("dark", "blurred", "good")]
    seen = watch(LiveJudge(PhotoKind.BIRTH_CERTIFICATE, None, LIMITS), *film)
    changes = sum(one[2] != other[2] for one, other in pairwise(seen))
    assert changes <= len(film)


def test_a_paper_that_moves_is_not_photographed(paper):
    judge, rng = LiveJudge(PhotoKind.BIRTH_CERTIFICATE, None, LIMITS), np.random.default_rng(0)
    for number in range(20):
        moved = np.roll(paper["good"], (4 * (number % 5), 6 * (number % 4)), (0, 1))
        judge.observe(damage.noisy(moved, 2.0, rng), number * FRAME)
        assert not judge.ready


def test_the_outline_is_given_for_drawing_in_parts_of_the_picture(paper):
    judge = LiveJudge(PhotoKind.BIRTH_CERTIFICATE, None, LIMITS)
    judge.observe(paper["good"], 0.0)
    assert judge.outline is not None
    assert all(0 < x < 1 and 0 < y < 1 for x, y in judge.outline)
    judge.observe(np.zeros_like(paper["good"]), FRAME)
    judge.observe(np.zeros_like(paper["good"]), 2 * FRAME)
    assert judge.outline is None


def test_a_face_is_followed_to_the_shutter():
    def sitting(*sitters: Sitter) -> np.ndarray:
        return portrait(*sitters, rng=np.random.default_rng(3), size=(1280, 720))

    two = sitting(Sitter(1, at=(0.33, 0.42)), Sitter(3, at=(0.7, 0.42), unit=0.15))
    good = sitting(Sitter(1))
    seen = watch(LiveJudge(PhotoKind.PORTRAIT, HaarFinder(), LIMITS), sitting(), two, good)
    assert {number: code for number, code, _, _ in seen} == {
        0: FlawCode.NO_FACE,
        1: FlawCode.MANY_FACES,
        2: None,
    }
    assert {number for number, _, _, ready in seen if ready} == {2}


def test_a_large_sensor_is_judged_like_a_small_one(paper):
    judge = LiveJudge(PhotoKind.BIRTH_CERTIFICATE, None, LIMITS)
    large = cv2.resize(paper["good"], None, fx=2.4, fy=2.4, interpolation=cv2.INTER_CUBIC)
    seen = watch(judge, large)
    assert seen[-1][3]


def test_the_finder_goes_with_the_portrait():
    with pytest.raises(ValueError, match="face finder"):
        LiveJudge(PhotoKind.PORTRAIT, None, LIMITS)
    with pytest.raises(ValueError, match="face finder"):
        LiveJudge(PhotoKind.ID_FRONT, HaarFinder(), LIMITS)
