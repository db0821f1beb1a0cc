"""The printed form, looked at before the pledge: drawn in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

from kiosk.actions.draw_form import draw_form
from kiosk.domain.procedures import CaptureKind
from tests.conftest import ROOT
from tests.forms import words_on
from tests.stations import NOON
from tests.web.conftest import Screen


def test_the_form_is_looked_at_page_by_page(screen: Screen) -> None:
    screen.has_answered_everything()
    assert screen.sees("/paper/1.png").data.startswith(b"\x89PNG")
    assert screen.sees("/paper/9.png").status_code == 404
    assert screen.sends("/paper/print").status_code == 503


def test_the_form_is_drawn_once_until_an_answer_changes(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    drawn = draw_form(screen.station, visit)
    assert draw_form(screen.station, visit) is drawn
    screen.sends("/contact/phone", phone="0987 654 321")
    assert draw_form(screen.station, visit) is not drawn
    assert "0987 654 321" in words_on(draw_form(screen.station, visit).pdf)


def test_a_form_that_cannot_be_drawn_is_told_and_the_visit_goes_on(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    portrait = visit.draft.capture(CaptureKind.PORTRAIT)
    assert portrait is not None
    visit.draft = visit.draft.with_capture(replace(portrait, jpeg=b"no picture"))
    page = screen.sees("/paper/")
    assert page.status_code == 503
    assert "K302" in page.text
    assert screen.sees("/review/").request.path == "/review/"


def test_a_worker_says_of_what_it_could_not_draw_no_more_than_the_kind_of_fault() -> None:
    asked = {"paper": {"v": 1, "name": "Lê Văn Mẫu"}, "portrait": "", "mark": "", "at": NOON.isoformat()}
    command = [sys.executable, "-m", "kiosk.form_worker"]
    ran = subprocess.run(
        command, cwd=ROOT, input=json.dumps(asked).encode(), capture_output=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, b"", b"the form was not drawn: BadPaper\n")
