"""A voice made by the station: espeak-ng, through pipes. What is said is never a file."""

from __future__ import annotations

import subprocess

from hardware.protocols import DeviceError, Trouble

PATIENCE_SECONDS = 10
"""A screen takes 15 to 60 ms; a program that hangs must not hold a request."""


def say(text: str, voice: str, words_per_minute: int) -> bytes:
    """The text as a WAV file, in memory.

    Shape:  `voice` as espeak-ng names it, such as "vi", "vi-vn-x-south", "en-gb".
    Errors: DeviceError; its message never repeats the text.
    """
    command = ["espeak-ng", "-v", voice, "-s", str(words_per_minute), "-b", "1", "--stdin", "--stdout"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program; the text goes through its standard input
            command, input=text.encode(), capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except FileNotFoundError as why:
        raise DeviceError("voice", Trouble.ABSENT) from why
    except (OSError, subprocess.TimeoutExpired) as why:
        raise DeviceError("voice", Trouble.FAILED) from why
    if done.returncode != 0 or not done.stdout.startswith(b"RIFF"):
        raise DeviceError("voice", Trouble.FAILED)
    return done.stdout
