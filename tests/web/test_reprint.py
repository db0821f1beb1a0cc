"""A receipt that is printed again says how far the declaration has come by then."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hardware.protocols import Entry, Paragraph, Slip
from kiosk.actions.compose_slip import ReceiptFacts, compose_slip
from kiosk.actions.print_receipt import reprint
from kiosk.actions.submit import submit
from kiosk.domain.receipt import ReceiptCode, ReceiptQr
from kiosk.spooler import PrintOrder, Spooler
from kiosk.visits import Given
from sync import events, outbox
from sync.durable import open_db
from sync.event import Event, Fault, Kind, Reason, sign_event
from tests.stations import NOON
from tests.web.conftest import Screen

AT = "2026-11-22T05:00:00.000+00:00"
RESULT = "Kết quả thường có sau"


@pytest.fixture
def given(screen: Screen) -> Given:
    given = submit(screen.station, screen.has_answered_everything())
    screen.waits_for_paper(given.uuid)
    return given


def test_one_that_nobody_has_fetched_yet_is_saved_here(screen: Screen, given: Given) -> None:
    slip = _printed_again(screen, given)
    assert _state(slip) == "Đã lưu tại máy này, sẽ tự gửi khi có mạng"
    assert any(RESULT in each for each in _told(slip))


def test_one_that_central_has_is_received(screen: Screen, given: Given) -> None:
    with open_db(screen.station.db_path) as db:
        outbox.settle(db, given.uuid, received_at=AT, acknowledgement=b"x")
    slip = _printed_again(screen, given)
    assert _state(slip) == "Cơ quan BHXH đã nhận"
    assert any(RESULT in each for each in _told(slip)), "the result is still to come"


def test_one_that_came_back_says_why_and_promises_no_result(screen: Screen, given: Given) -> None:
    reasons = (Reason("portrait", Fault.BLURRED), Reason("phone", Fault.WRONG))
    _decides(screen, Event(seq=21, kind=Kind.RETURNED, at=AT, declaration=given.uuid, reasons=reasons))
    slip = _printed_again(screen, given)
    assert _state(slip) == "Cần bổ sung"
    assert {"Ảnh chân dung bị mờ", "Số điện thoại không đúng"} <= _told(slip)
    assert not any(RESULT in each for each in _told(slip))


def test_one_that_was_approved_says_what_that_means_for_its_procedure(screen: Screen, given: Given) -> None:
    _decides(screen, Event(seq=22, kind=Kind.ACCEPTED, at=AT, declaration=given.uuid))
    slip = _printed_again(screen, given)
    assert _state(slip) == screen.station.procedures.first.accepted.vi
    assert not any(RESULT in each for each in _told(slip))


def test_who_reads_english_reads_the_state_in_both(screen: Screen) -> None:
    facts = ReceiptFacts(
        qr=ReceiptQr(ReceiptCode.of(screen.station.config.station.id, 1), "0" * 32),
        pin="4T7K9M",
        sealed_at=NOON,
        agency=None,
        procedure=screen.station.procedures.first,
        language="en",
    )
    state = _state(compose_slip(screen.station, facts), "Tình trạng\nState")
    assert state.splitlines() == [
        "Đã lưu tại máy này, sẽ tự gửi khi có mạng",
        "Saved at this station, will be sent when there is a network",
    ]


def _printed_again(screen: Screen, given: Given) -> Slip:
    orders: list[PrintOrder] = []
    spooler = Spooler(orders.append)
    spooler.start()
    reprint(replace(screen.station, spooler=spooler), given.qr.code.text)
    spooler.stop()
    return orders[0].slip


def _state(slip: Slip, label: str = "Tình trạng") -> str:
    return next(each.value for each in slip.blocks if isinstance(each, Entry) and each.label == label)


def _told(slip: Slip) -> set[str]:
    return {each.text for each in slip.blocks if isinstance(each, Paragraph)}


def _decides(screen: Screen, event: Event) -> None:
    """As the postman keeps what central signed."""
    with open_db(screen.station.db_path) as db:
        events.keep(db, [(event, sign_event(event, Ed25519PrivateKey.generate()))])
