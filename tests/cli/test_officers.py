"""`kiosk officers` as an administrator runs it, PINs typed on the terminal."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.store import journal, officers
from sync.durable import open_db

PIN = "240613"


def run(data: Path, *arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--data", str(data), "officers", *arguments], input=typed)


def add(data: Path, *arguments: str, pin: str = PIN) -> Result:
    return run(data, "add", *arguments, typed=f"{pin}\n{pin}\n")


def test_officers_come_and_go(tmp_path: Path) -> None:
    first = add(tmp_path, "101")
    assert first.exit_code == 0, first.output
    assert "No administrator yet" in first.output
    assert add(tmp_path, "103", "--role", "administrator").exit_code == 0
    assert run(tmp_path, "list").output.split() == ["101", "officer", "103", "administrator"]
    assert run(tmp_path, "remove", "101").exit_code == 0
    assert run(tmp_path, "list").output.split() == ["103", "administrator"]


def test_a_pin_is_kept_as_what_proves_it_and_shown_nowhere(tmp_path: Path) -> None:
    added = add(tmp_path, "103")
    assert PIN not in added.output
    with open_db(tmp_path / "station" / "station.db") as db:
        known = officers.find(db, "103")
        assert known is not None
        assert known.pin_hash.startswith("$argon2id$v=19$m=32768,t=3,p=1$")
        assert [line.event for line in journal.lines(db)] == ["officer-added"]
    assert PIN.encode() not in (tmp_path / "station" / "station.db").read_bytes()


def test_another_pin_ends_a_lock_out(tmp_path: Path) -> None:
    add(tmp_path, "103")
    path = tmp_path / "station" / "station.db"
    with open_db(path) as db:
        officers.count_wrong(db, "103", 7)
        before = officers.find(db, "103")
    changed = run(tmp_path, "pin", "103", typed="517204\n517204\n")
    assert changed.exit_code == 0, changed.output
    with open_db(path) as db:
        after = officers.find(db, "103")
    assert before is not None
    assert after is not None
    assert (before.wrong, after.wrong) == (7, 0)
    assert before.pin_hash != after.pin_hash


def test_what_cannot_be_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert "2 to 8 digits" in add(tmp_path, "Lan").output
    assert "6 to 12 digits" in add(tmp_path, "103", pin="123456").output
    add(tmp_path, "103", "--role", "administrator")
    assert "taken" in add(tmp_path, "103").output
    assert "only administrator" in run(tmp_path, "remove", "103").output
    assert "no officer" in run(tmp_path, "remove", "104").output
    assert "no officer" in run(tmp_path, "pin", "104").output
