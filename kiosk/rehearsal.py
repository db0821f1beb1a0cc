"""An invented family, its cards on a make-believe desk, invented officers. For the demo and for tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

from hardware.settings import CameraSettings
from hardware.sim.desk import (
    CardFace,
    CertificatePage,
    Child,
    DeskScenes,
    Parent,
    Person,
    StillStudio,
    lay_desk,
    lay_receipt,
)
from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import CitizenCard, CitizenLayout, PersonalId, Sex
from kiosk.domain.insurance import BhxhNumber, HealthCard, HealthCardNumber, HealthLayout
from kiosk.domain.mrz import card_lines
from kiosk.domain.officers import Officer, Pin, Role
from kiosk.domain.procedures import CaptureKind

GUARDIAN = CitizenCard(
    layout=CitizenLayout.CCCD_7,
    personal_id=PersonalId("079189000123"),
    old_id="024681359",
    full_name="Trần Thị Bình",
    date_of_birth=PartialDate(1989, 6, 15),
    sex=Sex.FEMALE,
    address="12/3 Đường Số 1, Bình Trị Đông, Bình Tân, TP. Hồ Chí Minh",
    issued_on=PartialDate(2021, 5, 20),
)

CHILDREN = (
    HealthCard(
        layout=HealthLayout.BHYT_10,
        card_number=HealthCardNumber("7900000017"),
        bhxh_number=BhxhNumber("7900000017"),
        personal_id=None,
        full_name="Nguyễn Minh An",
        date_of_birth=PartialDate(2021, 9, 5),
        sex=Sex.MALE,
        hospital_code="79024",
        valid_from=PartialDate(2026, 1, 1),
        issued_on=PartialDate(2026, 1, 5),
        agency_hint="07918",
        guardian_name="Trần Thị Bình",
        living_area="4",
        five_years_from=PartialDate(2031, 1, 1),
        benefit_level="1",
        issued_at_place="Quận Bình Tân, Thành phố Hồ Chí Minh",
    ),
    HealthCard(
        layout=HealthLayout.BHYT_15,
        card_number=HealthCardNumber("HS4797900000025"),
        bhxh_number=BhxhNumber("7900000025"),
        personal_id=None,
        full_name="Nguyễn Thuỳ Dương",
        date_of_birth=PartialDate(2017, 3, 18),
        sex=Sex.FEMALE,
        address="Bình Trị Đông, Bình Tân, Thành phố Hồ Chí Minh",
        hospital_code="79024",
        valid_from=PartialDate(2026, 1, 1),
        valid_to=PartialDate(2026, 12, 31),
        issued_on=PartialDate(2025, 12, 20),
        agency_hint="07918",
        guardian_name="Trần Thị Bình",
        living_area="4",
        benefit_level="4",
    ),
)
"""Numbers and names are made up; any likeness is chance."""

OFFICERS = (
    (Officer("101", Role.OFFICER), Pin("240613")),
    (Officer("102", Role.SUPERVISOR), Pin("517204")),
    (Officer("103", Role.ADMINISTRATOR), Pin("830951")),
)
"""Of the demo alone, which prints them."""

_CARD_ENDS = PartialDate(2029, 6, 15)
"""The guardian's fortieth birthday. Source: kiosk/data/ages.toml."""

_GUARDIAN_LOOKS = Person(3, adult=True, female=True)
_HOME = "12/3 Đường Số 1, Bình Trị Đông, Bình Tân"
_MOTHER = Parent("TRẦN THỊ BÌNH", "1989", "Kinh", "Việt Nam", _HOME)
_FATHER = Parent("NGUYỄN VĂN PHÚC", "1983", "Kinh", "Việt Nam", _HOME)
_BORN = {
    "Nguyễn Minh An": (
        "Năm tháng chín năm hai nghìn không trăm hai mươi mốt",
        "Nam",
        "079221000456",
        "412",
    ),
    "Nguyễn Thuỳ Dương": (
        "Mười tám tháng ba năm hai nghìn không trăm mười bảy",
        "Nữ",
        "079317000789",
        "96",
    ),
}
_CITY = "Thành phố Hồ Chí Minh"


def lay_family_desk(folder: Path, fonts: Path, camera: CameraSettings, seed: int = 7) -> None:
    """Photograph the family's cards, papers and children for the twin camera, on the first start.

    Errors: OSError.
    """
    children = tuple(_child(card, looks) for looks, card in enumerate(CHILDREN, start=seed))
    scenes = DeskScenes(_citizen_face(), children, guardian_lines())
    lay_desk(folder, scenes, fonts, (camera.width, camera.height), seed, camera.fps)


@lru_cache(maxsize=8)
def sample_photograph(kind: CaptureKind, child: int, fonts: Path, seed: int = 7) -> bytes:
    """A photograph of the family's papers and faces, as a JPEG: what lies before the twin camera.

    Shape: `child` is the number of one in CHILDREN; a passport looks like a card here.
    """
    studio, looks = StillStudio(fonts, seed + child), _child(CHILDREN[child], seed + child)
    match kind:
        case CaptureKind.BIRTH_CERTIFICATE:
            reel = studio.certificates([looks.certificate])
        case CaptureKind.PORTRAIT:
            reel = studio.portrait(looks.looks)
        case CaptureKind.ADULT_PORTRAIT:
            reel = studio.portrait(_GUARDIAN_LOOKS)
        case CaptureKind.ID_BACK:
            reel = studio.citizen_card_back(guardian_lines())
        case _:
            reel = studio.citizen_card(_citizen_face())
    return reel[-1]


def guardian_lines() -> tuple[str, ...]:
    """The machine-readable lines on the back of the invented guardian's card."""
    card = GUARDIAN
    return card_lines(card.personal_id, card.date_of_birth, card.sex, _CARD_ENDS, card.full_name)


def lay_slip(folder: Path, picture: Path, fonts: Path, camera: CameraSettings) -> None:
    """Lay a printed slip where the twin camera looks for receipts.

    Errors: OSError.
    """
    slip = cv2.imread(str(picture), cv2.IMREAD_COLOR)
    if slip is not None:
        lay_receipt(folder, np.asarray(slip, np.uint8), fonts, (camera.width, camera.height), camera.fps)


def _citizen_face() -> CardFace:
    card = GUARDIAN
    lines = (
        ("Số", card.personal_id.digits),
        ("Họ và tên", card.full_name.upper()),
        ("Ngày sinh", card.date_of_birth.shown()),
        ("Giới tính", card.sex.vi),
        ("Quốc tịch", "Việt Nam"),
        ("Nơi thường trú", card.address or ""),
    )
    return CardFace(card.to_qr(), lines, _GUARDIAN_LOOKS)


def _child(card: HealthCard, looks: int) -> Child:
    lines = (
        ("Mã số", card.card_number.text),
        ("Họ và tên", card.full_name),
        ("Ngày sinh", card.date_of_birth.shown()),
        ("Giới tính", card.sex.vi),
        ("Nơi ĐK KCB BĐ", "Bệnh viện quận Bình Tân (mẫu)"),
        ("Giá trị sử dụng từ", card.valid_from.shown() if card.valid_from else ""),
    )
    face = CardFace(card.to_qr(), lines)
    return Child(face, _certificate(card), Person(looks, female=card.sex is Sex.FEMALE))


def _certificate(card: HealthCard) -> CertificatePage:
    in_words, sex, personal_id, number = _BORN[card.full_name]
    return CertificatePage(
        number=f"{number}/{card.date_of_birth.year}",
        name=card.full_name.upper(),
        born_on=card.date_of_birth.shown(),
        born_in_words=in_words,
        sex=sex,
        ethnicity="Kinh",
        nationality="Việt Nam",
        birth_place=f"Bệnh viện phụ sản (mẫu), {_CITY}",
        home_town=f"Bình Trị Đông, Bình Tân, {_CITY}",
        personal_id=personal_id,
        mother=_MOTHER,
        father=_FATHER,
        registrant="TRẦN THỊ BÌNH",
        registrant_papers="CCCD số 079189000123",
        registered_at="UBND phường Bình Trị Đông, quận Bình Tân",
        registered_on=f"20/10/{card.date_of_birth.year}",
        signer="LÊ VĂN MẪU",
    )
