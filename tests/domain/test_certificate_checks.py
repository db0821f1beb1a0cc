"""A certificate as it was read, against the child's card: silent where machines misread."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain import finding_kinds as kinds
from kiosk.domain.certificate import CertificateText
from kiosk.domain.certificate_checks import check_certificate
from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import PersonalId
from kiosk.domain.insurance import HealthCardNumber
from kiosk.rehearsal import CHILDREN

CHILD = replace(
    CHILDREN[0],
    card_number=HealthCardNumber("079221000456"),
    bhxh_number=None,
    personal_id=PersonalId("079221000456"),
)
RIGHT = CertificateText("NGUYỄN MINH AN", PartialDate(2021, 9, 5), "079221000456")


@pytest.mark.parametrize(
    ("read", "kind"),
    [
        (RIGHT, None),
        (replace(RIGHT, child_name="NGUYEN MINH ÁN"), None),
        (replace(RIGHT, child_name="NGUYỄNMINHAN"), None),
        (replace(RIGHT, child_name="NGUYỄN MINH ANH"), kinds.CERTIFICATE_NAME),
        (replace(RIGHT, child_name="LÊ THỊ HOA"), kinds.CERTIFICATE_NAME),
        (replace(RIGHT, born=PartialDate(2021, 5, 9)), kinds.CERTIFICATE_BIRTH),
        (replace(RIGHT, personal_id="079221000457"), kinds.CERTIFICATE_NUMBER),
        (CertificateText(), None),
    ],
)
def test_a_difference_is_found_and_shown_side_by_side(read, kind):
    found = check_certificate(read, CHILD)
    assert [each.kind for each in found] == ([kind] if kind else [])
    assert all(len(each.shown) == 2 for each in found)


def test_a_card_that_knows_only_the_year_is_compared_by_the_year():
    child = replace(CHILD, date_of_birth=PartialDate(2021))
    assert check_certificate(RIGHT, child) == ()
    other = check_certificate(replace(RIGHT, born=PartialDate(2020, 9, 5)), child)
    assert [each.kind for each in other] == [kinds.CERTIFICATE_BIRTH]
