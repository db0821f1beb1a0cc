"""The words of the screen, in the visitor's language."""

from __future__ import annotations

from gettext import NullTranslations
from pathlib import Path

from flask import Flask, g, has_request_context
from jinja2 import StrictUndefined

from kiosk.languages import VIETNAMESE, catalogue, own_names
from kiosk.web.station import settings, station


def speak(app: Flask, folder: Path) -> None:
    """Let templates translate with `_`, into any language that has a compiled catalogue in `folder`."""
    app.extensions["languages"] = own_names(folder)
    app.jinja_env.undefined = StrictUndefined  # a forgotten title fails when the page is made
    app.add_template_global(gettext, "_")


def gettext(sentence: str, **values: object) -> str:
    """The sentence in the visitor's language, with the values put in where it says "%(name)s"."""
    said = _spoken().gettext(sentence) if sentence else ""  # nothing is the name of the catalogue's own head
    return said % values if values else said


def ngettext(one: str, many: str, num: int) -> str:
    """The same for a number of things, which it says with "%(num)s"."""
    return _spoken().ngettext(one, many, num) % {"num": num}


def _spoken() -> NullTranslations:
    """What this request is answered in; a page asks sixty times."""
    if "spoken" not in g:
        language = settings().language if has_request_context() else VIETNAMESE
        g.spoken = catalogue(station().config.screen.translations, language)
    spoken: NullTranslations = g.spoken
    return spoken
