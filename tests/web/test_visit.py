"""A visit page by page, without scripts: every form works as a plain form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hardware.protocols import Subject
from kiosk.actions.begin import why_resting
from kiosk.adjustments import Adjustments
from kiosk.rehearsal import CHILDREN, GUARDIAN
from tests.web.conftest import PHONE, Screen


def test_the_start_page_says_what_to_bring(screen: Screen) -> None:
    page = screen.sees("/").text
    for words in ("Khoảng 3 phút", "Thẻ căn cước", "Thẻ BHYT", "Giấy khai sinh", "Con đi cùng", "Bắt đầu"):
        assert words in page


def test_a_whole_visit_ends_with_a_receipt(screen: Screen) -> None:
    screen.answers_everything()
    review = screen.sees("/review/").text
    for words in (GUARDIAN.full_name, CHILDREN[0].full_name, "0912 345 678", "Mẹ", "07918", "05/09/2021"):
        assert words in review
    assert GUARDIAN.personal_id.digits not in review, "numbers are masked"
    receipt = screen.sends("/pledge/")
    assert receipt.request.path == "/receipt/"
    assert "sẽ tự gửi khi có mạng" in receipt.text
    given = screen.station.visits.get(screen.visit_id)
    assert given is not None
    assert given.given is not None
    assert given.given.qr.code.shown() in receipt.text
    assert given.given.pin in receipt.text


def test_a_second_press_of_the_pledge_gives_the_same_receipt(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    screen.sends("/pledge/")
    first = visit.given
    screen.sends("/pledge/")
    assert visit.given is first


def test_without_an_account_or_a_card_there_is_a_way_and_a_way_back(screen: Screen) -> None:
    screen.sends("/start")
    stopped = screen.sends("/check/account", answer="no").text
    assert "Nhờ người giám hộ khác" in stopped
    assert 'href="/check/account"' in stopped
    screen.sends("/check/account", answer="yes")
    stopped = screen.sends("/check/card", answer="no").text
    assert "Hỏi nhân viên về tham gia BHYT" in stopped
    assert 'href="/check/card"' in stopped


def test_refusing_the_data_notice_ends_the_visit(screen: Screen) -> None:
    screen.sends("/start")
    screen.sends("/check/account", answer="yes")
    visit = screen.visit_id
    refused = screen.sends("/consent/", answer="no")
    assert "không lưu thông tin nào" in refused.text
    assert screen.visit_id is None
    assert screen.station.visits.get(visit) is None


def test_what_was_read_is_confirmed_or_read_again(screen: Screen) -> None:
    screen.begins()
    read = screen.sends("/guardian/look", pressed="1").text
    assert GUARDIAN.full_name in read
    assert "•••• •••• 0123" in read
    assert "Quét lại" in read
    again = screen.sees("/guardian/", again="1").text
    assert "Đưa thẻ căn cước" in again
    assert screen.sends("/guardian/").request.path == "/child/"


def test_each_wrong_phone_number_is_told_what_is_wrong_with_it(screen: Screen) -> None:
    screen.has_answered_everything()
    for typed, told in (
        ("", "Chưa có số"),
        ("09123", "10 chữ số"),
        ("024 3825 1234", "máy bàn"),
        ("01234567890", "đã đổi đầu số"),
    ):
        page = screen.sends("/contact/phone", phone=typed)
        assert page.status_code == 422
        assert told in page.text
        assert 'aria-invalid="true"' in page.text
        assert f'value="{typed}"' in page.text, "what was typed is still there"


def test_back_leads_through_the_whole_visit_and_keeps_the_answers(screen: Screen) -> None:
    screen.has_answered_everything()
    for path in ("/pledge/", "/review/", "/agency/", "/portrait/", "/certificate/", "/contact/address"):
        assert screen.sees(path).request.path == path
    assert 'value="0912 345 678"' in screen.sees("/contact/phone").text
    assert 'aria-current="true"' in screen.sees("/contact/relationship").text


def test_a_changed_answer_returns_to_the_review(screen: Screen) -> None:
    screen.has_answered_everything()
    assert "/contact/phone?from=review" in screen.sees("/review/").text
    page = screen.sees("/contact/phone", **{"from": "review"}).text
    assert 'action="/contact/phone?from=review"' in page
    assert 'href="/review/"' in page
    back = screen.sends("/contact/phone?from=review", phone="0987 654 321")
    assert back.request.path == "/review/"
    assert "0987 654 321" in back.text


def test_another_child_needs_neither_guardian_nor_contact_again(screen: Screen) -> None:
    screen.has_answered_everything()
    screen.sends("/pledge/")
    assert screen.sends("/receipt/another").request.path == "/child/"
    same = screen.sends("/child/look", pressed="1")
    assert same.status_code == 422
    assert "đã kê khai rồi" in same.text
    screen.lays(Subject.HEALTH_CARD, CHILDREN[1].to_qr())
    screen.sees("/child/", again="1")
    screen.sends("/child/look", pressed="1")
    assert screen.sends("/child/").request.path == "/certificate/"


def test_the_phone_number_is_never_in_an_address(screen: Screen) -> None:
    screen.begins()
    answer = screen.browser.post("/contact/phone", data={"phone": PHONE})
    assert "0912" not in answer.headers.get("Location", "")


def test_old_keys_of_central_refuse_nobody_unless_the_office_says_so(screen: Screen) -> None:
    station = screen.station
    assert why_resting(station) == ""
    strict = replace(station.config.central, keys_refuse_days=1)
    config = replace(station.config, central=strict)
    later = replace(station, adjustments=Adjustments(config), now=lambda: station.now() + timedelta(days=400))
    assert why_resting(later) == "central's keys are too old"
    assert why_resting(replace(later, adjustments=station.adjustments)) == ""
