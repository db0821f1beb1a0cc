"""A declaration is announced, committed or taken back."""

from __future__ import annotations

from sync.central.problems import WireProblem
from sync.wire import DECIDED, PARTS_MISSING, UNKNOWN_DECLARATION, WITHDRAWN


class BadManifestProblem(WireProblem):
    """The manifest cannot be read."""

    code, status, title = "bad-manifest", 422, "The manifest is malformed."


class BadSignatureProblem(WireProblem):
    """The manifest is not by the station it names."""

    code, status, title = "manifest-signature", 422, "The manifest is not signed by the station it names."


class OtherBytesProblem(WireProblem):
    """The id is taken."""

    code, status, title = "other-bytes", 409, "This id belongs to a declaration with other bytes."


class SizeDiffersProblem(WireProblem):
    """The part is known with another size."""

    code, status, title = "part-size-differs", 409, "This part was announced before with another size."


class BadBatch(WireProblem):
    """Not a list of manifests."""

    code, status, title = "bad-batch", 422, "The batch is malformed or too long."


class BadBundleProblem(WireProblem):
    """What should be a bundle is none, or not its station's."""

    code, status, title = "bad-bundle", 422, "This is no bundle that a known station signed."


class UnknownDeclaration(WireProblem):
    """A commit of what was never announced."""

    code, status, title = UNKNOWN_DECLARATION, 404, "No such declaration was announced."


class PartsMissing(WireProblem):
    """A commit before everything is here."""

    code, status, title = PARTS_MISSING, 424, "Not all parts are here; the missing ones are listed."


class Withdrawn(WireProblem):
    """Who made it took it back."""

    code, status, title = WITHDRAWN, 410, "This declaration was withdrawn."


class Decided(WireProblem):
    """Too late to take it back."""

    code, status, title = DECIDED, 409, "The declaration was accepted already."


class BadNotice(WireProblem):
    """The notice cannot be read, or is about another station's declaration."""

    code, status, title = "bad-notice", 422, "The notice is malformed or about another declaration."
