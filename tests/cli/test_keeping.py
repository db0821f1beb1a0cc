"""The commands that look after the store, as an administrator types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.actions.back_up import back_up
from kiosk.actions.submit import submit
from kiosk.ballast import Ballast
from kiosk.cli import main
from kiosk.cli.chores import chores_of
from kiosk.cli.context import now
from kiosk.cli.open_station import OpenStation, ballast_of
from kiosk.visits import Settings
from sync.durable import open_db, writing
from tests.stations import a_draft, open_station, station_config


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory):
    """A station at work with one declaration, nobody before it."""
    with open_station(tmp_path_factory.mktemp("kept")) as opened:
        station = opened.station
        visit = station.visits.begin(a_draft(station.procedures.first), Settings())
        submit(station, visit)
        station.visits.leave(visit.id)
        yield opened


@pytest.fixture
def data(opened: OpenStation) -> Path:
    return opened.station.db_path.parent.parent


def kiosk(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *arguments])


def test_a_backup_is_made_and_everything_verified(data: Path) -> None:
    made = kiosk(data, "backup")
    assert made.exit_code == 0, made.output
    verified = kiosk(data, "verify")
    assert verified.exit_code == 0, verified.output
    assert verified.output.count("ok  ") == 4
    assert "1 items, signed and whole" in verified.output


def test_no_command_disturbs_a_visit(opened: OpenStation, data: Path) -> None:
    visit = opened.station.visits.begin(a_draft(opened.station.procedures.first), Settings())
    refused = kiosk(data, "backup")
    opened.station.visits.leave(visit.id)
    assert (refused.exit_code, "somebody is at the screen" in refused.stderr) == (1, True)


def test_a_damaged_backup_is_refused(data: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"something" * 1000)
    refused = kiosk(data, "restore", str(tmp_path / "bad.db"))
    assert (refused.exit_code, "bad.db" in refused.stderr) == (1, True)


def test_a_journal_is_exported_and_goes_on_from_its_export(data: Path, tmp_path: Path) -> None:
    export = tmp_path / "journal"
    assert kiosk(data, "journal", "export", "--to", str(export)).exit_code == 0
    first = json.loads(export.read_text().splitlines()[0])
    assert first.keys() == {"id", "at", "event", "subject", "detail", "prev", "sha256"}
    back_up(data / "station", kept=3, at=now())
    followed = kiosk(data, "journal", "verify", str(export))
    assert followed.exit_code == 0, followed.output
    assert f"goes on from {export}" in followed.output

    export.write_text(export.read_text().replace("pledged", "started", 1))
    assert kiosk(data, "journal", "verify", str(export)).exit_code == 1
    export.write_text("nonsense")
    assert kiosk(data, "journal", "verify", str(export)).exit_code == 2


def test_a_journal_rewritten_from_its_beginning_does_not_go_on_from_the_export(
    data: Path, tmp_path: Path
) -> None:
    export = tmp_path / "journal"
    kiosk(data, "journal", "export", "--to", str(export))
    path = data / "station" / "station.db"
    before = path.read_bytes()
    with open_db(path) as db, writing(db):
        db.execute("DELETE FROM journal")
    rewritten = kiosk(data, "journal", "verify", str(export))
    path.write_bytes(before)
    assert (rewritten.exit_code, "journal" in rewritten.stderr) == (1, True)


def test_a_folder_without_a_station_is_named(tmp_path: Path) -> None:
    for command in (["backup"], ["restore"], ["verify"], ["journal", "export"]):
        told = kiosk(tmp_path / "none", *command)
        assert (told.exit_code, "no station has run here yet" in told.stderr) == (1, True)


def test_the_chores_run_and_leave_a_visit_alone(
    opened: OpenStation, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chores = {chore.name: chore.run for chore in chores_of(station_config(data))}
    visit = opened.station.visits.begin(a_draft(opened.station.procedures.first), Settings())
    ballast_of(station_config(data)).release()
    chores["room"]()
    assert not ballast_of(station_config(data)).is_laid(), "its room is the visitor's now"
    opened.station.visits.leave(visit.id)
    for run in chores.values():
        run()
    assert ballast_of(station_config(data)).is_laid()
    assert [each.levelname for each in caplog.records if each.levelname != "INFO"] == []


def test_a_chore_that_fails_says_so_and_ends_quietly(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = data / "station" / "backups"
    kept = folder.rename(folder.with_name("kept"))
    folder.write_text("not a folder")
    next(chore for chore in chores_of(station_config(data)) if chore.name == "backup").run()
    folder.unlink()
    kept.rename(folder)
    assert [each.levelname for each in caplog.records] == ["WARNING"]


def test_a_ballast_comes_back_only_beside_the_floor(tmp_path: Path) -> None:
    unlikely = Ballast(tmp_path / "ballast", size=1000, floor=10**18)
    assert not unlikely.lay()
    assert not unlikely.is_above_floor()
    assert Ballast(tmp_path / "ballast", size=1000, floor=0).lay()
