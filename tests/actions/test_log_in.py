"""An officer logs in at a real station: right, wrong, too often, and after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.actions.keep_officers import change_pin
from kiosk.actions.log_in import log_in, seconds_to_wait
from kiosk.lockout import FIRST_WAIT_SECONDS, TRIES, Lockout
from kiosk.problems.officers import LoginLocked, LoginRefused
from kiosk.rehearsal import OFFICERS
from kiosk.station import Station
from kiosk.store import journal
from sync.durable import open_db
from tests.stations import NOON, open_station

(LAN, PIN), *_ = OFFICERS


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with open_station(tmp_path) as opened:
        yield opened.station


def events(station: Station) -> list[tuple[str, str, str]]:
    with open_db(station.db_path) as db:
        return [(line.event, line.subject, line.detail) for line in journal.lines(db)]


def guess_wrong(station: Station, number: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(LoginRefused):
            log_in(station, number, "517203")


def test_number_and_pin_open_and_the_journal_says_who(station: Station) -> None:
    assert log_in(station, LAN.number, PIN.digits).officer == LAN
    assert events(station)[-1] == ("logged-in", "101", "")


def test_an_unknown_number_and_a_wrong_pin_are_told_the_same(station: Station) -> None:
    guess_wrong(station, LAN.number, 1)
    guess_wrong(station, "999", 1)
    assert events(station)[-2:] == [("login-refused", "101", "1"), ("login-refused", "", "1")]


def test_wrong_pins_lock_and_a_restart_does_not_open(station: Station) -> None:
    guess_wrong(station, LAN.number, TRIES)
    restarted = replace(station, lockout=Lockout(station.tick))
    for each in (station, restarted):
        with pytest.raises(LoginLocked):
            log_in(each, LAN.number, PIN.digits)
        assert FIRST_WAIT_SECONDS - 60 < seconds_to_wait(each, LAN.number) <= FIRST_WAIT_SECONDS


def test_unknown_numbers_are_no_free_guesses(station: Station) -> None:
    for number in ("11", "12", "13", "14", "15"):
        guess_wrong(station, number, 1)
    with pytest.raises(LoginLocked):
        log_in(station, "16", PIN.digits)
    assert log_in(station, LAN.number, PIN.digits).officer == LAN, "who is known does not wait for it"


def test_another_pin_opens_at_once(station: Station) -> None:
    guess_wrong(station, LAN.number, TRIES)
    change_pin(station.db_path, LAN.number, OFFICERS[1][1], at=NOON)
    assert log_in(station, LAN.number, OFFICERS[1][1].digits).officer == LAN
    with pytest.raises(LoginRefused):
        log_in(station, LAN.number, PIN.digits)
