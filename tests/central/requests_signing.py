"""The signature of an enrolled station, for clients that are built upon `requests`."""

from __future__ import annotations

from http_message_signatures import HTTPMessageSignaturesException
from requests import PreparedRequest
from requests.auth import AuthBase

from sync.credentials import Credentials
from sync.signatures import Question


class StationAuth(AuthBase):
    """Signs each request as the postman does."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        assert request.method is not None
        assert request.url is not None
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        question = Question(request.method, request.url, dict(request.headers))
        try:
            signed = self.credentials.sign(question, None if request.method == "PATCH" else raw)
        except HTTPMessageSignaturesException:
            return request  # a header that must be signed is missing: so be it
        request.headers.update(signed)
        return request
