"""The words: Vietnamese in the code and the templates, other languages in kiosk/translations."""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from flask import Flask, has_request_context
from flask_babel import Babel
from jinja2 import StrictUndefined

from kiosk.web.station import settings
from kiosk.web.wording import in_groups

LOCALES = {"en": "en_GB"}
"""British dates: plain "en" would write 11/22/26."""


def speak(app: Flask, folder: Path) -> None:
    """Let templates translate with `_`, into any language that has a compiled catalogue in `folder`."""
    found = sorted(each.parent.parent.name for each in folder.glob("*/LC_MESSAGES/messages.mo"))
    app.extensions["languages"] = {code: _own_name(code) for code in ("vi", *found)}
    app.jinja_env.undefined = StrictUndefined  # a forgotten title fails when the page is made
    app.add_template_filter(in_groups)
    Babel(
        app,
        default_locale="vi",
        default_translation_directories=str(folder),
        locale_selector=_locale,
    )


def _locale() -> str:
    language = settings().language if has_request_context() else "vi"
    return LOCALES.get(language, language)


def _own_name(code: str) -> str:
    """As its speakers call it: "Tiếng Việt", "English"."""
    name = Locale.parse(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]
