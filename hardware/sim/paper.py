"""ESC/POS read back: what a printer would put on paper. Shares no code with what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

_LINE_DOTS = 30  # 1/6 inch, what ESC @ sets
_DOUBLE_WIDTH, _DOUBLE_HEIGHT = 1, 2


class StreamError(ValueError):
    """Bytes that are no command we know; the message has their offset, not the bytes."""


@dataclass(frozen=True, slots=True)
class Reset:
    """ESC @."""


@dataclass(frozen=True, slots=True)
class Align:
    """ESC a: 0 left, 1 centre, 2 right."""

    side: int


@dataclass(frozen=True, slots=True)
class Feed:
    """ESC J, ESC d or LF, in rows."""

    rows: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Raster:
    """GS v 0, already scaled."""

    picture: Image.Image


@dataclass(frozen=True, slots=True)
class Cut:
    """GS V, after feeding `rows`."""

    rows: int = 0


@dataclass(frozen=True, slots=True)
class Question:
    """DLE EOT n (at once) or GS r n (in its turn)."""

    number: int
    at_once: bool


Command = Reset | Align | Feed | Raster | Cut | Question


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Paper:
    """A printed strip. Shape: mode "1", black on white; `cuts` are the rows where the knife fell."""

    picture: Image.Image
    cuts: tuple[int, ...]


def read_paper(stream: bytes, width_dots: int) -> Paper:
    """Print a whole stream on paper.

    Errors: StreamError for an unknown or unfinished command, or a picture wider than the paper.
    """
    found, rest = split(stream)
    if rest:
        raise StreamError(f"unfinished command at byte {len(stream) - len(rest)}")
    roll = Roll(width_dots)
    for command, _ in found:
        roll.obey(command)
    return roll.paper()


def split(stream: bytes, offset: int = 0) -> tuple[list[tuple[Command, bytes]], bytes]:
    """Give the commands of a stream, each with its own bytes, and what is left of an unfinished last one.

    Shape:  `offset` is where this piece of a longer stream starts; messages count from there.
    Errors: StreamError.
    """
    found, at = [], 0
    while at < len(stream):
        if not stream[at]:  # between commands printers pass over it
            at += 1
            continue
        try:
            command, size = _command(stream, at)
        except _UnfinishedError:
            break
        except StreamError as why:
            raise StreamError(f"{why} at byte {offset + at}") from None
        found.append((command, stream[at : at + size]))
        at += size
    return found, stream[at:]


class Roll:
    """The paper under the head: obeys commands one by one."""

    def __init__(self, width_dots: int) -> None:
        self._width = width_dots
        self._side = 0
        self._strips: list[tuple[int, int, Image.Image]] = []
        self._cuts: list[int] = []
        self.rows = 0

    def obey(self, command: Command) -> None:
        """Move the paper as the command says; questions move nothing."""
        match command:
            case Reset():
                self._side = 0
            case Align(side):
                self._side = side
            case Feed(rows):
                self.rows += rows
            case Raster(picture):
                self._print(picture)
            case Cut(rows):
                self.rows += rows
                self._cuts.append(self.rows)

    def paper(self) -> Paper:
        """Give what has come out so far."""
        picture = Image.new("1", (self._width, self.rows), 255)
        for left, top, strip in self._strips:
            picture.paste(strip, (left, top))
        return Paper(picture, tuple(self._cuts))

    def _print(self, picture: Image.Image) -> None:
        spare = self._width - picture.width
        if spare < 0:
            raise StreamError(f"a picture {picture.width} dots wide on paper of {self._width}")
        self._strips.append((spare * self._side // 2, self.rows, picture))
        self.rows += picture.height


class _UnfinishedError(Exception):
    """More bytes are needed."""


_FIXED: dict[bytes, Command] = {
    b"\n": Feed(_LINE_DOTS),
    b"\x1b@": Reset(),
    **{b"\x1ba" + bytes([n]): Align(n % 48) for n in (0, 1, 2, 48, 49, 50)},
    **{b"\x10\x04" + bytes([n]): Question(n, at_once=True) for n in (1, 2, 3, 4)},
    **{b"\x1dr" + bytes([n]): Question(1, at_once=False) for n in (1, 49)},
    **{b"\x1dV" + bytes([n]): Cut() for n in (0, 1, 48, 49)},
}
_WITH_A_NUMBER: dict[bytes, Callable[[int], Command]] = {
    b"\x1bJ": Feed,
    b"\x1bd": lambda lines: Feed(lines * _LINE_DOTS),
    b"\x1dVA": Cut,
    b"\x1dVB": Cut,
}
_RASTER = b"\x1dv0"
_KNOWN = (*_FIXED, *_WITH_A_NUMBER, _RASTER)


def _command(stream: bytes, at: int) -> tuple[Command, int]:
    for size in (3, 2, 1):
        name = stream[at : at + size]
        if name in _FIXED:
            return _FIXED[name], size
        if name in _WITH_A_NUMBER and len(stream) > at + size:
            return _WITH_A_NUMBER[name](stream[at + size]), size + 1
        if name == _RASTER:
            return _raster(stream[at : at + 8], stream, at + 8)
    if any(known.startswith(stream[at : at + 3]) for known in _KNOWN) or name in _WITH_A_NUMBER:
        raise _UnfinishedError
    raise StreamError("unknown command")


def _raster(head: bytes, stream: bytes, at: int) -> tuple[Raster, int]:
    if len(head) < 8:
        raise _UnfinishedError
    scale, across, rows = head[3] % 48, head[4] + 256 * head[5], head[6] + 256 * head[7]
    if scale > (_DOUBLE_WIDTH | _DOUBLE_HEIGHT) or not across * rows:
        raise StreamError("impossible picture")
    dots = stream[at : at + across * rows]
    if len(dots) < across * rows:
        raise _UnfinishedError
    picture = Image.frombytes(
        "1", (8 * across, rows), bytes(0xFF ^ byte for byte in dots)
    )  # black is 1 there
    if scale:
        wide, high = 1 + bool(scale & _DOUBLE_WIDTH), 1 + bool(scale & _DOUBLE_HEIGHT)
        picture = picture.resize((picture.width * wide, picture.height * high), Image.Resampling.NEAREST)
    return Raster(picture), 8 + len(dots)
