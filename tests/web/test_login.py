"""Every officer's page lies behind number and PIN, and each role opens its own."""

from __future__ import annotations

import logging

import pytest

from kiosk.actions.keep_officers import add_officer, change_pin, remove_officer
from kiosk.cli.open_station import OpenStation
from kiosk.domain.officers import Officer, Role
from kiosk.lockout import TRIES
from kiosk.rehearsal import OFFICERS
from kiosk.shifts import Shifts
from kiosk.visits import Settings
from kiosk.web.station import SHIFT_COOKIE
from tests.stations import NOON, a_draft
from tests.web.conftest import Screen

LAN, PIN = OFFICERS[0]


def enters(screen: Screen, number: str, pin: str, **more: str):
    assert screen.sends("/officer/login", number=number).status_code == 200
    return screen.sends("/officer/login/pin", number=number, pin=pin, **more)


def test_nothing_under_officer_opens_without_logging_in(screen: Screen, at_work) -> None:
    app = at_work[0].app
    paths = {str(rule).replace("<code>", "0042-0001-N") for rule in app.url_map.iter_rules()}
    officers_own = {path for path in paths if path.startswith("/officer/")}
    assert len(officers_own) > 5
    for path in officers_own - {"/officer/login", "/officer/login/pin", "/officer/logout"}:
        for method in ("get", "post"):
            answer = getattr(screen.browser, method)(path)
            assert answer.status_code == 303, (method, path)
            assert answer.headers["Location"].startswith("/officer/login"), path
    assert screen.browser.get("/officer/nothing-here").status_code == 303


def test_number_and_pin_lead_to_the_desk(screen: Screen) -> None:
    asked = screen.sees("/officer/")
    assert "Cán bộ đăng nhập" in asked.text
    answer = enters(screen, LAN.number, PIN.digits)
    assert answer.request.path == "/officer/"
    assert "Mã cán bộ 101" in answer.text
    assert "data-officer" in screen.sees("/").text, "seen from afar that somebody is logged in"
    cookie = screen.browser.get_cookie(SHIFT_COOKIE)
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site, cookie.max_age) == (True, "Strict", None)


def test_after_logging_in_comes_the_page_that_was_asked_for(screen: Screen) -> None:
    number, pin = OFFICERS[1]
    assert screen.sees("/status/withdraw").request.args["to"] == "/status/withdraw"
    assert enters(screen, number.number, pin.digits, to="/status/withdraw").request.path == "/status/withdraw"
    screen.sends("/officer/logout")
    elsewhere = screen.browser.post(
        "/officer/login/pin", data={"number": number.number, "pin": pin.digits, "to": "//example.invalid/"}
    )
    assert elsewhere.headers["Location"] == "/"


def test_beside_a_visit_the_officer_comes_back_to_it(screen: Screen) -> None:
    screen.has_answered_everything()
    assert enters(screen, LAN.number, PIN.digits).request.path == "/review/"


def test_wrong_number_wrong_pin_and_too_many(screen: Screen, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    add_officer(screen.station.db_path, Officer("2001", Role.OFFICER), PIN, at=NOON)
    assert screen.sends("/officer/login", number="Lan").status_code == 422
    unknown = enters(screen, "2002", "975310")
    wrong = enters(screen, "2001", "975310")
    assert unknown.status_code == wrong.status_code == 422
    assert "chưa đúng" in wrong.text
    assert 'type="password"' in wrong.text
    for _ in range(TRIES - 1):
        enters(screen, "2001", "975310")
    locked = enters(screen, "2001", PIN.digits)
    assert locked.status_code == 429
    assert "Thử lại được sau 5 phút" in locked.text
    assert not any(secret in caplog.text + locked.text for secret in ("975310", PIN.digits))


def test_a_role_that_is_too_low_is_told_so(screen: Screen) -> None:
    screen.logs_in(Role.OFFICER)
    refused = screen.sees("/status/withdraw")
    assert refused.status_code == 403
    assert "chưa được giao việc này" in refused.text
    assert "Rút tờ khai đã nộp" not in screen.sees("/officer/").text, "nor is it offered"


def test_logging_out_leaves_the_visit_alone(screen: Screen) -> None:
    screen.has_answered_everything()
    screen.logs_in()
    assert screen.sends("/officer/logout").request.path == "/review/"
    assert screen.browser.get_cookie(SHIFT_COOKIE) is None
    assert screen.sees("/officer/").request.path == "/officer/login"


def test_a_visitor_who_leaves_takes_the_officer_along(screen: Screen) -> None:
    screen.has_answered_everything()
    screen.logs_in()
    screen.sends("/leave")
    assert screen.sees("/officer/").request.path == "/officer/login", "not for the next visitor"


def test_whoever_is_removed_or_has_another_pin_is_logged_out(screen: Screen) -> None:
    add_officer(screen.station.db_path, Officer("3001", Role.OFFICER), PIN, at=NOON)
    enters(screen, "3001", PIN.digits)
    change_pin(screen.station.db_path, "3001", OFFICERS[1][1], at=NOON)
    assert screen.sees("/officer/").request.path == "/officer/login"
    enters(screen, "3001", OFFICERS[1][1].digits)
    remove_officer(screen.station.db_path, "3001", at=NOON)
    assert screen.sees("/officer/").request.path == "/officer/login"


def test_another_browser_is_not_logged_in(screen: Screen, at_work: tuple[OpenStation, object]) -> None:
    screen.logs_in()
    assert at_work[0].app.test_client().get("/officer/").status_code == 303


def test_a_shift_ends_by_itself_and_touches_keep_it() -> None:
    seconds = [0.0]
    shifts = Shifts(lambda: seconds[0], idle_seconds=300)
    shift = shifts.begin(LAN, "")
    seconds[0] = 299
    assert shifts.get(shift.id) is shift
    shifts.touch(shift)
    seconds[0] = 598
    assert shifts.get(shift.id) is shift
    assert shifts.get("somebody else's") is None
    seconds[0] = 600
    assert shifts.get(shift.id) is None
    assert "101" not in repr(shift)


def test_a_visitors_touches_do_not_keep_the_officer_where_nobody_sits_beside(screen: Screen) -> None:
    screen.station.visits.begin(a_draft(screen.station.procedures.first), Settings())
    visit = screen.has_answered_everything()
    screen.logs_in()
    cookie = screen.browser.get_cookie(SHIFT_COOKIE)
    assert cookie is not None
    shift = screen.station.shifts.get(cookie.value)
    assert shift is not None
    visit.touched_s = shift.touched_s = before = screen.station.tick() - 100
    screen.sees("/review/")
    assert visit.touched_s > before
    assert shift.touched_s == before
    screen.sees("/officer/")
    assert shift.touched_s > before
