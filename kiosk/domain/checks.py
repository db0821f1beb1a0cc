"""What two papers say, checked against each other and against what was typed. Findings never block.

A half-known date gets the benefit of the doubt: only what holds for every day it can be is reported.
"""

from __future__ import annotations

from datetime import date

from kiosk.domain import finding_kinds as kinds
from kiosk.domain.card_checks import check_citizen_card, check_health_card
from kiosk.domain.card_warning import CardWarning
from kiosk.domain.dates import PartialDate, age_on
from kiosk.domain.findings import Finding, FindingKind, Shown, worst_first
from kiosk.domain.identity import CitizenCard
from kiosk.domain.insurance import HealthCard, VssidCode
from kiosk.domain.names import NameMatch, compare_names
from kiosk.domain.tables import Ages
from kiosk.domain.typed_card import ChildCard

_NAME_KINDS = {
    NameMatch.KEY: kinds.NAME_MARKS,
    NameMatch.TOKENS: kinds.NAME_ORDER,
    NameMatch.NEAR: kinds.NAME_NEAR,
    NameMatch.DIFFERENT: kinds.NAME_DIFFERENT,
}


def check_family(
    guardian: CitizenCard, child: ChildCard, today: date, ages: Ages, *, is_parent: bool
) -> tuple[Finding, ...]:
    """Everything the guardian's and the child's cards say about themselves and about each other, worst first.

    `is_parent` is the relationship the visitor chose: a grandmother's name is not on the child's card.
    """
    found = check_citizen_card(guardian, today, ages)
    found += check_guardian_age(guardian.date_of_birth, today, ages)
    found += _check_same_number(guardian, child)
    if isinstance(child, HealthCard):
        found += check_health_card(child, today)
    if not isinstance(child, VssidCode):
        found += check_child_age(child.date_of_birth, today, ages)
        if is_parent:
            found += _check_gap(guardian.date_of_birth, child.date_of_birth, ages)
    if is_parent and isinstance(child, HealthCard):
        found += _check_parent_name(guardian, child.guardian_name)
    return worst_first(found)


def check_name(typed: str, on_card: str) -> tuple[Finding, ...]:
    """Compare the child's name as typed with the card's. Where a tone mark stands makes no difference."""
    kind = _NAME_KINDS.get(compare_names(typed, on_card))
    return _when(kind, Shown("Đã nhập", typed), Shown("Trên thẻ", on_card))


def check_child_age(born: PartialDate, today: date, ages: Ages) -> tuple[Finding, ...]:
    """An account for a child is for someone under age."""
    grown = age_on(born.latest(), today) >= ages.adult
    return _when(kinds.CHILD_IS_ADULT if grown else None, Shown("Ngày sinh", born.shown()))


def check_guardian_age(born: PartialDate, today: date, ages: Ages) -> tuple[Finding, ...]:
    """Only an adult can act for a child."""
    minor = age_on(born.earliest(), today) < ages.adult
    return _when(kinds.GUARDIAN_IS_MINOR if minor else None, Shown("Ngày sinh", born.shown()))


def _check_same_number(guardian: CitizenCard, child: ChildCard) -> tuple[Finding, ...]:
    same = child.personal_id == guardian.personal_id
    number = guardian.personal_id.digits
    shown = Shown("Thẻ của con", number), Shown("Thẻ của người giám hộ", number)
    return _when(kinds.SAME_NUMBER if same else None, *shown)


def _check_gap(parent: PartialDate, child: PartialDate, ages: Ages) -> tuple[Finding, ...]:
    close = age_on(parent.earliest(), child.latest()) < ages.parent_gap
    shown = Shown("Ngày sinh cha, mẹ", parent.shown()), Shown("Ngày sinh con", child.shown())
    return _when(kinds.AGES_TOO_CLOSE if close else None, *shown)


def _check_parent_name(guardian: CitizenCard, on_card: str | None) -> tuple[Finding, ...]:
    if on_card is None:
        return ()
    match = compare_names(guardian.full_name, on_card)
    unmarked = CardWarning.NAME_WITHOUT_MARKS in guardian.warnings
    if match <= (NameMatch.KEY if unmarked else NameMatch.TONE):
        return ()
    other = match is NameMatch.DIFFERENT
    kind = kinds.GUARDIAN_NAME_DIFFERENT if other else kinds.GUARDIAN_NAME_NEAR
    return _when(kind, Shown("Trên căn cước", guardian.full_name), Shown("Trên thẻ BHYT", on_card))


def _when(kind: FindingKind | None, *shown: Shown) -> tuple[Finding, ...]:
    return (Finding(kind, shown),) if kind else ()
