"""The page's sign of life: counted, never a touch, and free of anything a visitor said."""

from __future__ import annotations

from tests.web.conftest import Screen


def test_beats_are_counted_with_the_screen_they_came_from(screen: Screen) -> None:
    before = screen.browser.get("/heartbeat/").json["count"]
    screen.sends("/heartbeat/", screen="consent-page")
    assert screen.browser.get("/heartbeat/").json == {"count": before + 1, "screen": "consent-page"}


def test_a_screen_is_a_name_or_nothing(screen: Screen) -> None:
    screen.sends("/heartbeat/", screen="Nguyễn Thị Lan\n")
    assert screen.browser.get("/heartbeat/").json["screen"] == ""


def test_a_beat_keeps_no_visit_alive(screen: Screen) -> None:
    screen.begins()
    visit = screen.station.visits.get(screen.visit_id)
    assert visit
    touched = visit.touched_s
    screen.sends("/heartbeat/", screen="guardian-page")
    assert visit.touched_s == touched
