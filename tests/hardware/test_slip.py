"""Slips: letters, layout, and whether eyes and machines can read them."""

from __future__ import annotations

import unicodedata

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont

from hardware.escpos_job import slip_job
from hardware.protocols import Code, Entry, Paragraph, Rule, Slip, Title
from hardware.sim.paper import read_paper
from hardware.slip import BOLD, REGULAR, draw_slip
from tests.conftest import ROOT
from tests.hardware.receipts import (
    A_RECEIPT,
    RECEIPTS,
    WIDTHS,
    code_of,
    codes_on,
    likeness,
    text_on,
    words_of,
)

FONTS = ROOT / "static" / "fonts"
WEIGHTS = (REGULAR, BOLD)

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES] + list(
    "bcdđghklmnpqrstvxfjwz"
)
HIGHLAND = [*"ĕĭŏŭƀčñ", "ê\u0306", "ô\u0306", "ơ\u0306", "ư\u0306"]  # Ê-đê, M'Nông, Gia Rai
LETTERS = [form for letter in VIETNAMESE + HIGHLAND for form in (letter, letter.upper())]
SIGNS = list("0123456789₫•·–—‘’“”…×!?.,:;()/-+%&@#'\"")


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_letter_of_the_country_has_a_shape_of_its_own(weight):
    glyphs = TTFont(FONTS / weight).getBestCmap()
    font = ImageFont.truetype(FONTS / weight, 30)
    lacking = [
        each for each in LETTERS + SIGNS for sign in each if glyphs.get(ord(sign), ".notdef") == ".notdef"
    ]
    assert lacking == []
    unseen = [each for each in LETTERS + SIGNS if not font.getmask(each, mode="1").getbbox()]
    assert unseen == []


@pytest.mark.parametrize("weight", WEIGHTS)
def test_marks_typed_apart_are_placed_on_their_letters(weight):
    features = {
        record.FeatureTag for record in TTFont(FONTS / weight)["GPOS"].table.FeatureList.FeatureRecord
    }
    assert {"mark", "mkmk"} <= features


@pytest.mark.parametrize("width", WIDTHS)
def test_a_slip_is_black_and_white_and_as_wide_as_the_paper(width):
    drawn = draw_slip(A_RECEIPT, width, FONTS)
    assert (drawn.mode, drawn.width) == ("1", width)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_reaches_past_the_margins(width):
    long = "Nghiêng" * 12
    blocks = (
        Title(long), Rule(), Entry(long, long), Entry("Mã", "0042-" * 9, large=True),
        Entry("Ậ", "ợ" * 99), Paragraph(f"{long} {long}"), Paragraph(""), Code("x" * 60, long),
    )  # fmt: skip
    drawn = draw_slip(Slip("A", blocks), width, FONTS)
    margin = 6
    for left in (0, width - margin):
        edge = drawn.crop((left, 0, left + margin, drawn.height)).convert("L")
        assert edge.getextrema() == (255, 255)


@pytest.mark.parametrize("width", WIDTHS)
def test_letters_composed_or_not_print_the_same(width):
    def printed(form):
        text = unicodedata.normalize(
            form, "Điểm tiếp nhận: Trường Tiểu học Nguyễn Thượng Hiền, phường Đức Nghĩa"
        )
        return draw_slip(Slip("A", (Title(text), Entry(text, text), Paragraph(text))), width, FONTS).tobytes()

    assert printed("NFD") == printed("NFC")


def test_a_no_break_space_holds_its_words_together():
    def rows(text):
        return draw_slip(Slip("A", (Paragraph(text),)), 384, FONTS).height

    filler = "Kết quả thường có sau "
    assert rows(filler + "1 đến 5\u00a0ngày làm\u00a0việc") >= rows(filler + "1 đến 5 ngày làm việc")
    assert rows("một\u00a0" * 4 + "hai") == rows("một " * 4 + "hai")


def test_a_line_feed_starts_a_new_row():
    def height(*blocks):
        return draw_slip(Slip("A", blocks), 576, FONTS).height

    both = Entry("Giờ nhận\nReceived at", "09:41")
    assert height(both) > height(Entry("Giờ nhận", "09:41"))
    assert height(Paragraph("Xin giữ biên nhận này.\nPlease keep it.")) > height(Paragraph("Xin giữ."))


def test_a_code_too_dense_for_the_paper_is_refused():
    with pytest.raises(ValueError, match="does not fit 384 dots"):
        draw_slip(Slip("A", (Code("x" * 1500),)), 384, FONTS)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_code_stands_on_whole_dots_in_a_quiet_zone_of_four(width):
    drawn = draw_slip(Slip("A", (Code(code_of(A_RECEIPT)),)), width, FONTS)
    black = Image.eval(drawn.convert("L"), lambda level: 255 - level).getbbox()
    size = (black[2] - black[0]) // 33  # version 4
    assert black[2] - black[0] == black[3] - black[1] == 33 * size == 264
    assert min(black[0], black[1], width - black[2], drawn.height - black[3]) >= 4 * size


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("receipt", RECEIPTS, ids=lambda slip: slip.name)
def test_printed_slips_are_read_back_by_machines(receipt, width):
    paper = read_paper(slip_job(draw_slip(receipt, width, FONTS)), width).picture
    assert codes_on(paper) == [code_of(receipt)]
    text = text_on(paper)
    assert receipt.name in text
    assert likeness(words_of(receipt), text) >= 0.98
