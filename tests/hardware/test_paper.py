"""The interpreter that reads ESC/POS back, and how little it forgives."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PIL import Image

from hardware.escpos_job import slip_job
from hardware.sim.paper import Question, StreamError, read_paper, split
from hardware.slip import draw_slip
from tests.conftest import ROOT
from tests.hardware.receipts import A_RECEIPT, WIDTHS

FONTS = ROOT / "static" / "fonts"
TWO_ROWS = b"\x1dv0\x00\x01\x00\x02\x00\x80\x01"  # 8 dots wide: the first dot, then the last


def black_dots(picture):
    return {
        (x, y) for y in range(picture.height) for x in range(picture.width) if picture.getpixel((x, y)) == 0
    }


@pytest.mark.parametrize("width", WIDTHS)
def test_what_was_drawn_is_what_is_read_back(width):
    drawn = draw_slip(A_RECEIPT, width, FONTS)
    paper = read_paper(slip_job(drawn), width)
    assert paper.picture.crop((0, 0, width, drawn.height)).tobytes() == drawn.tobytes()
    assert paper.cuts == (paper.picture.height,)
    assert paper.picture.height > drawn.height, "fed past the knife"


def test_a_picture_lands_dot_by_dot():
    assert black_dots(read_paper(b"\x1b@" + TWO_ROWS, 16).picture) == {(0, 0), (7, 1)}


@pytest.mark.parametrize(("side", "left"), [(b"\x00", 0), (b"1", 4), (b"\x02", 8)])
def test_alignment_moves_a_narrow_picture(side, left):
    assert black_dots(read_paper(b"\x1ba" + side + TWO_ROWS, 16).picture) == {(left, 0), (left + 7, 1)}


def test_double_width_and_height_scale_the_dots():
    doubled = TWO_ROWS[:3] + b"\x03" + TWO_ROWS[4:]
    paper = read_paper(doubled, 16)
    assert paper.picture.height == 4
    assert len(black_dots(paper.picture)) == 8


def test_feeds_and_cuts_are_counted_in_rows():
    paper = read_paper(TWO_ROWS + b"\x1bJ\x0a\x1bd\x02\n\x1dV\x00" + TWO_ROWS + b"\x1dVB\x05", 8)
    assert paper.cuts == (2 + 10 + 60 + 30, 102 + 2 + 5)


def test_questions_leave_no_trace_on_paper():
    stream = b"\x10\x04\x01" + TWO_ROWS + b"\x1dr\x01\x10\x04\x04"
    assert read_paper(stream, 8).picture.height == 2
    asked = [command for command, _ in split(stream)[0] if isinstance(command, Question)]
    assert [(each.number, each.at_once) for each in asked] == [(1, True), (1, False), (4, True)]


@pytest.mark.parametrize(
    ("stream", "complaint"),
    [
        (TWO_ROWS + b"\x1b@Xin", "unknown command at byte 12"),
        (b"\x1b@\x1bt\x1e", "unknown command at byte 2"),
        (b"\x10\x04\x09", "unknown command at byte 0"),
        (b"\x1b@" + TWO_ROWS[:-1], "unfinished command at byte 2"),
        (b"\x1b@\x1bd", "unfinished command at byte 2"),
        (b"\x1dv0\x00\x00\x00\x02\x00", "impossible picture at byte 0"),
        (b"\x1dv0\x00\x02\x00\x01\x00\x00\x00", "16 dots wide on paper of 8"),
    ],
)
def test_what_it_does_not_know_is_an_error_with_its_place(stream, complaint):
    with pytest.raises(StreamError, match=complaint):
        read_paper(stream, 8)


def test_a_stream_in_small_pieces_means_the_same():
    stream = slip_job(Image.new("1", (384, 210), 0))
    found, rest, offset = [], b"", 0
    for at in range(0, len(stream), 97):
        piece = rest + stream[at : at + 97]
        more, rest = split(piece, offset)
        offset += len(piece) - len(rest)
        found += more
    assert rest == b""
    assert b"".join(raw for _, raw in found) == stream


def test_the_interpreter_shares_no_code_with_the_writer():
    seen = (
        "import sys, hardware.sim.paper; print(any(name.split('.')[0] == 'escpos' for name in sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.strip() == "False"
