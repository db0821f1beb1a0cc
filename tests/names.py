"""A thousand Vietnamese names, put together by a seed. None is anyone's."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase

from tests import cards

_FAMILY = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Mai Trịnh Đào
Cao Lương Lưu Tạ Thái Châu Tăng Từ Quách Triệu Vương Thạch Kiều Giang Giàng Khuất Nghiêm Ứng Ưng Ông
Tôn Quản Phùng Hứa Âu Đàm
"""
_MIDDLE = """
Văn Thị Hữu Đức Minh Ngọc Thanh Gia Bảo Khánh Xuân Thu Quốc Thùy Hoài Phương Quỳnh Tường Thiện
Nguyệt Thúy Bích Ánh Diễm Tuyết Kim Mỹ Hải Thế Trọng Quang Như Ý Huy Uyên Yến Đăng Anh Phước Công
Khuê Tiểu
"""
_GIVEN = """
An Ánh Ân Bình Bưởi Chiến Cường Cửu Dũng Duyên Đạt Điểm Đường Giáng Giếng Gìn Hạnh Hiếu Hòa Hoàng
Huệ Hưởng Hường Khiêm Khỏe Khuyến Khuê Kiệt Lạc Lễ Liễu Loan Lượng Mẫn Mười Mỹ Nghĩa Ngoan Ngoạn
Nguyệt Nhân Nhượng Nữ Oanh Phúc Phượng Quân Quế Quyền Quý Quỳnh Rạng Sáu Sương Sửu Tâm Thảo Thắm
Thêm Thiện Thịnh Thoa Thuận Thủy Thuở Thương Thược Tiến Toản Trước Trường Tuấn Tuệ Tuyết Tưởng Uyên
Ước Vượng Xoan Xuyến Yên Yến Ý Luyện Khuỷu Hoàn Loãng Trượng
"""


_HIGHLAND = """
H'Bĭa H'Thĭm H'Mŏk H'Ñen H'Đăm H'Niê Y-Blir Y-Thŭn Y-Čil Ayŭn Bŏk Ksor Kpă Siu Nay Puih Rah Lan Hwing Jrang
Niê Kdăm Mlô Byă Êñuôl Kbuôr Ktla Êban Ƀuôn Yă Ndŭ N'Trang Rơ Châm Mah Lơ̆ Bư̆n Êê̆ Krô̆ng Bĕl Đinh Ty’r
"""
_HIGHLAND_LETTERS = (*"čĭŭƀñĕŏ", "ê\u0306", "ô\u0306", "ơ\u0306", "ư\u0306")


def thousand() -> list[str]:
    """One to five words each, all different; every letter turns up, small and capital.

    Shape: 104 for the letters, 96 with made-up words, 150 of the highlands, 650 of usual words.
    """
    rng = Random(20261125)
    found = dict.fromkeys(f"{rng.choice(_FAMILY.split())} {letter.upper()} T{letter}" for letter in letters())
    while len(found) < 200:
        found[cards.name(rng)] = None
    while len(found) < 350:
        found[" ".join(rng.sample(_HIGHLAND.split(), rng.randrange(1, 5)))] = None
    while len(found) < 1000:
        middle = rng.sample(_MIDDLE.split(), rng.randrange(3))
        found[" ".join([rng.choice(_FAMILY.split()), *middle, rng.choice(_GIVEN.split())])] = None
    return list(found)


def letters() -> tuple[str, ...]:
    """Every small letter with its tone that a name may have."""
    return (*ascii_lowercase, *(each for each in cards.LETTERS if each.islower()), *_HIGHLAND_LETTERS)
