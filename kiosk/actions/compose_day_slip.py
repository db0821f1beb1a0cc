"""What stands on the slip at the end of a day: counts, and nothing about any person."""

from __future__ import annotations

from datetime import datetime

from hardware.protocols import Block, Entry, Paragraph, Rule, Slip, Title
from kiosk.actions.count_day import Day
from kiosk.domain.receipt import ReceiptCode
from kiosk.station import HANOI, Station
from kiosk.store import journal
from kiosk.store.journal import Event
from sync import outbox
from sync.durable import open_db
from sync.outbox import Kind


def compose_day_slip(station: Station, day: Day, at: datetime) -> Slip:
    """Lay out the slip; one that is not the day's first says so."""
    name = f"day-{day.date:%Y%m%d}-"
    with open_db(station.db_path) as db:
        before = journal.count(db, Event.PRINTED, name)
        waiting = outbox.counts(db, Kind.DECLARATION).waiting
    local = at.astimezone(HANOI)
    return Slip(
        f"{name}{local:%H%M%S}",
        (
            Title("PHIẾU CUỐI NGÀY"),
            *([Paragraph(f"BẢN IN LẠI {before}")] if before else []),
            Entry("Điểm tiếp nhận", f"{station.config.station.name} ({station.config.station.id})"),
            Entry("Ngày", day.date.strftime("%d/%m/%Y")),
            Entry("Tính đến", local.strftime("%H:%M ngày %d/%m/%Y")),
            *([] if station.clock.is_verified(None) else [Paragraph("Ngày giờ của máy chưa được xác nhận.")]),
            Rule(),
            Entry("Số tờ khai trong ngày", str(day.number), large=True),
            *_codes(day),
            Rule(),
            *[Entry(basket.words, str(number)) for basket, number in day.by_basket.items()],
            Rule(),
            Entry("Còn chờ gửi tại máy, mọi ngày", str(waiting)),
            Rule(),
            Entry("Cán bộ trực", ""),
            Entry("Chữ ký", ""),
        ),
    )


def _codes(day: Day) -> list[Block]:
    if day.first is None or day.last is None:
        return []
    return [
        Entry("Mã đầu", ReceiptCode(day.first).shown()),
        Entry("Mã cuối", ReceiptCode(day.last).shown()),
    ]
