"""Numbers that were typed: none has a check digit, and several kinds look alike. Findings never block."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain import finding_kinds as kinds
from kiosk.domain.draft import Draft
from kiosk.domain.fields import FieldKind
from kiosk.domain.findings import Finding, Shown
from kiosk.domain.identity import PersonalId
from kiosk.domain.insurance import BhxhNumber
from kiosk.domain.phone import MobilePhone
from kiosk.domain.typed_card import TypedChild, read_child_number


def check_typed_numbers(draft: Draft) -> tuple[Finding, ...]:
    """Everything the numbers typed in this visit say about themselves and about each other."""
    phone = draft.contact.phone
    found = check_phone(phone) if phone else ()
    for number in _typed(draft):
        found += check_bhxh_number(number, phone)
    return found


def check_phone(phone: MobilePhone) -> tuple[Finding, ...]:
    """A prefix that no carrier has is mostly a slip of the finger; new ones appear, though."""
    if phone.prefix_known:
        return ()
    return (Finding(kinds.PHONE_PREFIX_UNKNOWN, (Shown("Số điện thoại", phone.digits),)),)


def check_bhxh_number(typed: BhxhNumber | PersonalId, phone: MobilePhone | None) -> tuple[Finding, ...]:
    """A BHXH number looks like a household's or a telephone's; a personal id is taken in its place."""
    shown = Shown("Đã nhập", typed.digits)
    if isinstance(typed, PersonalId):
        return (Finding(kinds.ID_IN_BHXH_BOX, (shown,)),)
    if phone and phone.digits == typed.digits:
        return (Finding(kinds.NUMBER_IS_PHONE, (shown, Shown("Số điện thoại", phone.digits))),)
    return (Finding(kinds.MAYBE_HOUSEHOLD, (shown,)),)


def _typed(draft: Draft) -> Iterator[BhxhNumber | PersonalId]:
    """The BHXH numbers no card gave: the child's, and those that questions of the form asked for."""
    child = draft.child
    if isinstance(child, TypedChild) and (number := child.bhxh_number or child.personal_id):
        yield number
    for page in draft.route():
        if page.field and page.field.kind is FieldKind.NUMBER and (text := draft.answers.get(page.field.id)):
            yield read_child_number(text)
