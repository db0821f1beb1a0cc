"""kiosk.toml: every setting typed, every mistake named."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.config import BadConfig, from_table, load
from tests.conftest import ROOT
from tests.processes import free_port, run_kiosk

TABLE = tomllib.loads((ROOT / "kiosk.toml").read_text("utf-8"))


def changed(section: str, **values: Any) -> dict[str, Any]:
    table = {name: dict(keys) for name, keys in TABLE.items()}
    table[section] |= values
    return table


def test_the_file_that_is_shipped_is_good() -> None:
    assert load(ROOT / "kiosk.toml").screen.port == 8080


def test_every_key_has_a_comment() -> None:
    for line in (ROOT / "kiosk.toml").read_text("utf-8").splitlines():
        assert "=" not in line or "#" in line, line


def test_a_wrong_key_is_named_and_the_right_one_suggested() -> None:
    with pytest.raises(BadConfig, match=r"\[screen\] has no key 'prot'; did you mean 'port'\?"):
        from_table(changed("screen", prot=8080), ROOT)


def test_a_wrong_section_is_named_and_the_right_one_suggested() -> None:
    with pytest.raises(BadConfig, match=r"no section \[scren\]; did you mean 'screen'\?"):
        from_table({**TABLE, "scren": {}}, ROOT)


def test_a_wrong_type_is_named() -> None:
    with pytest.raises(BadConfig, match=r"\[screen\] port must be int, not '8080'"):
        from_table(changed("screen", port="8080"), ROOT)


def test_a_word_that_is_no_choice_is_named_and_the_right_one_suggested() -> None:
    with pytest.raises(BadConfig, match=r"\[station\] mode cannot be 'asisted'; did you mean 'assisted'\?"):
        from_table(changed("station", mode="asisted"), ROOT)


def test_true_is_not_a_number() -> None:
    with pytest.raises(BadConfig, match=r"\[disk\] floor_mb must be int"):
        from_table(changed("disk", floor_mb=True), ROOT)


def test_what_only_the_station_can_know_is_asked_for() -> None:
    table = changed("station")
    del table["station"]["data_dir"]
    with pytest.raises(BadConfig, match=r"\[station\] lacks data_dir"):
        from_table(table, ROOT)
    del table["camera"]
    table["station"] = TABLE["station"]
    with pytest.raises(BadConfig, match=r"\[camera\] lacks document, portrait"):
        from_table(table, ROOT)


def test_a_file_from_before_an_update_means_what_the_shipped_one_says(tmp_path: Path) -> None:
    needed = {"station": ("id", "name", "data_dir"), "central": ("url",), "agency": ("default",)}
    needed |= {"camera": ("document", "portrait"), "printer": ("driver", "address", "width_dots")}
    short = {name: {key: TABLE[name][key] for key in keys} for name, keys in needed.items()}
    shipped = from_table(TABLE, ROOT)
    assert shipped.unwritten == ()
    read = from_table(short, ROOT)
    assert {"[sound]", "[photo]", "[station] mode", "[central] relay_url"} <= set(read.unwritten)
    assert read.stick.source == "usb", "in earnest: a folder stands for a stick in the demo only"
    assert replace(read, unwritten=(), stick=shipped.stick) == shipped
    elsewhere = from_table(short, tmp_path)
    assert elsewhere.form == shipped.form, "what is shipped lies in the checkout, not beside the file"


def test_paths_start_at_the_files_folder(tmp_path: Path) -> None:
    assert from_table(TABLE, tmp_path).station.data_dir == tmp_path / ".demo" / "station"


def test_the_command_says_file_key_and_remedy_and_ends_with_2(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text((ROOT / "kiosk.toml").read_text("utf-8").replace("poll_seconds", "pol_seconds"), "utf-8")
    done = run_kiosk("--config", str(wrong), "queue")
    assert done.returncode == 2
    assert str(wrong) in done.stderr
    assert "did you mean 'poll_seconds'?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_named() -> None:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        done = run_kiosk("demo", "--station-port", str(port), "--central-port", str(free_port()))
    assert done.returncode == 1
    assert f"port {port} is in use" in done.stderr
    assert "--station-port" in done.stderr
    assert "Traceback" not in done.stderr
