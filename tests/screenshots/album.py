"""Somebody who walks through the station with a camera in hand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image

from kiosk.domain.communes import search_key
from tests.journeys.critic import Critic

SETTLE_MS = 700  # until the camera shows something and the fonts stand
SCALE = 0.5  # enough to judge a page by
_COLOURS = 128  # a quarter of the bytes; nobody misses the others


@dataclass
class Album(Critic):
    """Keeps a picture where a critic would inspect, once of each screen and panel.

    Shape: files are called by chapter, heading and panel: "child-kiem-tra-lai-1080x1920.png".
    """

    folder: Path = field(kw_only=True)
    chapter: str = field(default="", kw_only=True)
    kept: set[Path] = field(default_factory=set)

    def arrive(self) -> None:
        """The start page is no chapter's."""
        chapter, self.chapter = self.chapter, ""
        self.goes_to("/", "start")
        self.chapter = chapter

    def inspect(self, name: str) -> None:
        """Keep the screen under its heading."""
        self.keep(re.sub(r"[^a-z0-9]+", "-", search_key(name).lower()).strip("-")[:32].rstrip("-"))

    def keep(self, name: str) -> None:
        """Keep the screen as it is now."""
        panel = self.page.viewport_size
        assert panel
        title = "-".join(filter(None, (self.chapter, name)))
        path = self.folder / f"{title}-{panel['width']}x{panel['height']}.png"
        if path in self.kept:
            return
        self.kept.add(path)
        self.page.wait_for_timeout(SETTLE_MS)
        picture = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        picture.quantize(_COLOURS).save(path, optimize=True)

    def goes_to(self, path: str, name: str) -> None:
        """Load a page whole, and keep it."""
        self.page.goto(f"{self.url}{path}")
        self.keep(name)
