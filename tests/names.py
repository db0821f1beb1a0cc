"""A thousand Vietnamese names, put together by a seed. None is anyone's."""

from __future__ import annotations

from random import Random

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


def thousand() -> list[str]:
    """Two to four words each, all different."""
    rng = Random(20261125)
    found: dict[str, None] = {}
    while len(found) < 1000:
        middle = rng.sample(_MIDDLE.split(), rng.randrange(3))
        found[" ".join([rng.choice(_FAMILY.split()), *middle, rng.choice(_GIVEN.split())])] = None
    return list(found)
