"""Officers: a number, a role, a PIN that is no run."""

from __future__ import annotations

import pytest

from kiosk.domain.officers import Officer, Pin, Role
from kiosk.domain.text import MalformedField


@pytest.mark.parametrize("number", ["", "1", "123456789", "10a", "Lan", "١٠١", "101\n"])
def test_a_number_is_two_to_eight_digits(number: str) -> None:
    with pytest.raises(MalformedField):
        Officer(number, Role.OFFICER)


@pytest.mark.parametrize(
    "digits",
    ["", "24061", "2406131234567", "24061a", "٢٤٠٦١٣", "000000", "123456", "890123", "987654", "210987"],
)
def test_a_pin_is_long_and_not_the_first_guess(digits: str) -> None:
    with pytest.raises(MalformedField) as refused:
        Pin(digits)
    assert not digits or digits not in str(refused.value)


def test_no_repr_holds_a_pin() -> None:
    assert "240613" not in repr(Pin("240613")) + str(Pin("240613"))


def test_each_role_covers_those_before_it() -> None:
    assert [role for role in Role if role.covers(Role.SUPERVISOR)] == [Role.SUPERVISOR, Role.ADMINISTRATOR]
    assert all(Role.ADMINISTRATOR.covers(role) for role in Role)
    assert not Role.OFFICER.covers(Role.ADMINISTRATOR)
