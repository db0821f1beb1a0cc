"""Vietnamese through a QR code and back: card texts drawn as codes and read byte for byte."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import closing
from random import Random

from kiosk.vision.codes import CodeReader
from tests import cards
from tests.scenes.drawn import drawn

SEED = 20261122


def run(full: bool) -> None:
    """Print how many texts came back exactly, which of the 134 letters they held, who read and confirmed."""
    count, rng = (10_000 if full else 500), Random(SEED)
    exact, readers, letters = 0, Counter[str](), set[str]()
    start = time.perf_counter()
    with closing(CodeReader()) as reader:
        for _ in range(count):
            text = rng.choice([cards.citizen_card, cards.health_card, cards.vssid_code])(rng).to_qr()
            letters |= set(text) & set(cards.LETTERS)
            picture = drawn(text, rng)
            codes = reader.read_frame(picture)
            exact += [code.payload for code in codes] == [text.encode()]
            readers.update(
                f"{code.decoder}{', confirmed' if reader.confirms(picture, code) else ''}" for code in codes
            )
    print(f"exact: {exact} of {count}; letters of 134: {len(letters)}; seed {SEED}")
    spent = (time.perf_counter() - start) * 1000 / count
    print(f"read by: {dict(readers)}; {spent:.1f} ms each, drawing included")
