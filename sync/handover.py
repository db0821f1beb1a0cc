"""The station's side of a relay: what waits is handed over on the LAN, and only central's word counts."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlite_utils import Database

from sync import outbox
from sync.answer import Answer
from sync.backoff import Breaker
from sync.bundle import BadBundle
from sync.faults import LineFault, Refused, Unreachable
from sync.line import Line
from sync.manifest import read_manifest
from sync.outbox import Entry, Kind, State
from sync.stick import Stick
from sync.transport import Delivered, believe, read_whole
from sync.wire import BYTES, JSON, MAX_BATCH, OFFSET_STREAM, RELAY_PREFIX
from sync.worker import Postman

PAUSE_SECONDS = 30.0
"""Between two walks through the queue: what the relay holds is asked for again, in 8 kB of the LAN each."""

ASK_SECONDS = 300.0
"""Between two returns by the relay. Source: with 10 kB for each question 3 MB a day of the relay's line."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Handover:
    """Hands the queue to a relay, page by page, and asks for central's word about each item.

    A relay cannot free a station, nor make it put anything aside: whatever it says that is not signed by
    the pinned central means "not now", and the item waits as before, for the line too.
    Shape: `line` has no credentials, so it believes nobody. `stick` reads what comes home besides words:
           events, key sets and refusals, in a return as a stick brings it; without one nothing does.
    Units: `ticks` counts seconds and never steps.
    """

    db: Database
    line: Line
    postman: Postman
    central: Ed25519PublicKey
    breaker: Breaker
    stick: Stick | None = None
    ticks: Callable[[], float] = time.monotonic
    _place: tuple[int, str] = field(default=(0, ""), init=False)
    _walks_at: float = field(default=0.0, init=False)
    _asks_at: float = field(default=0.0, init=False)
    _refused: dict[str, Entry] = field(default_factory=dict, init=False)

    def round(self) -> bool:
        """Hand over one page of what waits; say whether there is more to do at once.

        Errors: OSError; sqlite3.DatabaseError.
        """
        if not self.breaker.lets_try() or self.ticks() < self._walks_at:
            return False
        page = outbox.waiting_after(self.db, self._place, limit=MAX_BATCH)
        trouble, settled = self._hand_over_all(page)
        trouble = trouble or self._ask_for_news()
        self.breaker.learn(trouble, delivered=settled)
        if settled:
            log.info("the relay brought central's word", extra={"delivered": settled})
        if trouble:
            log.info("relay: %s", trouble)
            return False
        if len(page) < MAX_BATCH:
            self._place, self._walks_at = (0, ""), self.ticks() + PAUSE_SECONDS
            return False
        self._place = (page[-1].seq, page[-1].kind)
        return True

    def _hand_over_all(self, page: list[Entry]) -> tuple[Unreachable | None, int]:
        settled = 0
        for entry in page:
            try:
                receipt = self._hand_over(entry)
            except Refused as why:
                log.info("relay: not now: %s", why)  # this one; the others go on
                self._refused[entry.uuid] = entry
                continue
            except Unreachable as why:
                return why, settled
            if receipt:
                self.postman.settle(self.db, entry, receipt)
                settled += 1
        return None, settled

    def _ask_for_news(self) -> Unreachable | None:
        """Leave a question for central, and take what it answered to an earlier one.

        Not before all is handed over, and again after a while: each costs the relay 10 kB of its line.
        """
        if self.stick is None or self.ticks() < self._asks_at:
            return None
        asked = [each for each in self._refused.values() if _still_waits(self.db, each)][:MAX_BATCH]
        path, headers = f"{RELAY_PREFIX}/returns/{self.stick.station}", {"Content-Type": BYTES}
        try:
            question = self.stick.question(asked)
            answer = self.line.ask("PUT", path, content=question, headers=headers, expect={200, 202})
            if answer.status == 200:
                brought = self.stick.take(answer.body)
                self._asks_at, self._refused = self.ticks() + ASK_SECONDS, {}
                log.info("the relay brought news", extra={"events": brought.events})
        except (Refused, BadBundle) as why:
            log.info("relay: no news: %s", why)
            self._asks_at = self.ticks() + ASK_SECONDS
        except Unreachable as why:
            return why
        return None

    def _hand_over(self, entry: Entry) -> Delivered | None:
        """Return central's word, or None while the relay has none.

        Errors: Unreachable; Refused.
        """
        answer = self._tell(entry)
        if answer.status == 424:
            self._bring_parts(entry, answer)
            answer = self._tell(entry)
        return believe(entry, answer, self.central) if answer.status == 200 else None

    def _tell(self, entry: Entry) -> Answer:
        path, headers = f"{RELAY_PREFIX}/items/{entry.kind}/{entry.uuid}", {"Content-Type": JSON}
        return self.line.ask("PUT", path, content=entry.manifest, headers=headers, expect={200, 202, 424})

    def _bring_parts(self, entry: Entry, answer: Answer) -> None:
        wanted = answer.json().get("missing")
        if entry.kind is not Kind.DECLARATION or not isinstance(wanted, list):
            raise Unreachable(LineFault.CAPTIVE_PORTAL, "no list of missing parts")
        for part in read_manifest(entry.manifest).parts:
            if part.sha256 in wanted:
                content = read_whole(self.postman.parcels, part)
                path, headers = f"{RELAY_PREFIX}/parts/{part.sha256}", {"Content-Type": OFFSET_STREAM}
                self.line.ask("PUT", path, content=content, headers=headers, expect={200})


def _still_waits(db: Database, entry: Entry) -> bool:
    now = outbox.entry(db, entry.uuid)
    return now is not None and now.state is State.WAITING
