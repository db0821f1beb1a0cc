"""K2xx: an answer that is missing or does not fit."""

from __future__ import annotations

from kiosk.problems import Problem


class PhoneMissing(Problem):
    """No phone number was given."""

    code, status = "K201", 422
    vi = "Chưa có số điện thoại. Xin nhập số di động của anh/chị."


class PhoneWrong(Problem):
    """The number cannot receive an SMS in Vietnam."""

    code, status = "K202", 422
    vi = "Số di động phải có 10 chữ số, đầu 03, 05, 07, 08, 09. Xin nhập lại."


class LandlineGiven(Problem):
    """A landline cannot receive the SMS."""

    code, status = "K203", 422
    vi = "Đây là số máy bàn, không nhận được SMS. Xin nhập số di động."


class OldPhoneGiven(Problem):
    """An eleven-digit mobile number from before 2018."""

    code, status = "K204", 422
    vi = "Số 11 chữ số đã đổi đầu số. Xin nhập số mới gồm 10 chữ số."


class ChoiceMissing(Problem):
    """A question was left unanswered."""

    code, status = "K205", 422
    vi = "Anh/chị chưa chọn. Xin chọn một mục rồi bấm Tiếp tục."


class AgencyUnknown(Problem):
    """The agency is not in the directory."""

    code, status = "K206", 422
    vi = "Chưa chọn cơ quan BHXH. Xin chọn một nơi trong danh sách."


class AddressMissing(Problem):
    """The card holds no address and none was given."""

    code, status = "K207", 422
    vi = "Chưa có địa chỉ liên hệ. Xin gọi nhân viên nhập giúp."


class AnswerWrong(Problem):
    """What was typed does not fit the question; the page shows the question's own rule beside the field."""

    code, status = "K208", 422
    vi = "Câu trả lời chưa đúng. Xin xem lại rồi nhập lại."


class PlaceUnknown(Problem):
    """No such province or commune."""

    code, status = "K209", 422
    vi = "Chưa chọn được xã, phường. Xin chọn trong danh sách."


class ProcedureUnknown(Problem):
    """A procedure that this station does not offer, or no longer."""

    code, status = "K210", 422
    vi = "Thủ tục này không còn nhận tại máy. Xin chọn thủ tục khác."
