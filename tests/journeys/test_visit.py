"""The thinnest whole path: from a card before the camera to a signed acknowledgement."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from kiosk.rehearsal import CHILDREN, GUARDIAN
from tests.journeys.visitor import PHONE, Visitor
from tests.processes import House

pytestmark = pytest.mark.journey


def test_a_visit_arrives_at_central_and_opens_to_what_was_shown(house: House, visitor: Visitor) -> None:
    house.start("central", "serve", "sync")
    visitor.arrive()
    visitor.answer_everything()
    shown = _photographs_on_the_review(visitor)
    visitor.review()
    visitor.pledge()
    code, pin = visitor.receipt()

    until(lambda: _listed(house) == [code.replace("-", "")])
    answers, photographs = opened(house, code)
    assert answers["guardian"]["full_name"] == GUARDIAN.full_name
    assert answers["guardian"]["personal_id"] == GUARDIAN.personal_id.digits
    assert answers["guardian"]["address"] == GUARDIAN.address
    assert answers["child"]["full_name"] == CHILDREN[0].full_name
    assert answers["child"]["bhxh_number"] == CHILDREN[0].card_number.text
    assert answers["child"]["date_of_birth"] == "2021-09-05"
    assert answers["contact"] == {
        "phone": PHONE,
        "relationship": "mother",
        "address": "12/3 Đường Số 1, Phường Bình Trị Đông, Thành phố Hồ Chí Minh",
        "address_street": "12/3 Đường Số 1",
        "commune": "27448",
        "province": "79",
        "address_printed": GUARDIAN.address,
    }
    assert answers["answers"] == {"delivery": "in-person"}
    assert answers["agency"] == "07918"
    assert (answers["consent"]["version"], answers["pledge"]["version"]) == ("v1", "v0")
    assert {each["kind"]: each["sha256"] for each in answers["captures"]} == shown
    sheet = {"birth-certificate-sheet": answers["captures"][0]["sheet_sha256"]}
    assert photographs == shown | sheet, "the untouched pictures, and the paper cut out of one"
    assert [(each["kept"], each["flaws"]) for each in answers["captures"]] == [("good", []), ("good", [])]

    visitor.touch("Kết thúc")
    visitor.sees("Đăng ký tài khoản VssID cho con")
    visitor.look_up(code, pin)
    visitor.sees("Cơ quan BHXH đã nhận")
    until(lambda: not list((house.data / "station" / "parts").iterdir()), "sealed parts are removed")


def test_without_central_the_visit_is_saved_and_arrives_once_later(house: House, visitor: Visitor) -> None:
    house.start("serve", "sync")
    visitor.arrive()
    visitor.declare()
    visitor.page.get_by_text("Đã lưu tại máy này").first.wait_for()
    waiting = json.loads(house.kiosk("queue", "--json").stdout)
    assert [each["progress"] for each in waiting] == ["saved"]

    house.start("central")
    code = visitor.receipt()[0].replace("-", "")
    until(lambda: _listed(house) == [code])
    until(lambda: json.loads(house.kiosk("queue", "--json").stdout) == [])
    time.sleep(6)  # another interval passes and nothing comes twice
    assert _listed(house) == [code]


def test_a_second_child_of_the_same_guardian_needs_no_second_scan_of_the_guardian(
    house: House, visitor: Visitor
) -> None:
    house.start("central", "serve", "sync")
    visitor.arrive()
    visitor.declare()
    first, _ = visitor.receipt()
    visitor.touch("Khai cho con khác")
    visitor.show_child_card()
    visitor.take_photographs()
    visitor.review()
    visitor.pledge()
    second, _ = visitor.receipt()
    assert first != second
    until(lambda: len(_listed(house)) == 2)
    names = {opened(house, code)[0]["child"]["full_name"] for code in (first, second)}
    assert names == {child.full_name for child in CHILDREN}


def test_killed_right_after_the_pledge_the_declaration_is_there_once_and_its_slip_waits(
    house: House, visitor: Visitor
) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.declare()
    code, _ = visitor.receipt()
    visitor.forgive_silence()
    house.kill("serve")
    house.start("serve")
    assert [each["receipt_code"] for each in _queue(house)] == [code.replace("-", "")]
    visitor.arrive()
    printed = (house.data / "slips" / f"{code.replace('-', '')}.png").exists()
    if not printed:
        visitor.logs_in()
        visitor.touch("In biên nhận")
        until(lambda: list((house.data / "slips").glob("*.png")) != [])
    house.start("central", "sync")
    until(lambda: _listed(house) == [code.replace("-", "")])


def test_killed_before_the_pledge_nothing_is_kept_and_the_start_page_says_so(
    house: House, visitor: Visitor
) -> None:
    house.start("serve")
    visitor.arrive()
    visitor.begin()
    visitor.show_guardian_card()
    visitor.forgive_silence()
    house.kill("serve")
    house.start("serve")
    visitor.page.goto(f"{house.station_url}/")
    visitor.page.get_by_text("Lượt trước bị gián đoạn").wait_for()
    assert _queue(house) == []
    assert list((house.data / "station" / "parts").iterdir()) == []


def _photographs_on_the_review(visitor: Visitor) -> dict[str, str]:
    """Kind and sha-256 of the pictures that the review page shows, as the browser received them."""
    visitor.sees("kiểm tra lại")
    cookie = {each["name"]: each["value"] for each in visitor.page.context.cookies()}
    shown = {}
    for step, kind in (("certificate", "birth-certificate"), ("portrait", "portrait")):
        source = visitor.page.locator(f"img[src^='/{step}/picture.jpg']").get_attribute("src")
        picture = httpx.get(f"{visitor.url}{source}", cookies=cookie)
        assert picture.content.startswith(b"\xff\xd8\xff")
        shown[kind] = sha256(picture.content).hexdigest()
    return shown


def _queue(house: House) -> list[dict[str, object]]:
    listed: list[dict[str, object]] = json.loads(house.kiosk("queue", "--json").stdout)
    return listed


def _listed(house: House) -> list[str]:
    done = house.central("list", "--json")
    return [each["receipt_code"] for each in json.loads(done.stdout)] if done.returncode == 0 else []


def opened(house: House, code: str) -> tuple[dict[str, dict[str, object]], dict[str, str]]:
    """Open a declaration at central with central's private key: the answers, and the photographs' sha-256."""
    folder = house.data / f"opened-{code}-{datetime.now(UTC).timestamp()}"
    key = next((house.data / "central" / "review").glob("*.key"))
    done = house.central("open", code, "--key", str(key), "--to", str(folder))
    assert done.returncode == 0, done.stderr
    answers = json.loads(next(folder.rglob("answers.json")).read_text("utf-8"))
    return answers, {path.stem: _digest(path) for path in folder.rglob("*.jpg")}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def until(holds: Callable[[], bool], what: str = "", seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, what or "it did not happen"
        time.sleep(0.2)
