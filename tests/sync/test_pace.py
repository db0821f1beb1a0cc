from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sync.pace import PIECE_BYTES, BadHours, Pace, Paced, Window


class Ticks:
    """Seconds that pass only while somebody sleeps."""

    at = 0.0

    def __call__(self):
        return self.at

    def sleep(self, seconds):
        self.at += seconds


def a_pace(*hours, hour=10, ticks=None):
    ticks = ticks or Ticks()
    at = datetime(2026, 11, 20, hour - 7, tzinfo=UTC)  # Vietnam's clock is seven hours ahead
    return Pace(tuple(map(Window.typed, hours)), lambda: at, ticks, ticks.sleep)


@pytest.mark.parametrize(
    ("hour", "limit"), [(7, 512), (16, 512), (17, None), (22, 0), (23, 0), (12, 512), (21, None)]
)
def test_limits_follow_the_hours_of_vietnam(hour, limit):
    pace = a_pace("07-17 512", "22-05 0", hour=hour)
    assert (pace.limit(), pace.is_closed()) == (limit, limit == 0)


def test_a_window_over_midnight_holds_in_the_morning_too():
    assert [hour for hour in range(24) if Window.typed("22-05 0").holds(hour)] == [0, 1, 2, 3, 4, 22, 23]


@pytest.mark.parametrize("text", ["7-17 512", "07-17", "07-25 512", "07-17 -1", "07-17 8", "always", ""])
def test_hours_that_cannot_be_are_refused_with_an_example(text):
    with pytest.raises(BadHours, match=r"at least 32|written"):
        Window.typed(text)


def test_all_lanes_together_keep_to_the_limit():
    ticks = Ticks()
    pace = a_pace("00-24 1000", ticks=ticks)
    content = bytes(10 * PIECE_BYTES)
    lanes = [iter(Paced(content, pace)), iter(Paced(content, pace))]
    sent = sum(len(piece) for pair in zip(*lanes, strict=True) for piece in pair)
    assert sent == 2 * len(content)
    fastest = (sent - PIECE_BYTES) * 8 / 1_000_000
    assert fastest <= ticks.at < fastest * 1.1


def test_a_body_can_be_sent_twice_and_without_limit_at_once():
    ticks = Ticks()
    body = Paced(b"x" * 40_000, a_pace(ticks=ticks))
    assert b"".join(body) == b"".join(body) == b"x" * 40_000
    assert ticks.at == 0.0
