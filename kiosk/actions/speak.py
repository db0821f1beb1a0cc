"""Read a screen aloud: a recorded prompt where there is one, the station's own voice otherwise."""

from __future__ import annotations

import re
from pathlib import Path

from hardware.protocols import DeviceError
from hardware.voice import say
from kiosk.domain.speech import spoken
from kiosk.problems.devices import VoiceUnavailable
from kiosk.station import Station
from kiosk.tables import load_pronunciation

LONGEST = 4000
"""Characters of one screen; the longest of ours has about 1,500."""

RECORDED = (".ogg", ".mp3", ".wav")


def speak(station: Station, text: str, language: str) -> bytes:
    """A WAV of what stands on a screen, made in memory and kept nowhere.

    Errors: VoiceUnavailable.
    """
    settings = station.config.speech
    voice = {"vi": settings.voice_vi, "en": settings.voice_en}.get(language, settings.voice_vi)
    words = load_pronunciation().get(language, load_pronunciation()["vi"])
    try:
        return say(spoken(text[:LONGEST], language, words), voice, settings.words_per_minute)
    except DeviceError as why:
        raise VoiceUnavailable(str(why)) from why


def recorded_prompt(station: Station, screen: str, language: str) -> Path | None:
    """The recording of a screen, "<screen>.<language>.ogg" in the configured folder, or None."""
    folder = station.config.speech.recordings
    if not folder or not re.fullmatch(r"[a-z_-]+", screen):
        return None
    named = (station.config.root / folder / f"{screen}.{language}{kind}" for kind in RECORDED)
    return next((each for each in named if each.is_file()), None)
