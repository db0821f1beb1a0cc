"""A rehearsal: a whole visit with an invented family, marked everywhere, of which nothing is kept."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from hardware.protocols import Slip, Title
from kiosk.actions.compose_slip import REHEARSAL_MARK
from kiosk.actions.draw_form import draw_form
from kiosk.actions.submit import submit
from kiosk.domain.officers import Role
from kiosk.rehearsal import CHILDREN, GUARDIAN
from kiosk.spooler import PrintOrder, Spooler
from kiosk.visits import Visit
from kiosk.web.station import COOKIE, SHIFT_COOKIE
from sync.durable import open_db
from tests.stations import a_draft
from tests.web.conftest import PHONE, Screen
from tests.web.test_procedures import answer_all, begin

MARK = '<div class="rehearsal__mark"'


def _kept(screen: Screen) -> tuple[str, list[str]]:
    """What outlives a visit: the database as text, and the files beside it but for compiled templates."""
    folder = screen.station.db_path.parent
    with open_db(screen.station.db_path) as db:
        rows = "\n".join(db.conn.iterdump())
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return rows, [path for path in files if not path.endswith(("-journal", ".lock", ".cache"))]


def _visit(screen: Screen) -> Visit:
    visit = screen.station.visits.get(screen.visit_id)
    assert visit is not None
    return visit


def _begins(screen: Screen, procedure: str = "") -> Visit:
    screen.logs_in(Role.SUPERVISOR)
    shown = screen.sends("/officer/rehearsal/", procedure=procedure)
    assert shown.status_code == 200
    assert MARK in shown.text
    return _visit(screen)


def _walks(screen: Screen) -> Iterator[str]:
    """The whole way with nothing in hand: the text of every screen."""
    yield screen.sends("/check/account", answer="yes").text
    yield screen.sends("/check/card", answer="yes").text
    yield screen.sends("/consent/", answer="yes").text
    for step in ("guardian", "child"):
        yield screen.sends(f"/sample/{step}").text
        yield screen.sends(f"/{step}/").text
    yield screen.sends("/contact/phone", phone=PHONE).text
    yield screen.sends("/contact/relationship", relationship="mother").text
    yield screen.sends("/contact/address").text
    for step in ("certificate", "portrait"):
        yield screen.sends(f"/sample/{step}").text
        yield screen.sends(f"/{step}/").text
    yield screen.sends("/agency/", agency="07918").text
    yield screen.sends("/ask/delivery", answer="in-person").text
    yield screen.sees("/review/").text
    yield screen.sees("/paper/").text
    yield screen.sees("/pledge/").text
    yield screen.sends("/pledge/").text


def test_a_whole_visit_without_a_card_is_marked_on_every_screen_and_leaves_nothing(screen: Screen) -> None:
    screen.station.ballast.lay()
    before = _kept(screen)
    visit = _begins(screen)
    screens = list(_walks(screen))
    unmarked = [re.findall(r'data-screen="([^"]*)"', text) for text in screens if MARK not in text]
    assert unmarked == []
    assert all("· THỬ NGHIỆM ·" in text for text in screens)
    assert "Diễn tập đã xong" in screens[-1]
    assert "Tờ khai đã lưu" not in screens[-1]
    assert "sẽ tự gửi khi có mạng" not in screens[-1]
    assert visit.given is not None
    assert visit.draft.captures[0].flaws == (), "the sample certificate is one that passes"
    _wait_for_paper(visit)
    assert "Đã in biên nhận" in screen.sees("/receipt/printing").text
    slips = Path(screen.station.config.printer.address)
    assert (slips / "rehearsal.png").exists(), "under a name that no receipt has"
    code, pin = visit.given.qr.code.shown(), visit.given.pin
    screen.sends("/leave")
    assert MARK not in screen.sees("/").text
    assert _kept(screen) == before, "no row of any table, no line of the journal, no part laid down"
    assert screen.sends("/status/code", code=code, pin=pin).status_code == 404
    screen.logs_in()
    assert screen.sends("/officer/print", code=code).status_code == 404


def test_the_slip_and_the_form_say_what_they_are(screen: Screen) -> None:
    orders: list[PrintOrder] = []
    _begins(screen)
    visit = begin(screen, "child-directly")
    answer_all(screen, {})
    spooler = Spooler(orders.append)
    spooler.start()
    submit(replace(screen.station, spooler=spooler), visit)
    spooler.stop()
    [order] = orders
    assert order.is_rehearsal
    assert _marks(order.slip) == 3
    document = pypdfium2.PdfDocument(draw_form(screen.station, visit).pdf)
    for page in document:
        assert REHEARSAL_MARK in page.get_textpage().get_text_bounded()
    document.close()


def test_a_start_in_a_rehearsal_is_a_rehearsal_until_it_is_left(screen: Screen) -> None:
    first = _begins(screen)
    assert MARK in screen.sees("/").text
    assert MARK in screen.sends("/start").text
    assert _visit(screen).is_rehearsal
    assert _visit(screen) is not first
    screen.sends("/leave")
    assert MARK not in screen.sends("/start").text
    assert not _visit(screen).is_rehearsal


def test_where_nobody_sits_beside_the_officer_is_logged_out_with_the_rehearsal(screen: Screen) -> None:
    _begins(screen)
    screen.sends("/leave")
    assert screen.browser.get_cookie(SHIFT_COOKIE) is None
    assert screen.sees("/officer/").request.path == "/officer/login"


def test_a_rehearsal_does_not_wipe_a_visit(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    screen.logs_in(Role.SUPERVISOR)
    assert "Đang có người kê khai" in screen.sees("/officer/rehearsal/").text
    refused = screen.sends("/officer/rehearsal/")
    assert refused.status_code == 409
    assert _visit(screen) is visit


def test_samples_are_for_rehearsals_alone(screen: Screen) -> None:
    screen.begins()
    assert screen.sends("/sample/guardian").status_code == 404
    assert "Dùng giấy tờ mẫu" not in screen.sees("/guardian/").text
    assert _visit(screen).seen is None


def test_what_lies_before_the_camera_is_read_in_a_rehearsal_too(screen: Screen) -> None:
    _begins(screen)
    for page in ("/check/account", "/check/card", "/consent/"):
        screen.sends(page, answer="yes")
    assert "Dùng giấy tờ mẫu" in screen.sees("/guardian/").text
    assert GUARDIAN.full_name in screen.sends("/guardian/look", pressed="1").text


def test_after_the_familys_last_child_the_camera_is_still_there(screen: Screen) -> None:
    visit = _begins(screen)
    visit.draft = a_draft(screen.station.procedures.first)
    screen.sends("/pledge/")
    screen.sends("/receipt/another")
    screen.sends("/sample/child")
    assert visit.seen == CHILDREN[1]
    visit.declared |= {"7900000017", "7900000025"}
    assert screen.sends("/sample/child").status_code == 422


def test_a_browser_that_lost_its_rehearsal_is_told_that_nothing_is_left(screen: Screen) -> None:
    visit = _begins(screen)
    screen.station.visits.leave(visit.id)
    screen.browser.set_cookie(COOKIE, visit.id)
    assert "Xin bắt đầu lại" in screen.sees("/").text


def _wait_for_paper(visit: Visit) -> None:
    assert visit.given is not None
    assert visit.given.own is not None
    for _ in range(500):
        if visit.given.own.state == "printed":
            return
        time.sleep(0.02)
    pytest.fail("no paper")


def _marks(slip: Slip) -> int:
    return sum(isinstance(each, Title) and each.text == REHEARSAL_MARK for each in slip.blocks)
