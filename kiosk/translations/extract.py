"""Finds the sentences in Python code; named in babel.cfg, called by pybabel."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import IO, Any

_VIETNAMESE = re.compile(r"[À-ỹ]")

Found = tuple[int, str, str | tuple[str, ...], list[str]]


def vietnamese(
    file: IO[bytes],
    keywords: Any,  # noqa: ARG001 - Babel gives them by name
    comment_tags: Any,  # noqa: ARG001
    options: Any,  # noqa: ARG001
) -> Iterator[Found]:
    """Yield every string with a Vietnamese letter, unless it is a docstring; those of `ngettext` in pairs.

    Code and comments are English, so nothing has to be marked.
    """
    tree = ast.parse(file.read())
    done = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ngettext":
            pair = [each for each in node.args[:2] if isinstance(each, ast.Constant)]
            done |= {id(each) for each in pair}
            yield node.lineno, "ngettext", tuple(str(each.value) for each in pair), []
        elif isinstance(node, ast.Constant) and id(node) not in done and _is_sentence(node.value):
            yield node.lineno, "", str(node.value), []


def _is_sentence(value: object) -> bool:
    return isinstance(value, str) and _VIETNAMESE.search(value) is not None
