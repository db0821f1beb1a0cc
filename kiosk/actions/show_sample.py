"""In a rehearsal the invented family's papers stand in for what nobody has at hand."""

from __future__ import annotations

import cv2
import numpy as np

from hardware.protocols import Image
from kiosk.actions.capture import judge
from kiosk.actions.scan_card import number_of
from kiosk.checkout import FONTS
from kiosk.domain.insurance import HealthCard
from kiosk.domain.procedures import CaptureKind
from kiosk.domain.steps import Step
from kiosk.problems.reading import SameCardAgain
from kiosk.problems.visit import StepSkipped
from kiosk.rehearsal import CHILDREN, GUARDIAN, sample_photograph
from kiosk.station import Station
from kiosk.visits import Visit


def show_sample(station: Station, visit: Visit, step: Step, page: int = 1) -> None:
    """Hold up the family's card, or photograph its paper or face, as if the camera had seen it.

    Errors: StepSkipped, where nothing is shown to the camera, and in a visit that is no rehearsal;
            SameCardAgain, when the family has no further child.
    """
    kind = visit.draft.capture_at(step)
    if not visit.is_rehearsal:
        raise StepSkipped("sample")
    if step is Step.GUARDIAN:
        visit.seen, visit.sighting = GUARDIAN, None
    elif step is Step.CHILD:
        visit.seen, visit.sighting = _next_child(visit), None
    elif kind is not None:
        judge(station, visit, kind, _picture(visit, kind), page)
    else:
        raise StepSkipped(step.value)


def _next_child(visit: Visit) -> HealthCard:
    left = [each for each in CHILDREN if number_of(each) not in visit.declared]
    if not left:
        raise SameCardAgain("no further child in the family")
    return left[0]


def _picture(visit: Visit, kind: CaptureKind) -> Image:
    child = CHILDREN.index(visit.draft.child) if visit.draft.child in CHILDREN else 0
    jpeg = sample_photograph(kind, child, FONTS)
    return np.asarray(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), np.uint8)
