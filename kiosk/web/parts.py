"""The parts of a visit, each with the pages that can be reached: where an officer may go at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from flask import request

from kiosk.domain.procedures import Page
from kiosk.domain.steps import GROUPS, Step
from kiosk.visits import Visit
from kiosk.web.catalogue import gettext
from kiosk.web.route import address_of


@dataclass(frozen=True, slots=True)
class Place:
    """One page to go to. Shape: of a photograph `capture` is the kind, and the words are the kind's."""

    url: str
    words: str
    capture: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One of the groups that the progress line shows. Shape: at least one place; `name` is a message id."""

    name: str
    places: tuple[Place, ...]


_WORDS = {
    "check.account": "Tài khoản VssID",
    "check.card": "Mã số BHYT",
    "check.bring": "Giấy tờ mang theo",
    "consent.show": "Đồng ý",
    "guardian.show": "Thẻ căn cước",
    "child.show": "Thẻ BHYT của con",
    "contact.phone": "Điện thoại",
    "contact.relationship": "Quan hệ với con",
    "contact.address": "Địa chỉ liên hệ",
    "agency.show": "Cơ quan BHXH",
    "review.show": "Kiểm tra lại",
    "pledge.show": "Cam kết",
}
"""Of the pages that are no question of the profile and no photograph."""


def parts_reached(visit: Visit) -> tuple[Part, ...]:
    """Up to the first page that lacks an answer, that one included; never the receipt."""
    route, unanswered = visit.draft.route(), visit.draft.unanswered()
    reached = route[: route.index(unanswered[0]) + 1] if unanswered else route
    pages = [page for page in reached if page.step is not Step.RECEIPT]
    language = visit.settings.language
    return tuple(
        Part(GROUPS[group - 1][0], tuple(_place(page, language) for page in of_it))
        for group, of_it in groupby(pages, lambda page: page.step.group)
    )


def _place(page: Page, language: str) -> Place:
    url = address_of(page.name)
    words = page.field.label.in_language(language) if page.field else gettext(_WORDS.get(page.name, ""))
    return Place(url, words, page.capture or "", is_here=url == request.path)
