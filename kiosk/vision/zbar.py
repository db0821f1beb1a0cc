"""zbar asked for the bytes as they stand in the code, which pyzbar itself cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_void_p, cast, string_at
from typing import Any

from pyzbar import wrapper
from pyzbar.wrapper import ZBarConfig, ZBarSymbol

from kiosk.vision.zbar_wire import Codes, Corners

_CFG_BINARY = 4  # zbar.h since 0.23.1; without it Vietnamese is taken for Big5 or Shift-JIS
_Y800 = int.from_bytes(b"Y800", "little")  # one grey byte a pixel
_EVERY_SYMBOL = 0


def read_codes(pixels: int, width: int, height: int) -> Codes:
    """Read every QR code in a grey picture.

    Shape:  `pixels` is the address of width x height bytes, row after row; they are only read.
    Source: of 300 invented card texts pyzbar alone read 45 wrong, this none (docs/decisions.md).
    """
    with _scanner() as scanner, _picture(pixels, width, height) as picture:
        wrapper.zbar_scan_image(scanner, picture)
        return [(_payload(symbol), corners) for symbol in _symbols(picture) if (corners := _corners(symbol))]


@contextmanager
def _scanner() -> Iterator[Any]:
    scanner = wrapper.zbar_image_scanner_create()
    try:
        for symbol, config, value in (
            (_EVERY_SYMBOL, ZBarConfig.CFG_ENABLE, 0),
            (ZBarSymbol.QRCODE, ZBarConfig.CFG_ENABLE, 1),
            (ZBarSymbol.QRCODE, _CFG_BINARY, 1),
        ):
            wrapper.zbar_image_scanner_set_config(scanner, symbol, config, value)
        yield scanner
    finally:
        wrapper.zbar_image_scanner_destroy(scanner)


@contextmanager
def _picture(pixels: int, width: int, height: int) -> Iterator[Any]:
    picture = wrapper.zbar_image_create()
    try:
        wrapper.zbar_image_set_format(picture, _Y800)
        wrapper.zbar_image_set_size(picture, width, height)
        wrapper.zbar_image_set_data(picture, c_void_p(pixels), width * height, None)
        yield picture
    finally:
        wrapper.zbar_image_destroy(picture)


def _symbols(picture: Any) -> Iterator[Any]:
    symbol = wrapper.zbar_image_first_symbol(picture)
    while symbol:
        if symbol.contents.type == ZBarSymbol.QRCODE:
            yield symbol
        symbol = wrapper.zbar_symbol_next(symbol)


def _payload(symbol: Any) -> bytes:
    length = wrapper.zbar_symbol_get_data_length(symbol)
    return string_at(cast(wrapper.zbar_symbol_get_data(symbol), c_void_p), length)


def _corners(symbol: Any) -> Corners | None:
    if wrapper.zbar_symbol_get_loc_size(symbol) < 4:
        return None
    top_left, bottom_left, bottom_right, top_right = (
        (
            float(wrapper.zbar_symbol_get_loc_x(symbol, at)),
            float(wrapper.zbar_symbol_get_loc_y(symbol, at)),
        )
        for at in range(4)
    )
    return top_left, top_right, bottom_right, bottom_left
