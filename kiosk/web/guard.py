"""Who may ask, and what every answer says: same origin, known host, no store, nothing from outside."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Response, request

from kiosk.problems.requests import ForeignRequest, RequestTooLarge
from kiosk.web import shelf
from kiosk.web.station import release_on

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

LARGEST_REQUEST_BYTES = 64 * 1024
"""Forms here are a few short answers: pictures come from the camera, never from the browser.
Below Werkzeug's 500 kB, so that no upload is ever spooled to a temporary file."""

_LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def protect(app: Flask, host: str) -> None:
    """Refuse foreign requests and mark every answer; `host` is the address the station listens on."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_REQUEST_BYTES
    known = _LOOPBACK | {host}
    release_on(app)

    @app.before_request
    def refuse_foreign() -> None:
        if _host_name(request.host) not in known:
            raise ForeignRequest("host")
        if request.method not in _SAFE_METHODS and not _is_same_origin():
            raise ForeignRequest("origin")
        if (request.content_length or 0) > LARGEST_REQUEST_BYTES:
            raise RequestTooLarge(f"{request.content_length} bytes")  # also where no view would read it

    @app.after_request
    def mark(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        if response.status_code >= 400 or request.endpoint not in shelf.ENDPOINTS:
            response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return response


def _is_same_origin() -> bool:
    """Browsers say where a request comes from (Fetch Metadata); a client that says nothing is no browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


def _host_name(host: str) -> str:
    return host if host.endswith("]") else host.rsplit(":", 1)[0] if ":" in host else host
