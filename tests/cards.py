"""Invented people and their cards, drawn from a seeded `random.Random`. No number or name is anyone's."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from random import Random

from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import CitizenCard, CitizenLayout, ExtraField, PersonalId, Sex
from kiosk.domain.insurance import BhxhNumber, HealthCard, HealthCardNumber, HealthLayout, VssidCode

_TONES = "", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_LOWER = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES] + ["đ"]
LETTERS = tuple(each for small in _LOWER if not small.isascii() for each in (small, small.upper()))
"""The 134 letters of Vietnamese that ASCII lacks."""

_FAMILY = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Kpă Ksor H'Mok Ý Ông Thạch Tôn"
)
_MIDDLE = "Văn Thị Hữu Đức Minh Ngọc Thanh Gia Bảo Khánh Xuân Thu Quốc Thùy Thuỳ Hòa Hoà Ái Ứng Ỷ"
_GIVEN = "An Bình Chi Dũng Đạt Giang Hạnh Khỏe Khoẻ Liễu Mỹ Nguyệt Oanh Phượng Quỳnh Rạng Sửu Tuyết Uyên"
_PLACES = (
    "12/3 Đường Số 1, Bình Trị Đông, Bình Tân, TP. Hồ Chí Minh",
    "Thôn 4, Phúc Hòa, Phúc Thọ, Hà Nội",
    "Buôn Ma Rốk, Ea Tling, Cư Jút, Đắk Nông",
    "Khu phố 7, Phường Vĩnh Bảo, Rạch Giá, Kiên Giang",
    "Ấp Mỹ Thạnh, Hoà Tú 2, Mỹ Xuyên, Sóc Trăng",
)
_OPEN_VOWELS = ["oa", "oe", "uy"]
"""Where the tone mark can stand on either vowel: "hòa" and "hoà"."""
_ONSETS = "B C D Đ G H Kh L M Nh Ph Qu R S T Th Tr V X"
_CODAS = ["", "n", "ng", "m", "c", "t"]

_PROVINCES = ["01", "04", "11", "19", "22", "31", "38", "40", "46", "48", "56", "66", "75", "79", "92", "96"]
_GROUPS = ["TE", "HS", "DN", "GD", "HN", "CN", "DT", "HX"]


def name(rng: Random) -> str:
    """A name of two to five words, one of them often made up so that every letter and tone place turns up."""
    words = [rng.choice(_FAMILY.split()), *rng.choices(_MIDDLE.split(), k=rng.randrange(3))]
    words += [rng.choice(_GIVEN.split()) if rng.random() < 0.5 else word(rng)]
    return " ".join(words)


def word(rng: Random) -> str:
    """A made-up syllable with any of the 134 letters, or with a tone mark on either of two vowels."""
    onset = rng.choice(_ONSETS.split())
    if rng.random() < 0.3:
        return onset + _toned(rng.choice(_OPEN_VOWELS), rng.choice(_TONES[1:]), rng.randrange(2))
    letter = rng.choice(LETTERS)
    return ("" if letter.isupper() else onset) + letter + rng.choice(_CODAS)


def address(rng: Random) -> str:
    """A place as cards print it, sometimes with a made-up hamlet in front."""
    place = rng.choice(_PLACES)
    return place if rng.random() < 0.5 else f"Xóm {word(rng)} {word(rng)}, {place}"


def day(rng: Random, first: int, last: int) -> PartialDate:
    """A day between two years, both included."""
    days = (date(last, 12, 31) - date(first, 1, 1)).days
    when = date(first, 1, 1) + timedelta(days=rng.randrange(days + 1))
    return PartialDate(when.year, when.month, when.day)


def personal_id(rng: Random, born: PartialDate, sex: Sex) -> PersonalId:
    """A number that fits a birth and a sex."""
    century = 2 * (born.year // 100 - 19) + (sex is Sex.FEMALE)
    return PersonalId(f"0{rng.choice(_PROVINCES)}{century}{born.year % 100:02}{_digits(rng, 6)}")


WITH_A_CODE = (CitizenLayout.CCCD_7, CitizenLayout.CCCD_11)
"""The layouts of codes; the third is that of the back."""


def citizen_card(rng: Random, layout: CitizenLayout | None = None) -> CitizenCard:
    """An adult's card of either layout, the birth sometimes known only by month or year."""
    layout = layout or rng.choice(WITH_A_CODE)
    full, sex = day(rng, 1940, 2007), rng.choice(list(Sex))
    born = rng.choice([full, full, PartialDate(full.year, full.month), PartialDate(full.year)])
    number = personal_id(rng, full, sex)
    extra = (number.digits, name(rng), full.compact()) if rng.random() < 0.2 else ()
    return CitizenCard(
        layout=layout,
        personal_id=number,
        old_id=_digits(rng, 9) if rng.random() < 0.5 else None,
        full_name=name(rng),
        date_of_birth=born,
        sex=sex,
        address=address(rng) if rng.random() < 0.9 else None,
        issued_on=day(rng, 2021, 2026),
        extra=tuple(map(ExtraField.by_shape, extra)) if layout is CitizenLayout.CCCD_11 else (),
    )


def health_card(rng: Random, layout: HealthLayout | None = None, *, with_id: bool = False) -> HealthCard:
    """A child's card of any layout; `with_id` puts a 12-digit number where the card code stands."""
    layout = layout or rng.choice(list(HealthLayout))
    born, sex = day(rng, 2009, 2025), rng.choice(list(Sex))
    bhxh = BhxhNumber(rng.choice([*_PROVINCES, "97"]) + _digits(rng, 8))
    number = personal_id(rng, born, sex).digits if with_id else _card_code(rng, layout, bhxh)
    card_number = HealthCardNumber(number)
    ten = layout is HealthLayout.BHYT_10
    return HealthCard(
        layout=layout,
        card_number=card_number,
        bhxh_number=bhxh,
        personal_id=card_number.personal_id,
        full_name=name(rng),
        date_of_birth=born,
        sex=sex,
        address=None if ten else address(rng),
        hospital_code=rng.choice(_PROVINCES) + rng.choice("0123456789CG") + _digits(rng, 2),
        valid_from=day(rng, 2020, 2025),
        valid_to=day(rng, 2026, 2028) if rng.random() < 0.5 else None,
        issued_on=day(rng, 2020, 2026),
        agency_hint=f"0{rng.choice(_PROVINCES)}{_digits(rng, 2)}",
        guardian_name=name(rng) if rng.random() < 0.5 else None,
        living_area=rng.choice("1234"),
        five_years_from=day(rng, 2023, 2032) if rng.random() < 0.5 else None,
        benefit_level=card_number.level or (rng.choice("12345") if ten else None),
        issued_at_place="Quận Bình Tân, Thành phố Hồ Chí Minh" if ten else None,
    )


def vssid_code(rng: Random) -> VssidCode:
    """The short code of the VssID application."""
    return VssidCode(BhxhNumber(_digits(rng, 10)), None, name(rng))


def _card_code(rng: Random, layout: HealthLayout, bhxh: BhxhNumber) -> str:
    prefix = f"{rng.choice(_GROUPS)}{rng.choice('12345')}{rng.choice(_PROVINCES)}"
    match layout:
        case HealthLayout.BHYT_10:
            return bhxh.digits
        case HealthLayout.BHYT_15:
            return prefix + bhxh.digits
        case HealthLayout.BHYT_LEGACY:
            return f"{prefix}AA{_digits(rng, 8)}"


def _toned(vowels: str, tone: str, at: int) -> str:
    return unicodedata.normalize("NFC", vowels[: at + 1] + tone + vowels[at + 1 :])


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))
