"""Every other procedure, by touch alone, each screen inspected; one followed to central and its form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser

from kiosk.rehearsal import GUARDIAN
from tests.journeys.test_screen import Critic
from tests.journeys.test_visit import until
from tests.journeys.visitor import PATIENCE_MS
from tests.processes import House

pytestmark = pytest.mark.journey

Act = Callable[[Critic], None]


def touches(name: str) -> Act:
    return lambda critic: critic.touch(name)


def types(keys: str) -> Act:
    def act(critic: Critic) -> None:
        critic.taps(keys)
        critic.done()

    return act


def waits(critic: Critic) -> None:
    """The shutter fires by itself."""
    critic.page.locator("h1").filter(has_not_text="Chụp").wait_for()


def searches_hue(critic: Critic) -> None:
    """Among 34 provinces, by three letters without a mark."""
    critic.touch("Tìm theo tên")
    critic.sees("Tìm tỉnh")
    critic.taps("hue")
    critic.done()
    critic.sees("tỉnh, thành phố nào")
    critic.touch("Thành phố Huế")


COMMON: dict[str, Act] = {
    "có đồng ý": touches("Tôi đồng ý"),
    "mang theo giấy tờ nào": touches("Thẻ căn cước"),
    "Đưa thẻ": lambda critic: critic.page.get_by_text("Đây có phải").wait_for(),
    "Đây có phải": touches("Đúng, tiếp tục"),
    "Mã số BHXH của anh/chị": types("7900000017"),
    "Số điện thoại di động": types("0912345678"),
    "là gì của con": touches("Bà"),
    "địa chỉ này": touches("Đúng, tiếp tục"),
    "Chụp chân dung": waits,
    "Chụp giấy khai sinh": waits,
    "Chụp": touches("Chụp ảnh"),
    "có thể bị trả lại": touches("Chụp lại"),
    "ảnh rõ nhất": touches("Dùng ảnh này"),
    "Đọc được chữ": touches("Dùng ảnh này"),
    "Thấy rõ mặt": touches("Dùng ảnh này"),
    "cơ quan BHXH này": touches("Đúng, tiếp tục"),
    "nộp bằng cách nào": touches("Đến cơ quan BHXH"),
}
"""What is done on a screen with these words in its heading."""


def walk(critic: Critic, acts: dict[str, Act]) -> None:
    """Screen after screen up to the review, each inspected on arrival."""
    inspected = set[str]()
    while "kiểm tra lại" not in (heading := critic.page.locator("h1").inner_text()):
        if heading not in inspected:
            critic.inspect(heading)
            inspected.add(heading)
        found = [act for words, act in [*acts.items(), *COMMON.items()] if words in heading]
        assert found, f"nothing to do at {heading!r}"
        found[0](critic)
        critic.settled()
        critic.page.locator("h1").filter(has_not_text=heading).first.wait_for()
    critic.inspect("review")


def begin(critic: Critic, procedure: str) -> None:
    critic.arrive()
    critic.touch(procedure)
    critic.sees(procedure)
    critic.touch("Tôi có đủ")
    critic.sees("có đồng ý")


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


@upright
def test_an_adult_registers_and_central_prints_the_form(house: House, critic: Critic) -> None:
    house.start("central", "serve", "sync")
    begin(critic, "Đăng ký cho người lớn")
    walk(
        critic,
        {
            "thư điện tử": types("binh@gmail.com"),
            "liên hệ với ai": touches("Với chính tôi"),
            "chữ ký số": touches("Không có"),
            "sử dụng từ ngày nào": touches("Ngay khi nộp"),
            "giao dịch qua đâu": touches("Cổng thông tin"),
        },
    )
    critic.touch("Xem tờ khai")
    critic.sees("Mẫu số 01")
    critic.touch("Quay lại")
    critic.review()
    critic.pledge()
    critic.page.get_by_text("trong 10 ngày kể từ hôm nay").wait_for()
    code = critic.receipt()[0]
    until(lambda: json.loads(house.central("list", "--json").stdout)[0]["received_at"] is not None)
    folder = house.data / "opened"
    key = house.data / "central" / "review" / "sealing.key"
    assert house.central("open", code, "--key", str(key), "--to", str(folder)).returncode == 0
    answers = json.loads((folder / "answers.json").read_text("utf-8"))
    assert answers["procedure"] == "adult-registration"
    assert answers["holder"]["full_name"] == GUARDIAN.full_name
    assert answers["answers"]["e-mail"] == "binh@gmail.com"
    assert {each["kind"] for each in answers["captures"]} == {"id-front", "id-back", "adult-portrait"}
    text = _form(folder)
    assert "Địa chỉ thư điện tử: binh@gmail.com" in text
    assert code.replace("-", "") in text


@lying
def test_a_phone_number_is_changed(house: House, critic: Critic) -> None:
    house.start("serve")
    begin(critic, "Đổi thông tin liên hệ")
    walk(critic, {"muốn đổi": touches("Số điện thoại"), "di động mới": types("0987654321")})
    critic.review()
    critic.pledge()


@upright
def test_a_name_is_corrected(house: House, critic: Critic) -> None:
    house.start("serve")
    begin(critic, "Sửa thông tin cá nhân")
    walk(critic, {"cần sửa": touches("Họ và tên"), "đang ghi": types("Tran Binh")})
    critic.review()
    critic.pledge()


@lying
def test_with_a_passport_everything_is_typed(house: House, critic: Critic) -> None:
    house.start("serve")
    begin(critic, "Ngừng giao dịch")
    walk(
        critic,
        {
            "mang theo giấy tờ nào": touches("Hộ chiếu"),
            "Họ và tên": types("Le Mau"),
            "Ngày sinh": types("05091985"),
            "Số hộ chiếu": types("B1234567"),
            "ngừng từ ngày nào": touches("Ngay khi nộp"),
            "Vì sao": touches("Không còn nhu cầu"),
            "nhận thư ở đâu": touches("Chọn địa chỉ"),
            "tỉnh, thành phố nào": searches_hue,
            "Xã, phường nào": touches("Phường"),
            "Số nhà": types("to hai"),
        },
    )
    critic.review()
    critic.pledge()


@upright
def test_without_an_account_a_child_is_declared_directly(house: House, critic: Critic) -> None:
    house.start("serve")
    critic.arrive()
    critic.touch("Bắt đầu")
    critic.sees("tài khoản VssID chưa")
    critic.touch("Chưa có")
    critic.sees("cần có tài khoản")
    critic.touch("Đăng ký trực tiếp cho con")
    critic.sees("Đăng ký trực tiếp cho con")
    critic.touch("Tôi có đủ")
    critic.sees("mã số BHYT chưa")
    critic.touch("Đã có")
    critic.sees("có đồng ý")
    walk(critic, {"nếu có": touches("Bỏ qua")})
    critic.review()
    critic.pledge()
    critic.page.get_by_text("trong 10 ngày kể từ hôm nay").wait_for()


def _form(folder: Path) -> str:
    """What the form says that central drew, in one line."""
    from tests.processes import run_central

    assert run_central("paper", str(folder)).returncode == 0
    document = pypdfium2.PdfDocument(folder / "mau-so-01.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    return text
