"""A still from shutter to verdict: judged, read, cut out, told apart from the one before."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from kiosk.domain.measurements import Extent, ReadingMeasurements
from kiosk.domain.names import NameMatch, compare_names
from kiosk.domain.photo_words import FlawCode, PhotoKind
from kiosk.vision.assess import assess_certificate, assess_paper
from kiosk.vision.jpeg import LARGEST_BYTES, encode
from kiosk.vision.likeness import alike, perceptual_hash
from kiosk.vision.ocr import CannotRead, read_sheet
from kiosk.vision.photo import reading_crop, rectified
from tests.pages import damage
from tests.pages.certificate import Page, certificate
from tests.pages.desk import Scene, View, photograph
from tests.pages.limits import LIMITS
from tests.pages.shots import likeness

SENSOR = View(1920, 1440, share=(0.85, 0.92), turn=4, tilt=8)


@pytest.fixture(scope="module")
def page() -> Page:
    return certificate(np.random.default_rng(31), 8.0, frame=True)


@pytest.fixture(scope="module")
def shot(page) -> Scene:
    return photograph(page.image, "wood", np.random.default_rng(5), SENSOR)


@pytest.fixture(scope="module")
def assessed(shot):
    return assess_certificate(shot.image, LIMITS)


def test_a_good_certificate_is_accepted_and_read(assessed, page):
    assert assessed.flaws == ()
    assert assessed.accepted
    text = assessed.certificate
    assert compare_names(text.child_name, page.child_name) <= NameMatch.NEAR
    assert text.born.shown() == page.born
    assert text.personal_id == page.personal_id


def test_how_it_read_is_measured_without_what_it_says(assessed, page):
    reading = assessed.measured.reading
    assert isinstance(reading, ReadingMeasurements)
    assert reading.labels > 0.8
    assert reading.read_share > 0.8
    assert page.child_name.split()[0] not in repr(assessed) + repr(assessed.measured)


def test_a_blurred_certificate_is_not_accepted(shot):
    blurred = damage.defocused(shot.image, 7.0)
    found = assess_certificate(blurred, LIMITS)
    assert FlawCode.BLURRED in [flaw.code for flaw in found.flaws]
    assert not found.accepted


def test_a_certificate_that_is_cut_off_is_not_read(page):
    cut = photograph(page.image, "wood", np.random.default_rng(5), View(1280, 960, cut=0.08))
    found = assess_certificate(cut.image, LIMITS)
    assert found.measured.sighting.extent is Extent.CUT
    assert found.certificate is None
    assert found.corners is None


def test_without_tesseract_the_photograph_is_judged_by_its_looks(shot, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    found = assess_certificate(shot.image, LIMITS)
    assert found.accepted
    assert found.certificate is None
    assert "not installed" in found.unread


def test_reading_that_takes_too_long_is_given_up(page):
    with pytest.raises(CannotRead, match="more than"):
        read_sheet(page.image, seconds=0.01)


def test_a_blank_sheet_says_nothing():
    reading = read_sheet(np.full((400, 300), 230, np.uint8))
    assert (reading.words, reading.confidence, reading.read_share) == ((), 0.0, 0.0)


def test_a_page_lying_on_its_side_comes_out_readable(page):
    aside = photograph(
        page.image, "dark-mat", np.random.default_rng(6), View(1920, 1440, quarter=3, turn=3, tilt=5)
    )
    found = assess_certificate(aside.image, LIMITS)
    sheet = rectified(aside.image, found.corners)
    assert sheet.shape[0] > sheet.shape[1]
    assert likeness(page.text, "\n".join(read_sheet(sheet).lines)) > 0.9


def test_the_crop_for_the_eye_holds_writing_at_its_own_size(shot, assessed):
    sheet = rectified(shot.image, assessed.corners)
    crop = reading_crop(sheet, 500, 200)
    assert crop.shape[:2] == (200, 500)
    assert len(read_sheet(np.repeat(np.repeat(crop, 2, 0), 2, 1)).words) > 5


def test_a_card_is_judged_by_its_looks():
    card = np.full((1080, 1712, 3), (205, 214, 190), np.uint8)
    for y in range(200, 1000, 90):
        cv2.putText(
            card, "Ho va ten / Full name: NGUYEN", (500, y), cv2.FONT_HERSHEY_SIMPLEX, 1.8, (50, 50, 60), 4
        )
    photo = photograph(
        card, "dark-mat", np.random.default_rng(3), View(1920, 1080, share=(0.75, 0.8), turn=4, tilt=6)
    )
    assert assess_paper(photo.image, PhotoKind.ID_FRONT, LIMITS).flaws == ()


def test_stills_are_sealed_small_and_read_as_well(shot, page):
    packed = encode(shot.image)
    assert len(packed) <= LARGEST_BYTES
    assert encode(shot.image, 120_000) != packed
    small = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_COLOR).astype(np.uint8)
    assert small.shape == shot.image.shape
    assert assess_certificate(small, LIMITS).measured.reading.labels > 0.8


def test_even_grain_fits_the_limit():
    grain = np.random.default_rng(0).integers(0, 256, (1080, 1920, 3), dtype=np.uint8)
    assert len(encode(grain)) <= LARGEST_BYTES


def test_the_same_picture_taken_again_is_noticed_and_another_is_not(shot, page):
    again = damage.jpeg(damage.noisy(damage.lit(shot.image, 0.93), 3, np.random.default_rng(1)), 70)
    other = photograph(page.image, "wood", np.random.default_rng(77), SENSOR)
    assert alike(perceptual_hash(shot.image), perceptual_hash(again))
    assert not alike(perceptual_hash(shot.image), perceptual_hash(other.image))
