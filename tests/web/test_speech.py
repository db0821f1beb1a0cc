"""Read aloud: from memory, in the visitor's language, or by a recording the office made."""

from __future__ import annotations

import wave
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from kiosk.actions.speak import recorded_prompt
from kiosk.adjustments import Adjustments
from tests.web.conftest import Screen


def test_a_text_comes_back_as_sound_and_is_kept_nowhere(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    said = {}
    for text in ("Xin chào", "Xin chào anh chị, mã số 0912 345 678"):
        answer = screen.browser.post("/speech/", data={"text": text})
        assert answer.mimetype == "audio/wav"
        assert answer.headers["Cache-Control"] == "no-store"
        with wave.open(BytesIO(answer.data)) as sound:
            said[text] = sound.getframerate()
        assert len(answer.data) > 8000
    assert list(tmp_path.iterdir()) == []
    assert screen.browser.post("/speech/", data={"text": " "}).status_code == 400


def test_without_the_program_the_visitor_is_told(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    answer = screen.browser.post("/speech/", data={"text": "Xin chào"})
    assert answer.status_code == 503
    assert "chưa đọc to được" in answer.text


def test_a_recording_of_the_office_comes_first(screen: Screen, tmp_path: Path) -> None:
    assert screen.browser.get("/speech/recorded/consent-page").status_code == 204
    (tmp_path / "consent-page.vi.ogg").write_bytes(b"OggS")
    config = screen.station.config
    config = replace(config, speech=replace(config.speech, recordings=str(tmp_path)))
    equipped = replace(screen.station, adjustments=Adjustments(config))
    assert recorded_prompt(equipped, "consent-page", "vi") == tmp_path / "consent-page.vi.ogg"
    assert recorded_prompt(equipped, "consent-page", "en") is None
    assert recorded_prompt(equipped, "../consent-page", "vi") is None


def test_speech_is_off_until_asked_for_and_ends_with_the_visitor(screen: Screen) -> None:
    assert 'data-speech="off"' in screen.sees("/").text
    screen.begins()
    page = screen.sends("/settings", speech="on", back="/guardian/").text
    assert 'data-speech="on"' in page
    assert "Nghe lại" in page
    screen.sends("/leave")
    assert 'data-speech="off"' in screen.sees("/").text


def test_everything_can_be_chosen_on_one_page_and_ends_with_the_visitor(screen: Screen) -> None:
    screen.begins()
    assert 'href="/settings?back=/guardian/"' in screen.sees("/guardian/", again="1").text
    for name, value in (("reach", "low"), ("hand", "left"), ("contrast", "high"), ("size", "largest")):
        page = screen.sends("/settings?back=/guardian/", **{name: value}, back="/settings").text
        assert f'data-{name}="{value}"' in page
        assert 'href="/guardian/"' in page, "the way back is kept"
    screen.sends("/leave")
    page = screen.sees("/").text
    for name, value in (("reach", "normal"), ("hand", "right"), ("contrast", "normal"), ("size", "normal")):
        assert f'data-{name}="{value}"' in page
