"""The reader as the screens use it."""

from __future__ import annotations

import resource
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from random import Random

import cv2
import numpy as np
import pytest

from kiosk.vision.codes import CodeReader, FoundCode
from tests import cards
from tests.scenes.cards import BHYT, CCCD
from tests.scenes.drawn import drawn
from tests.scenes.shots import BASE, GRID, Shot, shoot

AMPLE_MS = 20_000  # however slow and busy the machine


@pytest.fixture(scope="module")
def reader():
    reader = CodeReader(frame_budget_ms=AMPLE_MS, still_budget_ms=AMPLE_MS)
    yield reader
    reader.close()


def test_vietnamese_comes_back_byte_for_byte(reader):
    rng = Random(2)
    letters = set()
    for _ in range(200):
        text = rng.choice([cards.citizen_card, cards.health_card, cards.vssid_code])(rng).to_qr()
        letters |= set(text) & set(cards.LETTERS)
        (found,) = reader.read_frame(drawn(text, rng))
        assert found.payload == text.encode()
    assert len(letters) > 90


def test_no_payload_shows_in_a_log():
    found = FoundCode(b"079301000001|x", ((0, 0), (1, 0), (1, 1), (0, 1)), "zxing", 1.0)
    assert "079" not in repr(found)


def test_both_codes_of_two_cards_are_found_with_their_corners(reader):
    one, two = (drawn(text, Random(1)) for text in ("thẻ của mẹ", "thẻ của con"))
    desk = np.full((600, 1000), 150, np.uint8)
    places = lay(desk, one, 40, 60), lay(desk, two, 560, 200)
    found = sorted(reader.read_frame(desk), key=lambda code: code.corners[0])
    assert [code.payload.decode() for code in found] == ["thẻ của mẹ", "thẻ của con"]
    for code, corners in zip(found, places, strict=True):
        assert np.abs(np.array(code.corners) - corners).max() < 3


def test_a_still_shows_the_second_card_even_if_it_is_hard_to_read(reader):
    one, two = shoot(CCCD, BASE, rng(3)), shoot(CCCD, GRID["1.6 px/module"], rng(4))
    both = np.vstack([around(one), around(two)])
    assert {code.payload for code in reader.read_still(both)} == {one.payload, two.payload}


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_turned_code_keeps_its_own_corners(reader, turns):
    desk = np.full((400, 500), 150, np.uint8)
    corners = lay(desk, drawn("BHXH", Random(5)), 130, 90)
    (found,) = reader.read_frame(np.rot90(desk, turns))
    for _ in range(turns):  # a quarter to the left, in a picture that changes sides
        corners = np.column_stack([corners[:, 1], desk.shape[1] - corners[:, 0]])
        desk = np.rot90(desk)
    assert np.abs(np.array(found.corners) - corners).max() < 3


def test_colours_are_read_as_well_as_grey(reader):
    grey = drawn("màu", Random(6))
    (found,) = reader.read_frame(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    assert found.payload.decode() == "màu"


def test_a_large_frame_is_searched_for_a_small_code(reader):
    shot = shoot(CCCD, GRID["2.5 px/module"], rng(7))
    frame = np.pad(shot.image, ((0, 1080), (0, 1920)), mode="edge")
    assert [code.payload for code in reader.read_frame(frame)] == [shot.payload]


@pytest.mark.parametrize("size", [(1, 1), (7, 300), (40, 40), (480, 640)])
def test_a_picture_without_a_code_gives_nothing(reader, size):
    grey = rng(8).integers(0, 255, size, np.uint8)
    assert reader.read_frame(grey) == ()
    assert reader.read_still(grey) == ()


@pytest.mark.parametrize("kind", [CCCD, BHYT])
@pytest.mark.parametrize("strain", ["1.6 px/module", "defocus 3 px", "motion 5 px", "noise 25, half light"])
def test_a_code_no_other_decoder_reads_is_read_exactly(reader, kind, strain):
    shot = shoot(kind, GRID[strain], rng(11))
    (found,) = reader.read_frame(shot.image)
    assert found.payload == shot.payload
    assert np.abs(np.array(found.corners) - shot.corners).max() < 6


def test_a_code_half_drowned_in_glare_is_read_exactly(reader):
    shot = shoot(CCCD, GRID["glare 8%"], rng(11))
    assert [code.payload for code in reader.read_frame(shot.image)] == [shot.payload]


def test_a_second_decoder_confirms_what_it_reads_alike_and_nothing_else(reader):
    grey = drawn("hai lần giống nhau", Random(9))
    (found,) = reader.read_frame(grey)
    other = replace(found, payload=b"khac")
    told = [(reader.confirms(grey, found), reader.confirms(grey, other)) for _ in range(100)]
    assert (True, False) in told  # once the worker has started
    assert {wrong for _, wrong in told} == {False}


def test_what_no_second_decoder_reads_is_believed_when_another_frame_says_the_same(reader):
    shots = [shoot(CCCD, GRID["defocus 3 px"], rng(seed)) for seed in (11, 12)]
    one, two = ((shot.image, *reader.read_frame(shot.image)) for shot in shots)
    assert [reader.confirms(*each) for each in (one, two, two, one, one)] == [False, False, True, False, True]


def test_no_step_is_begun_without_time_for_it():
    ticks = count()
    reader = CodeReader(clock=lambda: float(next(ticks)))  # every look at the clock takes a second
    shot = shoot(CCCD, GRID["defocus 3 px"], rng(12))
    try:
        (easy,) = reader.read_frame(drawn("dễ đọc", Random(10)))
        assert easy.decoder == "zxing"
        assert reader.read_frame(shot.image) == ()
    finally:
        reader.close()


def test_a_closed_reader_may_be_closed_again():
    reader = CodeReader()
    reader.close()
    reader.close()


def test_several_threads_read_at_once(reader):
    texts = [f"luồng số {number}" for number in range(12)]
    pictures = [drawn(text, Random(number)) for number, text in enumerate(texts)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(reader.read_frame, pictures))
    assert [code.payload.decode() for (code,) in found] == texts


def test_memory_does_not_grow(reader):
    pictures = [shoot(BHYT, GRID["all of it"], rng(13)).image, np.full((1080, 1920), 90, np.uint8)]
    for picture in pictures:
        reader.read_frame(picture)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(100):
        reader.read_frame(pictures[number % 2])
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def lay(desk: np.ndarray, code: np.ndarray, left: int, top: int) -> np.ndarray:
    """Put a drawn code on a desk. Shape: its corners without the quiet zone of four modules of 4 px."""
    height, width = code.shape
    desk[top : top + height, left : left + width] = code
    corners = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    return corners * (width - 32) + 16 + np.array([left, top])


def around(shot: Shot) -> np.ndarray:
    """The code of a shot and what is near, 500 px wide and 300 high."""
    x, y = shot.corners.mean(0).astype(int)
    left, top = np.clip([x - 250, y - 150], 0, [1420, 780])
    return shot.image[top : top + 300, left : left + 500]
