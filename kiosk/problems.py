"""Every problem a person at the station can meet: code, HTTP status, Vietnamese sentence, log line.

Codes: K1xx reading, K2xx answers, K3xx devices, K4xx the visit, K5xx saving, K6xx look-up, K7xx requests,
K8xx officers.
"""

from __future__ import annotations

from typing import ClassVar


class Problem(Exception):
    """Something went wrong that the person at the station must be told.

    code  small print on the screen, to be read out to the help line
    vi    the sentence on the screen: polite, plain, ends with what to do next
    log   the line in the journal: what failed and why; never personal data
    """

    code: ClassVar[str] = "K000"
    status: ClassVar[int] = 500
    vi: ClassVar[str] = "Máy đang gặp sự cố. Xin gọi nhân viên hỗ trợ."

    def __init__(self, log: str = "") -> None:
        super().__init__(log or type(self).__name__)


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


class CameraUnavailable(Problem):
    """No picture can be had from the camera."""

    code, status = "K301", 503
    vi = "Máy ảnh chưa sẵn sàng. Xin chờ một lát hoặc gọi nhân viên."


class PrinterUnavailable(Problem):
    """The declaration is safe, but its paper receipt could not be printed."""

    code, status = "K302", 503
    vi = "Tờ khai đã lưu. Chưa in được biên nhận, xin gọi nhân viên."


class PagePrinterUnavailable(Problem):
    """The form cannot be printed on A4; nothing depends on it."""

    code, status = "K303", 503
    vi = "Chưa in được tờ khai. Xin xem trên màn hình, hoặc gọi nhân viên."


class VoiceUnavailable(Problem):
    """The program that reads aloud is not there, or fails."""

    code, status = "K304", 503
    vi = "Máy chưa đọc to được. Xin đọc trên màn hình hoặc gọi nhân viên."


class StickMissing(Problem):
    """The USB stick that was chosen is not plugged in any more."""

    code, status = "K305", 409
    vi = "Không thấy USB nữa. Tờ khai vẫn ở máy. Xin cắm lại rồi làm lại."


class VisitEnded(Problem):
    """The visit is gone: left, idle too long, or the station was restarted."""

    code, status = "K401", 410
    vi = "Lượt kê khai đã kết thúc, thông tin đã xoá. Xin bắt đầu lại."


class StepSkipped(Problem):
    """Something before this step is still unanswered."""

    code, status = "K402", 409
    vi = "Còn bước chưa xong. Xin làm tiếp bước đang hiện."


class StationResting(Problem):
    """The station may not take a new visit: disk nearly full, or no keys."""

    code, status = "K403", 503
    vi = "Máy tạm nghỉ. Xin gọi nhân viên hoặc dùng máy khác."


class VisitUnderWay(Problem):
    """A rehearsal would wipe the answers of somebody who is at the screen."""

    code, status = "K404", 409
    vi = "Đang có người kê khai. Xin kết thúc lượt đó trước."


class SavingFailed(Problem):
    """The declaration could not be written. Nothing was lost: the answers are still on the screen."""

    code, status = "K501", 503
    vi = "Chưa lưu được tờ khai, thông tin còn nguyên. Xin bấm nộp lại."


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


class RequestRefused(Problem):
    """A request that no page of ours makes."""

    code, status = "K701", 400
    vi = "Máy không hiểu yêu cầu này. Xin quay lại trang đầu."


class RequestTooLarge(Problem):
    """An upload over the cap."""

    code, status = "K702", 413
    vi = "Dữ liệu gửi lên quá lớn. Xin quay lại và thử lại."


class PageUnknown(Problem):
    """No such page."""

    code, status = "K703", 404
    vi = "Không có trang này. Xin quay lại trang đầu."


class MethodRefused(Problem):
    """A page asked in a way it does not answer."""

    code, status = "K704", 405
    vi = "Trang này không nhận yêu cầu đó. Xin quay lại trang đầu."


class ForeignRequest(Problem):
    """A request from another site or under another host name."""

    code, status = "K705", 403
    vi = "Yêu cầu không đến từ máy này. Xin quay lại trang đầu."


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
