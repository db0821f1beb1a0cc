"""What stands on the printed form, Mẫu số 01: the answers, under the names that its lines use."""

from __future__ import annotations

from datetime import date, datetime

from kiosk.domain.draft import Draft
from kiosk.domain.paper import Paper
from kiosk.domain.procedures import About
from kiosk.station import HANOI, Station

_PORTAL = "Cổng thông tin điện tử của Bảo hiểm xã hội Việt Nam"
_NO_CERTIFICATE = (
    "Cá nhân tôi không có chứng thư số, đề nghị cơ quan Bảo hiểm xã hội cấp mã xác thực giao dịch điện tử "
    "theo địa chỉ thư điện tử hoặc số điện thoại di động dưới đây."
)


def compose_paper(station: Station, draft: Draft, at: datetime, receipt_code: str = "") -> Paper:
    """Fill the form in Vietnamese, whatever language the screen speaks: it is for the agency."""
    day = at.astimezone(HANOI).date()
    people = _of_child(draft) if draft.procedure.about is About.CHILD else _of_adult(draft)
    return Paper(
        form=draft.procedure.paper,
        facts=people | _of_contact(draft) | _of_use(draft, day),
        place_and_day=f"Ngày {day.day:02} tháng {day.month:02} năm {day.year}",
        footer=_footer(station, draft, receipt_code),
    )


def _of_child(draft: Draft) -> dict[str, str]:
    child, chosen = draft.child, draft.procedure.relationship(draft.contact.relationship or "")
    number = (child.bhxh_number or child.personal_id) if child else None
    born = getattr(child, "date_of_birth", None)  # the short code of the VssID application tells none
    return {
        "name": child.full_name if child else "",
        "bhxh_number": number.digits if number else "",
        "birth_date": born.shown() if born else "",
        "guardian_name": adult_name(draft),
        "guardian_id_number": _adult_number(draft),
        "guardian_bhxh_number": draft.answers.get("guardian-bhxh-number", ""),
        "relationship": chosen.name.vi if chosen else "",
        "signed_by": adult_name(draft),
    }


def _of_adult(draft: Draft) -> dict[str, str]:
    card = draft.guardian
    return {
        "name": adult_name(draft),
        "bhxh_number": draft.answers.get("bhxh-number") or (card.personal_id.digits if card else ""),
        "id_number": _adult_number(draft),
        "birth_date": card.date_of_birth.shown() if card else _shown(draft, "birth-date"),
        "contact_person": draft.answers.get("contact-name") or adult_name(draft),
        "old_name": _shown(draft, "old-name"),
        "old_birth_date": _shown(draft, "old-birth-date"),
        "old_card_number": _shown(draft, "old-card-number"),
        "signed_by": adult_name(draft),
    }


def _of_contact(draft: Draft) -> dict[str, str]:
    contact = draft.contact
    new = "new_" if "change" in draft.answers else ""
    begins, ends = _shown(draft, "certificate-from"), _shown(draft, "certificate-to")
    return {
        "phone": contact.phone.shown() if contact.phone else _shown(draft, "new-phone"),
        "address": contact.address.shown() if contact.address else "",
        "email": _shown(draft, "e-mail"),
        "new_phone": _shown(draft, "new-phone"),
        "new_email": _shown(draft, "new-e-mail"),
        f"{new}certificate_number": _shown(draft, "certificate-number"),
        f"{new}certificate_issuer": _shown(draft, "certificate-issuer"),
        f"{new}certificate_period": f"Từ ngày {begins} đến ngày {ends}" if begins and ends else "",
        "no_certificate": _NO_CERTIFICATE if draft.answers.get("certificate") == "none" else "",
    }


def _of_use(draft: Draft, day: date) -> dict[str, str]:
    registers = draft.procedure.about is About.CHILD or "start-day" in draft.answers
    stops = "stop-day" in draft.answers
    today = day.strftime("%d/%m/%Y")
    return {
        "start_day": f"từ ngày {_shown(draft, 'start-date') or today}" if registers else "",
        "via": (_shown(draft, "via") or _PORTAL) if registers else "",
        "ivan_name": _shown(draft, "ivan-name"),
        "stop_day": f"từ ngày {_shown(draft, 'stop-date') or today}" if stops else "",
        "stop_reason": _shown(draft, "stop-reason-other") or _shown(draft, "stop-reason"),
    }


def _footer(station: Station, draft: Draft, receipt_code: str) -> tuple[str, ...]:
    agency = station.directory.find(draft.agency)
    procedure = draft.procedure
    versions = (procedure.consent_version, procedure.pledge_version, procedure.form_version)
    lines = [
        f"Cơ quan BHXH tiếp nhận: {agency.name} ({agency.code})" if agency else "",
        f"Hình thức nộp hồ sơ: {_shown(draft, 'delivery')}" if "delivery" in draft.answers else "",
        f"Mã biên nhận: {receipt_code} · {station.config.station.name}" if receipt_code else "",
        "Đồng ý xử lý dữ liệu: bản {} · Cam kết: bản {} · Mẫu: bản {}".format(*versions),
    ]
    return tuple(filter(None, lines))


def adult_name(draft: Draft) -> str:
    """The name of the person at the station, by card or as typed."""
    return draft.guardian.full_name if draft.guardian else draft.answers.get("full-name", "")


def _adult_number(draft: Draft) -> str:
    typed = draft.answers.get("old-id-number") or draft.answers.get("passport-number", "")
    return draft.guardian.personal_id.digits if draft.guardian else typed


def _shown(draft: Draft, field_id: str) -> str:
    """An answer as it is printed; "" where it was not asked or passed over."""
    page = draft.procedure.page(f"ask/{field_id}")
    answer = draft.answers.get(field_id, "")
    return page.field.shown(answer) if page and page.field else ""
