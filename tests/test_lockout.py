"""The wait after wrong guesses: none for four, then it doubles, and a restart does not shorten it."""

from __future__ import annotations

from kiosk.lockout import FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS, TRIES, Lockout, wait_after


class Clock:
    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def locked_out(clock: Clock, wrong: int) -> Lockout:
    lockout = Lockout(clock)
    for _ in range(wrong):
        lockout.wrong("101")
    return lockout


def test_four_wrong_guesses_cost_nothing() -> None:
    assert not locked_out(Clock(), TRIES - 1).is_locked("101")


def test_the_wait_doubles_with_each_guess_after_it() -> None:
    clock = Clock()
    lockout = locked_out(clock, TRIES)
    for doubled in (1, 2, 4):
        assert lockout.seconds_left("101") == doubled * FIRST_WAIT_SECONDS
        clock.seconds += doubled * FIRST_WAIT_SECONDS - 1
        assert lockout.is_locked("101")
        clock.seconds += 1
        assert not lockout.is_locked("101"), "one more guess is free"
        lockout.wrong("101")
    assert wait_after(2000) == LONGEST_WAIT_SECONDS, "nobody is kept out for good"


def test_a_right_guess_forgets_the_wrong_ones() -> None:
    lockout = locked_out(Clock(), TRIES)
    lockout.right("101")
    assert not lockout.is_locked("101")


def test_others_do_not_wait() -> None:
    assert not locked_out(Clock(), TRIES).is_locked("102")


def test_after_a_restart_the_wait_begins_anew() -> None:
    lockout = Lockout(Clock())
    lockout.remember("101", TRIES + 1)
    assert lockout.seconds_left("101") == 2 * FIRST_WAIT_SECONDS
    lockout.remember("101", TRIES)
    assert lockout.seconds_left("101") == 2 * FIRST_WAIT_SECONDS, "only the first word after a start counts"
