"""Today in figures on the officer's page, and the slip at the end of the day."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PIL import Image

from hardware.protocols import Entry, Paragraph
from hardware.slip import draw_slip
from kiosk.actions.compose_day_slip import compose_day_slip
from kiosk.actions.count_day import Basket, Day, count_day
from kiosk.actions.submit import submit
from kiosk.checkout import FONTS
from kiosk.domain.officers import Role
from kiosk.rehearsal import CHILDREN, GUARDIAN
from kiosk.visits import Given
from kiosk.web.chart import HEIGHT, columns
from sync import outbox
from sync.durable import open_db
from tests.web.conftest import PHONE, Screen

EVENING = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # 17:00 in Vietnam


@pytest.fixture(autouse=True)
def supervisor(screen: Screen) -> None:
    screen.logs_in(Role.SUPERVISOR)


def _pledges(screen: Screen, at: datetime) -> Given:
    visit = screen.has_answered_everything()
    given = submit(replace(screen.station, now=lambda: at), visit)
    screen.sends("/leave")
    screen.logs_in(Role.SUPERVISOR)
    return given


def _printed(screen: Screen, name: str) -> str:
    """Wait for the slip; return what the page says of it."""
    own = screen.station.spooler.own(name)
    assert own is not None
    for _ in range(400):
        if own.state not in ("waiting", "printing"):
            break
        time.sleep(0.02)
    return screen.sees("/officer/day/", slip=name).text


def test_a_day_is_vietnams_and_counts_hours_and_baskets(screen: Screen) -> None:
    before = _pledges(screen, datetime(2026, 11, 21, 16, 59, tzinfo=UTC))
    first = _pledges(screen, datetime(2026, 11, 21, 17, 0, tzinfo=UTC))  # midnight
    aside = _pledges(screen, datetime(2026, 11, 22, 2, 30, tzinfo=UTC))
    last = _pledges(screen, datetime(2026, 11, 22, 2, 45, tzinfo=UTC))
    with open_db(screen.station.db_path) as db:
        outbox.quarantine(db, aside.uuid, trouble="part-damaged", detail="")
        outbox.settle(db, first.uuid, received_at="2026-11-22T05:00:00.000+00:00", acknowledgement=b"x")
    day = count_day(screen.station.db_path, at=EVENING)
    assert day.by_hour == {0: 1, 9: 2}
    assert {basket: number for basket, number in day.by_basket.items() if number} == {
        Basket.WAITING: 1,
        Basket.SENT: 1,
        Basket.PUT_ASIDE: 1,
    }
    assert (day.first, day.last) == (first.qr.code.text, last.qr.code.text)
    assert before.qr.code.text not in (day.first, day.last)


def test_columns_are_in_proportion_and_show_hours_out_of_office() -> None:
    laid = columns({6: 1, 9: 10, 18: 5})
    assert [each.hour for each in laid] == list(range(6, 19))
    assert {each.hour: each.height for each in laid if each.number} == {6: 15, 9: HEIGHT, 18: 75}
    assert columns({})[0].hour == 7
    assert not any(each.height for each in columns({}))


def test_the_chart_has_a_table_that_says_the_same(screen: Screen) -> None:
    _pledges(screen, screen.station.now())
    page = screen.sees("/officer/").text
    day = count_day(screen.station.db_path, at=screen.station.now())
    drawn = re.findall(r'columns__number">(\d+)<', page)
    told = re.findall(r"<tr><td>(\d+)</td><td>(\d+)</td></tr>", page)
    assert [number for _, number in told] == drawn
    assert {int(hour): int(number) for hour, number in told} == day.by_hour
    assert "style=" not in page


def test_the_day_slip_is_printed_once_and_marked_when_printed_again(screen: Screen) -> None:
    given = _pledges(screen, screen.station.now())
    page = screen.sees("/officer/day/").text
    for secret in (given.pin, GUARDIAN.full_name, CHILDREN[0].full_name, PHONE, "0912"):
        assert secret not in page
    sent = screen.sends("/officer/day/")
    name = sent.request.args["slip"]
    assert "Đã in phiếu" in _printed(screen, name)
    again = compose_day_slip(screen.station, _day(screen), screen.station.now())
    assert Paragraph("BẢN IN LẠI 1") in again.blocks
    tomorrow = count_day(screen.station.db_path, at=datetime(2099, 1, 1, tzinfo=UTC))
    assert not any(
        "IN LẠI" in str(each) for each in compose_day_slip(screen.station, tomorrow, EVENING).blocks
    )
    with open_db(screen.station.db_path) as db:
        assert db.execute("SELECT count(*) FROM print_jobs WHERE uuid = ''").fetchone() == (0,)


def test_without_paper_the_page_says_what_to_do(screen: Screen) -> None:
    printer = screen.station.devices.printer
    paper, printer.thermal.paper = printer.thermal.paper, 0  # type: ignore[attr-defined]
    try:
        name = screen.sends("/officer/day/").request.args["slip"]
        assert "Máy in hết giấy. Xin thay cuộn giấy" in _printed(screen, name)
    finally:
        printer.thermal.paper = paper  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [576, 384])
def test_the_day_slip_fits_both_papers(screen: Screen, width: int) -> None:
    slip = compose_day_slip(screen.station, _day(screen), EVENING)
    assert draw_slip(slip, width, FONTS).width == width
    assert any(isinstance(each, Entry) and each.label == "Cán bộ trực" for each in slip.blocks)
    shown = screen.browser.get("/officer/day/slip.png")
    assert Image.open(io.BytesIO(shown.data)).width == screen.station.config.printer.width_dots


def _day(screen: Screen) -> Day:
    return count_day(screen.station.db_path, at=screen.station.now())
