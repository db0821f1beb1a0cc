"""One message at a time, long enough to be read; the shutter after 0.6 s of good frames."""

from __future__ import annotations

from itertools import pairwise

from kiosk.domain.findings import Severity
from kiosk.domain.guidance import Guide
from kiosk.domain.photo_words import GOOD, FlawCode
from kiosk.domain.quality import Flaw

FRAME = 1 / 15
BLURRED = (Flaw(FlawCode.BLURRED, Severity.RETURN, "Ảnh mờ, giữ yên", ""),)
DARK = (Flaw(FlawCode.DARK, Severity.RETURN, "Tối quá, thêm sáng", ""),)


def play(*film: tuple[float, tuple[Flaw, ...]]) -> list[tuple[float, str, bool]]:
    """Show each scene for some seconds; return time, hint and readiness of every frame."""
    guide, shown, at = Guide(), [], 0.0
    for seconds, flaws in film:
        until = at + seconds
        while at < until:
            shown.append((at, guide.observe(flaws, at).hint, guide.ready))
            at += FRAME
    return shown


def hints(shown: list[tuple[float, str, bool]]) -> list[str]:
    """What was shown, each change once."""
    return [hint for number, (_, hint, _) in enumerate(shown) if number == 0 or shown[number - 1][1] != hint]


def test_good_frames_fire_after_six_tenths_of_a_second():
    first = next(at for at, _, ready in play((2.0, ())) if ready)
    assert 0.6 <= first < 0.6 + 2 * FRAME


def test_a_single_bad_frame_starts_the_wait_again():
    shown = play((0.5, ()), (FRAME / 2, BLURRED), (2.0, ()))
    first = next(at for at, _, ready in shown if ready)
    assert first >= 1.1


def test_a_bad_frame_is_never_ready():
    assert not any(ready for _, _, ready in play((3.0, BLURRED)))
    shown = play((2.0, ()), (1.0, BLURRED))
    assert not any(ready for at, _, ready in shown if at > 2.0 + FRAME)


def test_a_message_that_flickers_is_not_shown():
    flicker = [(FRAME / 2, flaws) for _ in range(40) for flaws in (BLURRED, DARK)]
    assert len(hints(play(*flicker))) == 1


def test_messages_stay_long_enough_to_be_read():
    shown = play(*[(0.4, flaws) for _ in range(6) for flaws in (BLURRED, DARK)])
    changes = [at for (_, before, _), (at, hint, _) in pairwise(shown) if hint != before]
    assert all(later - earlier >= 0.8 for earlier, later in pairwise(changes))


def test_each_fault_is_told_in_turn_and_the_good_end_too():
    shown = play((1.5, DARK), (1.5, BLURRED), (2.0, ()))
    assert hints(shown)[1:] == [DARK[0].hint, BLURRED[0].hint, GOOD]
    assert all(hint == GOOD for _, hint, ready in shown if ready)
