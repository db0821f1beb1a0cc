"""The sections of kiosk.toml that are no device's, in the order of the file.

A value here counts where the file lacks the key, which may have come with an update. It is that of the file
as it is shipped; what only this station can know has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kiosk.checkout import ROOT
from kiosk.domain.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class StationSection:
    """[station]: which one this is and where it stands."""

    id: str  # four Crockford base32 characters, unique over all stations; first part of every receipt code
    name: str  # on screen and slip: "Điểm tiếp nhận"
    mode: Literal["kiosk", "assisted"] = "kiosk"  # alone with the citizen, or an officer beside them
    data_dir: Path  # everything the station keeps
    clock_verified: bool = False  # true where the system clock is known to be right (NTP, RTC)


@dataclass(frozen=True, slots=True)
class ScreenSection:
    """[screen]: the panel and the address it shows."""

    host: str = "127.0.0.1"
    port: int = 8080
    px_per_mm: float = 4.03  # of the panel; touch targets are sized by it
    preview_fps: int = 20
    translations: Path = ROOT / "kiosk/translations"  # a folder a language beside Vietnamese, of pybabel's


@dataclass(frozen=True, slots=True)
class IdleSection:
    """[idle]: how long the station waits for an absent visitor, seconds."""

    page_seconds: int = 90
    camera_seconds: int = 180
    reading_seconds: int = 300
    warning_seconds: int = 30


@dataclass(frozen=True, slots=True)
class CentralSection:
    """[central]: where declarations go."""

    url: str
    poll_seconds: int = 5
    timeout_seconds: float = 20.0
    uploads: int = 2  # on their way at a time
    keys_warn_days: int = 400
    keys_refuse_days: int = 0
    relay_url: str = ""  # empty: none
    hours: tuple[str, ...] = ()  # limits by hour of the day, as sync.pace reads them


@dataclass(frozen=True, slots=True)
class LampSection:
    """[lamp]: when waiting is worth a colour, days."""

    amber_days: int = 3
    red_days: int = 7


@dataclass(frozen=True, slots=True)
class AgencySection:
    """[agency]: who receives declarations made here."""

    default: str  # code in the directory, or empty
    # CSV: code, name, province, valid_from, valid_to, successor
    directory: Path = ROOT / "kiosk/data/agencies-sample.csv"


@dataclass(frozen=True, slots=True)
class FormSection:
    """[form]: which form profiles are filled here."""

    profiles: Path = ROOT / "kiosk/data/forms"  # a file for each, and parts/ with fields and wording
    offered: tuple[str, ...] = (  # ids, in the order of the start page; the first is the large one
        "child-through-guardian",
        "child-directly",
        "adult-registration",
        "change-details",
        "correct-identity",
        "stop-using",
    )


@dataclass(frozen=True, slots=True)
class ReceiptSection:
    """[receipt]: what the slip promises."""

    hotline: str = "1900 9068"
    result_after: str = "1 đến 5 ngày"  # in words
    result_after_en: str = "1 to 5 days"

    @property
    def promised(self) -> Wording:
        """How long a result takes, in either language."""
        return Wording(self.result_after, self.result_after_en)


@dataclass(frozen=True, slots=True)
class DiskSection:
    """[disk]: room that must be free before a visit may begin, and what is kept for one under way."""

    floor_mb: int = 500
    ballast_mb: int = 32


@dataclass(frozen=True, slots=True)
class RetentionSection:
    """[retention]: how long each kind of data stays."""

    receipts_days: int = 90
    journal_days: int = 365
    found_days: int = 30


@dataclass(frozen=True, slots=True)
class BackupSection:
    """[backup]: when the database is copied, and how many copies stay."""

    hour: int = 2  # of the day, Vietnam's time
    kept: int = 3


@dataclass(frozen=True, slots=True)
class ReadingSection:
    """[reading]: how codes are read from pictures."""

    frame_budget_ms: int = 120
    still_budget_ms: int = 1500


@dataclass(frozen=True, slots=True)
class StillSection:
    """[still]: photographs that are kept."""

    largest_kb: int = 600  # of one as it is sealed; 1 kB is 1,000 bytes


@dataclass(frozen=True, slots=True)
class FacesSection:
    """[faces]: what finds faces."""

    model: str = ""  # YuNet's file, or empty


@dataclass(frozen=True, slots=True)
class SpeechSection:
    """[speech]: how screens are read aloud."""

    recordings: str = ""  # folder of recorded prompts, or empty
    voice_vi: str = "vi"  # of espeak-ng
    voice_en: str = "en-gb"
    words_per_minute: int = 150


@dataclass(frozen=True, slots=True)
class KeyboardSection:
    """[keyboard]: how names are spelt when they are typed."""

    tones: Literal["old", "new"] = "old"  # òa, òe, úy, or oà, oè, uý


@dataclass(frozen=True, slots=True)
class SoundSection:
    """[sound]: how loud the station is before a visitor says otherwise."""

    # "off": no signals; who asks for it is still read to
    level: Literal["off", "soft", "normal", "loud"] = "normal"
