"""K8xx: who an officer is, and what an officer may do and set."""

from __future__ import annotations

from kiosk.problems import Problem


class LoginRefused(Problem):
    """No officer has this number and this PIN."""

    code, status = "K801", 422
    vi = "Mã cán bộ hoặc mã PIN chưa đúng. Xin nhập lại."


class LoginLocked(Problem):
    """The PIN was guessed five times, or again after that."""

    code, status = "K802", 429
    vi = "Đã nhập sai nhiều lần. Xin chờ rồi thử lại, hoặc gọi quản trị."


class RoleTooLow(Problem):
    """Somebody is logged in, but this is left to another role."""

    code, status = "K803", 403
    vi = "Anh/chị chưa được giao việc này. Xin gọi phụ trách hoặc quản trị."


class OfficerNumberWrong(Problem):
    """What was typed is no officer's number."""

    code, status = "K804", 422
    vi = "Mã cán bộ có 2 đến 8 chữ số. Xin nhập lại."


class OfficerPinWrong(Problem):
    """What was typed is no PIN, or one that is guessed at once."""

    code, status = "K805", 422
    vi = "Mã PIN cần 6 đến 12 chữ số và khó đoán. Xin chọn mã khác."


class OfficerKnown(Problem):
    """Another officer has this number."""

    code, status = "K806", 409
    vi = "Mã cán bộ này đã có. Xin chọn mã khác."


class OfficerUnknown(Problem):
    """No officer has this number, or no longer."""

    code, status = "K807", 404
    vi = "Không còn cán bộ có mã này. Xin xem lại danh sách."


class LastAdministrator(Problem):
    """Without an administrator nobody could look after the officers."""

    code, status = "K808", 409
    vi = "Máy cần ít nhất một quản trị. Xin thêm quản trị khác trước."


class PlaceNameWrong(Problem):
    """What was typed cannot stand on a receipt as the name of this place."""

    code, status = "K809", 422
    vi = "Tên điểm tiếp nhận cần 2 đến 40 chữ. Xin nhập lại."


class HotlineWrong(Problem):
    """What was typed is no telephone number."""

    code, status = "K810", 422
    vi = "Số hỗ trợ cần 3 đến 12 chữ số. Xin nhập lại."


class DefaultAgencyUnknown(Problem):
    """What was typed is the code of no agency that receives today."""

    code, status = "K811", 422
    vi = "Không có cơ quan BHXH nào mang mã này. Xin xem lại mã."
