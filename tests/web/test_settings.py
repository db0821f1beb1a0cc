"""Letter size, contrast and language: for this visitor, and for nobody after."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from kiosk.adjustments import Adjustments
from kiosk.app import create_app
from kiosk.web.catalogue import gettext
from tests.conftest import ROOT
from tests.web.conftest import Screen


def test_before_a_visit_the_address_carries_the_settings_into_it(screen: Screen) -> None:
    page = screen.sends("/settings", size="large", back="/")
    assert page.request.path == "/"
    assert 'data-size="large"' in page.text
    page = screen.sends("/settings?size=large", contrast="high", back="/")
    assert 'data-size="large" data-contrast="high"' in page.text
    action = re.search(r'action="(/start[^"]*)"', page.text)
    assert action is not None
    begun = screen.sends(action[1].replace("&amp;", "&"))
    assert 'data-size="large" data-contrast="high"' in begun.text
    assert "?" not in begun.request.url


def test_in_a_visit_settings_are_kept_with_it_and_end_with_it(screen: Screen) -> None:
    screen.begins()
    page = screen.sends("/settings", language="en", back="/guardian/")
    assert page.request.path == "/guardian/"
    assert '<html lang="en"' in page.text
    assert "Place your citizen card in the frame" in page.text
    screen.sends("/leave")
    assert '<html lang="vi"' in screen.sees("/").text


@pytest.mark.parametrize("back", ["https://example.invalid/", "//example.invalid", "/nowhere", "/leave", ""])
def test_settings_lead_nowhere_but_to_our_own_pages(screen: Screen, back: str) -> None:
    answer = screen.browser.post("/settings", data={"size": "large", "back": back})
    assert answer.headers["Location"] == "/?size=large"


def test_the_language_of_the_visit_is_the_language_of_the_consent(screen: Screen) -> None:
    screen.sends("/start?language=en")
    screen.sends("/check/account", answer="yes")
    screen.sends("/check/card", answer="yes")
    screen.sends("/consent/", answer="yes")
    visit = screen.station.visits.get(screen.visit_id)
    assert visit is not None
    assert visit.draft.consent is not None
    assert visit.draft.consent.language == "en"


def test_a_third_language_is_one_more_catalogue(screen: Screen, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "kiosk" / "translations", tmp_path, dirs_exist_ok=True)
    french = Catalog(locale="fr")
    french.add("Bắt đầu", "Commencer")
    (tmp_path / "fr" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "fr" / "name").write_text("Français\n", "utf-8")
    with (tmp_path / "fr" / "LC_MESSAGES" / "messages.mo").open("wb") as file:
        write_mo(file, french)
    config = screen.station.config
    config = replace(config, screen=replace(config.screen, translations=tmp_path))
    browser = create_app(replace(screen.station, adjustments=Adjustments(config))).test_client()
    assert 'value="fr"' in browser.get("/?language=en").text, "the next language is one touch away"
    page = browser.get("/?language=fr").text
    assert '<html lang="fr"' in page
    assert "Commencer" in page
    assert "Anh/chị mang theo" in page, "what is not translated yet stays Vietnamese"
    assert "Français" in browser.get("/settings?language=fr").text
    assert browser.get("/guide/questions?language=fr").status_code == 200


def test_nothing_is_nothing_in_every_language(screen: Screen) -> None:
    with create_app(screen.station).test_request_context("/?language=en"):
        assert gettext("Bắt đầu") == "Start"
        assert gettext("") == ""
