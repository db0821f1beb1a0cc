"""Looking up a declaration, and what the officer sees of it."""

from __future__ import annotations

import re
import shutil

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hardware.protocols import Subject
from kiosk.actions.count_day import Basket, count_day
from kiosk.actions.print_receipt import reprint
from kiosk.domain.officers import Role
from kiosk.rehearsal import CHILDREN, GUARDIAN
from kiosk.store import journal
from kiosk.visits import Given
from sync import events, outbox
from sync.durable import open_db, writing
from sync.event import Event, Fault, Kind, Reason, sign_event
from sync.manifest import read_manifest
from sync.notice import read_notice
from sync.pin import proves
from tests.stations import a_draft
from tests.web.conftest import Screen


def _declared(screen: Screen) -> Given:
    visit = screen.has_answered_everything()
    screen.sends("/pledge/")
    assert visit.given is not None
    screen.sends("/leave")
    return visit.given


def test_code_and_pin_show_where_the_declaration_stands(screen: Screen) -> None:
    given = _declared(screen)
    shown = screen.sends("/status/code", code=given.qr.code.shown().lower(), pin=given.pin.lower())
    assert shown.status_code == 200
    assert "Đã lưu tại máy này, sẽ tự gửi khi có mạng" in shown.text
    assert shown.text.count('class="is-done"') == 1
    for secret in (given.pin, given.qr.token, GUARDIAN.full_name, CHILDREN[0].full_name):
        assert secret not in shown.text


def test_an_unknown_code_and_a_wrong_pin_are_told_the_same(screen: Screen) -> None:
    given = _declared(screen)
    wrong = screen.sends("/status/code", code=given.qr.code.shown(), pin="000000")
    unknown = screen.sends("/status/code", code="0042-0099-9", pin="000000")
    assert wrong.status_code == unknown.status_code == 404
    assert "Chưa tìm thấy" in wrong.text
    assert "Chưa tìm thấy" in unknown.text


def test_the_pin_cannot_be_guessed(screen: Screen) -> None:
    given = _declared(screen)
    for _ in range(5):
        screen.sends("/status/code", code=given.qr.code.shown(), pin="000000")
    locked = screen.sends("/status/code", code=given.qr.code.shown(), pin=given.pin)
    assert locked.status_code == 429
    assert "Xin chờ ít phút" in locked.text


def test_the_receipt_before_the_camera_is_enough(screen: Screen) -> None:
    given = _declared(screen)
    screen.lays(Subject.RECEIPT, given.qr.to_qr())
    screen.sees("/status/")
    shown = screen.asks("/status/look")
    assert shown.headers["HX-Retarget"] == "#screen"
    assert given.qr.code.shown() in shown.text


def test_a_card_is_no_receipt(screen: Screen) -> None:
    screen.lays(Subject.RECEIPT, GUARDIAN.to_qr())
    screen.sees("/status/")
    answer = screen.asks("/status/look", pressed="1")
    assert answer.status_code == 422
    assert "không phải mã biên nhận" in answer.text


def test_the_officer_sees_what_waits_and_nothing_personal(screen: Screen) -> None:
    given = _declared(screen)
    screen.logs_in(Role.OFFICER)
    page = screen.sees("/officer/").text
    assert given.qr.code.shown() in page
    assert "tờ khai chờ gửi" in page
    for secret in (given.pin, given.qr.token, GUARDIAN.full_name, CHILDREN[0].full_name, "0912"):
        assert secret not in page


def test_the_officer_is_told_what_the_last_start_found(screen: Screen) -> None:
    folder = screen.station.db_path.parent / "found" / "2026-11-22"
    folder.mkdir(parents=True)
    (folder / ("0" * 64)).touch()
    with open_db(screen.station.db_path) as db, writing(db):
        journal.note(db, journal.Event.RESTORED, at=screen.station.now(), subject="none", detail="6")
    screen.logs_in(Role.OFFICER)
    page = screen.sees("/officer/").text
    assert "6 tờ khai được lấy lại từ tệp" in page
    assert "1 tệp không thuộc tờ khai nào" in page
    shutil.rmtree(folder.parent)


def test_a_reprint_of_an_unknown_receipt_is_refused(screen: Screen) -> None:
    screen.logs_in(Role.OFFICER)
    for code in ("", "0042-0099-9", "../../x"):
        assert screen.sends("/officer/print", code=code).status_code == 404


def test_what_central_decided_is_told_in_plain_words(screen: Screen) -> None:
    given = _declared(screen)
    reasons = (Reason("birth-certificate", Fault.BLURRED), Reason("phone", Fault.WRONG))
    _decides(screen, Event(seq=7, kind=Kind.RETURNED, at=AT, declaration=given.uuid, reasons=reasons))
    shown = screen.sends("/status/code", code=given.qr.code.text, pin=given.pin)
    assert "Cần bổ sung" in shown.text
    assert "Ảnh giấy khai sinh bị mờ" in shown.text
    assert "Số điện thoại không đúng" in shown.text
    _decides(screen, Event(seq=9, kind=Kind.ACCEPTED, at=AT, declaration=given.uuid))
    shown = screen.sends("/status/code", code=given.qr.code.text, pin=given.pin)
    assert "Đã duyệt" in shown.text
    assert "Ảnh giấy khai sinh bị mờ" not in shown.text


def _queued(screen: Screen, given: Given, kind: outbox.Kind) -> outbox.Entry | None:
    with open_db(screen.station.db_path) as db:
        declaration = outbox.entry(db, given.uuid)
        assert declaration is not None
        return outbox.following(db, declaration.seq, kind)


def test_a_declaration_is_taken_back_with_code_and_pin(screen: Screen) -> None:
    given = _declared(screen)
    receipt = {"code": given.qr.code.shown(), "pin": given.pin}
    assert "Rút tờ khai này" in screen.sends("/status/code", **receipt).text
    assert screen.sees("/status/withdraw").request.path == "/officer/login", "not without an officer"
    screen.logs_in(Role.OFFICER)
    assert screen.sends("/status/withdraw", **receipt).status_code == 403
    screen.logs_in(Role.SUPERVISOR)
    assert "<h1>Rút tờ khai đã nộp" in re.sub(r"<h1[^>]*>", "<h1>", screen.sees("/status/withdraw").text)
    refused = screen.sends("/status/withdraw", **receipt | {"pin": "000000"})
    assert (refused.status_code, _queued(screen, given, outbox.Kind.WITHDRAWAL)) == (404, None)
    shown = screen.sends("/status/withdraw", **receipt)
    assert "Đã ghi nhận yêu cầu rút" in shown.text
    assert "Rút tờ khai này" not in shown.text
    queued = _queued(screen, given, outbox.Kind.WITHDRAWAL)
    assert queued is not None
    assert read_notice(queued.manifest).declaration == given.uuid
    screen.sends("/status/withdraw", **receipt)
    assert _queued(screen, given, outbox.Kind.WITHDRAWAL) == queued, "pressing twice is one withdrawal"
    _decides(screen, Event(seq=11, kind=Kind.WITHDRAWN, at=AT, declaration=given.uuid))
    assert "Đã rút theo yêu cầu" in screen.sends("/status/code", **receipt).text


def test_what_was_accepted_cannot_be_taken_back(screen: Screen) -> None:
    given = _declared(screen)
    _decides(screen, Event(seq=12, kind=Kind.ACCEPTED, at=AT, declaration=given.uuid))
    screen.logs_in(Role.SUPERVISOR)
    refused = screen.sends("/status/withdraw", code=given.qr.code.shown(), pin=given.pin)
    assert refused.status_code == 409
    assert "Xin hỏi cơ quan BHXH" in refused.text
    assert _queued(screen, given, outbox.Kind.WITHDRAWAL) is None


def test_a_declaration_is_mended_by_another_that_stands_for_it(screen: Screen) -> None:
    given = _declared(screen)
    receipt = {"code": given.qr.code.shown(), "pin": given.pin}
    assert "Sửa và khai lại" in screen.sends("/status/code", **receipt).text
    screen.logs_in(Role.SUPERVISOR)
    assert "Xin khai lại từ đầu" in screen.sees("/status/mend").text
    assert screen.sends("/status/mend", **receipt | {"pin": "000000"}).status_code == 404
    assert screen.sends("/status/mend", **receipt).status_code == 200
    visit = screen.station.visits.under_way
    assert visit is not None
    assert "Đã lưu tại máy này" in screen.sends("/status/code", **receipt).text, (
        "until the new one is pledged"
    )
    visit.draft = a_draft(screen.station.procedures.first, seed=2)
    screen.sends("/pledge/")
    assert visit.given is not None
    with open_db(screen.station.db_path) as db:
        queued = outbox.entry(db, visit.given.uuid)
    assert queued is not None
    assert read_manifest(queued.manifest).replaces == given.uuid
    shown = screen.sends("/status/code", **receipt).text
    assert "Đã khai lại bằng tờ khai mới" in shown
    assert "Sửa và khai lại" not in shown
    screen.sends("/receipt/another")
    assert visit.replaces is None, "another child is another declaration"
    screen.sends("/leave")
    screen.logs_in(Role.SUPERVISOR)
    day = count_day(screen.station.db_path, at=screen.station.now())
    assert day.by_basket[Basket.REPLACED] == 1
    assert "Đã khai lại bằng tờ khai mới" in screen.sees("/officer/").text
    for path, code in (("mend", 409), ("withdraw", 409)):
        assert screen.sends(f"/status/{path}", **receipt).status_code == code
    _decides(screen, Event(seq=13, kind=Kind.ACCEPTED, at=AT, declaration=given.uuid))
    assert "Đã duyệt" in screen.sends("/status/code", **receipt).text, "central was faster"


def test_central_learns_what_proves_a_slip_printed_anew(screen: Screen) -> None:
    given = _declared(screen)
    for _ in range(2):
        screen.waits_for_paper(given.uuid)
        reprint(screen.station, given.qr.code.text)
    queued = _queued(screen, given, outbox.Kind.SLIP)
    assert queued is not None
    notice = read_notice(queued.manifest)
    assert notice.status_pin_scrypt is not None
    assert not proves(notice.status_pin_scrypt, given.pin), "the lost slip proves nothing"


AT = "2026-11-22T05:00:00.000+00:00"


def _decides(screen: Screen, event: Event) -> None:
    """As the postman keeps what central signed."""
    with open_db(screen.station.db_path) as db:
        events.keep(db, [(event, sign_event(event, Ed25519PrivateKey.generate()))])
