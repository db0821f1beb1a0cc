"""What stands on the receipt: enough to find the declaration again, nothing about the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from hardware.protocols import Block, Code, Entry, Paragraph, Rule, Slip, Title
from kiosk.domain.agencies import Agency
from kiosk.domain.procedures import Procedure
from kiosk.domain.progress import DECIDED, SETTLED, Progress
from kiosk.domain.receipt import ReceiptQr
from kiosk.domain.wording import Wording
from kiosk.languages import catalogue
from kiosk.station import HANOI, Station

REHEARSAL_MARK = "THỬ NGHIỆM"
"""On every screen and paper of a rehearsal; not translated, so that everybody here knows it."""

_NO_RECEIPT = Wording(
    "Đây không phải biên nhận. Không có gì được lưu hay gửi đi.",
    "This is no receipt. Nothing was saved or sent.",
)
_TITLE = Wording("BIÊN NHẬN TỜ KHAI", "DECLARATION RECEIPT")
_CODE = Wording("Mã biên nhận", "Receipt code")
_PIN = Wording("Mã tra cứu", "Look-up PIN")
_TIME = Wording("Giờ nhận", "Received at")
_PLACE = Wording("Điểm tiếp nhận", "Station")
_AGENCY = Wording("Cơ quan BHXH tiếp nhận", "Receiving agency")
_STATE = Wording("Tình trạng", "State")
_RESULT = Wording(
    "Kết quả thường có sau {after}, qua tin nhắn SMS.", "The result usually comes by SMS in {after}."
)
_SCAN = Wording("Tra cứu: quét mã này tại máy bất kỳ", "To look up: show this code at any station")
_COME = Wording(
    "Xin mang giấy tờ gốc đến BHXH, chậm nhất ngày {day}.",
    "Please bring your original papers to the agency by {day}.",
)
_COME_SOON = Wording(
    "Xin mang giấy tờ gốc đến BHXH trong {days} ngày kể từ hôm nay.",
    "Please bring your papers to the agency within {days} days.",
)
_COME_SINCE = Wording(
    "Xin mang giấy tờ gốc đến BHXH trong {days} ngày kể từ ngày kê khai.",
    "Please bring your original papers to the agency within {days} days of the day you declared.",
)
_HELP = Wording("Hỗ trợ", "Help line")
_CONSENT = Wording("Đồng ý xử lý dữ liệu: bản {version}", "Data notice: version {version}")
_KEEP = Wording("Xin giữ biên nhận này.", "Please keep this receipt.")


@dataclass(frozen=True, slots=True, repr=False)
class ReceiptFacts:
    """What a slip is made of.

    Shape: `progress` and `reasons`, why it came back, are what the station knows when it prints;
           `clock_verified` is what the manifest says of the clock; None for whoever has pledged just now.
    Units: `copies` counts the slips printed before this one.
    """

    qr: ReceiptQr
    pin: str
    sealed_at: datetime
    agency: Agency | None
    procedure: Procedure
    language: str
    progress: Progress = Progress.SAVED
    reasons: tuple[str, ...] = ()
    copies: int = 0
    clock_verified: bool | None = None
    is_rehearsal: bool = False


def compose_slip(station: Station, facts: ReceiptFacts) -> Slip:
    """Lay out the receipt, Vietnamese first; a visitor who reads English gets both.

    A rehearsal's says on its head, in its middle and at its foot that it is none.
    """

    def words(wording: Wording) -> str:
        return f"{wording.vi}\n{wording.en}" if facts.language == "en" else wording.vi

    receipt = station.config.receipt
    agency = f"{facts.agency.name} ({facts.agency.code})" if facts.agency else "–"
    mark: list[Block] = [Title(REHEARSAL_MARK), Paragraph(words(_NO_RECEIPT))] if facts.is_rehearsal else []
    follows: list[Block] = [Entry(words(_STATE), words(_state(station, facts)))]
    follows += [Paragraph(each) for each in facts.reasons]
    if facts.progress not in DECIDED | SETTLED:
        follows.append(Paragraph(words(_filled(_RESULT, receipt.promised))))
    deadline = deadline_words(station, facts.procedure, facts.sealed_at, facts.clock_verified)
    if deadline and facts.progress not in SETTLED:
        follows.append(Paragraph(words(deadline)))
    blocks: list[Block] = [*mark, Title(words(_TITLE))]
    if facts.copies:
        blocks.append(Paragraph(f"BẢN IN LẠI {facts.copies}"))
    blocks += [
        Paragraph(facts.procedure.name.vi),
        Rule(),
        Entry(words(_CODE), facts.qr.code.shown(), large=True),
        Entry(words(_PIN), facts.pin, large=True),
        Rule(),
        Entry(words(_TIME), facts.sealed_at.astimezone(HANOI).strftime("%H:%M ngày %d/%m/%Y")),
        Entry(words(_PLACE), f"{station.config.station.name} ({station.config.station.id})"),
        Entry(words(_AGENCY), agency),
        *(mark or follows),
        Rule(),
        Code(facts.qr.to_qr(), words(_SCAN)),
        Rule(),
        Entry(words(_HELP), receipt.hotline),
        Paragraph(words(_CONSENT).format(version=facts.procedure.consent_version)),
        *(mark or [Paragraph(words(_KEEP))]),
    ]
    return Slip("rehearsal" if facts.is_rehearsal else facts.qr.code.text, tuple(blocks))


def _filled(wording: Wording, after: Wording) -> Wording:
    return Wording(wording.vi.format(after=after.vi), wording.en.format(after=after.en))


def _state(station: Station, facts: ReceiptFacts) -> Wording:
    """How far it has come; what an approval means is the procedure's own word."""
    if facts.progress is Progress.ACCEPTED:
        return facts.procedure.accepted
    vi = facts.progress.words
    return Wording(vi, catalogue(station.config.screen.translations, "en").gettext(vi))


def deadline_words(
    station: Station, procedure: Procedure, declared_at: datetime, clock_verified: bool | None = None
) -> Wording | None:
    """Until when whoever declares at this moment must come to the agency; None where nobody must.

    No date is promised where nobody had verified the clock; and "today" is said only to who declares now.
    """
    by = procedure.appear_by(declared_at.astimezone(HANOI).date())
    if by is None:
        return None
    undated = _COME_SOON if clock_verified is None else _COME_SINCE
    verified = station.clock.is_verified(None) if clock_verified is None else clock_verified
    words = _COME if verified else undated
    filled = {"day": by.strftime("%d/%m/%Y"), "days": procedure.appear_within_days}
    return Wording(words.vi.format(**filled), words.en.format(**filled))
