"""A visitor who inspects each screen: what a machine can see of it, at every size and zoom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.visitor import Visitor

SMALLEST_PX = 20 * 4.03 - 1
"""20 mm on the panel of kiosk.toml, rounded down."""

PANELS = {"1024x768": (1024, 768), "1080x1920": (1080, 1920), "1920x1080": (1920, 1080)}
ZOOMED = {"1920x1080 at 400 %": (480, 270), "1280 at 400 %": (320, 480)}

_SMALL = """
([smallest]) => [...document.querySelectorAll("button, a[href], input")]
  .filter((each) => each.offsetParent && each.type !== "hidden")
  .map((each) => ({ words: each.innerText || each.name, box: each.getBoundingClientRect() }))
  .filter(({ box }) => box.width < smallest || box.height < smallest)
  .map(({ words, box }) => `${words}: ${box.width} x ${box.height}`)
"""

_BEYOND = """
() => {
  const beyond = document.documentElement.scrollWidth - innerWidth;
  const found = beyond > 0 ? [`${beyond} px wider`] : [];
  const walker = document.createTreeWalker(document.getElementById("screen"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const leaves = (words, box) =>
    words.left < Math.max(0, box.left) - 1 || words.right > Math.min(innerWidth, box.right) + 1 ||
    words.top < box.top - 8 || words.bottom > box.bottom + 8;
  while (walker.nextNode()) {
    const { textContent, parentElement } = walker.currentNode;
    // A table of data may scroll within its panel (WCAG 1.4.10).
    const unseen = parentElement.closest(".aside, .table") || !parentElement.checkVisibility();
    if (unseen || !textContent.trim()) continue;
    range.selectNodeContents(walker.currentNode);
    const words = range.getBoundingClientRect();
    const on = parentElement.closest("button, .button, .choice, .tool, .panel, .notice, .hero");
    const box = (on ?? parentElement).getBoundingClientRect();
    if (leaves(words, on ? box : words)) found.push(`cut: ${textContent.trim().slice(0, 40)}`);
  }
  return found;
}
"""

_LONG = """
() => [...document.querySelectorAll(":is(.notice, .guidance) :is(p, li), [class^=field__], .heading > p")]
  .filter((each) => each.checkVisibility())
  .flatMap((each) => [each, ...each.querySelectorAll("span")])
  .map((each) => {
    const range = document.createRange();
    const words = [...each.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const tops = new Set();
    for (const node of words) {
      range.selectNodeContents(node);
      for (const { top } of range.getClientRects()) tops.add(Math.round(top));
    }
    return [tops.size, words.map((node) => node.textContent).join("").trim()];
  })
  .filter(([lines]) => lines > 2)
  .map(([lines, words]) => `${lines} lines: ${words}`)
"""

_OUT_OF_ORDER = """
() => [...document.querySelectorAll(".actions :is(button, a[href])")]
  .filter((each) => each.checkVisibility())
  .map((each) => ({ words: each.innerText, box: each.getBoundingClientRect() }))
  .filter(({ box }, at, all) => {
    const before = at ? all[at - 1].box : box;
    return Math.abs(box.top - before.top) < 9 && box.left < before.left;
  })
  .map(({ words }) => `the Tab key comes to it too late: ${words}`)
"""


def out_of_order(page: Page) -> list[str]:
    """What stands in the bar before something that has its turn earlier (WCAG 2.4.3)."""
    found: list[str] = page.evaluate(_OUT_OF_ORDER)
    return found


def long(page: Page) -> list[str]:
    """Messages of more than two lines."""
    found: list[str] = page.evaluate(_LONG)
    return found


def beyond(page: Page) -> list[str]:
    """What needs sideways scrolling, and words that leave the panel or the button they stand on."""
    found: list[str] = page.evaluate(_BEYOND)
    return found


def at_size(page: Page, size: str, panels: Mapping[str, tuple[int, int]]) -> list[str]:
    """What is cut or too long in letters of this size on each panel; afterwards the screen is as before."""
    usual = page.viewport_size
    assert usual
    page.evaluate(f"document.documentElement.dataset.size = '{size}'")
    found = []
    for name, (width, height) in panels.items():
        page.set_viewport_size({"width": width, "height": height})
        seen = [*beyond(page), *out_of_order(page), *(long(page) if size == "largest" else ())]
        found += [f"{size} on {name}: {each}" for each in seen]
    page.evaluate("document.documentElement.dataset.size = 'normal'")
    page.set_viewport_size(usual)
    return found


@dataclass
class Critic(Visitor):
    """Inspects each screen when he first sees it so."""

    inspected: set[str] = field(default_factory=set)

    def sees(self, heading: str) -> None:
        super().sees(heading)
        self.inspect(heading)

    def inspect(self, name: str) -> None:
        shown = self.page.locator("main").inner_text()
        if shown in self.inspected:
            return
        self.inspected.add(shown)
        found = Axe().run(self.page).response["violations"]
        self.complaints += [f"{name}: axe {each['id']}: {each['nodes'][0]['html']}" for each in found]
        small = self.page.evaluate(_SMALL, [SMALLEST_PX])
        self.complaints += [f"{name}: smaller than a finger: {each}" for each in small]
        cut = beyond(self.page) + at_size(self.page, "largest", PANELS) + at_size(self.page, "normal", ZOOMED)
        self.complaints += [f"{name}: {each}" for each in cut]
