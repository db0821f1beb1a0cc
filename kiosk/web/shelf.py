"""Styles, scripts and letters: the only things of the station that a browser may keep."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from flask import Flask, Response, send_from_directory

ENDPOINTS = frozenset({"static", "panel.css"})
KEPT = "max-age=31536000, immutable"
"""For an address that names its edition: other bytes have another address."""
ASKED_AGAIN = "no-cache"


def serve_files(app: Flask, folder: Path) -> None:
    """Serve the files of a folder at addresses that name their edition.

    It stands in the path, so that the scripts and letters which those files name are of the same edition.
    """
    ours = _edition(folder)

    @app.get("/static/<edition>/<path:filename>", endpoint="static")
    def give(edition: str, filename: str) -> Response:
        """A page from before an update gets the files of today, and may not keep them."""
        response = send_from_directory(folder, filename)
        response.headers["Cache-Control"] = KEPT if edition == ours else ASKED_AGAIN
        return response

    @app.url_defaults
    def with_edition(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values["edition"] = ours


def _edition(folder: Path) -> str:
    """Twelve hex digits of what the files are called and hold."""
    whole = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        whole.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]
