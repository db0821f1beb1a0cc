"""What was changed at the screen is kept beside the backups, and comes back where it was lost."""

from __future__ import annotations

import logging
from pathlib import Path

from kiosk.adjustments import FILE, read_adjustments
from kiosk.config import BadConfig
from sync.durable import write_durably

log = logging.getLogger(__name__)


def keep_adjustments(data_dir: Path) -> None:
    """Keep the file as it is; one that cannot be used leaves the last good copy, none leaves none.

    Errors: OSError (disk full).
    """
    path, copy = data_dir / FILE, data_dir / "backups" / FILE
    if not path.exists():
        copy.unlink(missing_ok=True)
    elif _is_good(path):
        write_durably(copy, path.read_bytes())
    else:
        log.warning("%s cannot be used; its last good copy stays in %s", path, copy.parent)


def bring_back_adjustments(data_dir: Path, copies: Path, aside: Path) -> bool:
    """Lay the kept file down again where there is none that can be used; say whether it was done.

    Shape: `copies` is the folder of the copies, `aside` where a file that cannot be used is moved. Raises
           nothing: without it kiosk.toml counts, and the database is worth more.
    """
    path, copy = data_dir / FILE, copies / FILE
    if _is_good(path) or not _is_good(copy):
        return False
    try:
        if path.exists():
            aside.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.replace(aside / FILE)
        write_durably(path, copy.read_bytes())
    except OSError as why:
        log.warning("%s was not brought back: %s", path, why.strerror)
        return False
    return True


def _is_good(path: Path) -> bool:
    try:
        return path.exists() and bool(read_adjustments(path))
    except BadConfig:
        return False
