"""A card that no camera could read: its holder types what is printed on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.card_warning import CardWarning
from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import CitizenCard, CitizenLayout, PersonalId
from kiosk.domain.insurance import BhxhNumber, HealthCard, HealthCardNumber, VssidCode
from kiosk.domain.names import tidied
from kiosk.domain.numbers import read_number
from kiosk.domain.text import MalformedField, require_name


@dataclass(frozen=True, slots=True, repr=False)
class TypedChild:
    """What a parent types from the child's health card.

    Shape:  one of the two numbers.
    Errors: MalformedField.
    """

    bhxh_number: BhxhNumber | None
    personal_id: PersonalId | None
    full_name: str
    date_of_birth: PartialDate
    warnings: tuple[CardWarning, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if (self.bhxh_number is None) == (self.personal_id is None):
            raise MalformedField("bhxh_number", "not one number")
        require_name("full_name", self.full_name)


ChildCard = HealthCard | VssidCode | TypedChild
"""What stands for the child: scanned, or typed."""


def typed_citizen(name: str, number: PersonalId, born: PartialDate) -> CitizenCard:
    """A citizen card as far as it was typed; the sex is what the number says."""
    return CitizenCard(
        layout=CitizenLayout.TYPED,
        personal_id=number,
        old_id=None,
        full_name=name,
        date_of_birth=born,
        sex=number.sex,
        address=None,
        issued_on=None,
    )


def read_name(text: str) -> str:
    """A name as it shall be kept: composed letters, single spaces, spelt as typed.

    Errors: MalformedField.
    """
    name = tidied(text)
    require_name("full_name", name)
    return name


def read_child_number(text: str) -> BhxhNumber | PersonalId:
    """Ten digits, twelve, or the card's fifteen characters, of which the last ten count.

    Errors: MalformedField, also for cards of before 2018, whose last ten hold letters.
    """
    number = read_number(text)
    return BhxhNumber(number.last_ten) if isinstance(number, HealthCardNumber) else number


def read_personal_id(text: str) -> PersonalId:
    """Twelve digits, with any spaces.

    Errors: MalformedField.
    """
    number = read_number(text)
    if not isinstance(number, PersonalId):
        raise MalformedField("personal_id", "not 12 digits")
    return number


def read_birthday(text: str) -> PartialDate:
    """A whole day between 1900 and 2199.

    Errors: MalformedField. Whether it fits the person is for the checks to say.
    """
    born = PartialDate.read("date_of_birth", "".join(text.split()))
    if not born.is_full or not 1900 <= born.year <= 2199:
        raise MalformedField("date_of_birth", "not a whole day")
    return born
