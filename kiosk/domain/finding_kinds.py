"""Everything a cross-check can find, in the words the visitor and the officer read."""

from __future__ import annotations

from kiosk.domain.card_warning import CardWarning
from kiosk.domain.findings import FindingKind, Severity

ID_SEX = FindingKind(
    "id-sex",
    Severity.CHECK,
    "Giới tính theo số định danh khác giới tính ghi trên thẻ.",
    "Xin xem lại số; nếu đã cải chính giới tính, xin cứ tiếp tục.",
)
ID_CENTURY = FindingKind(
    "id-century",
    Severity.CHECK,
    "Thế kỷ sinh theo số định danh khác ngày sinh ghi trên thẻ.",
    "Xin xem lại số và ngày sinh trên thẻ.",
)
ID_BIRTH_YEAR = FindingKind(
    "id-birth-year",
    Severity.CHECK,
    "Năm sinh theo số định danh khác năm sinh ghi trên thẻ.",
    "Xin xem lại số; nếu đã cải chính năm sinh, xin cứ tiếp tục.",
)
ISSUED_BEFORE_BIRTH = FindingKind(
    "issued-before-birth",
    Severity.CHECK,
    "Ngày cấp thẻ ở trước ngày sinh.",
    "Xin so lại hai ngày này với thẻ.",
)
ISSUED_IN_FUTURE = FindingKind(
    "issued-in-future",
    Severity.CHECK,
    "Ngày cấp thẻ ở sau hôm nay.",
    "Nếu thẻ ghi đúng như vậy, xin báo nhân viên xem ngày của máy.",
)
BORN_IN_FUTURE = FindingKind(
    "born-in-future",
    Severity.CHECK,
    "Ngày sinh ở sau hôm nay.",
    "Nếu thẻ ghi đúng như vậy, xin báo nhân viên xem ngày của máy.",
)
CITIZEN_CARD_EXPIRED = FindingKind(
    "citizen-card-expired",
    Severity.CHECK,
    "Tính theo tuổi, thẻ căn cước này có thể đã hết hạn.",
    "Xin xem ngày hết hạn in trên thẻ; nếu đã qua, xin hỏi nhân viên.",
)
HEALTH_CARD_EXPIRED = FindingKind(
    "health-card-expired",
    Severity.CHECK,
    "Thẻ BHYT này đã hết hạn.",
    "Xin đưa thẻ mới; nếu chưa có, xin hỏi nhân viên cách gia hạn.",
)
HEALTH_CARD_NOT_YET_VALID = FindingKind(
    "health-card-not-yet-valid",
    Severity.HINT,
    "Thẻ BHYT này chưa đến ngày có giá trị.",
    "Xin cứ tiếp tục; nếu còn thẻ khác đang dùng, xin đưa thẻ đó.",
)
VALIDITY_REVERSED = FindingKind(
    "validity-reversed",
    Severity.CHECK,
    "Ngày hết hạn của thẻ BHYT ở trước ngày bắt đầu có giá trị.",
    "Xin so lại hai ngày này với thẻ.",
)
OBSOLETE_CARD_NUMBER = FindingKind(
    "obsolete-card-number",
    Severity.CHECK,
    "Mã trên thẻ không chứa mã số BHXH (thẻ cấp trước năm 2018).",
    "Xin dùng mã số BHXH bên cạnh, và xin cơ quan BHXH đổi thẻ mới.",
)
UNKNOWN_GROUP = FindingKind(
    "unknown-group",
    Severity.HINT,
    "Hai chữ đầu của mã thẻ chưa có trong danh mục của máy.",
    "Xin so lại với thẻ; nếu đúng thì xin cứ tiếp tục.",
)
UNKNOWN_LEVEL = FindingKind(
    "unknown-level",
    Severity.HINT,
    "Mức hưởng ghi trong mã thẻ chưa có trong danh mục của máy.",
    "Xin so lại với thẻ; nếu đúng thì xin cứ tiếp tục.",
)
UNKNOWN_PROVINCE = FindingKind(
    "unknown-province",
    Severity.HINT,
    "Mã tỉnh trong số này chưa có trong danh mục của máy.",
    "Xin so với thẻ; nếu đúng (như sinh ở nước ngoài), xin tiếp tục.",
)
ID_12_IN_BHYT = FindingKind(
    "id-12-in-bhyt",
    Severity.HINT,
    "Thẻ BHYT này mang số định danh cá nhân thay cho mã thẻ.",
    "Máy nhận số này; xin cứ tiếp tục.",
)
EXTRA_FIELDS = FindingKind(
    "extra-fields",
    Severity.HINT,
    "Mã trên thẻ có thêm thông tin ngoài các mục quen thuộc.",
    "Xin xem các mục này có đúng với thẻ không rồi tiếp tục.",
)
REPAIRED_IME = FindingKind(
    "repaired-ime",
    Severity.CHECK,
    "Bộ gõ tiếng Việt đã làm sai mã quét được, máy đã sửa lại.",
    "Xin so họ tên và địa chỉ với thẻ, và nhờ nhân viên tắt bộ gõ.",
)
NAME_WITHOUT_MARKS = FindingKind(
    "name-without-marks",
    Severity.HINT,
    "Họ tên chưa có dấu, vì đọc từ mặt sau thẻ căn cước.",
    "Xin đối chiếu theo số căn cước; họ tên có dấu ở mặt trước thẻ.",
)
NAME_MARKS = FindingKind(
    "name-marks",
    Severity.CHECK,
    "Họ tên đã nhập và họ tên trên thẻ chỉ khác nhau ở dấu.",
    "Xin xem giấy khai sinh và giữ cách viết đúng.",
)
NAME_ORDER = FindingKind(
    "name-order",
    Severity.CHECK,
    "Họ tên đã nhập và họ tên trên thẻ khác thứ tự các chữ.",
    "Xin xem giấy khai sinh và giữ thứ tự đúng.",
)
NAME_NEAR = FindingKind(
    "name-near",
    Severity.CHECK,
    "Họ tên đã nhập và họ tên trên thẻ khác nhau một chữ cái.",
    "Xin xem giấy khai sinh và sửa chỗ sai.",
)
NAME_DIFFERENT = FindingKind(
    "name-different",
    Severity.RETURN,
    "Họ tên đã nhập khác họ tên trên thẻ.",
    "Xin xem có đúng thẻ của con không, rồi sửa theo giấy khai sinh.",
)
CHILD_IS_ADULT = FindingKind(
    "child-is-adult",
    Severity.RETURN,
    "Theo ngày sinh trên thẻ, người được đăng ký đã đủ 18 tuổi.",
    "Xin xem có đúng thẻ của con; đủ 18 tuổi thì xin tự đăng ký.",
)
GUARDIAN_IS_MINOR = FindingKind(
    "guardian-is-minor",
    Severity.RETURN,
    "Theo ngày sinh trên thẻ, người giám hộ chưa đủ 18 tuổi.",
    "Xin nhờ người giám hộ khác đã đủ 18 tuổi.",
)
AGES_TOO_CLOSE = FindingKind(
    "ages-too-close",
    Severity.CHECK,
    "Tuổi của cha, mẹ và của con gần nhau khác thường.",
    "Xin xem lại hai thẻ và quan hệ với con.",
)
SAME_NUMBER = FindingKind(
    "same-number",
    Severity.RETURN,
    "Số của con và số của người giám hộ giống nhau.",
    "Xin quét thẻ BHYT của con, không phải thẻ của anh/chị.",
)
GUARDIAN_NAME_NEAR = FindingKind(
    "guardian-name-near",
    Severity.CHECK,
    "Tên người giám hộ gần giống tên cha, mẹ trên thẻ của con.",
    "Xin xem cách viết; nếu thẻ sai, xin nhờ cơ quan BHXH sửa.",
)
GUARDIAN_NAME_DIFFERENT = FindingKind(
    "guardian-name-different",
    Severity.HINT,
    "Tên người giám hộ khác tên cha, mẹ ghi trên thẻ BHYT của con.",
    "Xin xem có đúng thẻ của con; thẻ ghi tên cha hay mẹ đều được.",
)
ID_IN_BHXH_BOX = FindingKind(
    "id-in-bhxh-box",
    Severity.HINT,
    "Đây là số định danh 12 chữ số, không phải mã số BHXH.",
    "Máy nhận số này; nếu biết mã số BHXH 10 chữ số, xin nhập mã đó.",
)
MAYBE_HOUSEHOLD = FindingKind(
    "maybe-household",
    Severity.HINT,
    "Mã hộ gia đình cũng có 10 chữ số nhưng không dùng được ở đây.",
    "Xin xem lại số vừa nhập có phải là mã số BHXH không.",
)
NUMBER_IS_PHONE = FindingKind(
    "number-is-phone",
    Severity.RETURN,
    "Số vừa nhập giống số điện thoại của anh/chị.",
    "Xin nhập mã số BHXH: 10 số cuối của mã thẻ BHYT.",
)
PHONE_PREFIX_UNKNOWN = FindingKind(
    "phone-prefix-unknown",
    Severity.CHECK,
    "Máy chưa biết đầu số điện thoại này.",
    "Xin xem lại số; nếu đúng thì xin cứ tiếp tục.",
)
CERTIFICATE_NAME = FindingKind(
    "certificate-name",
    Severity.CHECK,
    "Họ tên máy đọc trên giấy khai sinh khác họ tên của con đã khai.",
    "Xin xem có đúng giấy khai sinh của con; đúng thì xin tiếp tục.",
)
CERTIFICATE_BIRTH = FindingKind(
    "certificate-birth",
    Severity.CHECK,
    "Ngày sinh máy đọc trên giấy khai sinh khác ngày đã khai.",
    "Xin so lại với giấy khai sinh; nếu máy đọc nhầm thì xin cứ tiếp tục.",
)
CERTIFICATE_NUMBER = FindingKind(
    "certificate-number",
    Severity.CHECK,
    "Số định danh máy đọc trên giấy khai sinh khác số của con đã khai.",
    "Xin so lại với giấy khai sinh; nếu máy đọc nhầm thì xin cứ tiếp tục.",
)
CERTIFICATE_UNREAD = FindingKind(
    "certificate-unread",
    Severity.CHECK,
    "Máy chưa đọc được giấy khai sinh để so với thông tin đã khai.",
    "Xin tự so lại; nếu đúng thì xin cứ tiếp tục.",
)

OF_WARNING = {
    CardWarning.OBSOLETE_CARD_NUMBER: OBSOLETE_CARD_NUMBER,
    CardWarning.UNKNOWN_GROUP: UNKNOWN_GROUP,
    CardWarning.UNKNOWN_LEVEL: UNKNOWN_LEVEL,
    CardWarning.UNKNOWN_PROVINCE: UNKNOWN_PROVINCE,
    CardWarning.ID_12_IN_BHYT: ID_12_IN_BHYT,
    CardWarning.EXTRA_FIELDS: EXTRA_FIELDS,
    CardWarning.REPAIRED_IME: REPAIRED_IME,
    CardWarning.NAME_WITHOUT_MARKS: NAME_WITHOUT_MARKS,
}
"""What a warning about a card says in words."""

EVERY = tuple(each for each in list(globals().values()) if isinstance(each, FindingKind))
"""All kinds, for the catalogue and its test."""
