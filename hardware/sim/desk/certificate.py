"""A birth certificate: the printed form with its dotted lines, filled in, signed and stamped."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import cast

import cv2
import numpy as np

from hardware.protocols import Image
from hardware.sim.desk.ink import Colour, Sheet
from hardware.sim.desk.things import CertificatePage, Parent

PAGE_MM = (210.0, 297.0)
"""Source: ISO 216, A4. The size of the real form is not verified (domain.md section 8)."""

FORM: Colour = (52, 50, 54)
PEN: Colour = (28, 34, 92)
FRAME: Colour = (176, 128, 120)
LEFT, RIGHT = 27.0, 187.0
SIZE = 4.75  # 13.5 pt

Field = tuple[str, str]


def certificate(page: CertificatePage, fonts: Path, px_per_mm: float, seed: int) -> Image:
    """Draw the page. Shape: the printed order of domain.md section 8; the mother stands before the father."""
    rng = np.random.default_rng(seed)
    sheet = Sheet(_paper(px_per_mm, rng), px_per_mm, fonts)
    _heading(sheet, page)
    y = 82.0
    for row in _rows(page):
        y = _row(sheet, row, y)
    _signature(sheet, page, y + 3)
    return _stamped(sheet.done(), (138.0, y + 27), px_per_mm, rng)


def _heading(sheet: Sheet, page: CertificatePage) -> None:
    for inset, thick in ((11.0, 0.9), (13.2, 0.3)):
        right, bottom = PAGE_MM[0] - inset, PAGE_MM[1] - inset
        corners = [(inset, inset), (right, inset), (right, bottom), (inset, bottom), (inset, inset)]
        for start, end in pairwise(corners):
            sheet.rule(start, end, FRAME, thick)
    middle = PAGE_MM[0] / 2
    sheet.text((middle, 26), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 4.9, bold=True, ink=FORM, anchor="ms")
    sheet.text((middle, 32.5), "Độc lập - Tự do - Hạnh phúc", 4.8, bold=True, ink=FORM, anchor="ms")
    sheet.rule((middle - 31, 34.6), (middle + 31, 34.6), FORM, 0.3)
    sheet.ring((middle, 47), 9.0, (196, 150, 60), 0.6)
    sheet.star((middle, 47), 8.2, (222, 182, 84), points=12)
    sheet.star((middle, 47), 4.6, (190, 60, 52))
    sheet.text((RIGHT, 61), f"Số: {page.number}", SIZE, ink=PEN, anchor="rs")
    sheet.text((LEFT, 61), "Bản mẫu, không có giá trị", 2.6, ink=(128, 124, 120))
    sheet.text((middle, 72.5), "GIẤY KHAI SINH", 9.2, bold=True, ink=(182, 44, 48), anchor="ms")


def _rows(page: CertificatePage) -> list[tuple[Field, ...]]:
    """Everything between heading and signature, row by row."""
    return [
        (("Họ, chữ đệm, tên", page.name.upper()),),
        (("Ngày, tháng, năm sinh", page.born_on), ("ghi bằng chữ", page.born_in_words)),
        (("Giới tính", page.sex), ("Dân tộc", page.ethnicity), ("Quốc tịch", page.nationality)),
        (("Nơi sinh", page.birth_place),),
        (("Quê quán", page.home_town),),
        (("Số định danh cá nhân", page.personal_id),),
        *_parent("mẹ", page.mother),
        *_parent("cha", page.father),
        (("Họ, chữ đệm, tên người đi khai sinh", page.registrant),),
        (("Giấy tờ tùy thân", page.registrant_papers),),
        (("Nơi đăng ký khai sinh", page.registered_at),),
        (("Ngày, tháng, năm đăng ký", page.registered_on),),
    ]


def _parent(who: str, parent: Parent | None) -> list[tuple[Field, ...]]:
    known = parent or Parent("", "", "", "", "")
    return [
        ((f"Họ, chữ đệm, tên người {who}", known.name.upper()),),
        (("Năm sinh", known.born), ("Dân tộc", known.ethnicity), ("Quốc tịch", known.nationality)),
        (("Nơi cư trú", known.residence),),
    ]


def _row(sheet: Sheet, fields: tuple[Field, ...], y: float) -> float:
    """Print one row and return where the next begins; what does not fit goes on below."""
    x = LEFT
    for number, (label, value) in enumerate(fields):
        start = sheet.text((x, y), f"{label}:", SIZE, ink=FORM) + 1.6
        stop = (
            RIGHT
            if number == len(fields) - 1
            else max(LEFT + (RIGHT - LEFT) * (number + 1) / len(fields), start + 24)
        )
        sheet.dots((start, y + 1.1), stop - start - 1.5)
        first, *more = _fitted(sheet, value, stop - start)
        sheet.text((start + 0.8, y - 0.3), first, SIZE, bold=first.isupper(), ink=PEN)
        for each in more:
            y += 7.3
            sheet.dots((LEFT, y + 1.1), RIGHT - LEFT)
            sheet.text((LEFT + 0.8, y - 0.3), each, SIZE, ink=PEN)
        x = stop
    return y + 7.9


def _fitted(sheet: Sheet, value: str, room: float) -> list[str]:
    words = value.split()
    fits = len(words)
    while fits > 1 and sheet.length(" ".join(words[:fits]), SIZE) > room - 2:
        fits -= 1
    rest = " ".join(words[fits:])
    return [" ".join(words[:fits]), *(sheet.wrapped(rest, SIZE, RIGHT - LEFT) if rest else ())]


def _signature(sheet: Sheet, page: CertificatePage, y: float) -> None:
    sheet.text((150, y), "NGƯỜI KÝ GIẤY KHAI SINH", 4.4, bold=True, ink=FORM, anchor="ms")
    sheet.text((150, y + 5.4), "(Ký, ghi rõ họ, chữ đệm, tên, chức vụ, đóng dấu)", 3.3, ink=FORM, anchor="ms")
    swing = np.linspace(0, 1, 60)
    stroke_y = y + 18 - 5.5 * np.sin(swing * 19) * np.exp(-2.2 * swing) - 3 * swing
    stroke = list(zip(136 + 34 * swing, stroke_y, strict=True))
    for start, end in pairwise(stroke):
        sheet.rule(start, end, PEN, 0.45)
    sheet.text((150, y + 31), page.signer, SIZE, bold=True, ink=FORM, anchor="ms")


def _paper(px_per_mm: float, rng: np.random.Generator) -> Image:
    """Off-white with fibres and a faint green pattern of waves, as on forms that are hard to copy."""
    wide, high = (round(each * px_per_mm) for each in PAGE_MM)
    grain = cv2.resize(rng.normal(0, 1, (high // 6, wide // 6)).astype(np.float32), (wide, high))
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32) / px_per_mm
    waves = np.sin(y * 1.9 + 1.6 * np.sin(x / 7)) * np.sin(x * 0.5 + 2 * np.sin(y / 11))
    tone = np.stack([228 - 3 * waves, 236 - 0.5 * waves, 236 - 4 * waves], axis=2)
    return cast(Image, np.clip(tone + 1.4 * grain[..., None], 0, 255).astype(np.uint8))


def _stamped(sheet: Image, centre: tuple[float, float], px_per_mm: float, rng: np.random.Generator) -> Image:
    """Press a round red stamp over the signature; unevenly inked, text shows through."""
    x, y = (round(each * px_per_mm) for each in centre)
    reach = round(20 * px_per_mm)
    field = sheet[y - reach : y + reach, x - reach : x + reach]
    stamp = np.zeros(field.shape[:2], np.uint8)
    middle = (field.shape[1] // 2, field.shape[0] // 2)
    for radius, thick in ((17.5, 1.1), (15.6, 0.35), (9.5, 0.5)):
        cv2.circle(stamp, middle, round(radius * px_per_mm), 255, round(thick * px_per_mm), cv2.LINE_AA)
    turns = np.arange(10) * np.pi / 5 - np.pi / 2
    arms = np.where(np.arange(10) % 2, 2.9, 7.2) * px_per_mm
    corners = np.stack([middle[0] + arms * np.cos(turns), middle[1] + arms * np.sin(turns)], axis=1)
    cv2.fillPoly(stamp, [corners.astype(np.int32)], 255, cv2.LINE_AA)
    for turn in np.linspace(0, 2 * np.pi, 44, endpoint=False):  # stands for the lettering of the ring
        ends = [
            (middle[0] + r * px_per_mm * np.cos(turn), middle[1] + r * px_per_mm * np.sin(turn))
            for r in (11.2, 13.8)
        ]
        cv2.line(stamp, *(tuple(map(int, each)) for each in ends), 255, round(0.6 * px_per_mm), cv2.LINE_AA)  # type: ignore[call-overload]
    uneven = cv2.resize(rng.uniform(0.35, 1.0, (24, 24)).astype(np.float32), stamp.shape[::-1])
    weight = (stamp / 255 * uneven * 0.72)[..., None]
    field[:] = (field * (1 - weight) + np.minimum(field, (70, 52, 206)) * weight).astype(np.uint8)
    return sheet
