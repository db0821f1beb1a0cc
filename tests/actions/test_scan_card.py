"""What may lie before the camera, and what the visitor is told about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno

from hardware.protocols import Image
from kiosk.actions.scan_card import confirm_child, confirm_guardian, look_for_child, look_for_guardian
from kiosk.domain.address import Address
from kiosk.domain.draft import Draft
from kiosk.problems import Problem
from kiosk.problems.devices import CameraUnavailable
from kiosk.problems.reading import (
    CardUnreadable,
    NoCodeInView,
    NotACitizenCard,
    NotAHealthCard,
    NothingSeenYet,
    SameCardAgain,
    TwoCodesInView,
)
from kiosk.rehearsal import CHILDREN, GUARDIAN
from kiosk.station import Station
from kiosk.visits import Settings, Visit
from tests.stations import open_station

Case = tuple[Station, Visit]


@pytest.fixture
def showing(tmp_path: Path) -> Iterator[Callable[..., Case]]:
    """A station before whose camera these codes lie, and a visit in it."""
    desk = tmp_path / "desk"
    desk.mkdir()
    opened = open_station(tmp_path)

    def show(*texts: str) -> Case:
        for number in range(3):
            cv2.imwrite(str(desk / f"{number:03d}.jpg"), _table(texts))
        station = opened.__enter__().station
        return station, station.visits.begin(Draft(station.procedures.first), Settings())

    try:
        yield show
    finally:
        opened.__exit__(None, None, None)


def test_a_citizen_card_is_read_and_its_address_proposed(showing: Callable[..., Case]) -> None:
    station, visit = showing(GUARDIAN.to_qr())
    assert look_for_guardian(station, visit) == GUARDIAN
    confirm_guardian(visit)
    assert visit.draft.guardian == GUARDIAN
    assert visit.draft.contact.address == Address(printed=GUARDIAN.address)


def test_a_health_card_is_read_and_its_agency_proposed(showing: Callable[..., Case]) -> None:
    station, visit = showing(CHILDREN[0].to_qr())
    assert look_for_child(station, visit) == CHILDREN[0]
    confirm_child(station, visit)
    assert visit.draft.child == CHILDREN[0]
    assert visit.draft.agency == "07918"


CARD = GUARDIAN.to_qr()
FEWER_FIELDS = "|".join(CARD.split("|")[:5])
NO_SUCH_DAY = CARD.replace(GUARDIAN.date_of_birth.compact(), "31021989")


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        pytest.param((), NoCodeInView, id="nothing in view"),
        pytest.param((CARD, CHILDREN[0].to_qr()), TwoCodesInView, id="two cards"),
        pytest.param((CHILDREN[0].to_qr(),), NotACitizenCard, id="the child's card"),
        pytest.param(("WIFI:T:WPA;S:cafe;P:xin-chao;;",), CardUnreadable, id="neither card"),
        pytest.param((FEWER_FIELDS,), CardUnreadable, id="a field missing"),
        pytest.param((NO_SUCH_DAY,), CardUnreadable, id="an impossible date"),
    ],
)
def test_what_is_no_citizen_card_is_named(
    showing: Callable[..., Case], texts: tuple[str, ...], problem: type[Problem]
) -> None:
    station, visit = showing(*texts)
    with pytest.raises(problem) as told:
        look_for_guardian(station, visit)
    assert GUARDIAN.full_name not in str(told.value)
    assert visit.seen is None
    with pytest.raises(NothingSeenYet):
        confirm_guardian(visit)


def test_the_guardians_card_is_not_a_childs(showing: Callable[..., Case]) -> None:
    station, visit = showing(CARD)
    with pytest.raises(NotAHealthCard):
        look_for_child(station, visit)


def test_a_child_declared_in_this_visit_is_not_taken_again(showing: Callable[..., Case]) -> None:
    station, visit = showing(CHILDREN[0].to_qr())
    visit.declared = frozenset({CHILDREN[0].card_number.text})
    with pytest.raises(SameCardAgain):
        look_for_child(station, visit)


def test_a_camera_folder_that_is_empty_is_a_camera_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    with open_station(tmp_path) as opened:
        visit = opened.station.visits.begin(Draft(opened.station.procedures.first), Settings())
        with pytest.raises(CameraUnavailable):
            look_for_guardian(opened.station, visit)


def _table(texts: tuple[str, ...]) -> Image:
    """A grey table with codes on it, side by side."""
    table = np.full((1080, 1920, 3), 120, np.uint8)
    for at, text in enumerate(texts):
        buffer = BytesIO()
        segno.make(text, error="m", micro=False, encoding="utf-8").save(buffer, kind="png", scale=6, border=4)
        code = cv2.imdecode(np.frombuffer(buffer.getvalue(), np.uint8), cv2.IMREAD_COLOR)
        assert code is not None
        height, width = code.shape[:2]
        left = 200 + at * 900
        table[200 : 200 + height, left : left + width] = code
    return table
