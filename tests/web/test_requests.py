"""Whatever a browser or a stranger asks: an answer that says what to do, and nothing lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from hardware.protocols import Subject
from kiosk.rehearsal import CHILDREN, GUARDIAN
from tests.browser import InspectingClient
from tests.stations import open_station
from tests.web.conftest import Screen

HTMX = {"HX-Request": "true"}


def test_htmx_gets_the_screen_alone_and_a_browser_the_whole_page(screen: Screen) -> None:
    screen.begins()
    page, part = screen.browser.get("/guardian/"), screen.browser.get("/guardian/", headers=HTMX)
    assert page.text.lstrip().startswith("<!doctype html>")
    assert "<html" not in part.text
    assert part.headers["HX-Retarget"] == "#screen"


def test_a_visit_that_is_gone_starts_again(screen: Screen) -> None:
    for method, path in (("get", "/guardian/"), ("post", "/pledge/"), ("post", "/guardian/look")):
        gone = getattr(screen.browser, method)(path, headers=HTMX)
        assert gone.status_code == 410
        assert "Xin bắt đầu lại" in gone.text
        assert gone.headers["HX-Retarget"] == "#screen"


def test_after_a_restart_the_start_page_says_that_the_visit_was_cut_off_once(screen: Screen) -> None:
    screen.begins()
    screen.station.visits.leave(screen.visit_id)
    assert "bị gián đoạn" in screen.sees("/").text
    assert "bị gián đoạn" not in screen.sees("/").text


def test_a_page_too_early_leads_to_the_step_that_is_missing(screen: Screen) -> None:
    screen.begins()
    for path in ("/pledge/", "/review/", "/contact/phone", "/receipt/"):
        assert screen.sees(path).request.path == "/guardian/"
    refused = screen.browser.post("/pledge/", headers=HTMX)
    assert refused.status_code == 409
    assert refused.headers["HX-Retarget"] == "#notice", "the screen stays, the notice is shown on it"


def test_after_the_pledge_only_the_receipt_is_left(screen: Screen) -> None:
    screen.has_answered_everything()
    screen.sends("/pledge/")
    for path in ("/review/", "/contact/phone", "/guardian/"):
        assert screen.sees(path).request.path == "/receipt/"


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        pytest.param((), "Chưa thấy mã QR", id="nothing in view"),
        pytest.param((GUARDIAN.to_qr(), CHILDREN[0].to_qr()), "hai mã QR", id="two cards"),
        pytest.param((CHILDREN[0].to_qr(),), "không phải mã căn cước", id="the child's card"),
        pytest.param(("https://example.invalid/",), "bị lỗi hoặc thiếu", id="neither card"),
    ],
)
def test_a_press_says_what_lies_before_the_camera_and_a_poll_guides(
    screen: Screen, texts: tuple[str, ...], told: str
) -> None:
    screen.begins()
    screen.lays(Subject.CITIZEN_CARD, *texts)
    screen.sees("/guardian/")
    pressed = screen.asks("/guardian/look", pressed="1")
    assert pressed.status_code == 422
    assert told in pressed.text
    assert pressed.headers["HX-Retarget"] == "#notice"
    polled = screen.asks("/guardian/look")
    assert polled.status_code == 200
    assert "HX-Retarget" not in polled.headers
    code = polled.text.split('name="shown" value="')[1][:4]
    assert screen.asks("/guardian/look", shown=code).status_code == 204, "nothing new to say"


def test_a_read_card_moves_the_screen_on(screen: Screen) -> None:
    screen.begins()
    moved = screen.asks("/guardian/look")
    assert moved.headers["HX-Retarget"] == "#screen"
    assert 'data-sound="read"' in moved.text


def test_without_a_camera_the_visitor_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    with open_station(tmp_path) as opened:
        opened.app.test_client_class = InspectingClient
        browser = opened.app.test_client()
        assert isinstance(browser, InspectingClient)
        blind = Screen(browser, opened.station, tmp_path / "desk")
        blind.begins()
        answer = blind.asks("/guardian/look", pressed="1")
        assert answer.status_code == 503
        assert "Máy ảnh chưa sẵn sàng" in answer.text
        assert blind.sees("/guardian/").status_code == 200


def test_unknown_pages_and_wrong_methods_are_pages_too(screen: Screen) -> None:
    screen.logs_in()
    for method, path, status in (
        ("get", "/nowhere", 404),
        ("get", "/start", 405),
        ("post", "/", 405),
        ("get", "/preview/nothing.mjpeg", 404),
        ("get", "/officer/slip/../../etc/passwd", 404),
        ("get", "/officer/slip/0042", 404),
    ):
        answer = getattr(screen.browser, method)(path)
        assert answer.status_code == status, path
        assert "Xin" in answer.text
        assert "Về trang đầu" in answer.text
    assert "POST" in screen.browser.get("/start").headers["Allow"]


def test_too_much_is_refused_before_it_is_read(screen: Screen) -> None:
    screen.begins()
    for sent in ({"phone": "9" * 70_000}, {"photo": (BytesIO(b"x" * 200_000), "x.jpg")}):
        answer = screen.browser.post("/contact/phone", data=sent)
        assert answer.status_code == 413
        assert "quá lớn" in answer.text


def test_a_choice_left_out_or_made_up_is_refused(screen: Screen) -> None:
    screen.has_answered_everything()
    for path, sent in (
        ("/contact/relationship", {}),
        ("/contact/relationship", {"relationship": "emperor"}),
        ("/agency/", {"agency": "99999"}),
        ("/settings", {"size": "enormous"}),
        ("/settings", {}),
    ):
        answer = screen.browser.post(path, data=sent)
        assert answer.status_code in (400, 422), path


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="another site"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="a neighbour"),
        pytest.param({"Origin": "https://example.invalid"}, id="an older browser"),
        pytest.param({"Origin": "null"}, id="a frame without origin"),
        pytest.param({"Host": "rebound.example.invalid"}, id="a rebound name"),
    ],
)
def test_what_does_not_come_from_our_own_pages_is_refused(screen: Screen, headers: dict[str, str]) -> None:
    screen.begins()
    before = screen.visit_id
    answer = screen.browser.post("/leave", headers=headers)
    assert answer.status_code == 403
    assert screen.station.visits.get(before) is not None


def test_leaving_forgets_the_visit_and_empties_the_browser(screen: Screen) -> None:
    screen.has_answered_everything()
    visit = screen.visit_id
    left = screen.browser.post("/leave")
    assert left.headers["Location"] == "/"
    assert '"storage"' in left.headers["Clear-Site-Data"]
    assert screen.visit_id is None
    assert screen.station.visits.get(visit) is None
    assert GUARDIAN.full_name not in screen.sees("/").text


def test_htmx_leaves_by_loading_the_start_page_afresh(screen: Screen) -> None:
    screen.begins()
    assert screen.browser.post("/leave", headers=HTMX).headers["HX-Redirect"] == "/"


def test_a_poll_does_not_keep_an_absent_visitors_visit_alive(screen: Screen) -> None:
    screen.begins()
    visit = screen.station.visits.get(screen.visit_id)
    assert visit is not None
    touched = visit.touched_s
    screen.browser.post("/guardian/look", headers={**HTMX, "HX-Poll": "1"})
    assert visit.touched_s == touched
    screen.browser.post("/stay")
    assert visit.touched_s > touched
