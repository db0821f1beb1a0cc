"""`kiosk demo`: the whole house on one machine, with make-believe devices at the wire."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from hardware.settings import CameraSettings
from kiosk.actions.keep_officers import add_officer, list_officers
from kiosk.checkout import FONTS, ROOT
from kiosk.cli.context import Context, fail, now, under
from kiosk.cli.ports import is_free
from kiosk.rehearsal import OFFICERS, lay_family_desk, lay_slip
from kiosk.store import database
from sync.central.setup import prepare, register_station
from sync.keys import accept_key_set, device_key, pin_central

HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 4.0


@click.command()
@click.option("--station-port", type=click.IntRange(1, 65535), default=8080, show_default=True)
@click.option("--central-port", type=click.IntRange(1, 65535), default=8081, show_default=True)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / ".demo",
    show_default=".demo of the checkout",
    help="Everything the demo keeps; a second start finds it again.",
)
@click.pass_obj
def demo(context: Context, station_port: int, central_port: int, data: Path) -> None:
    """Run central, the station's screen and its postman, with twin devices.

    \b
    DIR/station  what a station keeps      DIR/central  what central keeps
    DIR/escrow   the key for a bad day     DIR/desk     the pictures the twin camera sees
    DIR/slips    the receipts the twin printer made, as PNG
    DIR/usb      stands for a USB stick that is plugged in
    """
    data = data.resolve()
    for name, port in (("station", station_port), ("central", central_port)):
        if not is_free(HOST, port):
            fail(f"port {port} is in use; stop what uses it or give another with --{name}-port", code=1)
    _prepare(context, data)
    house = House(context, data, station_port, central_port)
    try:
        house.start()
        click.echo(f"Station: {house.station_url}")
        click.echo(f"Central: {house.central_url}")
        click.echo(f"Slips:   {data / 'slips'}")
        for officer, pin in OFFICERS:
            click.echo(
                f"Officer: {house.station_url}officer  {officer.number}  PIN {pin.digits}  {officer.role}"
            )
        house.wait(SlipCarrier(data, context.written().camera).carry)
    finally:
        house.stop()


def _prepare(context: Context, data: Path) -> None:
    """Keys on the first start, and something on the twin's desk."""
    settings = under(context.written(), data)
    keys_dir = settings.station.data_dir / "keys"
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    central = prepare(data / "central", data / "escrow", now())
    pin_central(keys_dir, central.public_key)
    accept_key_set(keys_dir, central.keyset)
    register_station(data / "central", settings.station.id, device_key(keys_dir).public_key())
    (data / "usb").mkdir(exist_ok=True)
    lay_family_desk(data / "desk", FONTS, settings.camera)
    _take_on_officers(settings.station.data_dir / "station.db")


def _take_on_officers(db_path: Path) -> None:
    """Invented ones, on the first start; their PINs are printed, which no real station does."""
    database.prepare(db_path)
    if not list_officers(db_path):
        for officer, pin in OFFICERS:
            add_officer(db_path, officer, pin, at=now())


class SlipCarrier:
    """Lays the newest printed slip before the twin camera, as its holder would to look it up."""

    def __init__(self, data: Path, camera: CameraSettings) -> None:
        self._slips, self._desk, self._camera = data / "slips", data / "desk", camera
        self._laid = self._newest()

    def carry(self) -> None:
        """Called from time to time."""
        newest = self._newest()
        if newest and newest != self._laid:
            lay_slip(self._desk, newest, FONTS, self._camera)
            self._laid = newest

    def _newest(self) -> Path | None:
        return max(self._slips.glob("*.png"), key=lambda path: path.stat().st_mtime, default=None)


@dataclass(slots=True)
class House:
    """The three processes of the demo."""

    context: Context
    data: Path
    station_port: int
    central_port: int
    _running: list[subprocess.Popen[bytes]]

    def __init__(self, context: Context, data: Path, station_port: int, central_port: int) -> None:
        self.context, self.data = context, data
        self.station_port, self.central_port = station_port, central_port
        self._running = []
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, _interrupt)

    @property
    def station_url(self) -> str:
        """Where the screen is."""
        return f"http://{HOST}:{self.station_port}/"

    @property
    def central_url(self) -> str:
        """Where central is."""
        return f"http://{HOST}:{self.central_port}/"

    def start(self) -> None:
        """Start all three and return when both addresses answer."""
        kiosk = ["-m", "kiosk", "--config", str(self.context.config_path), "--data", str(self.data)]
        central = ["-m", "sync.central", "serve", "--data", str(self.data / "central"), "--host", HOST]
        self._spawn([*central, "--port", str(self.central_port)])
        self._spawn([*kiosk, "serve", "--port", str(self.station_port)])
        self._spawn([*kiosk, "sync", "--central", self.central_url.rstrip("/")])
        deadline = time.monotonic() + START_SECONDS
        for url in (self.central_url, self.station_url):
            while not _answers(url):
                self._must_be_alive()
                if time.monotonic() > deadline:
                    fail(f"{url} did not answer within {START_SECONDS} s")
                time.sleep(0.1)

    def wait(self, look_after: Callable[[], None]) -> None:
        """Return when the user has had enough; fail when a process died."""
        try:
            while True:
                self._must_be_alive()
                look_after()
                time.sleep(0.5)
        except KeyboardInterrupt:
            return

    def stop(self) -> None:
        """End all three within five seconds; the postman first, so that it does not meet a dead line."""
        for process in reversed(self._running):
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self._running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _spawn(self, arguments: list[str]) -> None:
        # A session of their own: Ctrl-C reaches only the demo, which then stops them in order.
        process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, *arguments],
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509
        )
        self._running.append(process)

    def _must_be_alive(self) -> None:
        for process in self._running:
            if process.poll() is not None:
                fail(f"{' '.join(map(str, process.args[2:]))} ended with {process.returncode}")  # type: ignore[index]


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _die_with_parent() -> None:
    """A killed demo leaves no station behind (Linux: PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    os.umask(0o077)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own loopback address
            return True
    except (OSError, urllib.error.URLError):
        return False
