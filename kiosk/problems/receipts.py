"""K6xx: looking a receipt up, and what may be done with its declaration."""

from __future__ import annotations

from kiosk.problems import Problem


class ReceiptUnknown(Problem):
    """No declaration with this code and PIN here."""

    code, status = "K601", 404
    vi = "Chưa tìm thấy. Xin xem lại mã biên nhận và mã tra cứu."


class TooManyTries(Problem):
    """The PIN was guessed five times, or again after that."""

    code, status = "K602", 429
    vi = "Đã thử sai nhiều lần. Xin chờ ít phút rồi thử lại."


class TooLateToWithdraw(Problem):
    """The declaration was accepted before its holder wanted it back."""

    code, status = "K603", 409
    vi = "Tờ khai đã duyệt, không rút ở đây được. Xin hỏi cơ quan BHXH."


class CentralSilent(Problem):
    """Another station's receipt, and central cannot be asked just now."""

    code, status = "K604", 503
    vi = "Biên nhận của máy khác, chưa hỏi được trung tâm. Xin thử lại sau."


class TooLateToMend(Problem):
    """The declaration was approved, withdrawn or mended already."""

    code, status = "K605", 409
    vi = "Tờ khai này không sửa được nữa. Xin hỏi cơ quan BHXH."
