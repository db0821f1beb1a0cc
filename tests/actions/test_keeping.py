"""Backups, mending, recovery and retention, on a real station's disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.actions.back_up import BadBackup, SomebodyIsHere, back_up, is_due, newest_good, prove
from kiosk.actions.inspect_store import inspect_store
from kiosk.actions.mend import mend, restore
from kiosk.actions.retain import Deleted, retain
from kiosk.actions.submit import submit
from kiosk.actions.sweep import sweep
from kiosk.adjustments import FILE
from kiosk.cli.open_station import OpenStation
from kiosk.clock import ClockJudge
from kiosk.sections import RetentionSection
from kiosk.store import declarations, journal, print_jobs
from kiosk.store.journal import Event
from kiosk.visits import Given, Settings
from sync import outbox
from sync.durable import open_db, writing
from sync.keys import device_key
from sync.manifest import open_manifest, sign_manifest
from sync.parcels import Parcels
from sync.times import stamp
from tests.faults.whole import whole_declarations
from tests.stations import NOON, a_draft, open_station

_seeds = count(step=10)  # no two photographs are the same
RULES = RetentionSection(receipts_days=90, journal_days=365, found_days=30)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A station with three declarations; the first was there when the backup was made."""
    data = tmp_path_factory.mktemp("used")
    with open_station(data) as opened:
        _pledge(opened)
        back_up(data / "station", kept=3, at=NOON)
        _pledge(opened)
        _pledge(opened)
    return data


@pytest.fixture
def data(used: Path, tmp_path: Path) -> Path:
    shutil.copytree(used, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def station(data: Path) -> Path:
    return data / "station"


def test_no_backup_is_made_during_a_visit(data: Path) -> None:
    with open_station(data) as opened:
        visit = opened.station.visits.begin(a_draft(opened.station.procedures.first), Settings())
        with pytest.raises(SomebodyIsHere):
            back_up(data / "station", kept=3, at=NOON)
        opened.station.visits.leave(visit.id)
        back_up(data / "station", kept=3, at=NOON)


def test_three_backups_are_kept_and_each_is_whole(station: Path) -> None:
    for hour in range(1, 5):
        back_up(station, kept=3, at=NOON + timedelta(hours=hour))
    kept = sorted(path.name for path in (station / "backups").iterdir())
    assert kept == [f"station-20261122T{5 + hour:02}0000Z.db" for hour in (2, 3, 4)]
    assert all(prove(station / "backups" / name)[0] == 3 for name in kept)
    assert all(each.is_whole for each in inspect_store(station))


def test_a_backup_is_due_once_a_night_or_as_soon_as_possible_after_it(tmp_path: Path) -> None:
    two_at_night = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)  # in Vietnam
    assert is_due(tmp_path, hour=2, at=NOON), "never made"
    _copy_named(tmp_path, two_at_night - timedelta(minutes=1))
    assert not is_due(tmp_path, hour=2, at=two_at_night - timedelta(seconds=1))
    assert is_due(tmp_path, hour=2, at=two_at_night)
    assert is_due(tmp_path, hour=2, at=two_at_night + timedelta(days=3)), "it was switched off"
    _copy_named(tmp_path, two_at_night + timedelta(days=3650))
    assert is_due(tmp_path, hour=2, at=two_at_night), "the clock ran ahead when that one was made"


def test_the_newest_whole_backup_is_chosen_by_what_it_knows(station: Path) -> None:
    old = newest_good(station)
    assert old is not None
    new = back_up(station, kept=3, at=NOON - timedelta(days=365))  # the clock was wrong
    assert newest_good(station) == new
    _damage(new)
    with pytest.raises(BadBackup):
        prove(new)
    assert newest_good(station) == old


def test_a_whole_database_is_left_alone(station: Path) -> None:
    before = (station / "station.db").read_bytes()
    assert mend(station, at=NOON) is None
    assert (station / "station.db").read_bytes() == before


@pytest.mark.parametrize("harm", ["damaged", "gone", "empty file", "no database", "old one laid here"])
def test_whatever_happened_to_the_database_everything_pledged_is_queued_again(
    station: Path, harm: str
) -> None:
    path, whole = station / "station.db", whole_declarations(station)
    _harm(path, harm)
    mended = mend(station, at=NOON)
    assert mended is not None
    assert mended.recovered == 2
    assert whole_declarations(station) == whole
    with open_db(path) as db:
        assert outbox.counts(db).waiting == 3
        assert [job.state for job in print_jobs.unfinished(db)].count("interrupted") == 2, (
            "told to the officer"
        )
        line = journal.newest(db, Event.RESTORED)
        assert line is not None
        assert (line.subject, line.detail) == (mended.backup, "2")
        assert journal.verify(journal.lines(db))
    assert mended.aside is None or list(mended.aside.iterdir()), "the old one is kept"
    assert mend(station, at=NOON) is None
    assert sweep(station, Parcels(station), at=_later()).set_aside == 0, "nothing recovered is swept away"


def test_without_any_backup_the_files_are_enough(station: Path) -> None:
    whole = whole_declarations(station)
    shutil.rmtree(station / "backups")
    (station / "station.db").write_bytes(b"not a database at all" * 1000)
    mended = mend(station, at=NOON)
    assert mended is not None
    assert (mended.backup, mended.recovered) == ("none", 3)
    assert whole_declarations(station) == whole


def test_the_plug_pulled_while_mending_is_mended_again(station: Path) -> None:
    whole = whole_declarations(station)
    path = station / "station.db"
    (station / "station.db.mending").write_bytes(b"half")
    shutil.copyfile(path, station / "station.db-journal")  # hot, of a database that was moved aside
    path.unlink()
    assert mend(station, at=NOON) is not None
    assert whole_declarations(station) == whole


def test_of_two_pledges_with_one_number_the_one_that_was_committed_is_recovered(station: Path) -> None:
    whole = whole_declarations(station)
    failed = _failed_pledge(station, seq=2)
    (station / "station.db").unlink()
    assert mend(station, at=NOON) is not None
    assert whole_declarations(station) == whole
    with open_db(station / "station.db") as db:
        assert not declarations.is_known(db, failed)


def test_numbers_go_on_above_the_largest_ever_given(data: Path) -> None:
    (data / "station" / "station.db").unlink()
    mend(data / "station", at=NOON)
    with open_station(data) as opened:
        assert _pledge(opened).qr.code.text.startswith("00420004")


def test_a_crash_before_its_commit_gives_no_receipt_and_is_set_aside(station: Path) -> None:
    failed = _failed_pledge(station, seq=4)
    assert mend(station, at=NOON) is None, "one number more is only a crash"
    assert sweep(station, Parcels(station), at=datetime.now(UTC)).set_aside == 0, "it is young"
    assert sweep(station, Parcels(station), at=_later()).set_aside == 1
    [found] = (station / "found").glob("*/*.json")
    assert found.stem == failed


def test_going_back_on_purpose_recovers_too(station: Path) -> None:
    whole = whole_declarations(station)
    restored = restore(station, None, at=NOON)
    assert restored.recovered == 2
    assert whole_declarations(station) == whole


ADJUSTED = 'sound.level = "loud"\n'


@pytest.mark.parametrize("harm", [None, "sound.level = ", "screen.port = 1", 'sound.level = "lound"', "\xff"])
def test_what_was_changed_at_the_screen_comes_back_with_the_database(station: Path, harm: str | None) -> None:
    path = station / FILE
    path.write_text(ADJUSTED)
    back_up(station, kept=3, at=NOON)
    path.unlink() if harm is None else path.write_text(harm, "latin-1")
    back_up(station, kept=3, at=NOON + timedelta(days=1)) if harm else None
    _harm(station / "station.db", "damaged")
    mended = mend(station, at=NOON)
    assert mended is not None
    assert mended.adjusted
    assert path.read_text() == ADJUSTED
    assert [each.read_text("latin-1") for each in (station / "damaged").glob(f"*/{FILE}")] == [harm] * bool(
        harm
    )


@pytest.mark.parametrize("copy", ["sound.level = ", None])
def test_settings_that_cannot_be_brought_back_keep_no_database_from_being_restored(
    station: Path, copy: str | None
) -> None:
    (station / FILE).write_text("nonsense")
    if copy:
        (station / "backups" / FILE).write_text(copy)
    else:
        (station / "backups" / FILE).mkdir()
    assert not restore(station, None, at=NOON).adjusted
    assert (station / FILE).read_text() == "nonsense"


def test_settings_in_use_are_not_turned_back_and_those_taken_away_are_not_kept(station: Path) -> None:
    (station / FILE).write_text(ADJUSTED)
    back_up(station, kept=3, at=NOON)
    (station / FILE).write_text('sound.level = "soft"\n')
    assert not restore(station, None, at=NOON).adjusted
    assert "soft" in (station / FILE).read_text()
    (station / FILE).unlink()
    back_up(station, kept=3, at=NOON + timedelta(days=1))
    assert not restore(station, None, at=NOON).adjusted


def test_receipts_go_after_their_time_and_what_waits_stays(station: Path) -> None:
    _acknowledge(station, 1, 3)
    parcels = Parcels(station)
    assert retain(station, RULES, _clock(NOON + timedelta(days=89))) == Deleted(0, 0, 0)
    assert retain(station, RULES, _clock(NOON + timedelta(days=91))) == Deleted(2, 0, 0)
    with open_db(station / "station.db") as db:
        [left] = declarations.newest(db, 9)
        assert left.seq == 2
        assert declarations.chain_end(db).seq == 3, "its number is not given again"
        line = journal.newest(db, Event.DELETED)
        assert line is not None
        assert (line.subject, line.detail) == ("2", "receipts")
    manifests = {open_manifest(path.read_bytes(), _key(station)).seq for path in parcels.manifests()}
    assert manifests == {2, 3}, "the end of the chain stays, for a day without database"
    assert sweep(station, parcels, at=_later()).set_aside == 0
    assert mend(station, at=NOON) is None


def test_a_clock_nobody_verified_deletes_nothing_early(station: Path) -> None:
    _acknowledge(station, 1)
    ahead = ClockJudge(is_kept=False, now=lambda: NOON + timedelta(days=3650), tick=lambda: 0.0)
    assert retain(station, RULES, ahead) == Deleted(0, 0, 0)


@pytest.mark.parametrize("name", ["found/2026-11-22", "damaged/2026-11-22T050000Z"])
def test_what_was_set_aside_goes_after_thirty_days(station: Path, name: str) -> None:
    folder = station / name
    folder.mkdir(parents=True)
    (folder / "something").write_bytes(b"")
    assert retain(station, RULES, _clock(NOON + timedelta(days=30))).found == 0
    assert retain(station, RULES, _clock(NOON + timedelta(days=31))).found == 1
    assert not folder.exists()


def test_an_inspection_tells_what_is_not_whole(station: Path) -> None:
    next(Parcels(station).parts()).write_bytes(b"something else")
    _damage(newest_good(station) or station)
    with open_db(station / "station.db") as db, writing(db):
        db.execute("UPDATE journal SET at = '1970' WHERE id = 1")
    bad = [each.what for each in inspect_store(station) if not each.is_whole]
    assert bad == ["journal", "waiting", "backup"]


def _pledge(opened: OpenStation) -> Given:
    station = opened.station
    visit = station.visits.begin(a_draft(station.procedures.first, next(_seeds)), Settings())
    given = submit(station, visit)
    station.visits.leave(visit.id)
    return given


def _harm(path: Path, harm: str) -> None:
    if harm == "damaged":
        _damage(path)
    elif harm == "gone":
        path.unlink()
    elif harm == "empty file":
        path.write_bytes(b"")
    elif harm == "no database":
        path.write_bytes(os.urandom(path.stat().st_size))
    else:
        backup = newest_good(path.parent)
        assert backup is not None
        shutil.copyfile(backup, path)


def _damage(path: Path) -> None:
    """Pages in the middle are overwritten, as a dying disk does."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 3)
        file.write(bytes(range(256)) * 64)
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(path) as db:
        if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError


def _failed_pledge(station: Path, seq: int) -> str:
    """What a pledge leaves that was cut off before its commit: a manifest whose number is given again."""
    told = next(open_manifest(path.read_bytes(), _key(station)) for path in Parcels(station).manifests())
    failed = replace(told, seq=seq, uuid="019ab000-0000-7000-8000-000000000000")
    Parcels(station).write_manifest(failed.uuid, sign_manifest(failed, device_key(station / "keys")))
    return failed.uuid


def _acknowledge(station: Path, *numbers: int) -> None:
    with open_db(station / "station.db") as db:
        for entry in outbox.entries(db, limit=9):
            if entry.seq in numbers:
                outbox.settle(db, entry.uuid, received_at=stamp(NOON), acknowledgement=b"central's word")
                Parcels(station).remove(open_manifest(entry.manifest, _key(station)))
                outbox.mark_cleared(db, entry.uuid)


def _clock(at: datetime) -> ClockJudge:
    return ClockJudge(is_kept=True, now=lambda: at, tick=lambda: 0.0)


def _key(station: Path) -> Ed25519PublicKey:
    return device_key(station / "keys").public_key()


def _later() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=11)


def _copy_named(station: Path, at: datetime) -> None:
    (station / "backups").mkdir(exist_ok=True)
    (station / "backups" / at.strftime("station-%Y%m%dT%H%M%SZ.db")).touch()
