"""The words: Vietnamese in the code and the templates, other languages in kiosk/translations.

.venv/bin/pybabel extract -F babel.cfg -o messages.pot .
.venv/bin/pybabel update -i messages.pot -d kiosk/translations --no-fuzzy-matching --omit-header
.venv/bin/pybabel compile -d kiosk/translations
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import IO, Any

from flask import Flask, has_request_context
from flask_babel import Babel
from jinja2 import StrictUndefined

from kiosk.web.station import settings
from kiosk.web.wording import in_groups

LOCALES = {"vi": "vi", "en": "en_GB"}
"""British dates: plain "en" would write 11/22/26."""

_VIETNAMESE = re.compile(r"[À-ỹĂăĐđƠơƯư]")


def speak(app: Flask) -> None:
    """Let templates translate with `_`, into the language the visitor chose."""
    app.add_template_filter(in_groups)
    app.jinja_env.undefined = StrictUndefined  # a forgotten title fails when the page is made
    Babel(
        app,
        default_locale="vi",
        default_translation_directories="kiosk/translations",
        locale_selector=_locale,
    )


def _locale() -> str:
    return LOCALES[settings().language] if has_request_context() else "vi"


def vietnamese(
    file: IO[bytes], _keywords: Any, _comments: Any, _options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Find the sentences in Python code, for pybabel.

    Code and comments are English, so every literal with a Vietnamese letter is one, unless it is a docstring.
    """
    tree = ast.parse(file.read())
    comments = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in comments:
            continue
        if _VIETNAMESE.search(node.value):
            yield node.lineno, "", node.value, []
