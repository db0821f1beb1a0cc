"""An invented family, and the make-believe desk its cards lie on. For the demo and for tests."""

from __future__ import annotations

from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import CitizenCard, CitizenLayout, PersonalId, Sex
from kiosk.domain.insurance import BhxhNumber, HealthCard, HealthCardNumber, HealthLayout

GUARDIAN = CitizenCard(
    layout=CitizenLayout.CCCD_7,
    personal_id=PersonalId("079185000123"),
    old_id="024681357",
    full_name="Trần Thị Bình",
    date_of_birth=PartialDate(1985, 6, 15),
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
