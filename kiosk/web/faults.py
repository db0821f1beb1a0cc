"""Every problem becomes a sentence on the screen; nothing typed is lost, nothing personal is logged."""

from __future__ import annotations

import logging

from flask import Flask, redirect, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kiosk.problems import Problem
from kiosk.problems.requests import MethodRefused, PageUnknown, RequestRefused, RequestTooLarge
from kiosk.problems.visit import StepSkipped, VisitEnded
from kiosk.web.htmx import part, screen, wants_part
from kiosk.web.route import resume
from kiosk.web.start import show_start
from kiosk.web.station import COOKIE, find_visit

log = logging.getLogger("kiosk.web")

_BY_STATUS: dict[int, type[Problem]] = {404: PageUnknown, 405: MethodRefused, 413: RequestTooLarge}


def explain(app: Flask) -> None:
    """Show a Problem as itself, a refused request as the problem that fits, and a bug as K000."""

    @app.errorhandler(Problem)
    def told(problem: Problem) -> Response:
        return _told(problem)

    @app.errorhandler(HTTPException)
    def refused(why: HTTPException) -> Response:
        status = why.code or 500
        kind = _BY_STATUS.get(status, Problem if status >= 500 else RequestRefused)
        response = _told(kind(f"{status} {request.method}"))
        if status == 405 and why.response is None:
            response.headers.extend(h for h in why.get_headers() if h[0] == "Allow")
        return response


def _told(problem: Problem) -> Response:
    level = logging.ERROR if problem.status >= 500 else logging.INFO
    log.log(level, "%s %s: %s", problem.code, request.endpoint, problem)
    if isinstance(problem, VisitEnded):
        return _start_again(problem)
    if isinstance(problem, StepSkipped) and request.method == "GET":
        return redirect(resume(find_visit()), 303)
    if wants_part():
        return _notice(problem)
    back = resume(find_visit())
    return screen("fault/page.html", status=problem.status, problem=problem.vi, code=problem.code, back=back)


def _start_again(problem: Problem) -> Response:
    response = show_start(status=problem.status, problem=problem.vi)
    response.delete_cookie(COOKIE)
    return response


def _notice(problem: Problem) -> Response:
    response = part("layout/_notice.html", problem=problem.vi, code=problem.code, status=problem.status)
    response.status_code = problem.status
    response.headers["HX-Retarget"] = "#notice"
    response.headers["HX-Reswap"] = "innerHTML"
    return response
