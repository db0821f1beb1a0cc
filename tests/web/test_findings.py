"""What a reviewer would object to, as the visitor sees it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.insurance import HealthCard, HealthCardNumber, HealthLayout
from kiosk.domain.officers import Role
from kiosk.domain.phone import MobilePhone
from kiosk.domain.scan import read_scan
from kiosk.rehearsal import CHILDREN
from tests.web.conftest import Screen

TEXT = replace(
    CHILDREN[0],
    layout=HealthLayout.BHYT_LEGACY,
    card_number=HealthCardNumber("TE179AA00000001"),
    guardian_name="Trần Thị Bính",
).to_qr()
OLD_CARD = read_scan(TEXT.encode())
assert isinstance(OLD_CARD, HealthCard)


def test_the_review_shows_what_does_not_fit_side_by_side(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    assert "Có thể bị trả lại" not in screen.sees("/review/").text
    visit.draft = replace(visit.draft, child=OLD_CARD)
    review = screen.sees("/review/").text
    assert "Trên căn cước: Trần Thị Bình · Trên thẻ BHYT: Trần Thị Bính" in review


def test_of_a_long_number_the_end_alone_is_shown(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    visit.draft = replace(visit.draft, child=OLD_CARD)
    review = screen.sees("/review/").text
    assert "Mã thẻ: •••••••••••0001 · Mã số BHXH: ••••••0017" in review
    assert "TE179AA" not in review


def test_a_phone_number_that_nobody_can_have_is_told_before_the_pledge(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    visit.draft = replace(visit.draft, contact=replace(visit.draft.contact, phone=MobilePhone("0541234567")))
    assert "Máy chưa biết đầu số điện thoại này." in screen.sees("/review/").text


def test_the_childs_card_is_compared_with_itself_when_it_is_read(screen: Screen) -> None:
    screen.begins()
    screen.sends("/guardian/look", pressed="1")
    screen.sends("/guardian/")
    screen.station.inbox.put(TEXT.encode())
    read = screen.sends("/child/look", pressed="1").text
    assert "Mã thẻ: •••••••••••0001" in read


def test_the_officer_sees_what_to_look_at_and_no_name(screen: Screen) -> None:
    screen.logs_in(Role.OFFICER)
    assert "Lượt đang kê khai" not in screen.sees("/officer/").text
    visit = screen.has_answered_everything()
    visit.draft = replace(visit.draft, child=OLD_CARD)
    shown = screen.sees("/officer/").text
    assert "Lượt đang kê khai: nên xem lại" in shown
    assert "Tên người giám hộ gần giống tên cha, mẹ trên thẻ của con." in shown
    assert "Bính" not in shown
    assert "0001" not in shown
