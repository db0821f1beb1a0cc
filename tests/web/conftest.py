"""A station with codes lying before its camera, and an inspecting browser before its screen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
from flask import Flask
from werkzeug.test import TestResponse

from hardware.protocols import Image, Subject
from kiosk.cli.open_station import OpenStation
from kiosk.domain.officers import Officer, Role
from kiosk.rehearsal import CHILDREN, GUARDIAN, OFFICERS
from kiosk.station import Station
from kiosk.store import officers, print_jobs
from kiosk.visits import Settings, Visit
from kiosk.web.station import COOKIE, SHIFT_COOKIE
from sync.durable import open_db
from tests.browser import InspectingClient
from tests.photos import good_certificate, good_portrait, lay
from tests.stations import a_draft, a_photograph, open_station

PHONE = "0912 345 678"


@dataclass
class Screen:
    """A visitor without htmx: presses, and is taken where the answer leads."""

    browser: InspectingClient
    station: Station
    desk: Path

    def sees(self, path: str, **arguments: str) -> TestResponse:
        """Load a page."""
        return self.browser.get(path, query_string=arguments, follow_redirects=True)

    def sends(self, path: str, **answers: str) -> TestResponse:
        """Press a button."""
        return self.browser.post(path, data=answers, follow_redirects=True)

    def asks(self, path: str, **answers: str) -> TestResponse:
        """What htmx does: only the part, and redirects followed with the same header."""
        return self.browser.post(path, data=answers, headers={"HX-Request": "true"}, follow_redirects=True)

    def lays(self, subject: Subject, *texts: str) -> None:
        """Put codes before the camera, in place of what lay there."""
        self.looks_away()
        for number in range(2):
            cv2.imwrite(str(self.desk / subject.value / f"{number:03d}.png"), _table(texts))

    def looks_away(self) -> None:
        """Let the camera look at a face, so that the next page makes it look at the desk afresh."""
        self.station.devices.camera.aim(Subject.PORTRAIT)
        self.station.devices.camera.newest(Subject.PORTRAIT)

    def begins(self) -> None:
        """Up to the first scan."""
        self.sends("/start")
        self.sends("/check/account", answer="yes")
        self.sends("/check/card", answer="yes")
        self.sends("/consent/", answer="yes")

    def has_answered_everything(self) -> Visit:
        """Up to the review, without the way there."""
        visit = self.station.visits.begin(a_draft(self.station.procedures.first), Settings())
        self.browser.set_cookie(COOKIE, visit.id)
        return visit

    def answers_everything(self) -> None:
        """Up to the review, page by page."""
        self.begins()
        self.sends("/guardian/look", pressed="1")
        self.sends("/guardian/")
        self.sends("/child/look", pressed="1")
        self.sends("/child/")
        self.sends("/contact/phone", phone=PHONE)
        self.sends("/contact/relationship", relationship="mother")
        self.sends("/contact/address")
        for step in ("certificate", "portrait"):
            self.sends(f"/{step}/shoot")
            self.sends(f"/{step}/")
        self.sends("/agency/", agency="07918")
        self.sends("/ask/delivery", answer="in-person")

    def logs_in(self, role: Role = Role.ADMINISTRATOR) -> Officer:
        """An officer of this role, without the slow way through number and PIN."""
        officer = next(officer for officer, _ in OFFICERS if officer.role is role)
        with open_db(self.station.db_path) as db:
            known = officers.find(db, officer.number)
        assert known is not None
        self.browser.set_cookie(SHIFT_COOKIE, self.station.shifts.begin(officer, known.pin_hash).id)
        return officer

    def waits_for_paper(self, uuid: str) -> None:
        """Until the slip of this declaration is out, or did not come."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with open_db(self.station.db_path) as db:
                job = print_jobs.get(db, uuid)
            if job is not None and job.state not in ("waiting", "printing"):
                return
            time.sleep(0.02)
        raise AssertionError("no slip in 20 s")

    @property
    def visit_id(self) -> str | None:
        """The cookie the browser holds."""
        cookie = self.browser.get_cookie(COOKIE)
        return cookie.value if cookie else None


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenStation, Path]]:
    """One station for all tests of a file, and the folder its camera looks at."""
    data = tmp_path_factory.mktemp("data")
    for seed, subject in enumerate(Subject):
        folder = data / "desk" / subject.value
        folder.mkdir(parents=True)
        (folder / "000.jpg").write_bytes(a_photograph(seed))
    lay(data / "desk" / Subject.BIRTH_CERTIFICATE, good_certificate())
    lay(data / "desk" / Subject.PORTRAIT, good_portrait())
    with open_station(data) as opened:
        opened.app.test_client_class = InspectingClient
        yield opened, data / "desk"


@pytest.fixture
def screen(at_work: tuple[OpenStation, Path]) -> Iterator[Screen]:
    """Nobody before the screen yet; the family's cards lie ready."""
    opened, desk = at_work
    shown = before(opened.app, opened.station, desk)
    for subject in (Subject.CITIZEN_CARD, Subject.HEALTH_CARD, Subject.RECEIPT):
        (desk / subject.value / "000.jpg").unlink(missing_ok=True)
    shown.lays(Subject.CITIZEN_CARD, GUARDIAN.to_qr())
    shown.lays(Subject.HEALTH_CARD, CHILDREN[0].to_qr())
    shown.lays(Subject.RECEIPT)
    yield shown
    opened.station.visits.leave(shown.visit_id)


def before(app: Flask, station: Station, desk: Path) -> Screen:
    """An inspecting browser before the screen of an application."""
    app.test_client_class = InspectingClient
    browser = app.test_client()
    assert isinstance(browser, InspectingClient)
    return Screen(browser, station, desk)


def _table(texts: tuple[str, ...]) -> Image:
    """A dark table with the codes side by side."""
    table = np.full((720, 1280, 3), 60, np.uint8)
    for at, text in enumerate(texts):
        buffer = BytesIO()
        segno.make(text, error="m", micro=False).save(buffer, kind="png", scale=5, border=4)
        code = cv2.imdecode(np.frombuffer(buffer.getvalue(), np.uint8), cv2.IMREAD_COLOR)
        height, width = code.shape[:2]
        table[100 : 100 + height, 40 + 620 * at : 40 + 620 * at + width] = code
    return table
