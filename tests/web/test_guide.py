"""Help that needs nobody, offline."""

from __future__ import annotations

import pytest

from hardware.protocols import Subject
from kiosk.domain.questions import search
from kiosk.rehearsal import CHILDREN, GUARDIAN
from kiosk.tables import load_questions
from tests.web.conftest import Screen


def test_every_help_page_is_reached_from_the_first_and_leads_back(screen: Screen) -> None:
    assert 'href="/guide/"' in screen.sees("/").text
    page = screen.sees("/guide/").text
    for path in ("/guide/number", "/guide/questions", "/guide/agencies", "/guide/card"):
        assert f'href="{path}"' in page
        assert 'href="/guide/"' in screen.sees(path).text
    screen.begins()
    assert 'href="/guardian/"' in screen.sees("/guide/").text, "back into the visit"


def test_the_number_page_shows_the_ten_digits_on_three_kinds_of_card(screen: Screen) -> None:
    page = screen.sees("/guide/number").text
    assert page.count('stroke="#F5B942"') == 2, "marked on the two that are valid"
    assert "hết hiệu lực" in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mật khẩu", "Tôi chưa nhận được mật khẩu?"),
        ("mat khau", "Tôi chưa nhận được mật khẩu?"),
        ("MAT KHAU chua nhan", "Tôi chưa nhận được mật khẩu?"),
        ("ảnh khai sinh", "Ảnh giấy khai sinh phải thế nào?"),
        ("tra lai", "Vì sao tờ khai bị trả lại?"),
        ("2018", "Mã số BHXH của con ở đâu?"),
        ("can cuoc tre", "Trẻ chưa có căn cước có đăng ký được không?"),
    ],
)
def test_a_question_is_found_with_or_without_marks(screen: Screen, words: str, found: str) -> None:
    page = screen.sends("/guide/questions", words=words).text
    assert page.index(found) == min(page.index(each.asked) for each in search(load_questions()["vi"], words))


def test_what_is_not_there_is_said(screen: Screen) -> None:
    for path in ("/guide/questions", "/guide/agencies"):
        assert "Chưa tìm thấy" in screen.sends(path, words="qwertz").text
        assert "Chưa tìm thấy" not in screen.sends(path, words=" ").text


def test_an_agency_is_found_by_name_province_or_code(screen: Screen) -> None:
    for words in ("Bình Tân", "binh tan", "07918", "ho chi minh binh tan"):
        page = screen.sends("/guide/agencies", words=words).text
        assert "07918" in page
        assert "00106" not in page


def test_a_health_card_is_shown_and_nothing_is_kept(screen: Screen) -> None:
    screen.sees("/guide/card")
    page = screen.sends("/guide/card", pressed="1").text
    for said in (CHILDREN[0].full_name, "05/09/2021", 'data-home-after="60"'):
        assert said in page
    assert screen.visit_id is None
    screen.lays(Subject.HEALTH_CARD, GUARDIAN.to_qr())
    screen.sees("/guide/card")
    refused = screen.sends("/guide/card", pressed="1")
    assert refused.status_code == 422
    assert "không phải mã thẻ BHYT" in refused.text
