"""K1xx: what the camera or a person at the keys reads from a card or a paper."""

from __future__ import annotations

from kiosk.problems import Problem


class NoCodeInView(Problem):
    """The camera sees no code."""

    code, status = "K101", 422
    vi = "Chưa thấy mã QR. Xin đặt thẻ nằm gọn trong khung."


class TwoCodesInView(Problem):
    """Two cards lie before the camera."""

    code, status = "K102", 422
    vi = "Đang thấy hai mã QR. Xin chỉ để một thẻ trong khung."


class NotACitizenCard(Problem):
    """A code was read, but not a citizen card's."""

    code, status = "K103", 422
    vi = "Đây không phải mã căn cước. Xin đưa thẻ căn cước của anh/chị."


class NotAHealthCard(Problem):
    """A code was read, but not a health-insurance card's."""

    code, status = "K104", 422
    vi = "Đây không phải mã thẻ BHYT. Xin đưa thẻ BHYT của con."


class CardUnreadable(Problem):
    """The code is damaged, or a field is missing."""

    code, status = "K105", 422
    vi = "Mã trên thẻ bị lỗi hoặc thiếu. Xin thử lại hoặc gọi nhân viên."


class SameCardAgain(Problem):
    """This child was already declared in this visit, or the guardian's own card was shown."""

    code, status = "K106", 422
    vi = "Thẻ này đã kê khai rồi. Xin đưa thẻ BHYT của con khác."


class NotAReceipt(Problem):
    """A code was read, but not one of our receipts'."""

    code, status = "K107", 422
    vi = "Đây không phải mã biên nhận. Xin đưa biên nhận của máy này."


class NothingSeenYet(Problem):
    """A confirmation without anything to confirm: a stale page, or two presses."""

    code, status = "K108", 422
    vi = "Chưa có gì để xác nhận. Xin làm lại bước này."


class BackUnreadable(Problem):
    """No lines of a citizen card were found in the picture of its back, or their check digits do not hold."""

    code, status = "K109", 422
    vi = "Chưa đọc được mặt sau thẻ. Xin đặt thẻ thẳng, rõ rồi chụp lại."


class BackReaderMissing(Problem):
    """The program that reads letters is not there, or fails."""

    code, status = "K110", 503
    vi = "Máy không đọc được mặt sau. Xin quét mã QR hoặc gọi nhân viên."


class PhotoFlawed(Problem):
    """A reviewer would send this photograph back, and another try may be better."""

    code, status = "K111", 422
    vi = "Ảnh này có thể bị trả lại. Xin xem chỗ chưa được rồi chụp lại."


class NameWrong(Problem):
    """What was typed is no name."""

    code, status = "K112", 422
    vi = "Tên chưa đúng. Xin nhập đủ họ tên, chỉ dùng chữ."


class PersonalIdWrong(Problem):
    """What was typed is no personal number."""

    code, status = "K113", 422
    vi = "Số căn cước có 12 chữ số. Xin xem lại và nhập đủ."


class ChildNumberWrong(Problem):
    """What was typed is neither a BHXH number nor a personal number."""

    code, status = "K114", 422
    vi = "Mã số có 10 hoặc 12 chữ số. Xin xem lại và nhập đủ."


class BirthdayWrong(Problem):
    """What was typed is no day."""

    code, status = "K115", 422
    vi = "Ngày sinh chưa đúng. Xin nhập ngày, tháng, năm."
