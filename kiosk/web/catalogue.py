"""The words: Vietnamese in the code and the templates, other languages in kiosk/translations."""

from __future__ import annotations

from flask import Flask, has_request_context
from flask_babel import Babel
from jinja2 import StrictUndefined

from kiosk.web.station import settings
from kiosk.web.wording import in_groups

LOCALES = {"vi": "vi", "en": "en_GB"}
"""British dates: plain "en" would write 11/22/26."""


def speak(app: Flask) -> None:
    """Let templates translate with `_`, into the language the visitor chose."""
    app.jinja_env.undefined = StrictUndefined  # a forgotten title fails when the page is made
    app.add_template_filter(in_groups)
    Babel(
        app,
        default_locale="vi",
        default_translation_directories="kiosk/translations",
        locale_selector=_locale,
    )


def _locale() -> str:
    return LOCALES[settings().language] if has_request_context() else "vi"
