"""What comes home through a relay: a station's question for central, and central's return, both unread."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path

from sync.durable import write_durably
from sync.faults import Refused, Unreachable
from sync.line import Line
from sync.relay.intake import NotTaken, must_have_room
from sync.wire import BYTES, MAX_QUESTION_BYTES

_STATION = re.compile(r"[0-9A-HJKMNP-TV-Z]{4}")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Returns:
    """The newest question and answer of each station; central and station see whose they are."""

    folder: Path

    def prepare(self) -> None:
        """Make the folder; call once at start."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def swap(self, station: str, question: bytes) -> bytes | None:
        """Keep a station's question; hand out what central has answered to an earlier one, once.

        Errors: NotTaken; OSError.
        """
        if not _STATION.fullmatch(station) or not 0 < len(question) <= MAX_QUESTION_BYTES:
            raise NotTaken("bad-question", 400)
        answer = self._answer(station)
        if answer.exists():
            told = answer.read_bytes()
            answer.unlink()
            return told
        must_have_room(self.folder)
        write_durably(self._question(station), question)
        return None

    def fetch(self, line: Line) -> None:
        """Ask central what stations want to know. What fails now is tried in the next round.

        Errors: OSError.
        """
        for path in sorted(self.folder.glob("*.question")):
            headers = {"Content-Type": BYTES}
            try:
                content = path.read_bytes()
                answer = line.ask("POST", "/v1/returns", content=content, headers=headers, expect={200})
                write_durably(self._answer(path.stem), answer.body)
            except (Refused, Unreachable) as why:
                log.info("a return: %s", why)  # perhaps of a station that was revoked: no fault of the line
                if isinstance(why, Unreachable):
                    continue
            path.unlink(missing_ok=True)

    def _question(self, station: str) -> Path:
        return self.folder / f"{station}.question"

    def _answer(self, station: str) -> Path:
        return self.folder / f"{station}.answer"
