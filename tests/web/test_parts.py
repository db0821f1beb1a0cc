"""Every page of every procedure has a name in the panel beside the visit."""

from __future__ import annotations

from kiosk.domain.steps import Step
from kiosk.web.parts import _WORDS
from tests.web.conftest import Screen


def test_every_page_of_every_procedure_has_a_name(screen: Screen) -> None:
    pages = {
        page.name
        for each in screen.station.procedures.all
        for page in each.pages
        if not page.field and not page.capture and page.step is not Step.RECEIPT
    }
    assert pages == set(_WORDS)
