"""Measurements become flaws, worst first; words are short and end with what to do."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from kiosk.domain.findings import Severity
from kiosk.domain.measurements import (
    DocumentMeasurements,
    Extent,
    PortraitMeasurements,
    ReadingMeasurements,
    Sighting,
    TextMeasurements,
)
from kiosk.domain.photo_words import CORNERS, GOOD, SIDES, WAIT, WORDS, FlawCode, PhotoKind
from kiosk.domain.quality import accepted, judge_document, judge_portrait, legibility
from tests.pages.limits import LIMITS

SQUARE = ((100.0, 50.0), (1500.0, 50.0), (1500.0, 1000.0), (100.0, 1000.0))
GOOD_TEXT = TextMeasurements(
    text_height_px=12, text_share=0.4, sharpness=3.5, contrast=0.4, brightness=0.8, noise=1
)
GOOD_PAPER = DocumentMeasurements(
    1920, 1080, Sighting(Extent.WHOLE, SQUARE, SQUARE), fill=0.9, text=GOOD_TEXT, motion=0.4
)
GOOD_FACE = PortraitMeasurements(
    1920, 1080, 1, box=(800.0, 250.0, 320.0, 400.0), eye_distance_px=130, face_share=0.37,
    yaw=0.02, pitch=0.55, eyes_open=2, sharpness=2.5, brightness=0.6, darker_cheek=0.55,
)  # fmt: skip
CERTIFICATE = PhotoKind.BIRTH_CERTIFICATE


def paper(**text: float) -> DocumentMeasurements:
    return replace(GOOD_PAPER, text=replace(GOOD_TEXT, **text))


def codes(measured: DocumentMeasurements, kind: PhotoKind = CERTIFICATE) -> list[str]:
    return [flaw.code.value for flaw in judge_document(measured, kind, LIMITS)]


def test_a_good_paper_has_no_flaw():
    assert codes(GOOD_PAPER) == []


@pytest.mark.parametrize(
    ("measured", "expected"),
    [
        (paper(sharpness=1.0), "blurred"),
        (paper(contrast=0.05), "blurred"),
        (paper(text_height_px=4), "low-resolution"),
        (paper(brightness=0.1), "dark"),
        (paper(noise=20), "dark"),
        (paper(brightness=0.99), "bright"),
        (paper(clipped_share=0.6), "bright"),
        (paper(clipped_share=0.6, glare_share=0.5), "glare"),
        (paper(glare_share=0.05), "glare"),
        (replace(GOOD_PAPER, fill=0.3), "too-far"),
        (replace(GOOD_PAPER, turn_degrees=-30), "skewed"),
        (replace(GOOD_PAPER, squareness=0.6), "skewed"),
        (replace(GOOD_PAPER, motion=9), "motion"),
        (replace(GOOD_PAPER, sighting=Sighting(Extent.NONE)), "no-document"),
        (replace(GOOD_PAPER, sighting=Sighting(Extent.CUT)), "cut-off"),
        (replace(GOOD_PAPER, reading=ReadingMeasurements(20, 0.5, 0.3, 0.1)), "blurred"),
    ],
)
def test_each_flaw_is_named(measured, expected):
    assert codes(measured) == [expected]


@pytest.mark.parametrize("kind", [CERTIFICATE, PhotoKind.ID_FRONT])
def test_a_clearly_skewed_paper_is_sent_back_and_one_hardly_turned_is_not(kind):
    assert not accepted(judge_document(replace(GOOD_PAPER, turn_degrees=30), kind, LIMITS))
    assert not accepted(judge_document(replace(GOOD_PAPER, squareness=0.6), kind, LIMITS))
    assert accepted(judge_document(replace(GOOD_PAPER, turn_degrees=8, squareness=0.9), kind, LIMITS))


@pytest.mark.parametrize("dim", [{"brightness": 0.15}, {"noise": 14}])
def test_a_dim_paper_that_was_read_surely_is_not_called_dark(dim):
    well, hardly = (ReadingMeasurements(180, sure, sure, 1.0) for sure in (0.95, 0.7))
    assert codes(replace(paper(**dim), reading=well)) == []
    assert codes(replace(paper(**dim), reading=hardly)) == ["dark"]
    assert codes(paper(**dim)) == ["dark"], "nothing has been read"


def test_a_black_paper_is_dark_however_well_a_machine_reads_it():
    assert codes(replace(paper(brightness=0.08), reading=ReadingMeasurements(180, 0.95, 0.95, 1.0))) == [
        "dark"
    ]


def test_without_a_sheet_only_darkness_is_told_too():
    writing = replace(paper(brightness=0.05, sharpness=0), sighting=Sighting(Extent.NONE))
    bare = replace(writing, text=replace(writing.text, text_share=0.0))
    assert codes(writing) == ["dark", "no-document"], "too dark to see the sheet"
    assert codes(bare) == ["no-document", "dark"], "a dark mat"


def test_a_paper_larger_than_the_picture_is_too_close():
    close = replace(GOOD_PAPER, sighting=Sighting(Extent.CUT, missing=(0, 1, 2, 3)))
    assert codes(close) == ["too-close", "cut-off"]


def test_blur_in_one_direction_is_movement():
    assert codes(paper(sharpness=1.0, evenness=0.3)) == ["motion", "blurred"]
    shaken = replace(GOOD_FACE, sharpness=0.3, evenness=0.15)
    assert [flaw.code.value for flaw in judge_portrait(shaken, LIMITS)] == ["motion", "blurred"]


def test_a_coarse_camera_is_told_from_a_face_far_away():
    coarse = replace(GOOD_FACE, eye_distance_px=30, face_share=0.4)
    assert judge_portrait(coarse, LIMITS)[0].code is FlawCode.LOW_RESOLUTION
    assert judge_portrait(replace(coarse, face_share=0.1), LIMITS)[0].code is FlawCode.FACE_SMALL


def test_what_is_missing_is_said_where():
    def hint(*missing: int) -> str:
        cut = replace(GOOD_PAPER, sighting=Sighting(Extent.CUT, missing=missing))
        return judge_document(cut, CERTIFICATE, LIMITS)[0].hint

    assert hint(0) == "Thiếu góc trên trái"
    assert hint(2) == "Thiếu góc dưới phải"
    assert hint(0, 1) == "Thiếu mép trên"
    assert hint(0, 3) == "Thiếu mép trái"
    assert hint() == hint(0, 2) == hint(0, 1, 2, 3) == "Đưa xa ra"


def test_cards_are_called_cards():
    flaw = judge_document(replace(GOOD_PAPER, sighting=Sighting(Extent.NONE)), PhotoKind.ID_FRONT, LIMITS)[0]
    assert "thẻ" in flaw.message


def test_a_card_need_not_read_like_a_certificate():
    read = replace(GOOD_PAPER, reading=ReadingMeasurements(20, 0.5, 0.3, 0.0))
    assert codes(read, PhotoKind.ID_BACK) == []


def test_glare_makes_what_was_read_less_worth():
    read = replace(GOOD_PAPER, reading=ReadingMeasurements(180, 0.95, 0.95, 1.0))
    glared = replace(read, text=replace(GOOD_TEXT, glare_share=0.2))
    assert legibility(read) > 0.9
    assert legibility(glared) < 0.6 * legibility(read)
    assert legibility(GOOD_PAPER) == 1


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"faces": 0}, "no-face"),
        ({"faces": 2, "second_share": 0.6}, "many-faces"),
        ({"eye_distance_px": 40, "face_share": 0.15}, "face-small"),
        ({"face_share": 0.8}, "too-close"),
        ({"offset_x": 0.3}, "face-off-centre"),
        ({"box": (800.0, 5.0, 320.0, 400.0)}, "face-off-centre"),
        ({"roll_degrees": 25}, "face-turned"),
        ({"yaw": -0.4}, "face-turned"),
        ({"pitch": 0.95}, "face-turned"),
        ({"eyes_open": 1}, "eyes-hidden"),
        ({"sharpness": 0.3}, "blurred"),
        ({"brightness": 0.1}, "dark"),
        ({"darker_cheek": 0.1}, "dark"),
        ({"brightness": 0.95}, "bright"),
        ({"motion": 20.0}, "motion"),
    ],
)
def test_each_flaw_of_a_portrait_is_named(change, expected):
    assert judge_portrait(GOOD_FACE, LIMITS) == ()
    assert [flaw.code.value for flaw in judge_portrait(replace(GOOD_FACE, **change), LIMITS)] == [expected]


def test_a_face_in_the_distance_behind_the_child_is_forgiven():
    assert judge_portrait(replace(GOOD_FACE, faces=2, second_share=0.05), LIMITS) == ()


def test_relaxed_limits_accept_a_little_more():
    relaxed = LIMITS.relaxed(0.1)
    assert relaxed.least_sharpness < LIMITS.least_sharpness
    assert relaxed.most_glare > LIMITS.most_glare
    near = paper(sharpness=0.95 * LIMITS.least_sharpness)
    assert judge_document(near, CERTIFICATE, LIMITS)
    assert not judge_document(near, CERTIFICATE, relaxed)


EVERY = [words for by_kind in WORDS.values() for words in by_kind.values()] + [*CORNERS, *SIDES.values()]


def test_every_code_has_words():
    assert set(WORDS) == set(FlawCode)
    assert all(None in by_kind for by_kind in WORDS.values())


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words.hint)
def test_hints_are_short_and_sentences_say_what_to_do(words):
    assert len(words.hint.replace(",", " ").split()) <= 5
    assert words.message.endswith(".")
    assert "xin" in words.message.lower()
    assert len(words.message) <= 66, "must fit two lines at the large size"
    assert unicodedata.is_normalized("NFC", words.hint + words.message)
    assert words.severity in (Severity.CHECK, Severity.RETURN)


def test_good_and_wait_are_short_too():
    assert all(len(text.replace(",", " ").split()) <= 5 for text in (GOOD, WAIT))
