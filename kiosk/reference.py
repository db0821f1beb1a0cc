"""Reference data read from files at start: form profiles and the agency directory."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from kiosk.domain.agencies import Agency, BadDirectory, Directory
from kiosk.domain.fields import Field, FieldKind
from kiosk.domain.paper import PaperForm, Section
from kiosk.domain.procedures import About, Bring, CaptureKind, Page, Procedure, Procedures
from kiosk.domain.steps import Step
from kiosk.domain.wording import Choice, Wording

Read = TypeVar("Read")


IMPORTED_DIRECTORY = "agencies.csv"
"""The list that central told or `kiosk agencies` brought in, under the station's data."""


class BadReference(Exception):
    """A reference file cannot be used; the message names file and remedy."""


def load_procedures(folder: Path, offered: Iterable[str]) -> Procedures:
    """Read the form profiles of this station, in the order in which the start page offers them.

    Shape:  `folder` holds one file for each profile, and parts/ with what they share.
    Errors: BadReference.
    """
    read = tuple(load_procedure(folder / f"{each}.toml") for each in offered)
    if not read:
        raise BadReference(f"{folder}: no form profile is offered; name one in kiosk.toml, [form]")
    return Procedures(read)


def load_procedure(path: Path) -> Procedure:
    """Read a form profile.

    Errors: BadReference.
    """
    parts = path.parent / "parts"
    fields = _read(parts / "fields.toml", _fields)
    wording = _read(parts / "wording.toml", dict)
    return _read(path, lambda table: _procedure(table, fields, wording, parts))


def load_directory(shipped: Path, data_dir: Path) -> Directory:
    """Read the agency directory: the one central or `kiosk agencies` gave, else the one kiosk.toml names.

    Errors: BadReference.
    """
    imported = data_dir / IMPORTED_DIRECTORY
    path = imported if imported.exists() else shipped
    try:
        return read_directory(path.read_text("utf-8-sig"), str(path))
    except OSError as why:
        raise BadReference(f"{path}: cannot be read ({why.strerror})") from why


class Shelf:
    """The directory as it is now: one that was taken over counts without a restart."""

    def __init__(self, shipped: Path, data_dir: Path) -> None:
        self._shipped, self._data_dir = shipped, data_dir
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None
        self._directory = load_directory(shipped, data_dir)
        self._seen = self._state()

    def current(self) -> Directory:
        """Return the directory; the one before while a new file cannot be read."""
        with self._lock:
            if (seen := self._state()) != self._seen:
                self._seen = seen
                with suppress(BadReference):
                    self._directory = load_directory(self._shipped, self._data_dir)
            return self._directory

    def _state(self) -> tuple[int, int] | None:
        """What changes when the file is replaced."""
        try:
            found = (self._data_dir / IMPORTED_DIRECTORY).stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns


def read_directory(text: str, name: str) -> Directory:
    """Read a directory's text: a first line "# version: NAME", a header, one office a line.

    Errors: BadReference, beginning with `name`.
    """
    lines = text.splitlines()
    version = re.match(r"# version: ([\w.-]*[\w-])", lines[0]) if lines else None
    if version is None:
        raise BadReference(f'{name}: the first line must be "# version: NAME"')
    try:
        rows = csv.DictReader(line for line in lines if line.strip() and not line.startswith("#"))
        return Directory(version[1], tuple(_agency(row) for row in rows))
    except BadDirectory as why:
        raise BadReference(f"{name}: {why}") from why
    except (KeyError, ValueError, AttributeError) as why:
        raise BadReference(f"{name}: needs the columns code, name, province ({why})") from why


def _agency(row: dict[str, str]) -> Agency:
    return Agency(
        code=row["code"].strip(),
        name=row["name"].strip(),
        province=row["province"].strip(),
        valid_from=_day(row.get("valid_from")),
        valid_to=_day(row.get("valid_to")),
        successor=(row.get("successor") or "").strip(),
        address=(row.get("address") or "").strip(),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text.strip()) if text and text.strip() else None


def _read(path: Path, make: Callable[[dict[str, Any]], Read]) -> Read:
    try:
        return make(_table(path.read_text("utf-8")))
    except OSError as why:
        raise BadReference(f"{path}: cannot be read ({why.strerror})") from why
    except (KeyError, TypeError, ValueError) as why:
        raise BadReference(f"{path}: not a form profile: {why}") from why


@lru_cache(maxsize=32)
def _table(text: str) -> dict[str, Any]:
    """Every profile asks for the same parts, and a start asks twice; nobody changes what is handed out."""
    return tomllib.loads(text)


def _procedure(
    table: dict[str, Any], fields: dict[str, Field], wording: dict[str, Any], parts: Path
) -> Procedure:
    consent, pledge = table["consent"], table["pledge"]
    return Procedure(
        id=table["id"],
        name=Wording(**table["name"]),
        offer=Wording(**table["offer"]),
        form=table["form"],
        form_version=table["form_version"],
        about=About(table["about"]),
        consent_version=consent,
        consent=tuple(Wording(**each) for each in wording["consent"][consent]["sentences"]),
        pledge_version=pledge,
        pledge=Wording(**wording["pledge"][pledge]),
        saved=Wording(**table["saved"]),
        accepted=Wording(**table["accepted"]),
        destination=table["destination"],
        pages=tuple(_page(each, fields) for each in table["steps"]),
        paper=_read(parts / f"{table['paper']}.toml", _paper),
        relationships=_choices(wording["relationships"]),
        bring=tuple(Bring(each["drawing"], Wording(**each["name"])) for each in table["bring"]),
        one_of=tuple(tuple(each) for each in table.get("one_of", ())),
        appear_within_days=table.get("appear_within_days", 0),
        valid_from=table.get("valid_from"),
        valid_to=table.get("valid_to"),
    )


def _page(table: dict[str, Any], fields: dict[str, Field]) -> Page:
    """One entry of `steps`: a page that exists once, a field to ask for, or a picture to take."""
    when = tuple((field, tuple(answers)) for field, answers in table.get("when", {}).items())
    if "ask" in table:
        field = fields[table["ask"]]
        return Page(f"ask/{field.id}", field.step, field=field, when=when)
    if "shoot" in table:
        kind = CaptureKind(table["shoot"])
        return Page(f"{kind.step}.show", kind.step, capture=kind, when=when)
    return Page(table["page"], Step(table["page"].split(".")[0]), when=when)


_PLAIN = ("optional", "pattern", "past", "ahead", "usual", "drawing")
"""What a field takes as it stands in the file."""


def _fields(table: dict[str, Any]) -> dict[str, Field]:
    return {id_: _field(id_, each) for id_, each in table.items()}


def _field(id_: str, table: dict[str, Any]) -> Field:
    return Field(
        id=id_,
        kind=FieldKind(table["kind"]),
        label=Wording(**table["label"]),
        question=Wording(**table["question"]),
        rule=Wording(**table["rule"]),
        hint=Wording(**table["hint"]) if "hint" in table else None,
        step=Step(table.get("step", Step.CONTACT)),
        choices=_choices(table.get("choices", [])),
        **{name: table[name] for name in _PLAIN if name in table},
    )


def _choices(table: list[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(Choice(each["id"], Wording(**each["name"])) for each in table)


def _paper(table: dict[str, Any]) -> PaperForm:
    def lines(pairs: list[list[str]]) -> tuple[tuple[str, str], ...]:
        return tuple((label, fact) for label, fact in pairs)

    sections = tuple(Section(each["title"], lines(each["lines"])) for each in table["sections"])
    return PaperForm(**table | {"head": lines(table["head"]), "sections": sections})
