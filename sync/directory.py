"""The directory of receiving agencies on its way from central to the stations: text, packed into an event."""

from __future__ import annotations

import csv
import re
import zlib

from sync.envelope import BadDocument, from_base64, to_base64

COLUMNS = ("code", "name", "province")
"""What every line must have; what else may be there, and what it must be, is the station's to judge."""

MAX_PACKED = 48_000
"""Characters. An event may hold 64 kB; a thousand offices with successor and address pack into 19 kB."""

_MAX_TEXT_BYTES = 1_000_000


def directory_text(table: str, version: str) -> str:
    """Return the file as stations keep it: its version on the first line, then the table without remarks.

    Errors: BadDocument, in words for whoever wrote the table.
    """
    if not re.fullmatch(r"[0-9A-Za-z.-]{0,39}[0-9A-Za-z-]", version):
        raise BadDocument("the version is a short name without spaces, like 2026-12")
    lines = [line for line in table.splitlines() if line.strip() and not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    if not rows:
        raise BadDocument("no office in it: a first line with the columns' names, then one office a line")
    for number, row in enumerate(rows, start=2):
        if any(not (row.get(column) or "").strip() for column in COLUMNS):
            raise BadDocument(f"line {number} has no {', '.join(COLUMNS)}; nothing was told to anybody")
    return "\n".join((f"# version: {version}", *lines, ""))


def version_of(text: str) -> str:
    """The version on the first line."""
    return text.split("\n", 1)[0].removeprefix("# version: ")


def pack(text: str) -> str:
    """Make it small enough for an event.

    Errors: BadDocument, when it is not.
    """
    packed = to_base64(zlib.compress(text.encode(), 9))
    if len(packed) > MAX_PACKED or len(text.encode()) > _MAX_TEXT_BYTES:
        raise BadDocument("the directory is too long to be sent; leave out offices that closed years ago")
    return packed


def unpack(packed: str) -> str:
    """Return the text that `pack` was given.

    Errors: BadDocument.
    """
    if len(packed) > MAX_PACKED:
        raise BadDocument("directory: too long")
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(from_base64(packed), _MAX_TEXT_BYTES)
        if not reader.eof:
            raise BadDocument("directory: too long, or cut off")
        return text.decode()
    except (zlib.error, UnicodeDecodeError) as why:
        raise BadDocument("directory: not packed text") from why
