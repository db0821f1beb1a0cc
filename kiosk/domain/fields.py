"""One question of a form: what kind of answer it takes, how it is read and how it is shown again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.names import tidied
from kiosk.domain.phone import MobilePhone
from kiosk.domain.steps import Step
from kiosk.domain.text import MalformedField, composed, require_line, require_name
from kiosk.domain.typed_card import read_child_number
from kiosk.domain.wording import Choice, Wording


class FieldKind(StrEnum):
    """What is asked for; it decides keyboard, check and display."""

    NAME = "name"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"
    CODE = "code"


_KEYBOARDS = {
    FieldKind.DATE: "date",
    FieldKind.PHONE: "phone",
    FieldKind.EMAIL: "email",
    FieldKind.NUMBER: "digits",
    FieldKind.TEXT: "text",
}

EMAIL_LENGTH = 100
"""Longer ones exist on paper only."""


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    Shape:  `label` stands on review and paper; `rule` is what a refused answer is told;
            `step` says which part of the visit it belongs to; `choices` for CHOICE;
            `pattern` for CODE, in capital letters without spaces;
            `drawing` is a file in templates/drawings;
            `usual` is the choice that stands on the review unless it is changed there;
            `past` for a DATE that cannot lie ahead, `ahead` for one that cannot lie behind.
    """

    id: str
    kind: FieldKind
    label: Wording
    question: Wording
    rule: Wording
    hint: Wording | None = None
    step: Step = Step.CONTACT
    optional: bool = False
    choices: tuple[Choice, ...] = ()
    pattern: str = ""
    past: bool = False
    ahead: bool = False
    usual: str = ""
    drawing: str = ""

    @property
    def keyboard(self) -> str:
        """The keys it is typed with; digits alone where the pattern has no letters."""
        if self.kind is FieldKind.CODE:
            return "serial" if re.search("[A-Z]", self.pattern) else "digits"
        return _KEYBOARDS.get(self.kind, "name")

    @property
    def groups(self) -> str:
        """How many digits stand together: "4 3 3" for a phone; "" where nothing is grouped."""
        return {FieldKind.PHONE: "4 3 3", FieldKind.DATE: "2 2 4"}.get(self.kind, "")

    def choice(self, id: str) -> Choice | None:  # noqa: A002 - the word the form uses
        """The choice with this id, or None."""
        return next((each for each in self.choices if each.id == id), None)

    def read(self, text: str, today: date | None) -> str:
        """Read what was typed or pressed: the answer as it is kept.

        Shape:  dates as "2026-11-25", phones and numbers as digits, everything else composed (NFC).
                `today` is None while nobody has verified the clock; dates then have no bounds.
        Errors: MalformedField, MalformedPhone.
        """
        if not text.strip():
            raise MalformedField(self.id, "missing")
        return _READERS[self.kind](self, composed(text), today)

    def shown(self, answer: str, language: str = "vi") -> str:
        """The answer as a person reads it."""
        if self.kind is FieldKind.DATE and answer:
            return date.fromisoformat(answer).strftime("%d/%m/%Y")
        if self.kind is FieldKind.PHONE and answer:
            return MobilePhone(answer).shown()
        chosen = self.choice(answer)
        return chosen.name.in_language(language) if chosen else answer

    def masked(self, answer: str, language: str = "vi") -> str:
        """As shown, but of a number that proves who somebody is only the last digits."""
        if self.kind in (FieldKind.NUMBER, FieldKind.CODE) and answer:
            return "•" * (len(answer) - 4) + answer[-4:]
        return self.shown(answer, language)


def read_date(text: str) -> date:
    """Read "25/11/2026", "25.11.2026" or "25112026".

    Errors: MalformedField.
    """
    found = re.fullmatch(
        r"([0-9]{1,2})[\s./-]+([0-9]{1,2})[\s./-]+([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})", text
    )
    if found is None:
        raise MalformedField("date", "not a day")
    day, month, year = (int(each) for each in found.groups() if each)
    try:
        return date(year, month, day)
    except ValueError as why:
        raise MalformedField("date", "no such day") from why


def _date(field: Field, text: str, today: date | None) -> str:
    read = read_date(text)
    if today and ((field.past and read > today) or (field.ahead and read < today)):
        raise MalformedField(field.id, "out of bounds")
    if not 1900 <= read.year <= 2100:
        raise MalformedField(field.id, "no year of ours")
    return read.isoformat()


def _name(field: Field, text: str, _today: date | None) -> str:
    name = tidied(text)
    require_name(field.id, name)
    return name


def _text(field: Field, text: str, _today: date | None) -> str:
    line = tidied(text)
    require_line(field.id, line)
    return line


def _choice(field: Field, text: str, _today: date | None) -> str:
    if field.choice(text) is None:
        raise MalformedField(field.id, "not one of the choices")
    return text


def _phone(_field: Field, text: str, _today: date | None) -> str:
    return MobilePhone.read(text).digits


def _email(field: Field, text: str, _today: date | None) -> str:
    address = text.lower()
    fits = re.fullmatch(r"[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}", address)
    if not fits or ".." in address or len(address) > EMAIL_LENGTH:
        raise MalformedField(field.id, "not an e-mail address")
    return address


def _number(_field: Field, text: str, _today: date | None) -> str:
    """A BHXH number, a personal number, or the number a card code ends with."""
    return read_child_number(text).digits


def _code(field: Field, text: str, _today: date | None) -> str:
    code = re.sub(r"[\s.-]", "", text).upper()
    if not re.fullmatch(field.pattern, code):
        raise MalformedField(field.id, f"{len(code)} characters")
    return code


_READERS: dict[FieldKind, Callable[[Field, str, date | None], str]] = {
    FieldKind.NAME: _name,
    FieldKind.TEXT: _text,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.PHONE: _phone,
    FieldKind.EMAIL: _email,
    FieldKind.NUMBER: _number,
    FieldKind.CODE: _code,
}
