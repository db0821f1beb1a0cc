"""A card that cannot be read is typed: name, number, birthday; nobody is turned away."""

from __future__ import annotations

import unicodedata

import pytest

from kiosk.domain.card_json import scan_to_json
from kiosk.domain.identity import CitizenLayout
from kiosk.domain.typed_card import TypedChild
from tests.web.conftest import Screen


def _type(screen: Screen, step: str, *answers: str) -> str:
    """Name, number, birthday; the page after the last."""
    page = ""
    for field, answer in zip(("name", "number", "born"), answers, strict=True):
        page = screen.sends(f"/{step}/typed/{field}", **{field: answer}).text
    return page


def test_a_guardian_whose_card_cannot_be_read_is_typed(screen: Screen) -> None:
    screen.begins()
    assert 'href="/guardian/typed/name"' in screen.sees("/guardian/", again="1").text
    page = _type(
        screen, "guardian", unicodedata.normalize("NFD", " Trần  Thị Bình "), "079 189 000 123", "15/06/1989"
    )
    for words in ("Anh/chị đã nhập", "Trần Thị Bình", "•••• •••• 0123", "15/06/1989", "Nữ"):
        assert words in page
    assert 'href="/guardian/typed/name"' in page, "a mistake is put right at the keys"
    assert screen.sends("/guardian/").request.path == "/child/"
    visit = screen.station.visits.get(screen.visit_id)
    assert visit is not None
    assert visit.draft.guardian is not None
    assert visit.draft.guardian.layout is CitizenLayout.TYPED
    assert visit.draft.guardian.full_name == "Trần Thị Bình", "composed letters, single spaces"


@pytest.mark.parametrize(
    ("number", "bhxh"),
    [("7921000456", "7921000456"), ("TE1 79 79 2100 0456", "7921000456"), ("079221000456", None)],
)
def test_a_childs_card_is_typed_by_any_of_its_numbers(screen: Screen, number: str, bhxh: str | None) -> None:
    screen.has_answered_everything()
    page = _type(screen, "child", "H'Niê Kđăm", number, "05/09/2021")
    assert "H&#39;Niê Kđăm" in page
    assert screen.sends("/child/").request.path == "/contact/phone"
    visit = screen.station.visits.get(screen.visit_id)
    assert visit is not None
    child = visit.draft.child
    assert isinstance(child, TypedChild)
    said = scan_to_json(child)
    assert (said["kind"], said["bhxh_number"], said["date_of_birth"]) == ("typed-child", bhxh, "2021-09-05")
    assert "H&#39;Niê Kđăm" in screen.sees("/review/").text


@pytest.mark.parametrize(
    ("path", "typed", "told"),
    [
        ("/guardian/typed/name", "", "chưa đúng"),
        ("/guardian/typed/name", "Trần 2", "chỉ dùng chữ"),
        ("/guardian/typed/number", "079189", "có 12 chữ số"),
        ("/guardian/typed/number", "7921000456", "có 12 chữ số"),
        ("/guardian/typed/born", "31/02/1989", "chưa đúng"),
        ("/guardian/typed/born", "1989", "ngày, tháng, năm"),
        ("/child/typed/number", "DN401AA00000001", "10 hoặc 12 chữ số"),
        ("/child/typed/number", "079189000123", "đã kê khai"),
    ],
)
def test_what_is_wrong_is_said_above_and_at_the_field_and_stays_there(
    screen: Screen, path: str, typed: str, told: str
) -> None:
    screen.has_answered_everything()
    field = path.rpartition("/")[2]
    page = screen.sends(path, **{field: typed})
    assert page.status_code == 422
    assert page.text.count(told) == 2
    assert f'<a href="#{field}">' in page.text
    assert f'value="{typed}"' in page.text


def test_back_keeps_what_was_typed(screen: Screen) -> None:
    screen.begins()
    _type(screen, "guardian", "Trần Thị Bình", "079189000123", "15/06/1989")
    assert 'value="15/06/1989"' in screen.sees("/guardian/typed/born").text
    assert 'href="/guardian/typed/number"' in screen.sees("/guardian/typed/born").text
    assert 'value="079189000123"' in screen.sees("/guardian/typed/number").text
    assert screen.sees("/guardian/typed/shoe").status_code == 404


def test_the_next_child_begins_with_empty_fields(screen: Screen) -> None:
    screen.has_answered_everything()
    _type(screen, "child", "Trần An", "7921000456", "05/09/2021")
    screen.sends("/child/")
    screen.sends("/pledge/")
    screen.sends("/receipt/another")
    assert "Trần An" not in screen.sees("/child/typed/name").text
    same = screen.sends("/child/typed/number", number="7921000456")
    assert "đã kê khai" in same.text
