"""Flask's client as an enrolled station: signs what it asks, and believes only what central signed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from http_message_signatures import HTTPMessageSignaturesException
from werkzeug.test import TestResponse
from werkzeug.wrappers import Request

from sync.credentials import Credentials
from sync.signatures import Question, Reply, verify_reply


class SigningClient(FlaskClient):
    """`last` is the request as it went out, for a test that sends it again."""

    def __init__(self, *args: Any, credentials: Credentials, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.credentials = credentials
        self.last: dict[str, Any] = {}

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        asked = self._request_from_builder_args(args, kwargs)
        body = asked.environ["wsgi.input"].read()
        question = Question(asked.method, f"http://central{asked.environ['RAW_URI']}", dict(asked.headers))
        try:
            signed = self.credentials.sign(question, None if asked.method == "PATCH" else body)
        except HTTPMessageSignaturesException:
            signed = question.headers  # a header that must be signed is missing: so be it
        for name, value in signed.items():
            if name.lower() not in {"content-type", "content-length"}:
                asked.environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return self.send(asked.environ, body)

    def again(self) -> TestResponse:
        """Send the last request once more, byte for byte."""
        return self.send(self.last, self.last["body"])

    def send(self, environ: dict[str, Any], body: bytes) -> TestResponse:
        self.last = environ | {"body": body}
        answer = super().open(Request(environ | {"wsgi.input": BytesIO(body)}), buffered=True)
        if environ["RAW_URI"].startswith("/v1/"):
            url, headers = f"http://central{environ['RAW_URI']}", dict(Request(environ).headers)
            reply = Reply(
                answer.status_code, dict(answer.headers), Question(environ["REQUEST_METHOD"], url, headers)
            )
            said = None if environ["REQUEST_METHOD"] == "HEAD" else answer.data
            verify_reply(reply, said, self.credentials.central)
        return answer
