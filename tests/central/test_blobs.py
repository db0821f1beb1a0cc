from __future__ import annotations

import threading
from io import BytesIO

import pytest

from sync.central.blobs import PIECE_BYTES, Blobs, BodyCut, HashDiffers, OffsetDiffers
from sync.central.folder import CentralFolder
from tests.sync.samples import a_part
from tests.sync.world import bytes_of

CONTENT = bytes_of(5 * PIECE_BYTES + 17)
PART = a_part(content=CONTENT)


@pytest.fixture
def blobs(tmp_path):
    folder = CentralFolder(tmp_path)
    folder.prepare()
    return Blobs(folder)


def append(blobs, offset, content):
    return blobs.append(PART, offset, len(content), BytesIO(content).read)


def test_a_part_grows_and_is_kept_once_its_hash_agrees(blobs):
    assert append(blobs, 0, CONTENT[:1000]) == 1000
    assert not blobs.is_whole(PART)
    assert append(blobs, 1000, CONTENT[1000:]) == PART.size
    assert blobs.is_whole(PART)
    assert blobs.whole(PART.sha256).read_bytes() == CONTENT
    assert list(blobs.folder.uploads.iterdir()) == []


def test_what_came_before_a_cut_is_kept(blobs):
    with pytest.raises(BodyCut):
        blobs.append(PART, 0, PART.size, BytesIO(CONTENT[: PIECE_BYTES + 5]).read)
    assert blobs.offset(PART.sha256, PART.size) == PIECE_BYTES + 5
    assert append(blobs, PIECE_BYTES + 5, CONTENT[PIECE_BYTES + 5 :]) == PART.size


def test_a_wrong_hash_starts_again_from_nothing(blobs):
    with pytest.raises(HashDiffers):
        append(blobs, 0, bytes(PART.size))
    assert blobs.offset(PART.sha256, PART.size) == 0
    assert append(blobs, 0, CONTENT) == PART.size


def test_whole_but_unchecked_bytes_are_checked_by_an_empty_append(blobs):
    (blobs.folder.uploads / PART.sha256).write_bytes(CONTENT)  # central was killed before the check
    assert blobs.offset(PART.sha256, PART.size) == PART.size
    assert not blobs.is_whole(PART)
    assert append(blobs, PART.size, b"") == PART.size
    assert blobs.is_whole(PART)


def test_a_stalled_sender_does_not_stop_his_next_try(blobs):
    stalled, released = threading.Event(), threading.Event()
    source = BytesIO(CONTENT)
    outcome = []

    def read(at_most):
        if source.tell() >= 2 * PIECE_BYTES:
            stalled.set()
            released.wait(10)
        return source.read(at_most)

    def first_try():
        try:
            blobs.append(PART, 0, PART.size, read)
        except OffsetDiffers:
            outcome.append("overtaken")

    thread = threading.Thread(target=first_try)
    thread.start()
    assert stalled.wait(10)
    assert append(blobs, 2 * PIECE_BYTES, CONTENT[2 * PIECE_BYTES :]) == PART.size
    released.set()
    thread.join()
    assert outcome == ["overtaken"]
    assert blobs.whole(PART.sha256).read_bytes() == CONTENT


def test_many_senders_of_the_same_part_leave_it_whole(blobs):
    def send():
        offset = 0
        while not blobs.is_whole(PART):
            try:
                offset = append(blobs, offset, CONTENT[offset : offset + PIECE_BYTES])
            except OffsetDiffers:
                offset = blobs.offset(PART.sha256, PART.size)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert blobs.whole(PART.sha256).read_bytes() == CONTENT
