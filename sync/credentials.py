"""What a station shows central, and by what it knows central's answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.envelope import BadDocument, BadSignature, Context, open_document
from sync.faults import LineFault, Unreachable
from sync.signatures import Question, Reply, is_signed, sign_question, verify_reply
from sync.times import read_stamp


@dataclass(slots=True)
class Credentials:
    """The station's key, central's, and how far central's clock is ahead of ours, once central has said it.

    A wrong clock must not keep a station from sending, and only central's own word about the time is taken.
    """

    device: Ed25519PrivateKey = field(repr=False)
    central: Ed25519PublicKey
    now: Callable[[], datetime]
    ahead: timedelta = field(default=timedelta(0), init=False)

    def time(self) -> datetime:
        """Central's time, as far as we know it."""
        return self.now() + self.ahead

    def sign(self, question: Question, body: bytes | None) -> dict[str, str]:
        """Return the headers of a signed request, dated by central's clock."""
        return sign_question(question, body, self.device, self.central, self.time())

    def must_be_centrals(self, reply: Reply, body: bytes | None) -> None:
        """Return if this is central's answer to this request.

        Errors: Unreachable.
        """
        if not is_signed(reply.headers):
            detail = f"HTTP {reply.status_code} from somebody who is not central"
            raise Unreachable(LineFault.CAPTIVE_PORTAL, detail)
        try:
            verify_reply(reply, body, self.central)
        except BadSignature as why:
            raise Unreachable(LineFault.BAD_SIGNATURE, "not signed by the pinned central") from why

    def learn_time(self, document: bytes, nonce: str) -> None:
        """Take central's time over from its signed answer to a question with this nonce.

        Errors: Unreachable.
        """
        try:
            payload = open_document(document, self.central, Context.TIME)
            if payload["nonce"] != nonce:
                raise BadSignature("an answer to another question")
            self.ahead = read_stamp(payload["time"]) - self.now()
        except (BadDocument, KeyError, TypeError, ValueError) as why:
            raise Unreachable(LineFault.BAD_SIGNATURE, "not the time of the pinned central") from why
