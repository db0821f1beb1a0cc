"""The answers of a draft as lines of the review: label, value, and where it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.agencies import Agency
from kiosk.domain.draft import Draft
from kiosk.domain.fields import FieldKind
from kiosk.domain.identity import Sex
from kiosk.domain.procedures import About
from kiosk.domain.steps import Step
from kiosk.domain.typed_card import ChildCard
from kiosk.web.catalogue import gettext
from kiosk.web.route import REVIEW, address_of
from kiosk.web.wording import in_groups


@dataclass(frozen=True, slots=True)
class Row:
    """One line. Shape: `change` is the address of the page that asked; "" where another line's page did."""

    label: str
    value: str
    change: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together."""

    id: str
    title: str
    rows: tuple[Row, ...]


def groups_of(draft: Draft, agency: Agency | None, language: str) -> tuple[Group, ...]:
    """Everything that was answered, in the order of the visit; groups without a line are left out."""
    about_adult = draft.procedure.about is About.ADULT
    who = gettext("Người kê khai") if about_adult else gettext("Người giám hộ")
    adult = (*_guardian(draft), *_asked(draft, Step.GUARDIAN, language))
    contact = (*_contact(draft, language), *_asked(draft, Step.CONTACT, language))
    receiver = (*_agency(agency), *_asked(draft, Step.AGENCY, language))
    groups = (
        Group("child", gettext("Con"), tuple(_child(draft))),
        Group("guardian", who, adult),
        Group("contact", gettext("Nội dung kê khai"), contact),
        Group("agency", gettext("Nơi nhận"), receiver),
    )
    return tuple(group for group in groups if group.rows)


def _child(draft: Draft) -> Iterator[Row]:
    child = draft.child
    if child is None:
        return
    yield Row(gettext("Họ và tên"), child.full_name, _change("child.show"))
    if number := child.bhxh_number or child.personal_id:
        yield Row(gettext("Mã số BHXH"), in_groups(number.masked()), number=True)
    born = getattr(child, "date_of_birth", None)  # the short code of the VssID application tells neither
    if born:
        yield Row(gettext("Ngày sinh"), " · ".join(filter(None, (born.shown(), _sex(child)))), number=True)


def _sex(child: ChildCard) -> str:
    """As its card says; a typed one does not."""
    words = {Sex.MALE: gettext("Nam"), Sex.FEMALE: gettext("Nữ"), None: ""}
    return str(words[getattr(child, "sex", None)])


def _guardian(draft: Draft) -> Iterator[Row]:
    card = draft.guardian
    if card is None:
        return
    yield Row(gettext("Họ và tên"), card.full_name, _change("guardian.show"))
    yield Row(gettext("Số căn cước"), in_groups(card.personal_id.masked()), number=True)


def _contact(draft: Draft, language: str) -> Iterator[Row]:
    contact = draft.contact
    chosen = draft.procedure.relationship(contact.relationship or "")
    if chosen:
        change = _change("contact.relationship")
        yield Row(gettext("Quan hệ với con"), chosen.name.in_language(language), change)
    if contact.phone:
        yield Row(gettext("Điện thoại"), contact.phone.shown(), _change("contact.phone"), number=True)
    if contact.address:
        yield Row(gettext("Địa chỉ liên hệ"), contact.address.shown(), _change("contact.address"))


def _asked(draft: Draft, step: Step, language: str) -> Iterator[Row]:
    """The profile's own questions of one step; one that was passed over can still be answered."""
    for page in draft.route():
        field = page.field
        if field is None or page.step is not step or field.id not in draft.answers:
            continue
        value = field.masked(draft.answers[field.id], language)
        if field.kind in (FieldKind.NUMBER, FieldKind.CODE):
            value = in_groups(value)
        number = bool(value) and field.keyboard in ("digits", "date", "phone", "serial")
        shown = value or gettext("không có")
        yield Row(field.label.in_language(language), shown, _change(page.name), number=number)


def _agency(agency: Agency | None) -> Iterator[Row]:
    if agency:
        yield Row(gettext("Cơ quan BHXH"), f"{agency.name} ({agency.code})", _change("agency.show"))


def _change(name: str) -> str:
    return address_of(name, **{"from": REVIEW})
