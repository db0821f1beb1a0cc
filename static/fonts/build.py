"""Cut the one font of screen and slip out of Debian's Noto Sans.

Needs the Debian package fonts-noto-core (only to rebuild) and the test environment (fontTools, brotli):

    .venv/bin/python static/fonts/build.py

Writes noto-sans-vi-400.woff2, noto-sans-vi-700.woff2 and OFL.txt beside itself; the same package gives the
same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset

DEBIAN_FONTS = Path("/usr/share/fonts/truetype/noto")
DEBIAN_COPYRIGHT = Path("/usr/share/doc/fonts-noto-core/copyright")
WEIGHTS = {"NotoSans-Regular.ttf": "noto-sans-vi-400.woff2", "NotoSans-Bold.ttf": "noto-sans-vi-700.woff2"}

RANGES = (
    range(0x0020, 0x007F),  # ASCII
    range(0x00A0, 0x0100),  # Latin-1: À Á Â Ã È É Ê …, · × °
    range(0x1EA0, 0x1EFA),  # Vietnamese letters with two marks
)
# The rest of Vietnamese; then Ê-đê, M'Nông, Gia Rai, Ba Na, Cơ Ho (breve letters, barred and hooked b, č ñ).
LETTERS = "ĂăĐđĨĩŨũƠơƯưĔĕĬĭŎŏŬŭƀɃƁɓČčĆćŃńŊŋ"
# Marks on their own: those letters exist only decomposed (ê̆ ô̆ ơ̆ ư̆), and typed text may arrive so.
MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0308\u0309\u030c\u031b\u0323\u032d"
SIGNS = "\u2010\u2011‒–—‘’‚“”„•…‰′″‹›₫€№\u2002\u2003\u2009\u202f"


def build() -> None:
    """Write both weights and their licence."""
    here = Path(__file__).parent
    wanted = {*(code for codes in RANGES for code in codes), *map(ord, LETTERS + MARKS + SIGNS)}
    for source, target in WEIGHTS.items():
        _cut(DEBIAN_FONTS / source, here / target, wanted)
    (here / "OFL.txt").write_text(_licence(DEBIAN_COPYRIGHT.read_text("utf-8")), "utf-8")


def _cut(source: Path, target: Path, wanted: set[int]) -> None:
    options = subset.Options(flavor="woff2", layout_features=["*"], recalc_timestamp=False)
    with subset.load_font(source, options) as font:
        if missing := wanted - font.getBestCmap().keys():
            sys.exit(f"{source} lacks {', '.join(f'U+{code:04X}' for code in sorted(missing))}")
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=wanted)
        cutter.subset(font)
        subset.save_font(font, target, options)


def _licence(copyright_file: str) -> str:
    """Give the OFL paragraph of a Debian copyright file, freed of that file's own marks."""
    _, found, text = copyright_file.partition("\nLicense: OFL-1.1\n PREAMBLE\n")
    if not found:
        sys.exit(f"{DEBIAN_COPYRIGHT} holds no OFL text")
    lines = []
    for line in text.splitlines():
        if line and not line.startswith(" "):
            break
        lines.append("" if line == " ." else line[1:])
    head = "Noto Sans\nCopyright 2010, 2012-2020 Google Inc., 2015-2020 Google LLC.\n\n"
    title = "SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007\n\n"
    return head + title + "PREAMBLE\n" + "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    build()
