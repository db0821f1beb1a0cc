"""Reference data read from files at start: form profiles and the agency directory."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

from kiosk.domain.agencies import Agency, Directory
from kiosk.domain.procedures import CaptureKind, Choice, Procedure, Wording


class BadReference(Exception):
    """A reference file cannot be used; the message names file and remedy."""


def load_procedure(path: Path) -> Procedure:
    """Read a form profile.

    Errors: BadReference.
    """
    try:
        return _procedure(tomllib.loads(path.read_text("utf-8")))
    except OSError as why:
        raise BadReference(f"{path}: cannot be read ({why.strerror})") from why
    except (KeyError, TypeError, ValueError) as why:
        raise BadReference(f"{path}: not a form profile: {why}") from why


def load_directory(path: Path) -> Directory:
    """Read an agency directory: a first line "# version: NAME.", a header, one office a line.

    Errors: BadReference.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
        version = re.match(r"# version: ([\w-]+)", lines[0])
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        agencies = tuple(Agency(row["code"], row["name"], row["province"]) for row in rows)
    except OSError as why:
        raise BadReference(f"{path}: cannot be read ({why.strerror})") from why
    except (KeyError, IndexError, ValueError) as why:
        raise BadReference(f"{path}: needs the columns code, name, province") from why
    if version is None:
        raise BadReference(f'{path}: the first line must be "# version: NAME"')
    return Directory(version[1], agencies)


def _procedure(table: dict[str, Any]) -> Procedure:
    return Procedure(
        id=table["id"],
        name=Wording(**table["name"]),
        form=table["form"],
        form_version=table["form_version"],
        consent_version=table["consent_version"],
        consent=tuple(Wording(**each) for each in table["consent"]),
        pledge_version=table["pledge_version"],
        pledge=Wording(**table["pledge"]),
        captures=tuple(CaptureKind(each) for each in table["captures"]),
        relationships=tuple(Choice(each["id"], Wording(**each["name"])) for each in table["relationships"]),
    )
