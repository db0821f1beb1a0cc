"""The browser on the panel: started on an empty profile, and watched by the beats of its page."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

FLAGS = (
    "--kiosk",
    "--incognito",
    "--noerrdialogs",
    "--no-first-run",
    "--disable-session-crashed-bubble",
    "--hide-crash-restore-bubble",
    "--overscroll-history-navigation=0",
    "--disable-pinch",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-breakpad",
    "--password-store=basic",
    "--disable-features=Translate",
    "--autoplay-policy=no-user-gesture-required",
)
"""Source: tried one by one (screens.md section 7); the last lets the station speak before the first touch."""


class Browser:
    """Chromium on one page. Shape: `profile` is wiped before each start."""

    def __init__(self, program: str, url: str, profile: Path, flags: Sequence[str] = FLAGS) -> None:
        self._command = [program, *flags, f"--user-data-dir={profile}", url]
        self._profile = profile
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether its first process lives. A crashed page does not end it."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start on an empty profile; one that still runs is ended.

        Errors: OSError, when there is no such program.
        """
        self.stop()
        shutil.rmtree(self._profile, ignore_errors=True)
        self._profile.mkdir(parents=True, mode=0o700)
        self._process = subprocess.Popen(self._command, start_new_session=True)  # noqa: S603 - our own flags

    def stop(self) -> None:
        """End it and everything it started, at once: it holds nothing worth saving."""
        if self._process is not None:
            with suppress(ProcessLookupError):  # the last one of the group went by itself
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


class Watch:
    """Decides when the page has been silent for too long.

    Units: `tick` gives monotonic seconds; `silence_seconds` is how long is too long.
    """

    def __init__(self, tick: Callable[[], float], silence_seconds: float) -> None:
        self._tick = tick
        self._silence_seconds = silence_seconds
        self._count: int | None = None
        self._heard_at = tick()

    def hear(self, count: int | None) -> None:
        """Take in the count of beats; None while serve does not answer, which is not the page's fault."""
        if count is None or count != self._count:
            self._count, self._heard_at = count, self._tick()

    def restart(self) -> None:
        """A new browser has all its time before it."""
        self._count, self._heard_at = None, self._tick()

    @property
    def is_silent(self) -> bool:
        """Whether the page has not beaten for too long."""
        return self._tick() - self._heard_at > self._silence_seconds
