"""What one card says, checked against itself and against today."""

from __future__ import annotations

from datetime import date

from kiosk.domain import finding_kinds as kinds
from kiosk.domain.card_warning import CardWarning
from kiosk.domain.dates import PartialDate
from kiosk.domain.findings import Finding, Shown
from kiosk.domain.identity import CitizenCard, PersonalId, Sex
from kiosk.domain.insurance import HealthCard
from kiosk.domain.tables import Ages


def check_citizen_card(card: CitizenCard, today: date, ages: Ages) -> tuple[Finding, ...]:
    """The number against sex and birth, the dates against each other, the age at which cards are renewed."""
    found = _check_personal_id(card.personal_id, card.sex, card.date_of_birth)
    found += _check_dates(card.date_of_birth, card.issued_on, today)
    expiry = citizen_card_expiry(card, ages)
    if expiry and expiry < today:
        issued = (Shown("Ngày cấp", card.issued_on.shown()),) if card.issued_on else ()
        shown = *issued, Shown("Hết hạn", f"{expiry:%d/%m/%Y}")
        found += (Finding(kinds.CITIZEN_CARD_EXPIRED, shown),)
    values = {
        CardWarning.UNKNOWN_PROVINCE: (Shown("Mã tỉnh", card.personal_id.province),),
        CardWarning.EXTRA_FIELDS: tuple(Shown("Mục thêm", each.text) for each in card.extra),
        CardWarning.NAME_WITHOUT_MARKS: (Shown("Họ tên", card.full_name),),
    }
    return found + _warned(card.warnings, values)


def check_health_card(card: HealthCard, today: date) -> tuple[Finding, ...]:
    """The card number against the BHXH number, the validity against today, the dates against each other."""
    found = _check_dates(card.date_of_birth, card.issued_on, today)
    if card.personal_id:
        found += _check_personal_id(card.personal_id, card.sex, card.date_of_birth)
    found += _check_validity(card, today)
    number = card.card_number
    bhxh = (Shown("Mã số BHXH", card.bhxh_number.digits),) if card.bhxh_number else ()
    values = {
        CardWarning.OBSOLETE_CARD_NUMBER: (Shown("Mã thẻ", number.text), *bhxh),
        CardWarning.UNKNOWN_GROUP: (Shown("Hai chữ đầu", number.group or ""),),
        CardWarning.UNKNOWN_LEVEL: (Shown("Mức hưởng", card.benefit_level or ""),),
        CardWarning.UNKNOWN_PROVINCE: (Shown("Mã tỉnh", number.province or number.text[:3]),),
        CardWarning.ID_12_IN_BHYT: (Shown("Số định danh", number.text), *bhxh),
        CardWarning.REPAIRED_IME: (Shown("Họ tên", card.full_name),),
    }
    if card.personal_id:  # not obsolete but the newest there is, whatever the letter of the rule says
        return found + _warned(tuple(each for each in card.warnings if each not in _NOT_OF_12), values)
    return found + _warned(card.warnings, values)


def citizen_card_expiry(card: CitizenCard, ages: Ages) -> date | None:
    """The last day the card can have, or None if it may never end. Its back says, its code does not.

    Source: kiosk/data/ages.toml.
    """
    if card.issued_on is None:
        return card.expires_on.latest() if card.expires_on else None
    issued, births = card.issued_on.latest(), (card.date_of_birth.earliest(), card.date_of_birth.latest())
    ends = [_expiry(born, issued, ages) for born in births]
    return None if None in ends else max(end for end in ends if end)


_NOT_OF_12 = {CardWarning.OBSOLETE_CARD_NUMBER}


def _expiry(born: date, issued: date, ages: Ages) -> date | None:
    ends = (_birthday(born, age) for age in ages.milestones)
    return next((end for end in ends if issued < _birthday(end, -ages.early_years)), None)


def _birthday(born: date, age: int) -> date:
    year = min(born.year + age, 9999)
    if (born.month, born.day) == (2, 29):
        return date(year, 3, 1)
    return born.replace(year=year)


def _check_personal_id(number: PersonalId, sex: Sex, born: PartialDate) -> tuple[Finding, ...]:
    """Corrected sex or birth leave an old number valid, so a mismatch is a reason to look, no more.

    Source: Thông tư 59/2021/TT-BCA Điều 4.
    """
    found: tuple[Finding, ...] = ()
    if number.sex is not sex:
        shown = Shown("Theo số định danh", number.sex.vi), Shown("Trên thẻ", sex.vi)
        found += (Finding(kinds.ID_SEX, shown),)
    if number.birth_year != born.year:
        other_century = number.birth_year // 100 != born.year // 100
        shown = Shown("Theo số định danh", str(number.birth_year)), Shown("Trên thẻ", born.shown())
        found += (Finding(kinds.ID_CENTURY if other_century else kinds.ID_BIRTH_YEAR, shown),)
    return found


def _check_dates(born: PartialDate, issued: PartialDate | None, today: date) -> tuple[Finding, ...]:
    birth = Shown("Ngày sinh", born.shown())
    found: tuple[Finding, ...] = ()
    if born.earliest() > today:
        found += (Finding(kinds.BORN_IN_FUTURE, (birth,)),)
    if issued is None:
        return found
    issue = Shown("Ngày cấp", issued.shown())
    if issued.latest() < born.earliest():
        found += (Finding(kinds.ISSUED_BEFORE_BIRTH, (birth, issue)),)
    if issued.earliest() > today:
        found += (Finding(kinds.ISSUED_IN_FUTURE, (issue,)),)
    return found


def _check_validity(card: HealthCard, today: date) -> tuple[Finding, ...]:
    starts, ends = card.valid_from, card.valid_to
    shown = tuple(
        Shown(label, when.shown()) for label, when in (("Có giá trị từ", starts), ("Đến", ends)) if when
    )
    if starts and ends and ends.latest() < starts.earliest():
        return (Finding(kinds.VALIDITY_REVERSED, shown),)
    if ends and ends.latest() < today:
        return (Finding(kinds.HEALTH_CARD_EXPIRED, shown),)
    if starts and starts.earliest() > today:
        return (Finding(kinds.HEALTH_CARD_NOT_YET_VALID, shown),)
    return ()


def _warned(
    warnings: tuple[CardWarning, ...], values: dict[CardWarning, tuple[Shown, ...]]
) -> tuple[Finding, ...]:
    return tuple(Finding(kinds.OF_WARNING[each], values.get(each, ())) for each in warnings)
