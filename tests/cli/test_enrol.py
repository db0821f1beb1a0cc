"""`kiosk enrol`: a station and a central, both as commands."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from kiosk.checkout import ROOT
from kiosk.cli.context import Context
from kiosk.cli.enrol import enrol
from sync.central.cli import main as central_command
from sync.central.setup import prepare
from sync.keys import load_keys
from tests.processes import free_port
from tests.sync.samples import NOON
from tests.sync.world import central_process


@pytest.fixture(scope="module")
def central(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    prepare(home / "central", home / "escrow", NOON)
    with central_process(home / "central") as running:
        yield running


def run(data, *arguments):
    return CliRunner().invoke(enrol, arguments, obj=Context(ROOT / "kiosk.toml", data))


def ask(central, *arguments):
    return CliRunner().invoke(central_command, ["stations", *arguments, "--data", str(central.data)]).output


def test_a_station_introduces_itself_and_both_sides_show_the_same(central, tmp_path):
    code = ask(central, "invite").split()[1]
    done = run(tmp_path, central.url, code.lower())
    assert done.exit_code == 0, done.output
    first, sealed, second = done.output.splitlines()
    fingerprint = first.removeprefix("Station 0042 is enrolled. Fingerprint: ")
    assert f"0042  {fingerprint}\n" in ask(central, "list")
    assert "device key" in sealed
    assert second.startswith(f'Now set [central] url = "{central.url}"')
    assert load_keys(tmp_path / "station" / "keys").key_set.version == 1
    assert run(tmp_path, central.url, code).exit_code == 0, "again, without harm"

    again = run(tmp_path / "other", central.url, code)
    assert (again.exit_code, "another station has used this code" in again.stderr) == (1, True)


def test_what_is_wrong_is_said_in_a_sentence(central, tmp_path):
    code = ask(central, "invite").split()[1]
    for url, typed, exit_code, words in (
        (central.url, "ABC", 2, "four groups of five"),
        ("central", code, 2, "an address starts with"),
        (central.url, "0" * 20, 1, "did not give out this code"),
        (f"http://127.0.0.1:{free_port()}", code, 1, "central was not reached (no-answer"),
    ):
        refused = run(tmp_path, url, typed)
        assert (refused.exit_code, refused.stderr.count("\n")) == (exit_code, 1)
        assert words in refused.stderr
