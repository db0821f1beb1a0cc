"""Reading payloads: what a sound one costs, and that no mutated one crashes the parser or takes long."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Iterable
from random import Random

from kiosk.domain.scan import UnreadableCode, read_scan
from kiosk.tables import load_tables
from tests import cards
from tests.domain.ime import typed_in_telex

SEED = 20261122
LIMIT_MS = 5.0


def run(full: bool) -> None:
    """Print median and worst milliseconds for sound and for mutated payloads, and how the latter ended."""
    count, rng = (100_000 if full else 5_000), Random(SEED)
    load_tables()
    sound = [payload(rng) for _ in range(500)]
    _table("sound", sound)
    slow = _table("mutated", (mutated(rng, rng.choice(sound)) for _ in range(count)))
    print(f"seed {SEED}; over {LIMIT_MS:g} ms of processor time: {slow}")


def payload(rng: Random) -> bytes:
    """One card of any layout."""
    draw = rng.choice([cards.citizen_card, cards.health_card, cards.vssid_code])
    return draw(rng).to_qr().encode()


def mutated(rng: Random, raw: bytes) -> bytes:
    """A payload with one to four things done to it that scanners, cables and fools do."""
    for _ in range(rng.randint(1, 4)):
        raw = rng.choice(_MUTATIONS)(rng, raw)[:10_000]
    return raw


def _flip(rng: Random, raw: bytes) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + bytes([rng.randrange(256)]) + raw[at + 1 :]


def _type(rng: Random, raw: bytes) -> bytes:
    at = rng.randrange(len(raw) + 1)
    key = rng.choice("0123456789abcdefABCDEF|-/$# ").encode()
    return raw[:at] + key + raw[at + rng.randrange(2) :]


def _cut(rng: Random, raw: bytes) -> bytes:
    return raw[: rng.randrange(len(raw) + 1)]


def _drop(rng: Random, raw: bytes) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + raw[at + rng.randint(1, 4) :]


def _repeat(rng: Random, raw: bytes) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + raw[at : at + rng.randint(1, 60)] * rng.randint(2, 40) + raw[at:]


def _swap_fields(rng: Random, raw: bytes) -> bytes:
    fields = raw.split(b"|")
    rng.shuffle(fields)
    return b"|".join(fields)


def _telex(rng: Random, raw: bytes) -> bytes:
    return typed_in_telex(raw.decode("utf-8", "ignore"), free=rng.random() < 0.5).encode()


def _utf16(rng: Random, raw: bytes) -> bytes:
    return raw.decode("utf-8", "replace").encode("utf-16-le")


def _marks(rng: Random, raw: bytes) -> bytes:
    at = rng.randrange(len(raw) + 1)
    marks = "".join(rng.choices("\u0300\u0323\u0302\u05b0ầâđêBàbÂb", k=rng.randint(1, 400)))
    return raw[:at] + marks.encode() + raw[at:]


_MUTATIONS = [_flip, _type, _type, _type, _cut, _drop, _repeat, _swap_fields, _telex, _utf16, _marks]


def _table(name: str, payloads: Iterable[bytes]) -> int:
    """Read all, print a table, return how many took longer than the limit."""
    times, endings = [], Counter[str]()
    for raw in payloads:
        milliseconds, ending = _timed(raw)
        if (
            milliseconds > LIMIT_MS
        ):  # the garbage collector, or the parser? Only the latter is slow every time
            milliseconds = min(_timed(raw)[0] for _ in range(3))
        times.append(milliseconds)
        endings[ending] += 1
    median, worst = statistics.median(times), max(times)
    print(f"{name:<8} {len(times):>7} payloads  median {median:.3f} ms  worst {worst:.3f} ms")
    for ending, count in endings.most_common():
        print(f"         {count:>7} {ending}")
    return sum(each > LIMIT_MS for each in times)


def _timed(raw: bytes) -> tuple[float, str]:
    """Processor milliseconds of this thread, so that a busy machine does not count against the parser."""
    start = time.thread_time()
    try:
        ending = type(read_scan(raw, load_tables())).__name__
    except UnreadableCode as why:
        ending = why.code
    return (time.thread_time() - start) * 1000, ending
