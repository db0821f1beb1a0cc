"""What was scanned, as JSON: what `kiosk read-code --json` prints and a declaration's answers carry."""

from __future__ import annotations

from typing import Any

from kiosk.domain.identity import CitizenCard
from kiosk.domain.insurance import HealthCard, VssidCode
from kiosk.domain.receipt import ReceiptQr
from kiosk.domain.scan import Scan
from kiosk.domain.typed_card import TypedChild

KEYS = (
    "kind",
    "layout",
    "personal_id",
    "old_id",
    "bhxh_number",
    "card_number",
    "full_name",
    "date_of_birth",
    "sex",
    "address",
    "issued_on",
    "hospital_code",
    "valid_from",
    "valid_to",
    "agency_hint",
    "guardian_name",
    "living_area",
    "five_years_from",
    "benefit_level",
    "issued_at_place",
    "extra",
    "receipt_code",
    "warnings",
)


def scan_to_json(scan: Scan | TypedChild) -> dict[str, Any]:
    """Every key of KEYS, in that order; null where the code says nothing. Never a receipt's token.

    Shape:  dates in ISO form, as exact as the card; `extra` a list of {kind, text}; `warnings` a list of
            codes.
    """
    match scan:
        case CitizenCard():
            known = _citizen(scan)
        case HealthCard():
            known = _health(scan)
        case VssidCode():
            known = _vssid(scan)
        case TypedChild():
            known = _typed(scan)
        case ReceiptQr():
            known = {"kind": "receipt", "receipt_code": scan.code.text}
    return dict.fromkeys(KEYS) | {"warnings": []} | known


def _citizen(card: CitizenCard) -> dict[str, Any]:
    return {
        "kind": "citizen-card",
        "layout": card.layout.value,
        "personal_id": card.personal_id.digits,
        "old_id": card.old_id,
        "full_name": card.full_name,
        "date_of_birth": card.date_of_birth.iso(),
        "sex": card.sex.value,
        "address": card.address,
        "issued_on": card.issued_on and card.issued_on.iso(),
        "valid_to": card.expires_on and card.expires_on.iso(),
        "extra": [{"kind": each.kind.value, "text": each.text} for each in card.extra] or None,
        "warnings": [each.value for each in card.warnings],
    }


def _health(card: HealthCard) -> dict[str, Any]:
    dates = ("date_of_birth", "issued_on", "valid_from", "valid_to", "five_years_from")
    same = ("full_name", "address", "hospital_code", "agency_hint", "guardian_name", "living_area")
    return {
        "kind": "health-card",
        "layout": card.layout.value,
        "personal_id": card.personal_id and card.personal_id.digits,
        "bhxh_number": card.bhxh_number and card.bhxh_number.digits,
        "card_number": card.card_number.text,
        "sex": card.sex.value,
        **{name: getattr(card, name) for name in (*same, "benefit_level", "issued_at_place")},
        **{name: (when := getattr(card, name)) and when.iso() for name in dates},
        "warnings": [each.value for each in card.warnings],
    }


def _vssid(code: VssidCode) -> dict[str, Any]:
    return {
        "kind": "vssid",
        "layout": "vssid-2",
        "personal_id": code.personal_id and code.personal_id.digits,
        "bhxh_number": code.bhxh_number and code.bhxh_number.digits,
        "full_name": code.full_name,
        "warnings": [each.value for each in code.warnings],
    }


def _typed(child: TypedChild) -> dict[str, Any]:
    return {
        "kind": "typed-child",
        "layout": "typed",
        "personal_id": child.personal_id and child.personal_id.digits,
        "bhxh_number": child.bhxh_number and child.bhxh_number.digits,
        "full_name": child.full_name,
        "date_of_birth": child.date_of_birth.iso(),
    }
