"""Every other procedure, by touch alone, each screen inspected, and opened again at central."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser

from kiosk.rehearsal import CHILDREN, GUARDIAN
from tests.journeys.conftest import a_house
from tests.journeys.critic import Critic
from tests.journeys.test_visit import until
from tests.journeys.visitor import PATIENCE_MS
from tests.journeys.walks import (
    adult,
    child_directly,
    name_with_an_old_card,
    new_phone,
    stop_with_a_passport,
)
from tests.processes import House, run_central

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, desk: Path) -> Iterator[House]:
    """One station for all of them, as it stands in a hall: one visitor after the other."""
    with a_house(tmp_path_factory.mktemp("house"), desk) as built:
        built.start("central", "serve", "sync")
        yield built


@pytest.fixture
def critic(request: pytest.FixtureRequest, browser: Browser, house: House) -> Iterator[Critic]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    arrived = Critic(context.new_page(), house.station_url)
    yield arrived
    context.close()
    assert arrived.complaints == []


upright = pytest.mark.parametrize("critic", [(1080, 1920)], indirect=True)
lying = pytest.mark.parametrize("critic", [(1920, 1080)], indirect=True)
small = pytest.mark.parametrize("critic", [(1024, 768)], indirect=True)


@upright
def test_an_adult_registers_and_central_prints_the_form(house: House, critic: Critic) -> None:
    adult(critic)
    critic.touch("Xem tờ khai")
    critic.sees("Mẫu số 01")
    critic.touch("Quay lại")
    folder, answers = _submitted(house, critic)
    critic.page.get_by_text("trong 10 ngày kể từ hôm nay").wait_for()
    assert answers["procedure"] == "adult-registration"
    assert answers["holder"]["full_name"] == GUARDIAN.full_name
    assert answers["answers"]["e-mail"] == "binh@gmail.com"
    assert _pictures(answers) == {"id-front", "id-back", "adult-portrait"}
    text = _form(folder)
    assert "Địa chỉ thư điện tử: binh@gmail.com" in text
    assert critic.receipt()[0].replace("-", "") in text


@lying
def test_a_phone_number_is_changed(house: House, critic: Critic) -> None:
    new_phone(critic)
    folder, answers = _submitted(house, critic)
    assert answers["procedure"] == "change-details"
    assert answers["answers"]["new-phone"] == "0987654321"
    assert _pictures(answers) == {"id-front", "id-back"}
    assert "0987 654 321" in _form(folder)


@small
def test_a_name_is_corrected_with_an_old_identity_card(house: House, critic: Critic) -> None:
    name_with_an_old_card(critic)
    folder, answers = _submitted(house, critic)
    assert answers["procedure"] == "correct-identity"
    assert answers["answers"]["old-name"] == "Tran Binh"
    assert answers["answers"]["old-id-number"] == "024681357"
    assert _pictures(answers) == {"id-front", "id-back"}
    assert "024681357" in _form(folder)


@lying
def test_with_a_passport_everything_is_typed(house: House, critic: Critic) -> None:
    stop_with_a_passport(critic)
    folder, answers = _submitted(house, critic)
    assert answers["procedure"] == "stop-using"
    assert answers["answers"]["passport-number"] == "B1234567"
    assert answers["contact"]["province"] == "46"
    assert _pictures(answers) == {"passport"}
    assert "Không còn nhu cầu sử dụng" in _form(folder)


@upright
def test_without_an_account_a_child_is_declared_directly(house: House, critic: Critic) -> None:
    child_directly(critic)
    folder, answers = _submitted(house, critic)
    critic.page.get_by_text("trong 10 ngày kể từ hôm nay").wait_for()
    assert answers["procedure"] == "child-directly"
    assert answers["child"]["full_name"] == CHILDREN[0].full_name
    assert answers["contact"]["relationship"] == "grandmother"
    assert _pictures(answers) == {"birth-certificate", "portrait"}
    assert CHILDREN[0].full_name in _form(folder)


def _submitted(house: House, critic: Critic) -> tuple[Path, dict[str, Any]]:
    """Pledge, and open at central what arrived: the folder with the pictures, and the answers."""
    critic.review()
    critic.pledge()
    code = critic.receipt()[0]
    until(lambda: _has_arrived(house, code.replace("-", "")))
    folder = house.data / f"opened-{code}"
    key = house.data / "central" / "review" / "sealing.key"
    assert house.central("open", code, "--key", str(key), "--to", str(folder)).returncode == 0
    return folder, json.loads((folder / "answers.json").read_text("utf-8"))


def _has_arrived(house: House, code: str) -> bool:
    listed = json.loads(house.central("list", "--json").stdout)
    return any(each["receipt_code"] == code and each["received_at"] for each in listed)


def _pictures(answers: dict[str, Any]) -> set[str]:
    return {each["kind"] for each in answers["captures"]}


def _form(folder: Path) -> str:
    """What the form says that central drew, in one line."""
    assert run_central("paper", str(folder)).returncode == 0
    document = pypdfium2.PdfDocument(folder / "mau-so-01.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return text
