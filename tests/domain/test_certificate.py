"""Fields and labels are found in what a machine read, and nothing is invented."""

from __future__ import annotations

from kiosk.domain.certificate import labels_found, read_certificate

LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "GIẤY KHAI SINH",
    "Họ, chữ đệm, tên: NGUYỄN GIA BẢO",
    "Ngày, tháng, năm sinh: 05/06/2015",
    "Giới tính: Nam Dân tộc: Kinh Quốc tịch: Việt Nam",
    "Nơi sinh: Bệnh viện Từ Dũ",
    "Quê quán: Cần Thơ",
    "Số định danh cá nhân: 079 215 000 123",
    "Họ, chữ đệm, tên người mẹ: TRẦN THỊ MẪU",
    "Năm sinh: 1990",
)


def test_name_birth_date_and_number_are_found():
    text = read_certificate(LINES)
    assert text.child_name == "NGUYỄN GIA BẢO"
    assert text.born is not None
    assert text.born.iso() == "2015-06-05"
    assert text.personal_id == "079215000123"


def test_lost_accents_and_commas_do_not_matter():
    text = read_certificate(("Ho chu dém tên NGUYEN GIA BAO.", "Ngay thang nam sinh; 5 tháng 6 năm 2015"))
    assert text.child_name == "NGUYEN GIA BAO"
    assert text.born is not None
    assert text.born.shown() == "05/06/2015"


def test_what_stands_around_a_name_is_no_part_of_it():
    assert read_certificate(("Họ, chữ đệm, tên: NGUYỄNMINHAN — “",)).child_name == "NGUYỄNMINHAN"
    assert read_certificate(("Họ, chữ đệm, tên: ' 1 H'NIÊ ÊBAN |",)).child_name == "H'NIÊ ÊBAN"
    assert read_certificate(("Họ, chữ đệm, tên: —",)).child_name is None


def test_the_mothers_name_is_not_the_childs():
    assert read_certificate(("Họ, chữ đệm, tên người mẹ: TRẦN THỊ MẪU",)).child_name is None


def test_what_cannot_be_a_date_or_a_number_is_left_out():
    text = read_certificate(("Ngày, tháng, năm sinh: 45/13/2015", "Số định danh cá nhân: 0792150001"))
    assert text.born is None
    assert text.personal_id is None
    assert read_certificate(()).child_name is None


def test_a_number_elsewhere_is_not_the_childs():
    assert read_certificate(("Giấy tờ tùy thân: Căn cước số 079185000123",)).personal_id is None


def test_labels_are_counted():
    assert labels_found(()) == 0
    assert labels_found(("Xin chào",)) == 0
    assert 0.5 < labels_found(LINES) < 1


def test_nothing_of_it_shows_in_a_repr():
    assert "NGUYỄN" not in repr(read_certificate(LINES))
