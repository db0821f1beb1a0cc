"""What a machine read on a birth certificate: printed labels, and fields to compare with what was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.dates import PartialDate
from kiosk.domain.names import tidied
from kiosk.domain.text import MalformedField, without_marks

_LABELS = (
    "giaykhaisinh",
    "hochudemten",
    "ngaythangnamsinh",
    "gioitinh",
    "dantoc",
    "quoctich",
    "noisinh",
    "quequan",
    "sodinhdanhcanhan",
    "nguoime",
    "noicutru",
    "nguoicha",
    "nguoidikhaisinh",
    "giaytotuythan",
    "noidangkykhaisinh",
    "ngaythangnamdangky",
)
"""Source: printed order of the current form (Luật Hộ tịch 2014, Điều 14); older forms have most of them."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_AROUND_A_NAME = re.compile(r"^[\W\d_]+|[\W\d_]+$")  # a dash or a quotation mark, which was the line's end
_DATE = re.compile(r"([0-9]{1,2})\D{1,8}([0-9]{1,2})\D{1,8}([0-9]{4})")
_NUMBER = re.compile(r"(?<![0-9])[0-9](?:[ .]?[0-9]){11}(?![0-9])")


@dataclass(frozen=True, slots=True, repr=False)
class CertificateText:
    """Fields as they were read; None where a label or its value was not. Never more than a finding."""

    child_name: str | None = None
    born: PartialDate | None = None
    personal_id: str | None = None  # twelve digits


def read_certificate(lines: tuple[str, ...]) -> CertificateText:
    """Find the child's name, date of birth and personal number behind their labels."""
    name = next(
        (rest for rest in _after(lines, "hochudemten") if not _folded(rest).startswith("nguoi")), None
    )
    born = next(_after(lines, "ngaythangnamsinh"), "")
    number = _NUMBER.search(next(_after(lines, "sodinhdanhcanhan"), ""))
    return CertificateText(
        tidied(_AROUND_A_NAME.sub("", name)) or None if name else None,
        _date(born),
        re.sub(r"[^0-9]", "", number.group()) if number else None,
    )


def labels_found(lines: tuple[str, ...]) -> float:
    """Which part of the printed labels was read, 0 to 1."""
    text = _folded(" ".join(lines))
    return sum(label in text for label in _LABELS) / len(_LABELS)


def _after(lines: tuple[str, ...], label: str) -> Iterator[str]:
    """Give what follows a label, line by line."""
    for line in lines:
        words = line.split()
        so_far = ""
        for number, word in enumerate(words, 1):
            so_far += _folded(word)
            if so_far.endswith(label):
                yield " ".join(words[number:]).lstrip(" :.")
                break


def _folded(text: str) -> str:
    """Small letters and digits without marks or spaces: what a machine reads right when it reads at all."""
    return _NOT_LETTERS.sub("", without_marks(text.lower()))


def _date(text: str) -> PartialDate | None:
    found = _DATE.search(text)
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return PartialDate(year, month, day)
    except MalformedField:
        return None
