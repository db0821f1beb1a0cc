from __future__ import annotations

import json
import socket
import subprocess
import sys

import cv2
import pytest
import zxingcpp
from click.testing import CliRunner

from sync.central.cli import main
from sync.central.folder import CentralFolder
from sync.envelope import public_text
from sync.invitation import Invitation
from sync.sealing import new_identity, read_identity
from tests.conftest import ROOT
from tests.sync.samples import a_key
from tests.sync.world import a_station, central_process


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A central that has received one declaration; with its folder and the declaration."""
    home = tmp_path_factory.mktemp("filled")
    station = a_station(home / "station", home / "central")
    manifest = station.seals('{"tên":"Mẫu"}'.encode(), b"photo")
    with central_process(home / "central") as central:
        assert station.drains(central.url).delivered == 1
    return home / "central", manifest


def test_init_wants_to_know_where_escrow_goes(tmp_path):
    refused = run("init", "--data", tmp_path / "c")
    assert refused.exit_code == 2
    assert "--escrow-to" in refused.output
    assert not (tmp_path / "c").exists()
    made = run("init", "--data", tmp_path / "c", "--escrow-to", tmp_path / "e")
    assert made.exit_code == 0
    assert run("init", "--data", tmp_path / "c").output == made.output


def test_init_takes_an_escrow_key_made_elsewhere(tmp_path):
    escrow = new_identity().recipient
    assert run("init", "--data", tmp_path, "--escrow-recipient", escrow).exit_code == 0
    assert json.loads(run("keys", "--data", tmp_path, "--json").output)["escrow"] == escrow
    assert escrow in run("keys", "--data", tmp_path).output
    wrong = run("init", "--data", tmp_path / "x", "--escrow-recipient", "age1no")
    assert (wrong.exit_code, wrong.output) == (1, "Error: not an age public key\n")


def test_an_escrow_key_is_shown_once_and_stored_nowhere(tmp_path):
    shown = run("init", "--data", tmp_path, "--escrow-shown").output
    secret = next(line for line in shown.splitlines() if line.startswith("AGE-SECRET-KEY-1"))
    (tmp_path / "written-down").write_text(secret)
    escrow = read_identity(tmp_path / "written-down")
    (tmp_path / "written-down").unlink()
    assert json.loads(run("keys", "--data", tmp_path, "--json").output)["escrow"] == escrow.recipient
    assert not any(secret.encode() in each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert "AGE-SECRET" not in run("init", "--data", tmp_path, "--escrow-shown").output


def test_stations_are_added_and_listed(tmp_path):
    key = public_text(a_key().public_key())
    assert run("stations", "add", "0042", key, "--data", tmp_path).output == "Station 0042 may send.\n"
    assert run("stations", "list", "--data", tmp_path).output.startswith("0042  ")
    [known] = json.loads(run("stations", "list", "--data", tmp_path, "--json").output)
    assert (known["id"], known["revoked"]) == ("0042", False)
    for wrong in (("0042", public_text(a_key().public_key())), ("0042", "no key"), ("x", key)):
        refused = run("stations", "add", *wrong, "--data", tmp_path)
        assert refused.exit_code == 1
        assert refused.output.startswith("Error: ")


def test_a_key_that_begins_with_a_dash_is_a_key(tmp_path):
    keys = (public_text(a_key().public_key()) for _ in range(100_000))
    key = next(each for each in keys if each.startswith("-") and "h" in each)  # -h is help elsewhere
    assert run("stations", "add", "0042", key, "--data", tmp_path).output == "Station 0042 may send.\n"


def test_a_code_is_printed_and_drawn(tmp_path):
    run("init", "--data", tmp_path / "c", "--escrow-to", tmp_path / "e")
    picture = tmp_path / "code.png"
    made = run(
        "stations", "invite", "--data", tmp_path / "c", "--url", "http://central.test", "--qr", picture
    )
    assert made.exit_code == 0, made.output
    code = Invitation.typed(made.output.split()[1]).shown()
    assert made.output.endswith(f"kiosk enrol http://central.test {code}\n")
    [drawn] = zxingcpp.read_barcodes(cv2.imread(str(picture)))
    assert drawn.text == f"http://central.test {code}"
    refused = run("stations", "invite", "--data", tmp_path / "c", "--station", "no")
    assert (refused.exit_code, "four characters" in refused.output) == (1, True)


def test_a_station_is_revoked_by_its_id(tmp_path):
    run("stations", "add", "0042", public_text(a_key().public_key()), "--data", tmp_path)
    assert (
        run("stations", "revoke", "0042", "--data", tmp_path).output == "Station 0042 may no longer send.\n"
    )
    assert run("stations", "list", "--data", tmp_path).output.endswith("  revoked\n")
    assert run("stations", "revoke", "0043", "--data", tmp_path).exit_code == 1


def test_the_list_shows_what_anybody_may_know(filled):
    data, manifest = filled
    [row] = json.loads(run("list", "--data", data, "--json").output)
    assert (row["uuid"], row["number"], row["receipt_code"]) == (manifest.uuid, 1, manifest.receipt_code)
    assert [part["name"] for part in row["parts"]] == ["part-0.bin", "part-1.bin"]
    assert manifest.receipt_code in run("list", "--data", data).output


def test_an_empty_list_says_so(tmp_path):
    run("init", "--data", tmp_path / "c", "--escrow-to", tmp_path / "e")
    assert run("list", "--data", tmp_path / "c").output == "No declaration has been announced yet.\n"


def test_a_declaration_opens_with_the_key_by_id_or_by_receipt(filled, tmp_path):
    data, manifest = filled
    key = CentralFolder(data).sealing_key
    shown = f"{manifest.receipt_code[:4]}-{manifest.receipt_code[4:8]}-{manifest.receipt_code[8:]}".lower()
    for at, name in enumerate((manifest.uuid, manifest.uuid.upper(), manifest.receipt_code, shown)):
        to = tmp_path / str(at)
        opened = run("open", name, "--data", data, "--key", key, "--to", to)
        assert opened.exit_code == 0, opened.output
        assert (to / "part-0.bin").read_text("utf-8") == '{"tên":"Mẫu"}'
        assert (to / "part-1.bin").stat().st_mode & 0o777 == 0o600
        assert opened.output.split() == [str(to / "part-0.bin"), str(to / "part-1.bin")]


def test_what_cannot_be_opened_is_said_in_a_sentence(filled, tmp_path):
    data, manifest = filled
    stranger = tmp_path / "stranger.key"
    stranger.write_bytes(new_identity().to_file())
    key = CentralFolder(data).sealing_key
    for name, with_key, word in (
        (manifest.uuid, stranger, "does not fit"),
        (manifest.uuid, tmp_path / "none.key", "No such file"),
        ("0042-9999-X", key, "no declaration"),
    ):
        refused = run("open", name, "--data", data, "--key", with_key, "--to", tmp_path / "to")
        assert refused.exit_code == 1
        assert word in refused.output
    assert not (tmp_path / "to").exists()


def test_a_part_damaged_on_centrals_disk_is_noticed(filled, tmp_path):
    data, manifest = filled
    path = CentralFolder(data).blobs / manifest.parts[1].sha256
    before = path.read_bytes()
    path.write_bytes(before[:-1] + b"?")
    refused = run(
        "open", manifest.uuid, "--data", data, "--key", CentralFolder(data).sealing_key, "--to", tmp_path
    )
    path.write_bytes(before)
    assert (refused.exit_code, "damaged" in refused.output) == (1, True)


@pytest.mark.parametrize("command", ["serve", "list", "keys", "stations list"])
def test_a_folder_without_central_is_named(tmp_path, command):
    refused = run(*command.split(), "--data", tmp_path / "nowhere")
    assert refused.exit_code == 1
    assert str(tmp_path / "nowhere") in refused.output
    assert not (tmp_path / "nowhere").exists()


def test_a_port_in_use_is_named_without_a_traceback(filled):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "sync.central", "serve", "--data", filled[0], "--port", str(port)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Error: cannot listen on 127.0.0.1:{port}")
    assert ended.stderr.count("\n") == 1


def test_central_stops_when_told(filled):
    with central_process(filled[0]) as central:
        assert central.stop() == 0
