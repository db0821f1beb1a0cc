"""The back of the citizen card, for whoever's code is scratched."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from werkzeug.test import TestResponse

from hardware.protocols import Subject
from hardware.sim.desk.cards import citizen_card_back
from kiosk.domain.address import Address
from kiosk.domain.identity import CitizenLayout
from kiosk.rehearsal import GUARDIAN, guardian_lines
from kiosk.visits import Visit
from tests.conftest import ROOT
from tests.web.conftest import Screen


@pytest.fixture
def turned_over(screen: Screen) -> Iterator[Screen]:
    """The guardian's card lies face down; the visitor is at the first scan."""
    _lay_back(screen, guardian_lines())
    screen.begins()
    yield screen
    _lay_back(screen, ())


def test_the_scan_page_offers_the_back_and_the_way_back_leads_there(screen: Screen) -> None:
    screen.begins()
    assert 'href="/guardian/back"' in screen.sees("/guardian/").text
    page = screen.sees("/guardian/back").text
    assert "Chụp mặt sau" in page
    assert "/preview/citizen-card-back.mjpeg" in page
    assert 'href="/guardian/?again=1"' in page


def test_the_back_fills_the_form(turned_over: Screen) -> None:
    read = _photographs(turned_over)
    assert read.request.path == "/guardian/"
    for words in (
        "Đây có phải anh/chị không",
        "TRAN THI BINH",
        "•••• •••• 0123",
        "15/06/1989",
        "Nữ",
        "không có dấu",
    ):
        assert words in read.text
    assert "Chưa có địa chỉ" in read.text
    assert turned_over.sends("/guardian/").request.path == "/child/"
    card = _visit(turned_over).draft.guardian
    assert card is not None
    assert (card.layout, card.personal_id) == (CitizenLayout.TD1, GUARDIAN.personal_id)
    assert card.date_of_birth == GUARDIAN.date_of_birth


def test_without_an_address_the_contact_page_calls_for_staff(turned_over: Screen) -> None:
    _photographs(turned_over)
    turned_over.sends("/guardian/")
    turned_over.sends("/child/look", pressed="1")
    turned_over.sends("/child/")
    turned_over.sends("/contact/phone", phone="0912345678")
    page = turned_over.sends("/contact/relationship", relationship="mother").text
    assert "Chưa có địa chỉ" in page
    assert "Gọi nhân viên" in page
    assert turned_over.sends("/contact/address").status_code == 422


def test_an_address_that_the_code_said_before_stays(turned_over: Screen) -> None:
    turned_over.sees("/guardian/")
    turned_over.sends("/guardian/look", pressed="1")
    turned_over.sends("/guardian/")
    _photographs(turned_over)
    turned_over.sends("/guardian/")
    assert _visit(turned_over).draft.contact.address == Address(printed=GUARDIAN.address)


def test_what_is_no_back_is_said_and_nothing_is_held(screen: Screen) -> None:
    _lay_back(screen, ())
    screen.begins()
    screen.sees("/guardian/back")
    for _ in range(2):
        answer = screen.asks("/guardian/back")
        assert answer.status_code == 422
        assert "Chưa đọc được mặt sau thẻ" in answer.text
        assert answer.headers["HX-Retarget"] == "#notice"
    assert _visit(screen).seen is None


def test_wrong_check_digits_are_not_taken(screen: Screen) -> None:
    first, second, name = guardian_lines()
    _lay_back(screen, (first[:-1] + str((int(first[-1]) + 1) % 10), second, name))
    screen.begins()
    screen.sees("/guardian/back")
    assert screen.asks("/guardian/back").status_code == 422


def test_without_tesseract_the_visitor_is_sent_to_the_code(
    turned_over: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    turned_over.sees("/guardian/back")
    monkeypatch.setenv("PATH", "/nowhere")
    answer = turned_over.asks("/guardian/back")
    assert answer.status_code == 503
    assert "Xin quét mã QR" in answer.text


def test_the_visit_review_shows_the_name_as_it_was_read(turned_over: Screen) -> None:
    turned_over.has_answered_everything()
    _photographs(turned_over, "?from=review")
    review = turned_over.sends("/guardian/?from=review")
    assert review.request.path == "/review/"
    assert "TRAN THI BINH" in review.text
    assert "Có thể bị trả lại" not in review.text, "a name without marks is no reason to send it back"


def _photographs(screen: Screen, query: str = "") -> TestResponse:
    screen.sees("/guardian/back")
    return screen.sends(f"/guardian/back{query}")


def _lay_back(screen: Screen, lines: tuple[str, ...]) -> None:
    """A dark table, and on it the back of a card with these lines; without lines, nothing."""
    screen.looks_away()
    table = np.full((1080, 1920, 3), 70, np.uint8)
    if lines:
        card = citizen_card_back(lines, ROOT / "static/fonts", px_per_mm=14)
        height, width = card.shape[:2]
        table[150 : 150 + height, 300 : 300 + width] = card
    folder = screen.desk / Subject.CITIZEN_CARD_BACK.value
    for old in folder.iterdir():
        old.unlink()
    for number in range(2):
        cv2.imwrite(str(folder / f"{number:03d}.png"), table)


def _visit(screen: Screen) -> Visit:
    visit = screen.station.visits.get(screen.visit_id)
    assert visit is not None
    return visit
