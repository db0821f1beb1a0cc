"""A receipt is looked up."""

from __future__ import annotations

from sync.central.problems import WireProblem


class BadStatusQuestion(WireProblem):
    """Not a receipt's code with its token or PIN."""

    code, status, title = "bad-question", 422, "Ask with {code, token} or {code, pin}."


class ReceiptUnknown(WireProblem):
    """No such receipt, or another secret: told the same."""

    code, status, title = "receipt-unknown", 404, "No receipt with this code and this secret is known here."


class TooManyTries(WireProblem):
    """Five wrong PINs."""

    code, status, title = "too-many-tries", 429, "The PIN was guessed five times; ask again in five minutes."
    retry_after = 300
