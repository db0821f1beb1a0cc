"""Ways through the procedures by touch alone: the words of a heading say what is done on its screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.journeys.critic import Critic

Act = Callable[[Critic], None]
Acts = Mapping[str, Act]


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
    critic.touch("Thành phố Huế")


COMMON: Acts = {
    "có đồng ý": touches("Tôi đồng ý"),
    "mã số BHYT chưa": touches("Đã có"),
    "mang theo giấy tờ nào": touches("Thẻ căn cước"),
    "Đưa thẻ": lambda critic: critic.page.get_by_text("Đây có phải").wait_for(),
    "Đây có phải": touches("Đúng, tiếp tục"),
    "Mã số BHXH của anh/chị": types("7900000017"),
    "Số điện thoại di động": types("0912345678"),
    "là gì của con": touches("Bà"),
    "địa chỉ này": touches("Đúng, tiếp tục"),
    "Chụp": waits,
    "có thể bị trả lại": touches("Chụp lại"),
    "Đọc được chữ": touches("Dùng ảnh này"),
    "Thấy rõ mặt": touches("Dùng ảnh này"),
    "cơ quan BHXH này": touches("Đúng, tiếp tục"),
    "nộp bằng cách nào": touches("Đến cơ quan BHXH"),
}
"""What is done on a screen with these words in its heading."""

ADULT: Acts = {
    "thư điện tử": types("binh@gmail.com"),
    "liên hệ với ai": touches("Với chính tôi"),
    "chữ ký số": touches("Không có"),
    "sử dụng từ ngày nào": touches("Ngay khi nộp"),
    "giao dịch qua đâu": touches("Cổng thông tin"),
}
NEW_PHONE: Acts = {"muốn đổi": touches("Số điện thoại"), "di động mới": types("0987654321")}
WITHOUT_CARD: Acts = {
    "Họ và tên của": types("Le Mau"),
    "Ngày sinh của": types("05091985"),
    "nhận thư ở đâu": touches("Chọn địa chỉ"),
    "tỉnh, thành phố nào": searches_hue,
    "Xã, phường nào": touches("Phường"),
    "Số nhà": types("to hai"),
}
OLD_CARD: Acts = {
    "mang theo giấy tờ nào": touches("Chứng minh nhân dân"),
    "Số chứng minh": types("024681357"),
} | dict(WITHOUT_CARD)
PASSPORT: Acts = {
    "mang theo giấy tờ nào": touches("Hộ chiếu"),
    "Số hộ chiếu": types("B1234567"),
} | dict(WITHOUT_CARD)
NAME: Acts = {"cần sửa": touches("Họ và tên"), "đang ghi": types("Tran Binh")}
STOP: Acts = {
    "ngừng từ ngày nào": touches("Ngay khi nộp"),
    "Vì sao": touches("Không còn nhu cầu"),
}


def begin(critic: Critic, procedure: str) -> None:
    """From the start page into one of the other procedures, up to the consent."""
    critic.arrive()
    critic.touch(procedure)
    prepared(critic, procedure)


def prepared(critic: Critic, procedure: str) -> None:
    """Past the page that says what to have at hand."""
    critic.sees(procedure)
    critic.touch("Tôi có đủ")
    critic.page.locator("h1").filter(has_not_text=procedure).wait_for()


def walk(critic: Critic, *ways: Acts) -> None:
    """Screen after screen up to the review, each inspected on arrival."""
    inspected = set[str]()
    while "kiểm tra lại" not in (heading := critic.page.locator("h1").inner_text()):
        if heading not in inspected:
            critic.inspect(heading)
            inspected.add(heading)
        found = [act for way in (*ways, COMMON) for words, act in way.items() if words in heading]
        assert found, f"nothing to do at {heading!r}"
        found[0](critic)
        critic.settled()
        critic.page.locator("h1").filter(has_not_text=heading).first.wait_for()
    critic.inspect("review")


def child(critic: Critic) -> None:
    """The way that nearly everybody goes, with cards that can be read."""
    critic.arrive()
    critic.begin()
    critic.show_guardian_card()
    critic.show_child_card()
    critic.give_contact()
    critic.take_photographs()
    critic.sees("kiểm tra lại")


def child_directly(critic: Critic) -> None:
    """From the question about an account, which nobody has."""
    critic.arrive()
    critic.touch("Bắt đầu")
    critic.sees("tài khoản VssID chưa")
    critic.touch("Chưa có")
    critic.sees("cần có tài khoản")
    critic.touch("Đăng ký trực tiếp cho con")
    prepared(critic, "Đăng ký trực tiếp cho con")
    walk(critic, {"nếu có": touches("Bỏ qua")})


def adult(critic: Critic) -> None:
    begin(critic, "Đăng ký cho người lớn")
    walk(critic, ADULT)


def new_phone(critic: Critic) -> None:
    begin(critic, "Đổi thông tin liên hệ")
    walk(critic, NEW_PHONE)


def name_with_an_old_card(critic: Critic) -> None:
    begin(critic, "Sửa thông tin cá nhân")
    walk(critic, NAME, OLD_CARD)


def stop_with_a_passport(critic: Critic) -> None:
    begin(critic, "Ngừng giao dịch")
    walk(critic, STOP, PASSPORT)


PROCEDURES: Mapping[str, Act] = {
    "child": child,
    "directly": child_directly,
    "adult": adult,
    "change": new_phone,
    "correct": name_with_an_old_card,
    "stop": stop_with_a_passport,
}
"""Each from the start page to its review."""
