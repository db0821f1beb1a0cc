"""A station introduces itself, or says how it is."""

from __future__ import annotations

from sync.central.problems import WireProblem


class InvitationUnknown(WireProblem):
    """No such code."""

    code, status, title = "invitation-unknown", 404, "Central gave out no such code."


class InvitationExpired(WireProblem):
    """Too late."""

    code, status, title = "invitation-expired", 410, "The code was not used in time."


class InvitationUsed(WireProblem):
    """A code is good for one station."""

    code, status, title = "invitation-used", 409, "Another station has used this code."


class InvitationOfOther(WireProblem):
    """The code names a station."""

    code, status, title = "invitation-of-other", 409, "The code is for a station with another id."


class StationKnownProblem(WireProblem):
    """The id or the key is taken."""

    code, status, title = "station-known", 409, "A station with this id or this key is known already."


class BadEnrolment(WireProblem):
    """The wish to be enrolled cannot be read."""

    code, status, title = "bad-enrolment", 422, "The request to be enrolled is malformed."


class BadHeartbeat(WireProblem):
    """The heartbeat cannot be read."""

    code, status, title = "bad-heartbeat", 422, "The heartbeat is malformed or too long."
