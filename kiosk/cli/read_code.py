"""`kiosk read-code`: what a card's code says, from pictures or from the bytes of a scanner."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kiosk.domain.card_json import scan_to_json
from kiosk.domain.identity import CitizenCard
from kiosk.domain.payload import MAX_BYTES
from kiosk.domain.scan import UnreadableCode, read_scan
from kiosk.tables import load_tables

if TYPE_CHECKING:
    from hardware.protocols import Image


@click.command("read-code")
@click.argument("images", metavar="IMAGE...", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--text", "payloads", type=click.File("rb"), help="Read payloads, one a line; - is stdin.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, every key always present.")
def read_code(images: tuple[Path, ...], payloads: BinaryIO | None, as_json: bool) -> None:
    """Print what citizen cards, health cards, VssID and receipt codes say.

    Give pictures, or with --text the payloads themselves. A picture may hold several codes. In a picture
    without any, the machine-readable lines on a card's back are looked for (layout td1, its end in valid_to).
    A payload that cannot be read gives an error object and reading goes on; a picture without code and
    lines makes the exit status 1. The output names people: mind where it goes.
    """
    if bool(images) == bool(payloads):
        raise click.UsageError("Give pictures, or payloads with --text FILE.")
    if payloads:
        _print((read_payload(line) for line in lines(payloads)), as_json)
        return
    found = [each for image in images for each in _read_image(image)]
    _print(found, as_json)
    if any(each.get("error", {}).get("code") in ("no-picture", "no-code") for each in found):
        raise click.exceptions.Exit(1)


def read_payload(raw: bytes) -> dict[str, Any]:
    """The object for one payload: what it says, or {"error": {"code", "message"}}."""
    try:
        return scan_to_json(read_scan(raw, load_tables()))
    except UnreadableCode as why:
        return _error(why.code, why.message)


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """The stream split on LF, a trailing CR dropped. Of a line longer than any code only a part is kept."""
    while line := stream.readline(MAX_BYTES + 2):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(MAX_BYTES)
        yield line.removesuffix(b"\n").removesuffix(b"\r")


def _read_image(path: Path) -> list[dict[str, Any]]:
    named = {"image": str(path)}
    image = _picture(path)
    if image is None:
        return [named | _error("no-picture", "The file cannot be read as a picture.")]
    if payloads := _codes_in(image):
        return [named | read_payload(each) for each in payloads]
    card = _back_in(image)
    if card is None:
        return [named | _error("no-code", "No QR code was found in the picture, nor lines of a card's back.")]
    return [named | scan_to_json(card)]


def _picture(path: Path) -> Image | None:
    """The picture, or None if there is none. `--text` need not wait for OpenCV to load."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    try:
        raw = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError:
        return None
    image = cv2.imdecode(raw, cv2.IMREAD_COLOR) if raw.size else None
    return None if image is None else image.astype(np.uint8)


def _codes_in(image: Image) -> list[bytes]:
    from kiosk.vision.codes import CodeReader  # noqa: PLC0415

    reader = CodeReader()
    try:
        return [code.payload for code in reader.read_still(image)]
    finally:
        reader.close()


def _back_in(image: Image) -> CitizenCard | None:
    """The card whose back this is; None too on a machine without Tesseract."""
    from kiosk.actions.read_back import card_behind  # noqa: PLC0415
    from kiosk.station import HANOI  # noqa: PLC0415
    from kiosk.vision.mrz import CannotRead  # noqa: PLC0415

    try:
        return card_behind(image, datetime.now(HANOI).date())
    except CannotRead:
        return None


def _print(found: Iterable[dict[str, Any]], as_json: bool) -> None:
    """One at a time, as UTF-8 whatever the terminal says it is."""
    for each in found:
        text = json.dumps(each, ensure_ascii=False) if as_json else _in_words(each)
        click.echo(text.encode())


def _in_words(found: dict[str, Any]) -> str:
    if error := found.get("error"):
        where = f"{found['image']}: " if "image" in found else ""
        return f"{where}{error['message']} [{error['code']}]"
    filled = {key: value for key, value in found.items() if value not in (None, [])}
    return "\n".join(f"{key}: {value}" for key, value in filled.items()) + "\n"


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
