"""The make-believe desk, looked at through the real camera class and read by real readers."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from pyzbar import pyzbar

from hardware.camera import OpencvCamera
from hardware.protocols import Image, Subject
from hardware.settings import CameraSettings
from hardware.sim.desk import (
    CardFace,
    CertificatePage,
    Child,
    DeskScenes,
    Parent,
    Person,
    lay_desk,
    lay_receipt,
)

FPS = 6
FONTS = Path(__file__).resolve().parents[2] / "static/fonts"
CITIZEN_QR = (
    "001185000017||Vũ Thị Ưởng|15061985|Nữ|Số 7 Ngõ Đỗ, Phường Giảng Võ, Quận Ba Đình, Hà Nội|20052021"
)
HEALTH_QR = (
    "0100000017|56c5a920c490e1bba963204de1baab6e|05/09/2021|1|-|01 - 024|01/01/2026|-|05/01/2026|"
    "01010100000017|56c5a9205468e1bb8b20c6afe1bb9f6e67|4| 01/01/2031|0123456789abcdef-7102|1|"
    "5175e1baad6e2042612044c3ac6e68|$"
)
MOTHER = Parent("Vũ Thị Ưởng", "1985", "Kinh", "Việt Nam", "Số 7 Ngõ Đỗ, Phường Giảng Võ, Hà Nội")
PAGE = CertificatePage(
    number="125/2021",
    name="Vũ Đức Mẫn",
    born_on="05/09/2021",
    born_in_words="Ngày năm tháng chín năm hai nghìn không trăm hai mươi mốt",
    sex="Nam",
    ethnicity="Kinh",
    nationality="Việt Nam",
    birth_place="Bệnh viện Phụ sản, Hà Nội",
    home_town="Xã Ngọc Hòa, Huyện Chương Mỹ, Hà Nội",
    personal_id="001221000015",
    mother=MOTHER,
    father=None,
    registrant="Vũ Thị Ưởng",
    registrant_papers="CCCD số 001185000017",
    registered_at="UBND Phường Giảng Võ, Hà Nội",
    registered_on="20/09/2021",
    signer="Lê Thị Hoa",
)
VISIT_SECONDS = 5.5  # empty, coming, staying, going: at six pictures a second 33 of them


def child(number: int) -> Child:
    card = CardFace(f"{number}{HEALTH_QR}", (("Mã số", f"01 0000 00{number}7"), ("Họ và tên", "VŨ ĐỨC MẪN")))
    return Child(card, PAGE, Person(number, female=number == 2))


SCENES = DeskScenes(
    CardFace(CITIZEN_QR, (("Số", "001 185 000 017"), ("Họ và tên", "VŨ THỊ ƯỞNG")), Person(9, adult=True)),
    (child(1), child(2)),
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twin") / "desk"
    lay_desk(folder, SCENES, FONTS, size=(1920, 1080), seed=1, fps=FPS)
    return folder


def frame(desk: Path, subject: Subject, seconds: float) -> Image:
    """What the loop shows so many seconds after its start; grey."""
    return cv2.imread(str(desk / subject / f"{round(seconds * FPS):03d}.jpg"), cv2.IMREAD_GRAYSCALE)


def codes(image: Image) -> list[str]:
    return [each.text for each in zxingcpp.read_barcodes(image)]


def test_each_loop_shows_an_empty_desk_then_one_card_after_another(desk):
    first, second = ([each.health_card.qr] for each in SCENES.children)
    visit = VISIT_SECONDS
    seen = [
        codes(frame(desk, Subject.HEALTH_CARD, at)) for at in (0, 1.4, 4.8, visit, visit + 1.4, visit + 4.8)
    ]
    assert seen == [[], first, first, [], second, second]


@pytest.mark.parametrize(("subject", "error"), [(Subject.CITIZEN_CARD, "m"), (Subject.HEALTH_CARD, "l")])
def test_both_readers_find_the_code_at_three_pixels_a_module_or_more(desk, subject, error):
    image = frame(desk, subject, 3)
    (code,) = zxingcpp.read_barcodes(image)
    assert code.text in (CITIZEN_QR, SCENES.children[0].health_card.qr)
    left, right = code.position.top_left, code.position.top_right
    symbol = segno.make_qr(code.text, error=error, encoding="utf-8", boost_error=False)
    assert np.hypot(right.x - left.x, right.y - left.y) / symbol.symbol_size(border=0)[0] >= 3
    (also,) = pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])
    assert len(also.data) >= len(
        code.text
    )  # its text may be garbled, which is why the station asks for bytes


@pytest.mark.parametrize("seconds", [1.4, 3, 4.8, VISIT_SECONDS + 3])
def test_a_portrait_is_exactly_one_face(desk, seconds):
    detector = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
    small = cv2.resize(frame(desk, Subject.PORTRAIT, seconds), (640, 360))
    assert len(detector.detectMultiScale(small, 1.1, 5)) == 1


def test_the_certificate_can_be_read_with_its_marks(desk):
    page = frame(desk, Subject.BIRTH_CERTIFICATE, 3)
    middle = page[:, page.shape[1] // 4 : -page.shape[1] // 4]
    png = cv2.imencode(".png", middle)[1].tobytes()
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "4", "-c", "thresholding_method=2"]
    text = subprocess.run(command, input=png, capture_output=True, check=True).stdout.decode()
    printed = [PAGE.born_on, PAGE.birth_place, PAGE.home_town, PAGE.personal_id, MOTHER.residence]
    assert sum(words in text for words in printed) >= len(printed) - 1
    order = ("GIẤY KHAI SINH", "Nơi sinh", "người mẹ", "người cha", "NGƯỜI KÝ")
    places = [text.index(label) for label in order]
    assert places == sorted(places)


def test_the_camera_plays_the_desk(desk):
    settings = CameraSettings(f"folder:{desk}", f"folder:{desk}", 1920, 1080, FPS)
    eyes = OpencvCamera(settings)
    eyes.aim(Subject.CITIZEN_CARD)
    read: list[str] = []
    for _ in range(60):
        read = codes(cv2.cvtColor(eyes.still(Subject.CITIZEN_CARD).image, cv2.COLOR_BGR2GRAY))
        if read:
            break
    eyes.close()
    assert read == [CITIZEN_QR]


def test_an_aim_without_pictures_of_its_own_sees_the_bare_desk(desk):
    eyes = OpencvCamera(CameraSettings(f"folder:{desk}", f"folder:{desk}", 1920, 1080, FPS))
    eyes.aim(Subject.CITIZEN_CARD_BACK)
    image = eyes.newest(Subject.CITIZEN_CARD_BACK).image
    eyes.close()
    assert image.shape == (1080, 1920, 3)


def test_the_back_of_the_citizen_card_lies_there_if_its_lines_are_given(tmp_path):
    lines = (
        "IDVNM1850001232079185000123<<2",
        "8506151F2506159VNM<<<<<<<<<<<2",
        "TRAN<<THI<BINH<<<<<<<<<<<<<<<<",
    )
    lay_desk(tmp_path, replace(SMALL, back_lines=lines), FONTS, size=(1920, 1080), seed=1, fps=2)
    image = cv2.imread(str(tmp_path / Subject.CITIZEN_CARD_BACK / "006.jpg"), cv2.IMREAD_GRAYSCALE)
    png = cv2.imencode(".png", image[600:900, 350:1600])[1].tobytes()
    command = [
        "tesseract",
        "stdin",
        "stdout",
        "--psm",
        "6",
        "-c",
        "tessedit_char_whitelist=ABDFHIMNRTV<0123456789",
    ]
    text = (
        subprocess.run(command, input=png, capture_output=True, check=True).stdout.decode().replace(" ", "")
    )
    assert lines[0] in text
    assert lines[1][:18] in text
    assert "TRAN" in text


SMALL = replace(SCENES, children=SCENES.children[:1])


def test_the_same_seed_lays_the_same_desk_and_nothing_else_beside_it(tmp_path):
    for name in ("one", "two"):
        lay_desk(tmp_path / name, SMALL, FONTS, size=(480, 270), seed=5, fps=5)
    one, two = (sorted((tmp_path / name).rglob("*.*")) for name in ("one", "two"))
    assert [each.name for each in one] == [each.name for each in two]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(one, two, strict=True))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["one", "two"]


def test_a_desk_is_laid_once_and_again_only_when_something_changes(tmp_path):
    def lay(scenes: DeskScenes) -> int:
        lay_desk(tmp_path / "desk", scenes, FONTS, size=(480, 270), seed=5, fps=5)
        return (tmp_path / "desk" / "portrait" / "000.jpg").stat().st_ino

    first = lay(SMALL)
    assert lay(SMALL) == first
    changed = replace(SMALL, citizen_card=replace(SMALL.citizen_card, qr="another"))
    assert lay(changed) != first
    assert [each.name for each in tmp_path.iterdir()] == ["desk"]


def test_a_printed_slip_can_be_laid_under_the_camera(tmp_path):
    slip = np.full((1400, 576), 255, np.uint8)
    code = segno.make_qr("BHXH1|0042-0007-X|secret", error="m", boost_error=False)
    modules = np.kron(np.where(np.array(code.matrix), 0, 255), np.ones((8, 8))).astype(np.uint8)
    slip[900 : 900 + len(modules), 150 : 150 + len(modules)] = modules
    (tmp_path / "desk").mkdir()
    for _ in range(2):
        lay_receipt(tmp_path / "desk", slip, FONTS, size=(1920, 1080), fps=FPS)
    assert codes(frame(tmp_path / "desk", Subject.RECEIPT, 3)) == ["BHXH1|0042-0007-X|secret"]
    assert [each.name for each in (tmp_path / "desk").iterdir()] == ["receipt"]


def test_nobody_is_told_who_is_on_the_desk():
    assert "Vũ" not in repr(SCENES)
    assert CITIZEN_QR not in repr(SCENES.citizen_card)
