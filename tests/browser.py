"""Flask's client, which reads every page it gets as a strict reviewer would."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kiosk.web.guard import CONTENT_POLICY

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_NEEDS_LABEL = frozenset({"input", "select", "textarea"})
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "form", "aria-controls")
_ADDRESSES = ("src", "href", "action", "poster", "data-stream", "hx-get", "hx-post")


class InspectingClient(FlaskClient):
    """Flask's test client. Every page and part a test fetches is inspected; nobody has to ask for it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Fetch, then inspect what came and every redirect on the way."""
        response = super().open(*args, **kwargs)
        for each in (*response.history, response):
            inspect(each)
        return response


def inspect(response: TestResponse) -> None:
    """Fail on anything that no answer of the station may do."""
    headers = response.headers
    assert headers["Content-Security-Policy"] == CONTENT_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    if response.request.path.startswith("/static/") or response.request.path == "/panel.css":
        return
    assert headers["Cache-Control"] == "no-store"
    if response.mimetype != "text/html" or response.status_code in (204, 303):
        return
    assert "HX-Request" in headers.get("Vary", ""), "an address with two shapes says so"
    _inspect_syntax(response.text)
    read = Reading.of(response.text)
    _inspect_markup(read)
    if "<!doctype html>" in response.text:
        _inspect_page(read)
    elif headers.get("HX-Retarget") == "#screen":
        _inspect_screen(read)


def _inspect_syntax(text: str) -> None:
    """No parse error of the HTML standard: misplaced elements, bad attributes, unknown entities."""
    parser = html5lib.HTMLParser()
    if "<!doctype html>" in text:
        parser.parse(text.strip())
    else:
        parser.parseFragment(text.strip(), container="body")
    assert parser.errors == [], [(place, code) for place, code, _ in parser.errors]


@dataclass
class Tag:
    """One element: name, attributes, the text inside."""

    name: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    text: str = ""

    def __getitem__(self, attribute: str) -> str:
        return self.attributes.get(attribute, "")


@dataclass
class Reading(HTMLParser):
    """A page as a list of elements in order."""

    tags: list[Tag] = field(default_factory=list)
    _open: list[Tag] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Reading:
        read = cls()
        HTMLParser.__init__(read)
        read.feed(text)
        assert not read._open, f"never closed: {[tag.name for tag in read._open]}"
        return read

    def __getitem__(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = Counter(name for name, _ in attrs)
        assert max(names.values(), default=1) == 1, f"<{tag}> has an attribute twice: {names}"
        found = Tag(
            tag, {name: value or "" for name, value in attrs}, tuple(each.name for each in self._open)
        )
        self.tags.append(found)
        if tag not in _VOID:
            self._open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].name == tag, f"</{tag}> closes <{self._open[-1].name}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            tag.text += data


def _inspect_page(read: Reading) -> None:
    assert re.fullmatch("[a-z]{2,3}", read["html"][0]["lang"])
    assert len(read["main"]) == 1
    _inspect_screen(read)
    _inspect_references(read)


def _inspect_screen(read: Reading) -> None:
    headings = [tag.text.strip() for tag in read["h1"]]
    assert len(headings) == 1, f"exactly one h1, not {headings}"
    assert headings[0]
    titles = [tag.text.strip() for tag in read["title"]]
    assert len(titles) == 1, f"exactly one title, not {titles}"
    assert titles[0].startswith(headings[0]), "the tab says what the heading says"
    _inspect_levels([tag for tag in read.tags if re.fullmatch("h[1-6]", tag.name)])


def _inspect_markup(read: Reading) -> None:
    ids = Counter(tag["id"] for tag in read.tags if tag["id"])
    assert max(ids.values(), default=1) == 1, f"the same id twice: {ids}"
    for tag in read.tags:
        _inspect_nothing_inline(tag)
        _inspect_addresses(tag)
        _inspect_name(tag, read)


def _inspect_nothing_inline(tag: Tag) -> None:
    assert tag.name != "style", "no inline style sheets"
    assert tag.name != "script" or tag["src"], "no inline scripts"
    for name, value in tag.attributes.items():
        assert name != "style", f"<{tag.name}> has an inline style"
        assert not name.startswith(("on", "hx-on")), f"<{tag.name}> has {name}"
        assert not value.strip().lower().startswith(("javascript:", "js:")), f"<{tag.name}> {name} is code"
    assert "[" not in tag["hx-trigger"], "a trigger filter needs eval"


def _inspect_addresses(tag: Tag) -> None:
    for name in _ADDRESSES:
        address = urlsplit(tag[name])
        assert not address.netloc, f"<{tag.name}> {name} leads elsewhere: {tag[name]}"
        assert address.scheme in ("", "data"), f"<{tag.name}> {name} is {address.scheme}:"


def _inspect_name(tag: Tag, read: Reading) -> None:
    """Whatever can be used has a name that can be read aloud."""
    if tag.name in _NEEDS_LABEL and tag["type"] != "hidden":
        labels = [label["for"] for label in read["label"]]
        assert tag["id"] in labels or tag["aria-label"], f"{tag['name']} has no label"
    if tag.name in ("button", "a"):
        assert tag.text.strip() or tag["aria-label"], f"a {tag.name} without words: {tag.attributes}"
    if tag.name == "button":
        assert tag["type"] in ("submit", "button"), "a button says what it does"
    if tag.name == "img":
        assert "alt" in tag.attributes, f"{tag['src']} has no alt"
    if tag.name == "svg":
        assert tag["aria-hidden"] == "true" or "role" in tag.attributes or _in_named_image(tag)
    if tag.name == "form":
        assert tag["method"] == "post"
        assert tag["action"]
        assert tag["hx-post"] in ("", tag["action"]), "both ways lead to the same address"


def _in_named_image(tag: Tag) -> bool:
    return tag["class"] == "segno"  # inside an element with role=img and a label


def _inspect_references(read: Reading) -> None:
    ids = {tag["id"] for tag in read.tags}
    for tag in read.tags:
        for name in _REFERENCES:
            wanted = tag[name].split()
            assert ids.issuperset(wanted), f"<{tag.name}> {name} points to nothing: {wanted}"


def _inspect_levels(headings: list[Tag]) -> None:
    levels = [int(tag.name[1]) for tag in headings if "dialog" not in tag.inside]
    for above, below in pairwise(levels):
        assert below <= above + 1, f"a heading level is skipped: {levels}"
