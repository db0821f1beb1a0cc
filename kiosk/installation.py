"""What a station needs of the system around it, rendered; `kiosk install` lays it down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.config import Config
from sync.hostkey import NAME, sealed_path

_FOLDER = Path(__file__).resolve().parent / "data" / "system"

PACKAGES = (
    "alsa-utils",
    "chromium",
    "fontconfig",
    "libzbar0",
    "openbox",
    "tesseract-ocr",
    "tesseract-ocr-vie",
    "x11-xserver-utils",
    "xauth",
    "xdotool",
    "xserver-xorg-core",
    "xserver-xorg-input-libinput",
)
"""Of Debian 12, for a panel that shows one browser and nothing else.

No program here calls alsa-utils: its own rules switch on a loudspeaker that may be mute from the start.
"""

GROUPS = ("video", "dialout", "lp", "audio", "render")
"""Whose devices the station's user may open: cameras, scanners, printers, loudspeaker, graphics."""

SERVICES = ("bhxh-noswap", "bhxh-serve", "bhxh-sync", "bhxh-screen", "bhxh-browser")
"""In the order in which they are started."""

_HOMES = (Path("/home"), Path("/root"))
"""What ProtectHome keeps from the services. Source: systemd.exec(5)."""

_PLACES = {
    **{f"{name}.service": "etc/systemd/system" for name in SERVICES},
    "70-bhxh-station.rules": "etc/udev/rules.d",
}
_RENAMED = {
    "chromium-policy.json": "etc/chromium/policies/managed/bhxh-station.json",
    "journald.conf": "etc/systemd/journald.conf.d/bhxh-station.conf",
    "xorg.conf": "etc/X11/xorg.conf.d/90-bhxh-station.conf",
    "openbox.xml": "etc/bhxh-station/openbox.xml",
    "session": "etc/bhxh-station/session",
    "kiosk": "usr/local/bin/kiosk",
}
_PROGRAMS = {"session", "kiosk"}

_LETTERS = "d e f g h i j k l n o p q r s t u w"
_DEAD_KEYS = (
    *(f"C-{letter}" for letter in _LETTERS.split()),
    *(f"C-S-{letter}" for letter in _LETTERS.split()),
    *(f"C-{digit}" for digit in range(10)),
    *("C-plus", "C-minus", "C-equal", "C-S-equal", "C-S-minus", "C-KP_Add", "C-KP_Subtract", "C-KP_0"),
    *("C-Tab", "C-S-Tab", "C-S-Delete", "C-A-Delete", "C-Escape", "S-Escape"),
    *("C-S-a", "C-S-b", "C-S-c", "C-S-m"),
    *("A-F4", "A-Left", "A-Right", "A-Home", "A-Tab", "A-space", "A-d", "A-e", "A-f"),
    *("Super_L", "Super_R", "Print", "Menu"),
    *(f"XF86{key}" for key in ("Back", "Forward", "HomePage", "Reload", "Search", "Favorites")),
    *(f"F{number}" for number in range(1, 13)),
)
"""Chords that open a window, a page, a tool or a menu in Chromium, or leave the one page it shows.

Source: tried with xdotool against `chromium --kiosk`; Ctrl+N and F12 get out of it (screens.md section 7).
"""


@dataclass(frozen=True, slots=True)
class SystemFile:
    """One file of the system. Shape: `path` is relative to the root of the file system."""

    path: Path
    content: str
    mode: int


def system_files(config: Config, config_path: Path, user: str, root: Path) -> tuple[SystemFile, ...]:
    """Render every file for a station whose code lies in `root`.

    Shape: all paths absolute; `user` is the account that serve, sync and the browser run as.
    """
    screen = config.screen
    known = {
        "user": user,
        "root": root,
        "kiosk": root / ".venv" / "bin" / "kiosk",
        "config": config_path,
        "data_dir": config.station.data_dir,
        "sealed_key": _sealed_key(config.station.data_dir / "keys"),
        "origin": f"http://{screen.host}:{screen.port}",
        "dead_keys": _DEAD_KEYS,
    }
    templates = Environment(  # noqa: S701 - no HTML, and nothing of a visitor
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    places = {name: f"{folder}/{name}" for name, folder in _PLACES.items()} | _RENAMED
    return tuple(
        SystemFile(
            Path(path), templates.get_template(name).render(known), 0o755 if name in _PROGRAMS else 0o644
        )
        for name, path in places.items()
    )


def in_a_home(*paths: Path) -> list[Path]:
    """Those that the services could not see. Shape: absolute, without symbolic links."""
    return [path for path in paths if any(path.is_relative_to(home) for home in _HOMES)]


def _sealed_key(keys: Path) -> str:
    """Where the sealed device key lies; empty while it is a plain file."""
    sealed = sealed_path(keys / NAME)
    return str(sealed) if sealed.exists() else ""
