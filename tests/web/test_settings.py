"""Letter size, contrast and language: for this visitor, and for nobody after."""

from __future__ import annotations

import re

import pytest

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
