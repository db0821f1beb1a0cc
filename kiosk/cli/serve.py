"""`kiosk serve`: the screen."""

from __future__ import annotations

import ctypes
import os
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from hardware.printer import open_printer
from kiosk import reference
from kiosk.actions.mend import mend
from kiosk.actions.sweep import sweep
from kiosk.checkout import FONTS
from kiosk.cli.context import Context, fail, now
from kiosk.cli.counter import NAME as COUNTER
from kiosk.cli.keeping import in_words
from kiosk.cli.lifeline import Lifeline
from kiosk.cli.memory import return_pictures, share_with_children
from kiosk.cli.open_station import OpenStation
from kiosk.cli.ports import is_free
from kiosk.cli.serving import only_screen
from kiosk.config import Config
from kiosk.domain.procedures import Procedures
from kiosk.store import database
from kiosk.vision.faces import WrongModel, open_finder
from sync.gate import DatabaseInUse
from sync.keyfiles import BadKeyFile
from sync.logs import formatter, start_logging
from sync.parcels import Parcels
from sync.sealing import CannotSeal, prove_sealing
from sync.sockets import short


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Instead of [screen] port.")
@click.pass_obj
def serve(context: Context, port: int | None) -> None:
    """Show the screens at http://HOST:PORT/ and own the camera, scanners and printer.

    Needs no network. Stops on Ctrl-C or SIGTERM within a few seconds.
    """
    config = context.written()  # what was changed at the screen may change again while it runs
    start_logging()
    return_pictures()
    if port:
        config = replace(config, screen=replace(config.screen, port=port))
    screen = config.screen
    if not is_free(screen.host, screen.port):
        fail(f"port {screen.port} is in use on {screen.host}; stop what uses it or give another with --port")
    data_dir = config.station.data_dir
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as why:
        fail(f"{why.filename} cannot be made ({why.strerror}); see [station] data_dir")
    with only_screen(data_dir):
        procedures = read_procedures(config)
        prepare(config, data_dir)
        share_with_children()
        with short(data_dir) as folder:
            counter = f"unix:{folder}/{COUNTER}"
            Server(
                lambda: OpenStation(config, procedures, end_worker),
                lambda: prepare(config, data_dir),
                (f"{screen.host}:{screen.port}", counter),
            ).run()


def read_procedures(config: Config) -> Procedures:
    """Read what the station offers, or refuse to start."""
    try:
        return reference.load_procedures(config.form.profiles, config.form.offered)
    except (reference.BadReference, ValueError) as why:
        fail(str(why), code=2)


def prepare(config: Config, data_dir: Path) -> None:
    """Refuse to start on what would fail later, and tidy up after a crash."""
    try:
        reference.load_directory(config.agency.directory, data_dir)
        Parcels(data_dir).prepare()
        if mended := mend(data_dir, at=now()):
            click.echo(f"kiosk: {in_words(mended)}", err=True)
        database.prepare(data_dir / "station.db")
        prove_sealing()
        open_finder(config.face_model)
        open_printer(config.printer, FONTS)  # touches no device, but knows which settings cannot be
    except WrongModel as why:
        fail(f"the face model cannot be used: {why}; give another, or none, in [faces] model", code=2)
    except (reference.BadReference, ValueError) as why:
        fail(str(why), code=2)
    except (BadKeyFile, DatabaseInUse) as why:
        fail(str(why))
    except CannotSeal as why:
        fail(f"sealing does not work on this machine ({why}); nothing may be declared here")
    except OSError as why:
        fail(f"{why.filename or data_dir}: {why.strerror}")
    except sqlite3.DatabaseError as why:
        fail(f"{data_dir / 'station.db'} cannot be opened ({why}); run: kiosk restore")
    _sweep(data_dir)


def _sweep(data_dir: Path) -> None:
    try:
        swept = sweep(data_dir, Parcels(data_dir), at=now())
    except (OSError, sqlite3.OperationalError) as why:
        # A full disk, most likely: the start page then says that the station rests, until there is room.
        click.echo(f"kiosk: {data_dir} was not tidied up ({why})", err=True)
        return
    if swept.set_aside:
        click.echo(
            f"kiosk: {swept.set_aside} files without a declaration were moved to {data_dir / 'found'}",
            err=True,
        )


class Log(Logger):  # type: ignore[misc]  # gunicorn carries no types
    """gunicorn's own words, in the same shape as ours."""

    def setup(self, cfg: object) -> None:
        """Called by gunicorn while it starts."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter())


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """gunicorn with one worker: the camera has one owner, and sixteen threads outlast a stalled preview."""

    def __init__(
        self, open_station: Callable[[], OpenStation], tidy: Callable[[], None], binds: tuple[str, str]
    ) -> None:
        self._open_station, self._tidy, self._binds = open_station, tidy, binds
        self._is_first = True
        self._opened: OpenStation | None = None
        self._lifeline = Lifeline(f"http://{binds[0]}/heartbeat/")
        super().__init__()

    def load_config(self) -> None:
        """Called by gunicorn while it starts."""
        for key, value in self._settings().items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        """Called by gunicorn in the worker, after the fork: devices and threads belong to it alone.

        A later one follows one that died, or that left a damaged database to be mended: it tidies up first.
        """
        if not self._is_first:
            try:
                self._tidy()
            except SystemExit as why:  # what gunicorn would answer with one worker after the other
                raise RuntimeError("this station cannot go on without a new start") from why
        self._opened = self._open_station()
        self._lifeline.start()
        return self._opened.app

    def _settings(self) -> dict[str, Any]:
        return {
            "bind": list(self._binds),
            "umask": 0o177,  # of the socket for commands: this user's alone
            "workers": 1,
            "worker_class": "gthread",
            "threads": 16,  # twice the long responses a screen may hold, and room
            "graceful_timeout": 2,  # a live preview would otherwise hold the stop for 30 s
            "timeout": 60,
            "loglevel": "warning",
            "logger_class": Log,
            "control_socket_disable": True,  # else gunicorn opens one in the home folder
            "post_fork": self._born,
            "worker_exit": self._close,
        }

    def _born(self, _server: object, worker: Worker) -> None:
        self._is_first = worker.age == 1
        # A killed master takes the worker along at once, and with it the camera (Linux: PR_SET_PDEATHSIG).
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)

    def _close(self, _server: object, _worker: object) -> None:
        self._lifeline.stop()
        if self._opened:
            self._opened.close()


def end_worker() -> None:
    """End this worker when its answers are out; gunicorn begins another."""
    os.kill(os.getpid(), signal.SIGTERM)
