"""The stick: what waits goes out as one file, central takes it in, its return frees the station."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main as kiosk
from sync import events, outbox
from sync.bundle import BadBundle, open_bundle
from sync.central.cli import main as central
from sync.central.setup import prepare
from sync.event import Kind
from sync.homeward import Refusal, Return, open_return, write_return
from sync.outbox import State
from sync.stick import Stick
from sync.stick_file import StickTrouble
from tests.processes import free_port
from tests.sync.samples import NOON, a_key
from tests.sync.world import CentralProcess, a_station, bytes_of


class House:
    """A station and a central that never meet but by stick."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.station = a_station(folder / "station", folder / "central")
        self.central = CentralProcess(folder / "central", free_port())
        self.usb = folder / "usb"
        self.usb.mkdir()

    def exports(self, *options: str, to: Path | None = None):
        to = str(to or self.usb)
        return CliRunner().invoke(kiosk, ["--data", str(self.folder), "export", "--to", to, *options])

    def takes_in(self, file: Path):
        return CliRunner().invoke(central, ["import", str(file), "--data", str(self.central.data)])

    def brings_back(self, file: Path):
        return CliRunner().invoke(kiosk, ["--data", str(self.folder), "import", str(file)])

    def bundle(self) -> Path:
        done = self.exports("--all")
        assert done.exit_code == 0, done.output
        return max(self.usb.glob("*.bundle"), key=lambda path: path.stat().st_mtime_ns)

    def states(self) -> list[State]:
        with self.station.database() as db:
            return [each.state for each in reversed(outbox.entries(db, limit=99))]


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def test_there_and_back_again(house):
    sealed = [house.station.seals(b"answers", bytes_of(5000, seed)) for seed in range(1, 4)]
    done = house.exports()
    assert done.exit_code == 0, done.output
    [bundle] = house.usb.iterdir()
    assert f"{bundle}: 3 declarations, {sealed[0].receipt_code} to {sealed[2].receipt_code}" in done.output
    assert list((house.folder / "slips").glob(f"{bundle.stem}*.png")), "the slip that goes with it"
    assert house.states() == [State.WAITING] * 3, "on a stick is not arrived"

    done = house.takes_in(bundle)
    assert done.exit_code == 0, done.output
    assert "Station 0042: 3 new, 0 known already, 0 refused, 0 damaged or missing" in done.output
    assert [each.opened() for each in house.central.holds(house.station)] == sealed

    done = house.brings_back(bundle.with_suffix(".return"))
    assert done.output == "3 received by central, 0 put aside, 0 events\n"
    assert house.states() == [State.DELIVERED] * 3
    assert list(house.station.parcels.parts()) == []
    assert len(list(house.station.parcels.manifests())) == 3
    for manifest, stored in zip(sealed, house.central.holds(house.station), strict=True):
        assert house.station.entry(manifest).acknowledgement == stored.acknowledgement


def test_a_withdrawal_goes_by_stick_too_and_its_declaration_is_taken_no_more(house):
    manifest = house.station.seals()
    house.station.withdraws(manifest)
    for _ in range(2):  # the second bundle finds the declaration withdrawn
        bundle = house.bundle()
        assert house.takes_in(bundle).exit_code == 0
        house.brings_back(bundle.with_suffix(".return"))
        with house.station.database() as db:
            assert events.newest(db, manifest.uuid).kind is Kind.WITHDRAWN
        house.station.alters(manifest, state="waiting", acknowledgement=None)
    with house.station.database() as db:
        assert outbox.following(db, manifest.seq, outbox.Kind.WITHDRAWAL).state is State.DELIVERED


def test_both_ways_may_be_gone_twice(house):
    house.station.seals()
    bundle = house.bundle()
    house.takes_in(bundle)
    assert "0 new, 1 known already" in house.takes_in(bundle).output
    back = bundle.with_suffix(".return")
    house.brings_back(back)
    assert house.brings_back(back).output.startswith("0 received")
    assert "Nothing waits" in house.exports().output


def test_a_second_stick_takes_what_is_new_and_all_of_it_when_asked(house):
    house.station.seals()
    house.exports()
    house.station.seals()
    assert ": 1 declarations" in house.exports().output
    assert "Nothing waits" in house.exports().output
    assert ": 2 declarations" in house.exports("--all").output


def test_a_decision_comes_back_with_a_later_return(house):
    manifest = house.station.seals()
    bundle = house.bundle()
    house.takes_in(bundle)
    CliRunner().invoke(central, ["accept", manifest.uuid, "--data", str(house.central.data)])
    house.takes_in(bundle)
    assert house.brings_back(bundle.with_suffix(".return")).output.endswith(", 1 events\n")
    with house.station.database() as db:
        assert events.newest(db, manifest.uuid).kind is Kind.ACCEPTED


def test_events_after_a_gap_are_left_to_the_line(house):
    answer = Return(bundle="b", station="0042", after=7)
    path = house.usb / "x.return"
    keys = prepare(house.central.data, house.folder / "escrow", NOON)
    path.write_bytes(write_return(answer, keys.signing))
    assert house.brings_back(path).output == "0 received by central, 0 put aside, 0 events\n"


def test_what_is_damaged_here_is_put_aside_and_the_rest_goes(house):
    damaged, good = house.station.seals(), house.station.seals()
    house.station.parcels.part_path(damaged.parts[1].sha256).write_bytes(b"x")
    assert ": 1 declarations" in house.exports().output
    assert house.station.entry(damaged).trouble == "part-damaged"
    assert house.station.entry(good).exported_at is not None


def test_what_the_line_delivers_meanwhile_spoils_nothing(house):
    gone, good = house.station.seals(), house.station.seals()
    with a_stick(house) as stick:
        entries = stick.waiting(everything=False)
        house.station.parcels.remove(gone)  # the postman was faster
        exported = stick.export(entries, house.usb, lambda _: None)
    done = house.takes_in(exported.path)
    assert done.exit_code == 1
    assert "1 new, 0 known already, 0 refused, 1 damaged or missing" in done.output
    assert "export it again" in done.stderr
    assert [each.opened() for each in house.central.holds(house.station) if each.number] == [good]


def test_a_refusal_that_comes_by_stick_puts_aside(house):
    manifest = house.station.seals()
    keys = prepare(house.central.data, house.folder / "escrow", NOON)
    answer = Return(bundle="b", station="0042", after=0, refusals=(Refusal(manifest.uuid, "other-bytes"),))
    path = house.usb / "x.return"
    path.write_bytes(write_return(answer, keys.signing))
    assert "1 put aside" in house.brings_back(path).output
    assert house.station.entry(manifest).trouble == "other-bytes"


@contextmanager
def a_stick(house):
    station = house.station
    with station.database() as db:
        now = lambda: datetime.now(UTC)  # noqa: E731
        yield Stick(db, station.parcels, station.id, station.keys, station.folder / "keys", now)


@contextmanager
def mounted(folder: Path, size: str):
    """A small disk of its own, as a stick is."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("may not mount here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)


@pytest.mark.fault
def test_a_stick_without_room_is_told_before_anything_is_written(house):
    house.station.seals(b"answers", bytes_of(3_000_000))
    with mounted(house.usb, "2m"):
        done = house.exports()
        assert done.exit_code == 1
        assert "the stick is full (5 MB needed, 2 MB free)" in done.stderr
        assert "Nothing is lost" in done.stderr
        assert list(house.usb.iterdir()) == []


@pytest.mark.fault
def test_a_stick_that_fills_up_half_way_keeps_no_half(house):
    manifest = house.station.seals(b"answers", bytes_of(300_000), bytes_of(400_000, 2))
    with mounted(house.usb, "4m"), a_stick(house) as stick:

        def somebody_else(_bytes):
            with (house.usb / "film").open("ab") as film, pytest.raises(OSError, match="No space"):
                while film.write(bytes(65536)):
                    film.flush()

        with pytest.raises(StickTrouble, match="filled up while writing"):
            stick.export(stick.waiting(everything=False), house.usb, somebody_else)
        assert [path.name for path in house.usb.iterdir()] == ["film"]
    assert house.station.entry(manifest).exported_at is None
    assert house.takes_in(house.bundle()).exit_code == 0


@pytest.mark.fault
def test_a_stick_pulled_out_half_way_loses_nothing(house):
    house.station.seals()
    with mounted(house.usb, "4m"), a_stick(house) as stick:

        def pull(_bytes):
            subprocess.run(["umount", "--lazy", str(house.usb)], check=False, capture_output=True)

        with pytest.raises(StickTrouble, match="the stick is gone; put it in again"):
            stick.export(stick.waiting(everything=False), house.usb, pull)
    assert house.states() == [State.WAITING]
    assert ": 1 declarations" in house.exports().output


def test_no_stick_at_all_is_told(house):
    house.station.seals()
    done = house.exports(to=house.folder / "nowhere")
    assert done.exit_code == 1
    assert "the stick is gone" in done.stderr


def test_whatever_byte_of_a_bundle_is_changed_nothing_false_is_taken_from_it(house):
    for seed in range(1, 4):
        house.station.seals(b"answers", bytes_of(900, seed))
    path = house.bundle()
    whole = path.read_bytes()
    key = house.station.keys.device.public_key()
    with open_bundle(path, lambda _: key) as bundle:
        wanted = {member.name: data for member, data in bundle.members()}
    assert len(wanted) == 9
    other = house.usb / "changed.bundle"
    refused = damaged = 0
    for at in range(0, len(whole), 61):
        changed = bytearray(whole)
        changed[at] ^= 0x20
        other.write_bytes(changed)
        try:
            with open_bundle(other, lambda _: key) as bundle:
                found = {member.name: data for member, data in bundle.members() if data is not None}
        except BadBundle:
            refused += 1
            continue
        assert all(wanted[name] == data for name, data in found.items())
        damaged += len(found) < len(wanted)
    assert refused > 10
    assert damaged > 100


@pytest.mark.parametrize("share", [0.0, 0.01, 0.6, 0.9])
def test_half_a_bundle_gives_what_is_whole_and_the_rest_waits(house, share):
    for seed in range(1, 5):
        house.station.seals(b"answers", bytes_of(30_000, seed))
    path = house.bundle()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    done = house.takes_in(path)
    assert done.exit_code == 1
    if share < 0.1:
        assert "no bundle, or only half of one" in done.stderr
        return
    assert "damaged or missing" in done.output
    house.brings_back(path.with_suffix(".return"))
    states = house.states()
    arrived = states.count(State.DELIVERED)
    assert 0 < arrived < 4
    assert states == [State.DELIVERED] * arrived + [State.WAITING] * (4 - arrived)
    again = house.bundle()
    assert house.takes_in(again).exit_code == 0
    house.brings_back(again.with_suffix(".return"))
    assert house.states() == [State.DELIVERED] * 4


def test_a_bundle_of_a_station_unknown_or_revoked_is_refused_in_words(house, tmp_path):
    house.station.seals()
    path = house.bundle()
    CliRunner().invoke(central, ["stations", "revoke", "0042", "--data", str(house.central.data)])
    assert "station 0042 may no longer send" in house.takes_in(path).stderr
    house.central.data = tmp_path / "other" / "central"
    prepare(house.central.data, tmp_path / "other" / "escrow", NOON)
    assert "does not know" in house.takes_in(path).stderr


def test_a_return_counts_only_for_its_station_from_its_central_and_unchanged(house):
    manifest = house.station.seals()
    bundle = house.bundle()
    house.takes_in(bundle)
    back = bundle.with_suffix(".return")
    good = back.read_bytes()
    answer = open_return(good, house.station.keys.central, "0042")
    keys = prepare(house.central.data, house.folder / "escrow", NOON)
    for data, words in (
        (write_return(answer, a_key()), "not from our central"),
        (write_return(Return(bundle="b", station="0043", after=0), keys.signing), "for station 0043"),
        (good[:-9], "changed on the way"),
        (good.replace(b'"number":1', b'"number":2'), "changed on the way"),
        (b"", "changed on the way"),
        (bundle.read_bytes(), "changed on the way"),
    ):
        back.write_bytes(data)
        done = house.brings_back(back)
        assert (done.exit_code, words in done.stderr) == (1, True), done.stderr
        assert house.station.entry(manifest).state is State.WAITING
    back.write_bytes(good)
    assert house.brings_back(back).output.startswith("1 received")
