from __future__ import annotations

import pytest

from kiosk.domain.lamp import Colour, colour_of

DAY = 86_400


@pytest.mark.parametrize(
    ("oldest", "colour"),
    [
        (None, Colour.GREEN),
        (3 * DAY - 1, Colour.GREEN),
        (3 * DAY, Colour.AMBER),
        (7 * DAY - 1, Colour.AMBER),
        (7 * DAY, Colour.RED),
    ],
)
def test_the_lamp_follows_the_oldest_that_waits(oldest, colour):
    assert colour_of(put_aside=0, oldest_seconds=oldest, amber_days=3, red_days=7) is colour


def test_one_put_aside_is_red_at_once():
    assert colour_of(put_aside=1, oldest_seconds=None, amber_days=3, red_days=7) is Colour.RED


def test_the_days_are_the_offices_own():
    assert colour_of(put_aside=0, oldest_seconds=DAY, amber_days=1, red_days=2) is Colour.AMBER
