"""Help that needs nobody: where the number is, what people ask, which agency, what a card's code says."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hardware.protocols import Subject
from kiosk.actions.scan_card import look_for_any_health_card
from kiosk.domain.questions import Question, search
from kiosk.tables import load_questions
from kiosk.web.htmx import Idle, screen
from kiosk.web.looking import look_once, show_camera
from kiosk.web.route import resume
from kiosk.web.station import find_visit, settings, station

bp = Blueprint("guide", __name__, url_prefix="/guide")


@bp.get("/")
def show() -> Response:
    """Say what help there is."""
    return screen("guide/page.html", idle=Idle.READING, back=resume(find_visit()))


@bp.get("/number")
def number() -> Response:
    """Show where the ten digits are on each card."""
    return screen("guide/number.html", idle=Idle.READING, back=url_for("guide.show"))


@bp.get("/questions")
def questions() -> Response:
    """Show what people ask."""
    return _questions("")


@bp.post("/questions")
def ask() -> Response:
    """Find the questions meant. What is typed may be personal, so it comes in the body."""
    return _questions(request.form.get("words", ""))


@bp.get("/agencies")
def agencies() -> Response:
    """Show the directory."""
    return _agencies("")


@bp.post("/agencies")
def find_agency() -> Response:
    """Find an agency by name, province or code."""
    return _agencies(request.form.get("words", ""))


@bp.get("/card")
def card() -> Response:
    """Look for a health card, to show what its code says."""
    return show_camera(
        "guide/card.html", Subject.HEALTH_CARD, look=url_for("guide.look"), back=url_for("guide.show")
    )


@bp.post("/card")
def look() -> AnyResponse:
    """One look through the camera; what is read is shown and not kept."""
    return look_once(_show_card, Subject.HEALTH_CARD)


def _show_card() -> Response:
    read = look_for_any_health_card(station())
    return screen("guide/card_read.html", idle=Idle.READING, card=read, back=url_for("guide.card"))


def _questions(words: str) -> Response:
    found = search(_asked(), words)
    return screen(
        "guide/questions.html", idle=Idle.READING, words=words, found=found, back=url_for("guide.show")
    )


def _asked() -> tuple[Question, ...]:
    """In the visitor's language, or in Vietnamese where nobody has translated them yet."""
    known = load_questions()
    return known.get(settings().language, known["vi"])


def _agencies(words: str) -> Response:
    found = station().directory.search(words)
    return screen(
        "guide/agencies.html", idle=Idle.READING, words=words, found=found, back=url_for("guide.show")
    )
