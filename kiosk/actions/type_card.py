"""Type a card that cannot be read, one answer after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kiosk.domain.identity import PersonalId
from kiosk.domain.insurance import BhxhNumber
from kiosk.domain.steps import Step
from kiosk.domain.text import MalformedField
from kiosk.domain.typed_card import (
    TypedChild,
    read_birthday,
    read_child_number,
    read_name,
    read_personal_id,
    typed_citizen,
)
from kiosk.problems import Problem
from kiosk.problems.reading import BirthdayWrong, ChildNumberWrong, NameWrong, PersonalIdWrong, SameCardAgain
from kiosk.visits import Visit

FIELDS = ("name", "number", "born")
"""What is asked, in order."""

_Reader = tuple[Callable[[str], Any], type[Problem]]
_COMMON: dict[str, _Reader] = {"name": (read_name, NameWrong), "born": (read_birthday, BirthdayWrong)}
_READERS: dict[Step, dict[str, _Reader]] = {
    Step.GUARDIAN: {**_COMMON, "number": (read_personal_id, PersonalIdWrong)},
    Step.CHILD: {**_COMMON, "number": (read_child_number, ChildNumberWrong)},
}


def type_field(visit: Visit, step: Step, field: str, text: str) -> None:
    """Keep one answer; with the last of them the card is held until it is confirmed.

    Errors: NameWrong, PersonalIdWrong, ChildNumberWrong, BirthdayWrong; SameCardAgain.
    """
    read, problem = _READERS[step][field]
    try:
        value = read(text)
    except MalformedField as why:
        raise problem(str(why)) from why
    if step is Step.CHILD and field == "number":
        _must_be_another(visit, value)
    visit.typed[step, field] = value
    if all((step, each) in visit.typed for each in FIELDS):
        visit.seen, visit.sighting = _card(visit, step), None


def _must_be_another(visit: Visit, number: BhxhNumber | PersonalId) -> None:
    guardian = visit.draft.guardian
    taken = visit.declared | ({guardian.personal_id.digits} if guardian else set())
    if number.digits in taken:
        raise SameCardAgain("typed")


def _card(visit: Visit, step: Step) -> Any:
    name, number, born = (visit.typed[step, each] for each in FIELDS)
    if step is Step.GUARDIAN:
        return typed_citizen(name, number, born)
    bhxh, personal = (number, None) if isinstance(number, BhxhNumber) else (None, number)
    return TypedChild(bhxh, personal, name, born)
