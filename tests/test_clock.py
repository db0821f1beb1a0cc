"""When a clock may be called verified."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kiosk.clock import ClockJudge, boot_id
from tests.stations import NOON


class Hands:
    """A wall clock and a monotonic one, which a test moves."""

    def __init__(self, wall: datetime = NOON) -> None:
        self.wall, self.seconds = wall, 0.0

    def go(self, *, wall: float, ticks: float) -> None:
        self.wall += timedelta(seconds=wall)
        self.seconds += ticks

    def judge(self, *, is_kept: bool = True) -> ClockJudge:
        return ClockJudge(is_kept, lambda: self.wall, lambda: self.seconds)


def test_a_clock_that_is_kept_and_goes_evenly_is_verified() -> None:
    hands = Hands()
    judge = hands.judge()
    hands.go(wall=86_400 * 9 + 60, ticks=86_400 * 9)  # adjusted a little, all the time
    assert judge.is_verified(None)
    assert judge.is_verified(NOON)


def test_a_clock_that_nothing_keeps_is_not() -> None:
    assert not Hands().judge(is_kept=False).is_verified(None)


def test_1970_is_not_verified() -> None:
    assert not Hands(datetime(1970, 1, 1, tzinfo=UTC)).judge().is_verified(None)


def test_a_clock_that_steps_is_not_believed_until_the_next_start() -> None:
    for step in (-86_400, 86_400 * 3650):
        hands = Hands()
        judge = hands.judge()
        hands.go(wall=step, ticks=0)
        assert not judge.is_verified(None)
        hands.go(wall=-step, ticks=0)
        assert not judge.is_verified(None), "what was written meanwhile may be wrong either way"
        assert hands.judge().is_verified(None)


def test_central_knows_better() -> None:
    judge = Hands().judge()
    assert not judge.is_verified(NOON + timedelta(days=2)), "central signed something later"
    assert not judge.is_verified(NOON - timedelta(days=3650)), "ten years ahead from the start on"


def test_a_boot_has_one_name() -> None:
    assert boot_id() == boot_id()
    assert len(boot_id()) >= 32
