"""Reads the tables beside the code: provinces, groups, levels, ages, communes. Each file names its source."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from sys import intern
from typing import Any

from kiosk.domain.communes import Commune, FormerCommune, Gazetteer, Province
from kiosk.domain.questions import Question
from kiosk.domain.tables import Ages, Group, GroupLevel, Tables

_DATA = Path(__file__).resolve().parent / "data"


@cache
def load_tables(folder: Path = _DATA) -> Tables:
    """Read provinces.toml, groups.toml and ages.toml, once for each folder.

    Errors: OSError, KeyError, TypeError or tomllib.TOMLDecodeError: a broken installation.
    """
    groups = _read(folder / "groups.toml")
    ages = _read(folder / "ages.toml")
    return Tables(
        provinces=_read(folder / "provinces.toml")["provinces"],
        groups={code: _group(code, table) for code, table in groups["groups"].items()},
        levels=groups["levels"],
        ages=Ages(**ages | {"milestones": tuple(ages["milestones"])}),
    )


@cache
def load_pronunciation(folder: Path = _DATA) -> dict[str, dict[str, str]]:
    """Read speech.toml: for each language, how abbreviations are said.

    Errors: as load_tables.
    """
    return _read(folder / "speech.toml")


@cache
def load_questions(folder: Path = _DATA) -> dict[str, tuple[Question, ...]]:
    """Read questions.toml: for each language, what people ask.

    Errors: as load_tables.
    """
    asked = _read(folder / "questions.toml")["questions"]
    return {language: tuple(Question(*each[language]) for each in asked) for language in ("vi", "en")}


@cache
def load_gazetteer(folder: Path = _DATA) -> Gazetteer:
    """Read addresses/communes.txt and addresses/former.txt, once for each folder.

    Errors: OSError, KeyError or ValueError: a broken installation.
    """
    provinces: dict[str, Province] = {}
    communes: list[Commune] = []
    for line in _lines(folder / "addresses" / "communes.txt"):
        code, rest = line.removeprefix("= ").split(" ", 1)
        if line.startswith("="):
            provinces[code] = Province(code, rest)
        else:
            province, name = rest.split(" ", 1)
            communes.append(Commune(intern(code), name, provinces[province]))
    former = tuple(_former(_lines(folder / "addresses" / "former.txt")))
    return Gazetteer(tuple(provinces.values()), tuple(communes), former)


def _former(lines: Iterator[str]) -> Iterator[FormerCommune]:
    province = district = ""
    for line in lines:
        if line.startswith("= "):
            province, district = line[2:].split(" | ")
        else:
            name, codes = line.split(": ")
            yield FormerCommune(name, district, province, tuple(map(intern, codes.split())))


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _group(code: str, table: dict[str, Any]) -> Group:
    return Group(code, table.get("name"), tuple(GroupLevel(**each) for each in table["levels"]))
