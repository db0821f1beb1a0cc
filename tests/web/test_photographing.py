"""Photographs that are not sent back: told before the shutter, judged after it, and never a dead end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest

from hardware.protocols import Image, Subject
from kiosk.actions.capture import count_failure
from kiosk.actions.read_certificate import read_later
from kiosk.domain.capture import Kept
from kiosk.domain.officers import Role
from kiosk.domain.photo_words import PhotoKind
from kiosk.domain.procedures import CaptureKind
from kiosk.vision.assess import assess_paper
from kiosk.visits import Visit
from tests.pages import damage
from tests.photos import blurred, cut, glared, good_certificate, good_portrait, lay
from tests.web.conftest import Screen

PAPER = CaptureKind.BIRTH_CERTIFICATE


@pytest.fixture
def before_the_paper(screen: Screen) -> Iterator[Screen]:
    """A visitor who has answered everything but the certificate."""
    visit = screen.has_answered_everything()
    visit.draft = replace(visit.draft, captures=())
    yield screen
    lay(screen.desk / Subject.BIRTH_CERTIFICATE, good_certificate())
    lay(screen.desk / Subject.PORTRAIT, good_portrait())


def shows(screen: Screen, image: Image, subject: Subject = Subject.BIRTH_CERTIFICATE) -> None:
    lay(screen.desk / subject, image)
    away = Subject.PORTRAIT if subject is not Subject.PORTRAIT else Subject.BIRTH_CERTIFICATE
    screen.station.devices.camera.aim(away)
    screen.station.devices.camera.newest(away)
    screen.sees("/certificate/", again="1")


def visit_of(screen: Screen) -> Visit:
    visit = screen.station.visits.get(screen.visit_id)
    assert visit is not None
    return visit


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


def test_a_good_picture_is_shown_with_its_writing_and_kept_beside_the_paper_cut_out(
    before_the_paper: Screen,
) -> None:
    screen = before_the_paper
    shown = screen.sends("/certificate/shoot").text
    assert "Đọc được chữ không?" in shown
    assert "Dùng ảnh này" in shown
    for picture in ("picture", "crop"):
        assert screen.sees(f"/certificate/{picture}.jpg").data.startswith(b"\xff\xd8\xff")
    assert screen.sends("/certificate/").request.path == "/portrait/"
    kept = visit_of(screen).draft.capture(PAPER)
    assert kept is not None
    assert kept.sheet is not None
    assert [name for name, _ in kept.parts] == ["birth-certificate.jpg", "birth-certificate-sheet.jpg"]
    assert (kept.kept, kept.flaws) == (Kept.GOOD, ())


def test_a_blurred_picture_is_told_turned_down_and_after_three_tries_the_best_may_be_kept(
    before_the_paper: Screen,
) -> None:
    screen = before_the_paper
    shows(screen, blurred(good_certificate()))
    first = screen.sends("/certificate/shoot").text
    assert "Ảnh này có thể bị trả lại" in first
    assert "bị mờ" in first
    assert "Dùng ảnh này" not in first
    assert screen.sends("/certificate/").status_code == 422
    assert "giống ảnh vừa chụp" in screen.sends("/certificate/shoot").text
    third = screen.sends("/certificate/shoot").text
    assert "ảnh rõ nhất" in third
    assert "Dùng ảnh này" in third
    assert screen.sends("/certificate/").request.path == "/portrait/"
    kept = visit_of(screen).draft.capture(PAPER)
    assert kept is not None
    assert (kept.kept, kept.flaws) == (Kept.BEST_OF_TRIES, ("blurred",))
    screen.sends("/portrait/shoot")
    screen.sends("/portrait/")
    review = screen.sees("/review/").text
    assert "Có thể bị trả lại vì" in review
    assert "<li>Giấy khai sinh: Chữ trên ảnh bị mờ. Xin chụp lại.</li>" in review


def test_the_best_of_three_is_the_one_with_the_fewest_faults_then_the_sharpest(
    before_the_paper: Screen,
) -> None:
    screen = before_the_paper
    good = good_certificate()
    for image in (blurred(good), cut(good), blurred(good)):
        shows(screen, image)
        screen.sends("/certificate/shoot")
    shot = visit_of(screen).shot
    assert shot is not None
    assert shot.capture.flaws == ("cut-off",), "the writing that is there can be read"


def test_the_live_picture_names_each_fault_and_the_shutter_fires_on_the_good_one(
    before_the_paper: Screen,
) -> None:
    screen = before_the_paper
    for image, told in ((blurred(good_certificate()), "Ảnh mờ"), (glared(good_certificate()), "Bị loá")):
        shows(screen, image)
        until(lambda told=told: told in screen.asks("/certificate/look").text)
    answer = screen.asks("/certificate/look")
    token = answer.text.split('name="shown" value="')[1].split('"')[0]
    assert screen.asks("/certificate/look", shown=token).status_code == 204, "nothing new to say"
    assert visit_of(screen).shot is None, "not on a bad one"
    shows(screen, good_certificate())
    until(lambda: screen.asks("/certificate/look").headers.get("HX-Retarget") == "#screen")
    shot = visit_of(screen).shot
    assert shot is not None
    assert shot.accepted


def test_a_certificate_may_have_several_pages(before_the_paper: Screen) -> None:
    screen = before_the_paper
    screen.sends("/certificate/shoot")
    second = screen.sends("/certificate/", more="1")
    assert "Chụp trang 2" in second.text
    screen.sends("/certificate/shoot?page=2")
    assert screen.sends("/certificate/?page=2").request.path == "/portrait/"
    draft = visit_of(screen).draft
    assert [each.name for each in draft.captures] == ["birth-certificate", "birth-certificate-2"]
    assert "Bỏ trang này" in screen.sees("/certificate/", page="2").text
    screen.sends("/certificate/drop")
    assert visit_of(screen).draft.pages(PAPER) == 1
    screen.sends("/certificate/drop")
    assert visit_of(screen).draft.pages(PAPER) == 1, "the first page stays"


def test_what_a_machine_reads_on_it_is_a_finding_and_never_a_block(before_the_paper: Screen) -> None:
    screen = before_the_paper
    screen.sends("/certificate/shoot")
    assert screen.sends("/certificate/").request.path == "/portrait/", "reading it holds nobody up"
    screen.sends("/portrait/shoot")
    screen.sends("/portrait/")
    visit = visit_of(screen)
    until(lambda: not visit.in_reading)
    assert "Họ tên máy đọc trên giấy khai sinh" in screen.sees("/review/").text, "it is another child's"
    assert screen.sends("/pledge/").request.path == "/receipt/"


def test_a_dim_paper_that_a_machine_reads_is_taken_at_once(before_the_paper: Screen) -> None:
    screen = before_the_paper
    shows(screen, damage.lit(good_certificate(), 0.24))
    assert "Đọc được chữ không?" in screen.sends("/certificate/shoot").text
    visit = visit_of(screen)
    assert visit.shot is not None
    assert visit.shot.capture.sha256 in visit.texts, "and is compared with the answers"
    assert not visit.in_reading
    shows(screen, damage.lit(good_certificate(), 0.06))
    assert "Ảnh tối quá" in screen.sends("/certificate/shoot").text


def test_reading_that_fails_is_a_finding_and_a_line_in_the_log_without_what_it_met(
    before_the_paper: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    screen = before_the_paper
    screen.sends("/certificate/shoot")
    visit = visit_of(screen)
    until(lambda: not visit.in_reading)
    shot = visit.shot
    assert shot is not None
    seen = assess_paper(good_certificate(), PhotoKind.BIRTH_CERTIFICATE, screen.station.lookout.limits)
    broken = np.zeros((0, 0, 3), np.uint8)
    read_later(screen.station, visit, shot, broken, seen, count_failure)
    until(lambda: not visit.in_reading)
    assert visit.unread == {shot.capture.sha256}
    assert "the certificate was not read: error" in caplog.text
    screen.sends("/certificate/")
    screen.sends("/portrait/shoot")
    screen.sends("/portrait/")
    assert "Máy chưa đọc được giấy khai sinh" in screen.sees("/review/").text
    assert screen.sends("/pledge/").request.path == "/receipt/", "never a block"


def test_a_paper_seen_to_move_is_told_to_lie_still(before_the_paper: Screen) -> None:
    screen = before_the_paper
    soft = blurred(good_certificate())
    shows(screen, soft)
    with _moving(screen.desk / Subject.BIRTH_CERTIFICATE, soft):
        until(lambda: "Giữ yên" in screen.asks("/certificate/look").text)
        screen.sends("/certificate/shoot")
    shot = visit_of(screen).shot
    assert shot is not None
    assert shot.capture.flaws[:2] == ("motion", "blurred")


@contextmanager
def _moving(folder: Path, paper: Image) -> Iterator[None]:
    """A hand that keeps the paper moving while the picture is taken."""
    held_still = threading.Event()

    def move() -> None:
        for step in cycle((0, 25, 50)):
            lay(folder, np.roll(paper, step, axis=1))
            if held_still.wait(0.1):
                return

    hand = threading.Thread(target=move)
    hand.start()
    try:
        yield
    finally:
        held_still.set()
        hand.join()


def test_an_officer_beside_the_visitor_keeps_a_flawed_picture_with_a_reason(before_the_paper: Screen) -> None:
    screen = before_the_paper
    shows(screen, blurred(good_certificate()))
    screen.sends("/certificate/shoot")
    assert screen.sends("/certificate/override", reason="worn").request.path == "/officer/login", "not alone"
    screen.logs_in(Role.OFFICER)
    assert "nhận ảnh này vì" not in screen.sees("/certificate/").text
    assert screen.sends("/certificate/override", reason="worn").status_code == 403
    screen.logs_in(Role.SUPERVISOR)
    assert "nhận ảnh này vì" in screen.sees("/certificate/").text
    assert screen.sends("/certificate/override", reason="because").status_code == 422
    assert screen.sends("/certificate/override", reason="worn").request.path == "/portrait/"
    kept = visit_of(screen).draft.capture(PAPER)
    assert kept is not None
    assert (kept.kept, kept.reason, kept.flaws) == (Kept.STAFF, "worn", ("blurred",))


def test_a_form_may_want_both_sides_of_a_card_and_an_adult(before_the_paper: Screen) -> None:
    screen = before_the_paper
    wanted = (CaptureKind.ID_FRONT, CaptureKind.ID_BACK, CaptureKind.ADULT_PORTRAIT)
    visit = visit_of(screen)
    adult = screen.station.procedures.find("adult-registration")
    assert adult
    others = {page.capture: replace(page, when=()) for page in adult.pages}
    pages = list(visit.draft.procedure.pages)
    where = [number for number, page in enumerate(pages) if page.capture]
    pages[where[0] : where[-1] + 1] = [others[kind] for kind in wanted]
    visit.draft = replace(visit.draft, procedure=replace(visit.draft.procedure, pages=tuple(pages)))
    assert "Chụp mặt trước" in screen.sees("/review/").text, "the first that is missing"
    assert screen.sees("/certificate/").request.path == "/id-front/", "not wanted by this form"
    shown = screen.sends("/id-front/shoot").text
    assert "Ảnh này có thể bị trả lại" in shown or "Đọc được chữ không?" in shown
    assert screen.sees("/id-back/").request.path == "/id-front/"
