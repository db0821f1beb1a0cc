"""The little drawing beside each flaw, for whoever does not read."""

from __future__ import annotations

from kiosk.domain.photo_words import FlawCode

MARKS: dict[str, str] = {
    FlawCode.NO_DOCUMENT: "frame",
    FlawCode.CUT_OFF: "frame",
    FlawCode.TOO_FAR: "nearer",
    FlawCode.LOW_RESOLUTION: "nearer",
    FlawCode.FACE_SMALL: "nearer",
    FlawCode.TOO_CLOSE: "farther",
    FlawCode.BLURRED: "hold",
    FlawCode.MOTION: "hold",
    FlawCode.GLARE: "glare",
    FlawCode.BRIGHT: "glare",
    FlawCode.DARK: "dark",
    FlawCode.SKEWED: "straighten",
    FlawCode.NO_FACE: "person",
    FlawCode.FACE_TURNED: "person",
    FlawCode.FACE_OFF_CENTRE: "person",
    FlawCode.MANY_FACES: "people",
    FlawCode.EYES_HIDDEN: "eye",
}
"""Names of templates/macros/icons.html, by the flaw's code."""
