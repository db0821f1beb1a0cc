"""`kiosk browse`: the browser on the panel, and somebody who looks after it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import FrameType

import click
import httpx

from kiosk.browser import FLAGS, Browser, Watch
from kiosk.cli.context import Context, fail, tick
from sync.notify import ALIVE, READY, notify

EVERY_SECONDS = 2.0
ANSWER_SECONDS = 2.0


@click.command()
@click.option("--url", help="Instead of the address in [screen].")
@click.option("--program", default="chromium", show_default=True, help="The browser.")
@click.option(
    "--profile",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("/run/bhxh-browser/profile"),
    show_default=True,
    help="Wiped at each start; belongs into memory, not on a disk.",
)
@click.option(
    "--silence",
    default=15.0,
    show_default=True,
    help="Seconds without a sign of life before it is restarted.",
)
@click.option("--flag", "more_flags", multiple=True, help="One more flag for the browser; may be repeated.")
@click.pass_obj
def browse(
    context: Context,
    url: str | None,
    program: str,
    profile: Path,
    silence: float,
    more_flags: tuple[str, ...],
) -> None:
    """Keep a browser on the station's page.

    It is started anew when it ends and when its page falls silent; a second window is closed.
    """
    if not shutil.which(program):
        fail(f"there is no {program} here; `kiosk install` brings it, or name another with --program")
    screen = context.written().screen  # never changed at the screen, and its unit may not read what is
    address = url or f"http://{screen.host}:{screen.port}/"
    signal.signal(signal.SIGTERM, _stop)
    browser = Browser(program, address, profile, (*FLAGS, *more_flags))
    notify(READY)
    try:
        with httpx.Client(timeout=ANSWER_SECONDS, trust_env=False) as client:
            _look_after(browser, Watch(tick, silence), client, f"{address.rstrip('/')}/heartbeat/")
    except KeyboardInterrupt:
        pass
    finally:
        browser.stop()


def _look_after(browser: Browser, watch: Watch, client: httpx.Client, heartbeat_url: str) -> None:
    while True:
        count = _beats(client, heartbeat_url)
        watch.hear(count)
        if not browser.is_running and count is not None:  # before serve answers there is nothing to show
            _restart(browser, watch, "starting the browser")
        elif browser.is_running and watch.is_silent:
            _restart(browser, watch, "the page is silent: starting the browser anew")
        _close_strays()
        notify(ALIVE)
        time.sleep(EVERY_SECONDS)


def _restart(browser: Browser, watch: Watch, why: str) -> None:
    click.echo(f"kiosk: {why}", err=True)
    browser.start()
    watch.restart()


def _beats(client: httpx.Client, url: str) -> int | None:
    """How often the page has beaten; None when serve does not say."""
    try:
        return int(client.get(url).raise_for_status().json()["count"])
    except (httpx.HTTPError, ValueError, KeyError):
        return None


def _close_strays() -> None:
    """Close every window but the oldest: --kiosk alone does not keep Ctrl+N from opening one."""
    if "DISPLAY" not in os.environ or not shutil.which("xdotool"):
        return
    for window in _windows()[1:]:
        _xdotool("windowclose", window)


def _windows() -> list[str]:
    """The browser's windows, oldest first: X numbers them as they come."""
    return sorted(_xdotool("search", "--onlyvisible", "--class", "chromium").split(), key=int)


def _xdotool(*arguments: str) -> str:
    command = ["xdotool", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
