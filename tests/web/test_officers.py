"""The administrator's page of officers: added, given another PIN, removed; for nobody else."""

from __future__ import annotations

import pytest

from kiosk.actions.keep_officers import list_officers
from kiosk.actions.log_in import log_in
from kiosk.domain.officers import Officer, Role
from kiosk.store import journal
from sync.durable import open_db
from tests.web.conftest import Screen

PIN = "604517"


def test_an_officer_is_added_given_another_pin_and_removed(screen: Screen) -> None:
    screen.logs_in(Role.ADMINISTRATOR)
    assert "Cán bộ của máy này" in screen.sees("/officer/").text
    added = screen.sends("/officer/officers/add", number="4001", pin=PIN, role="supervisor")
    assert "4001" in added.text
    assert PIN not in added.text
    changed = screen.sends("/officer/officers/pin/4001", pin="715608")
    assert changed.request.path == "/officer/officers/"
    assert log_in(screen.station, "4001", "715608").officer == Officer("4001", Role.SUPERVISOR)
    screen.logs_in(Role.ADMINISTRATOR)
    assert "4001" not in screen.sends("/officer/officers/remove", number="4001").text
    with open_db(screen.station.db_path) as db:
        told = [(line.event, line.subject, line.detail) for line in journal.lines(db)]
    assert ("officer-added", "4001", "supervisor-103") in told
    assert ("pin-changed", "4001", "103") in told
    assert ("officer-removed", "4001", "103") in told


@pytest.mark.parametrize(
    ("number", "pin", "told"),
    [
        ("Lan", PIN, "Mã cán bộ có 2 đến 8 chữ số"),
        ("4002", "123456", "khó đoán"),
        ("101", PIN, "Mã cán bộ này đã có"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(screen: Screen, number: str, pin: str, told: str) -> None:
    screen.logs_in(Role.ADMINISTRATOR)
    before = list_officers(screen.station.db_path)
    refused = screen.sends("/officer/officers/add", number=number, pin=pin, role="officer")
    assert refused.status_code == 422
    assert told in refused.text
    assert pin not in refused.text
    assert list_officers(screen.station.db_path) == before


def test_the_last_administrator_stays(screen: Screen) -> None:
    screen.logs_in(Role.ADMINISTRATOR)
    refused = screen.sends("/officer/officers/remove", number="103")
    assert refused.status_code == 409
    assert "ít nhất một quản trị" in refused.text


def test_nobody_else_opens_it(screen: Screen) -> None:
    screen.logs_in(Role.SUPERVISOR)
    assert screen.sees("/officer/officers/").status_code == 403
    assert (
        screen.sends("/officer/officers/add", number="4003", pin=PIN, role="administrator").status_code == 403
    )
    assert "Cán bộ của máy này" not in screen.sees("/officer/").text
