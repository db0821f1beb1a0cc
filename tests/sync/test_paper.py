"""Mẫu số 01 on its page: every letter, the photograph, and words that are no form's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from kiosk import reference
from kiosk.domain.paper import Paper
from sync.paper import BadPaper, draw_paper
from tests.conftest import ROOT
from tests.forms import words_on
from tests.stations import a_photograph

FONTS = ROOT / "static" / "fonts"
FORMS = ROOT / "kiosk/data/forms"
AT = datetime(2026, 11, 25, tzinfo=UTC)
LETTERS = "Ẳẳ Ẵẵ Ậậ Ễễ Ốố Ổổ Ỗỗ Ợợ Ữữ Ỵỵ Đđ Ĩĩ Ũũ ĭ ŭ ƀ Ắ Ằ Ẩ Ẫ Ế Ề Ể Ệ Ờ Ở Ỡ Ứ Ừ Ử Ự Ỳ Ỷ Ỹ H'Niê Ê Đê"


def words(procedure: str, **facts: str) -> dict[str, Any]:
    form = reference.load_procedure(FORMS / f"{procedure}.toml").paper
    return Paper(form, facts, "Ngày 25 tháng 11 năm 2026", ("Mã biên nhận: 0042-0001-X",)).to_json()


def read(pdf: bytes) -> tuple[int, str, int]:
    """Pages, text in one line, pictures on the first page."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = sum(each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for each in document[0].get_objects())
    pages = len(document)
    document.close()
    return pages, words_on(pdf), pictures


def test_every_letter_of_a_name_can_be_copied_out_again() -> None:
    _, text, pictures = read(draw_paper(words("adult-registration", name=LETTERS), None, FONTS, AT))
    assert LETTERS in text
    assert pictures == 0


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.toml")), ids=lambda path: path.stem)
def test_each_form_fits_on_one_page_with_the_photograph(path: Any) -> None:
    drawn = draw_paper(words(path.stem, name="Lê Văn Mẫu"), a_photograph(1), FONTS, AT)
    pages, text, pictures = read(drawn)
    assert (pages, pictures) == (1, 1)
    assert "Mẫu số 01" in text
    assert "Lê Văn Mẫu" in text
    assert "chịu trách nhiệm trước pháp luật" in text


def test_a_line_without_an_answer_is_dotted() -> None:
    _, text, _ = read(draw_paper(words("stop-using", name="Lê Văn Mẫu"), None, FONTS, AT))
    assert "Lý do ngừng: ....." in text


@pytest.mark.parametrize("spoilt", [{"v": 2}, {"head": [["one"]]}, {"sections": None}])
def test_words_that_are_no_form_are_refused(spoilt: dict[str, Any]) -> None:
    with pytest.raises(BadPaper):
        draw_paper(words("stop-using") | spoilt, None, FONTS, AT)
    with pytest.raises(BadPaper):
        draw_paper({}, None, FONTS, AT)
    open_files = [each.readlink() for each in Path("/proc/self/fd").iterdir() if each.exists()]
    assert not [each for each in open_files if FONTS in each.parents]
