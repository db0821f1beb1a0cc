"""The sections of kiosk.toml that are no device's, in the order of the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class StationSection:
    """[station]: which one this is and where it stands."""

    id: str  # four Crockford base32 characters, unique over all stations; first part of every receipt code
    name: str  # on screen and slip: "Điểm tiếp nhận"
    mode: Literal["kiosk", "assisted"]  # alone with the citizen, or an officer beside them
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

    tones: Literal["old", "new"]  # òa, òe, úy, or oà, oè, uý


@dataclass(frozen=True, slots=True)
class SoundSection:
    """[sound]: how loud the station is before a visitor says otherwise."""

    level: Literal["off", "soft", "normal", "loud"]  # "off": no signals; who asks for it is still read to
