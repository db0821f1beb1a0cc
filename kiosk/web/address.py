"""An address of the screen, such as /guardian/confirm."""

from __future__ import annotations

from collections.abc import Callable

from werkzeug.routing import Rule

Spell = Callable[..., tuple[str, str]]


class Address(Rule):
    """Learns to spell itself when a page first links to it.

    Werkzeug compiles two functions for each address as it is added: for 160 a tenth of the way to the first
    page, which links to six.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Spell:
        learn = super()._compile_builder
        learned: Spell | None = None

        def spell(rule: Rule, /, **values: object) -> tuple[str, str]:
            nonlocal learned
            learned = learned or learn(append_unknown)
            return learned(rule, **values)

        return spell
