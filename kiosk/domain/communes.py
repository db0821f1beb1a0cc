"""Provinces and communes of today, and what became of those before July 2025. Versioned data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kiosk.domain.text import without_marks

_KINDS = re.compile(
    r"^(THANH PHO|TP\.?|TINH|QUAN|Q\.|HUYEN|H\.|THI XA|TX\.?|THI TRAN|TT\.?|PHUONG|P\.|XA|X\.|DAC KHU)\s*"
)
_CALLED_COMMUNE = re.compile(r"(PHUONG|P\.|XA|X\.|DAC KHU)\s")


@dataclass(frozen=True, slots=True)
class Province:
    """One of the 34."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A ward, commune or special zone of today; below it there is nothing."""

    code: str
    name: str
    province: Province

    def shown(self) -> str:
        """With its province: "Phường Bình Trị Đông, Thành phố Hồ Chí Minh"."""
        return f"{self.name}, {self.province.name}"


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune as cards of before July 2025 print it, and the codes of those it went into."""

    name: str
    district: str
    province: str
    today: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Gazetteer:
    """All of them, found by code, by name with or without marks, or by an address on a card."""

    provinces: tuple[Province, ...]
    communes: tuple[Commune, ...]
    former: tuple[FormerCommune, ...] = ()
    _by_code: dict[str, Commune] = field(init=False, default_factory=dict)
    _by_place: dict[tuple[str, ...], tuple[str, ...]] = field(init=False, default_factory=dict)
    _districts: set[tuple[str, str]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self._by_code.update({each.code: each for each in self.communes})
        key = cache(bare)  # for this reading of the tables only: what visitors type is never kept
        for each in self.communes:
            self._know((key(each.province.name), key(each.name)), each.code)
        for old in self.former:
            self._districts.add((key(old.province), key(old.district)))
            self._know((key(old.province), key(old.district), key(old.name)), *old.today)

    def find(self, code: str) -> Commune | None:
        """The commune with this code, or None."""
        return self._by_code.get(code)

    def province(self, code: str) -> Province | None:
        """The province with this code, or None."""
        return next((each for each in self.provinces if each.code == code), None)

    def communes_of(self, province: Province, text: str = "") -> tuple[Commune, ...]:
        """Its communes whose name holds these words, with or without marks, in the order of the alphabet."""
        wanted = bare(text)
        found = (
            each for each in self.communes if each.province == province and wanted in search_key(each.name)
        )
        return tuple(sorted(found, key=lambda each: bare(each.name)))

    def provinces_like(self, text: str = "") -> tuple[Province, ...]:
        """The provinces whose name holds these words, with or without marks, in the order of the alphabet."""
        found = (each for each in self.provinces if bare(text) in search_key(each.name))
        return tuple(sorted(found, key=lambda each: bare(each.name)))

    def became(self, printed: str) -> tuple[Commune, ...]:
        """The communes of today that the place of an address on a card lies in.

        Shape:  several where a commune was divided: only who lives there knows; none where unknown.
        """
        place, _ = self._located(printed)
        return tuple(self._by_code[code] for code in self._by_place.get(place, ()))

    def street(self, printed: str) -> str:
        """What stands before the commune in an address on a card; all of it where the place is unknown."""
        place, street = self._located(printed)
        return ", ".join(street) if place in self._by_place else printed

    def _located(self, printed: str) -> tuple[tuple[str, ...], list[str]]:
        """The place an address names, from the province down, and what stands before it.

        A middle part that was a district is one, unless the address calls it a ward or a commune.
        """
        parts = [each.strip() for each in printed.split(",") if each.strip()]
        keys = [bare(each) for each in parts]
        old = tuple(keys[:-4:-1])
        if old in self._by_place:
            return old, parts[:-3]
        was_district = tuple(keys[:-3:-1]) in self._districts
        if was_district and not _CALLED_COMMUNE.match(search_key(parts[-2])):
            return (old[0], *old[2:]), parts[:-3]
        return tuple(keys[:-3:-1]), parts[:-2]

    def _know(self, place: tuple[str, ...], *codes: str) -> None:
        self._by_place[place] = tuple(sorted({*self._by_place.get(place, ()), *codes}))


def search_key(name: str) -> str:
    """Capital letters and digits without marks, single spaces: "Quận Cầu Giấy" -> "QUAN CAU GIAY"."""
    return " ".join(re.sub(r"[^A-Z0-9.'’/ -]", " ", without_marks(name.upper())).split())


def bare(name: str) -> str:
    """The search key without the kind of unit: cards leave "Xã" and "Huyện" out, or shorten "Thành phố"."""
    return _KINDS.sub("", search_key(name))
