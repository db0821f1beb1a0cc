"""kiosk.toml -> frozen dataclasses. A wrong key or type is named, and the right one suggested."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from hardware.settings import (
    CameraSettings,
    PagePrinterSettings,
    PrinterSettings,
    ScannerSettings,
    StickSettings,
)
from kiosk.domain.quality import PhotoThresholds

Section = TypeVar("Section")


class BadConfig(Exception):
    """kiosk.toml cannot be used; the message names file, key and remedy."""


@dataclass(frozen=True, slots=True)
class StationSection:
    """[station]: which one this is and where it stands."""

    id: str  # four Crockford base32 characters, unique over all stations; first part of every receipt code
    name: str  # on screen and slip: "Điểm tiếp nhận"
    mode: str  # "kiosk": alone with the citizen; "assisted": an officer beside them
    data_dir: Path  # everything the station keeps
    clock_verified: bool  # true where the system clock is known to be right (NTP, RTC)


@dataclass(frozen=True, slots=True)
class ScreenSection:
    """[screen]: the panel and the address it shows."""

    host: str
    port: int
    px_per_mm: float  # of the panel; touch targets are sized by it
    preview_fps: int
    translations: Path  # one folder a language beside Vietnamese, as pybabel makes them


@dataclass(frozen=True, slots=True)
class IdleSection:
    """[idle]: how long the station waits for an absent visitor, seconds."""

    page_seconds: int
    camera_seconds: int
    reading_seconds: int
    warning_seconds: int


@dataclass(frozen=True, slots=True)
class CentralSection:
    """[central]: where declarations go."""

    url: str
    poll_seconds: int
    timeout_seconds: float
    uploads: int  # on their way at a time
    keys_warn_days: int
    keys_refuse_days: int
    relay_url: str  # empty: none
    hours: tuple[str, ...]  # limits by hour of the day, as sync.pace reads them


@dataclass(frozen=True, slots=True)
class LampSection:
    """[lamp]: when waiting is worth a colour, days."""

    amber_days: int
    red_days: int


@dataclass(frozen=True, slots=True)
class AgencySection:
    """[agency]: who receives declarations made here."""

    default: str  # code in the directory, or empty
    directory: Path  # CSV: code, name, province, valid_from, valid_to, successor


@dataclass(frozen=True, slots=True)
class FormSection:
    """[form]: which form profiles are filled here."""

    profiles: Path  # a folder: a file for each profile, and parts/ with fields and wording
    offered: tuple[str, ...]  # ids, in the order of the start page; the first is the large one


@dataclass(frozen=True, slots=True)
class ReceiptSection:
    """[receipt]: what the slip promises."""

    hotline: str
    result_after: str  # in words: "1 đến 5 ngày"


@dataclass(frozen=True, slots=True)
class DiskSection:
    """[disk]: room that must be free before a visit may begin, and what is kept for one under way."""

    floor_mb: int
    ballast_mb: int


@dataclass(frozen=True, slots=True)
class RetentionSection:
    """[retention]: how long each kind of data stays."""

    receipts_days: int
    journal_days: int
    found_days: int


@dataclass(frozen=True, slots=True)
class BackupSection:
    """[backup]: when the database is copied, and how many copies stay."""

    hour: int  # of the day, Vietnam's time
    kept: int


@dataclass(frozen=True, slots=True)
class ReadingSection:
    """[reading]: how codes are read from pictures."""

    frame_budget_ms: int
    still_budget_ms: int


@dataclass(frozen=True, slots=True)
class StillSection:
    """[still]: photographs that are kept."""

    largest_kb: int  # of one as it is sealed; 1 kB is 1,000 bytes


@dataclass(frozen=True, slots=True)
class FacesSection:
    """[faces]: what finds faces."""

    model: str  # YuNet's file, or empty


@dataclass(frozen=True, slots=True)
class SpeechSection:
    """[speech]: how screens are read aloud."""

    recordings: str  # folder of recorded prompts, or empty
    voice_vi: str  # of espeak-ng
    voice_en: str
    words_per_minute: int


@dataclass(frozen=True, slots=True)
class KeyboardSection:
    """[keyboard]: how names are spelt when they are typed."""

    tones: str  # "old": òa, òe, úy; "new": oà, oè, uý


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of a station."""

    station: StationSection
    screen: ScreenSection
    idle: IdleSection
    central: CentralSection
    lamp: LampSection
    agency: AgencySection
    form: FormSection
    receipt: ReceiptSection
    disk: DiskSection
    retention: RetentionSection
    backup: BackupSection
    reading: ReadingSection
    photo: PhotoThresholds
    still: StillSection
    faces: FacesSection
    keyboard: KeyboardSection
    speech: SpeechSection
    camera: CameraSettings
    printer: PrinterSettings
    page_printer: PagePrinterSettings
    scanners: ScannerSettings
    stick: StickSettings
    root: Path = field(default=Path())  # the folder of kiosk.toml; relative paths start here

    @property
    def face_model(self) -> Path | None:
        """Where the face model lies; None if faces are found without one."""
        return self.root / Path(self.faces.model).expanduser() if self.faces.model else None


def load(path: Path) -> Config:
    """Read a configuration file.

    Errors: BadConfig, with the file, the key and what to write instead.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as why:
        raise BadConfig(f"{path}: cannot be read ({why.strerror}); give another with --config") from why
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise BadConfig(f"{path}: not valid TOML: {why}") from why
    try:
        return from_table(table, path.resolve().parent)
    except BadConfig as why:
        raise BadConfig(f"{path}: {why}") from why


def from_table(table: dict[str, Any], root: Path) -> Config:
    """Build a configuration from parsed TOML; relative paths start at `root`."""
    wanted = {name: kind for name, kind in get_type_hints(Config).items() if name != "root"}
    for name in table:
        if name not in wanted:
            raise BadConfig(f"no section [{name}]{_suggest(name, wanted)}")
    if missing := wanted.keys() - table.keys():
        raise BadConfig(f"section [{min(missing)}] is missing")
    sections = {name: _section(kind, name, table[name], root) for name, kind in wanted.items()}
    return Config(root=root, **sections)


def _section(kind: type[Section], name: str, table: Any, root: Path) -> Section:
    if not isinstance(table, dict):
        raise BadConfig(f"[{name}] must be a section")
    wanted = get_type_hints(kind)
    for key in table:
        if key not in wanted:
            raise BadConfig(f"[{name}] has no key {key!r}{_suggest(key, wanted)}")
    if missing := wanted.keys() - table.keys():
        raise BadConfig(f"[{name}] lacks {', '.join(sorted(missing))}")
    return kind(**{key: _value(name, key, wanted[key], table[key], root) for key in wanted})


def _value(section: str, key: str, kind: Any, value: Any, root: Path) -> Any:
    if kind is Path and isinstance(value, str):
        return root / Path(value).expanduser()
    if kind is float and type(value) is int:
        return float(value)
    if get_origin(kind) is tuple and isinstance(value, list):
        inner = get_args(kind)[0]
        return tuple(_value(section, key, inner, each, root) for each in value)
    if type(value) is not kind:
        name = "a list" if get_origin(kind) is tuple else "text" if kind in (str, Path) else kind.__name__
        raise BadConfig(f"[{section}] {key} must be {name}, not {value!r}")
    return value


def _suggest(word: str, known: Any) -> str:
    near = get_close_matches(word, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(sorted(known))}"
