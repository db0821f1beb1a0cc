"""Every procedure by touch in Chromium, alone and with an officer beside: touches, and what a critic says."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from kiosk import config
from kiosk.domain.officers import Role
from kiosk.rehearsal import lay_family_desk
from tests.bench._bilingual import Bilingual
from tests.conftest import ROOT
from tests.journeys.conftest import CHROMIUM, FLAGS, UPRIGHT
from tests.journeys.visitor import PATIENCE_MS, Visitor
from tests.journeys.walks import PROCEDURES
from tests.processes import House, write_settings
from tests.stations import enrol, take_on_officers

MODES = ("kiosk", "assisted")


def run(full: bool) -> None:
    """Print a row for each mode and procedure, pledged; an officer stays logged in from one to the next."""
    print(f"{'':<32}{'touches':>9}{'keys':>6}  complaints (axe, 20 mm, words cut, two lines)")
    for mode in MODES:
        with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
            house = _house(Path(folder), mode)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            try:
                _walk_all(browser, house, mode, 6 if full else 1)
            finally:
                browser.close()
                house.stop()


def _house(data: Path, mode: str) -> House:
    enrol(data)
    take_on_officers(data)
    lay_family_desk(data / "desk", ROOT / "static" / "fonts", config.load(ROOT / "kiosk.toml").camera)
    house = House(data, config=write_settings(data, {'mode = "kiosk"': f'mode = "{mode}"'}))
    house.start("serve")
    return house


def _walk_all(browser: Browser, house: House, mode: str, procedures: int) -> None:
    context = browser.new_context(viewport=UPRIGHT, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    critic = Bilingual(context.new_page(), house.station_url)
    if mode == "assisted":
        Visitor(critic.page, critic.url).logs_in(Role.OFFICER)
        critic.sees("Bàn nhân viên")
    for name, walk in list(PROCEDURES.items())[:procedures]:
        critic.touches = critic.keys = 0
        critic.complaints.clear()
        walk(critic)
        critic.review()
        critic.pledge()
        found = "; ".join(critic.complaints) or "none"
        print(f"{mode + ', ' + name:<32}{critic.touches:>9}{critic.keys:>6}  {found}", flush=True)
        critic.touch("Kết thúc")
        critic.sees("Đăng ký tài khoản VssID cho con")
    context.close()
