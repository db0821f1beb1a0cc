"""The panel beside a visit: only with an officer, what it says, who is next; central learns who was there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.adjustments import Adjustments
from kiosk.app import create_app
from kiosk.cli.open_station import OpenStation
from kiosk.domain.officers import Role
from kiosk.visits import Settings
from kiosk.web.station import SHIFT_COOKIE
from sync import outbox
from sync.durable import open_db
from sync.manifest import read_manifest
from tests.web.conftest import Screen, before
from tests.web.test_findings import OLD_CARD

PANEL = 'class="beside"'


@pytest.fixture
def assisted(screen: Screen) -> Screen:
    """The same station where an officer always sits beside."""
    config = screen.station.config
    config = replace(config, station=replace(config.station, mode="assisted"))
    station = replace(screen.station, adjustments=Adjustments(config))
    return before(create_app(station), station, screen.desk)


def test_nobody_beside_no_panel(screen: Screen) -> None:
    screen.begins()
    assert PANEL not in screen.sees("/guardian/").text
    screen.logs_in(Role.OFFICER)
    assert PANEL in screen.sees("/guardian/").text
    assert PANEL not in screen.sees("/officer/").text


def test_the_panel_says_what_would_come_back_and_where_to_go(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    visit.draft = replace(visit.draft, child=OLD_CARD)
    screen.logs_in(Role.OFFICER)
    panel = screen.sees("/contact/phone").text.split(PANEL)[1]
    assert "Có thể bị trả lại vì:" in panel
    assert "Tên người giám hộ gần giống tên cha, mẹ" in panel, "hints too"
    for address in ("/check/account", "/consent/", "/guardian/", "/child/", "/contact/phone"):
        assert f'href="{address}"' in panel
    for address in ("/contact/relationship", "/contact/address", "/certificate/", "/portrait/", "/pledge/"):
        assert f'href="{address}"' in panel, "not only the first page of a part"
    assert 'href="/receipt/"' not in panel
    assert panel.count('aria-current="page"') == 1
    assert 'href="/contact/phone" hx-get="/contact/phone" aria-current="page"' in panel
    assert "máy quét cầm tay" in screen.sees("/guardian/").text.split(PANEL)[1]


def test_what_cannot_be_reached_yet_is_not_offered(screen: Screen) -> None:
    screen.begins()
    screen.logs_in(Role.OFFICER)
    panel = screen.sees("/guardian/").text.split(PANEL)[1]
    assert 'href="/guardian/"' in panel
    assert 'href="/contact/phone"' not in panel


def test_the_next_visitor_with_one_touch(assisted: Screen) -> None:
    visit = assisted.has_answered_everything()
    visit.settings = Settings(size="largest")
    assisted.logs_in(Role.OFFICER)
    answer = assisted.asks("/beside/next")
    assert answer.headers["HX-Redirect"].startswith("/check/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    following = assisted.station.visits.under_way
    assert following is not None
    assert following is not visit
    assert following.draft.guardian is None
    assert following.settings == Settings()
    assert assisted.visit_id == following.id
    assert PANEL in assisted.sees("/check/account").text, "the officer stays"
    assert "079189000123" not in assisted.sees("/check/account").text


def test_only_an_officer_calls_the_next(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    assert screen.sends("/beside/next").request.path == "/officer/login"
    assert screen.station.visits.under_way is visit


def test_where_one_should_sit_the_page_says_that_nobody_has_logged_in(assisted: Screen) -> None:
    assisted.begins()
    assert "Cán bộ chưa đăng nhập" in assisted.sees("/guardian/").text
    assisted.logs_in(Role.OFFICER)
    assisted.sends("/leave")
    assert assisted.browser.get_cookie(SHIFT_COOKIE) is not None, "the next visitor is the same officer's"


def test_beside_a_desk_a_rehearsal_ends_and_the_officer_stays(assisted: Screen) -> None:
    assisted.logs_in(Role.SUPERVISOR)
    assisted.sends("/officer/rehearsal/")
    assisted.sends("/leave")
    assert assisted.station.visits.under_way is None
    assert assisted.sees("/officer/").request.path == "/officer/"


@pytest.mark.parametrize(("role", "operator"), [(Role.SUPERVISOR, "supervisor:102"), (None, None)])
def test_the_manifest_says_who_was_beside(
    screen: Screen, at_work: tuple[OpenStation, object], role: Role | None, operator: str | None
) -> None:
    visit = screen.has_answered_everything()
    if role:
        screen.logs_in(role)
        screen.sees("/review/")
        screen.sends("/officer/logout")
    screen.sends("/pledge/")
    assert visit.given is not None
    with open_db(screen.station.db_path) as db:
        entry = outbox.entry(db, visit.given.uuid)
    assert entry is not None
    assert read_manifest(entry.manifest).operator == operator
