"""What the browser may keep of styles, scripts and letters. What a visitor sees it never may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, Response, request

KEPT = "max-age=31536000, immutable"
"""An address that names its edition: other bytes have another address."""
AN_HOUR = "max-age=3600"
"""Letters are named by the style sheets, without an edition; after an update the old ones stay an hour."""
ASKED_AGAIN = "no-cache"
NEVER = "no-store"


def mark_editions(app: Flask) -> None:
    """Let every address of a static file name when the file was written."""

    @app.url_defaults
    def with_edition(endpoint: str, values: dict[str, Any]) -> None:
        name = values.get("filename", "")
        if endpoint == "static" and not name.startswith("fonts/"):
            values["v"] = f"{(Path(app.static_folder or '') / name).stat().st_mtime_ns:x}"


def keep_or_not(response: Response) -> str:
    """How long the browser may keep an answer: a value of Cache-Control."""
    is_panel = request.endpoint == "panel.css"
    if response.status_code >= 400 or not (is_panel or request.endpoint == "static"):
        return NEVER
    if "v" in request.args:
        return KEPT
    fonts = (request.view_args or {}).get("filename", "").startswith("fonts/")
    return AN_HOUR if fonts else ASKED_AGAIN
