"""What is served from the disk: vendored files as they were published, styles by the panel."""

from __future__ import annotations

import hashlib
import re

from tests.conftest import ROOT
from tests.web.conftest import Screen

VENDOR = ROOT / "static" / "vendor"


def test_vendored_files_are_the_published_ones() -> None:
    lines = (VENDOR / "SHA384SUMS").read_text().splitlines()
    assert len(lines) == len(list(VENDOR.rglob("*.js")))
    for line in lines:
        digest, name = line.split()
        assert hashlib.sha384((VENDOR / name).read_bytes()).hexdigest() == digest, name
    assert (VENDOR / "htmx" / "LICENSE").is_file()


def test_pages_name_the_true_hash_of_htmx(screen: Screen) -> None:
    from base64 import b64encode

    digest = hashlib.sha384((VENDOR / "htmx" / "htmx.min.js").read_bytes()).digest()
    assert f'integrity="sha384-{b64encode(digest).decode()}"' in screen.sees("/").text


def test_the_panel_decides_how_large_a_millimetre_is(screen: Screen) -> None:
    assert screen.browser.get("/panel.css").text == ":root{--mm:4.03px}\n"


def test_whatever_a_page_loads_is_there(screen: Screen) -> None:
    page = screen.sees("/").text
    wanted = set(re.findall(r'(?:src|href)="(/static/[^"]+|/panel\.css[^"]*)"', page))
    assert len(wanted) > 8
    for address in wanted:
        with screen.browser.get(address) as answer:
            assert answer.status_code == 200, address
            assert "immutable" in answer.headers["Cache-Control"], "every address names its edition"
    script = next(each for each in wanted if each.endswith("/js/kiosk.js"))
    for address in (script.replace(script.split("/")[2], "of-before"), "/panel.css?v=1", "/panel.css"):
        with screen.browser.get(address) as answer:
            assert answer.status_code == 200, "a page from before an update still works,"
            assert answer.headers["Cache-Control"] == "no-cache", "but keeps nothing under a false name"
    scripts = (ROOT / "static" / "js").glob("*.js")
    imports = {name for script in scripts for name in re.findall(r'from "\./(\w+\.js)"', script.read_text())}
    assert all((ROOT / "static" / "js" / name).is_file() for name in imports)
