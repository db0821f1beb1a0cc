"""Why something waits or failed, in the officer's words. Codes come from sync and hardware."""

from __future__ import annotations

_WORDS = {
    "no-network": "Máy chưa có mạng. Tờ khai vẫn an toàn, sẽ tự gửi khi có mạng.",
    "dns": "Có mạng nhưng không thấy máy chủ. Xin kiểm tra cấu hình mạng.",
    "no-answer": "Máy chủ trung tâm chưa trả lời. Máy sẽ tự thử lại.",
    "tls": "Kết nối không an toàn nên máy không gửi. Xin báo quản trị.",
    "wrong-clock": "Đồng hồ máy sai nên không kết nối được. Xin chỉnh ngày giờ.",
    "captive-portal": "Mạng này đòi đăng nhập. Xin đăng nhập hoặc đổi mạng khác.",
    "not-enrolled": "Máy chưa được trung tâm ghi nhận. Xin báo quản trị.",
    "revoked": "Máy đã bị trung tâm thu hồi quyền gửi. Xin báo quản trị.",
    "central-busy": "Máy chủ đang bận. Máy sẽ tự thử lại.",
    "timeout": "Mạng quá chậm. Máy sẽ tự thử lại.",
    "cut": "Mạng bị đứt giữa chừng. Máy sẽ gửi tiếp phần còn lại.",
    "bad-signature": "Trả lời không phải của trung tâm nên bị bỏ. Xin báo quản trị.",
    "other-bytes": "Mã này đã có tờ khai khác. Xin báo quản trị, đừng xoá gì.",
    "manifest-signature": "Tờ khai không do máy này ký. Xin báo quản trị, đừng xoá gì.",
    "manifest-unreadable": "Bảng kê tờ khai bị hỏng. Xin quản trị lấy lại từ bản sao lưu.",
    "part-damaged": "Một phần tờ khai bị hỏng. Xin quản trị lấy lại từ bản sao lưu.",
    "part-unreadable": "Không đọc được một phần tờ khai. Xin quản trị kiểm tra ổ đĩa.",
    "withdrawn": "Tờ khai đã được rút theo yêu cầu. Không cần làm gì thêm.",
    "nothing-waits": "Không còn tờ khai nào chờ ghi. Không cần làm gì thêm.",
    "no-return": "USB không có tệp trả lời. Xin mang đến trung tâm để lấy tệp.",
    "stick-gone": "Không thấy USB nữa. Tờ khai vẫn ở máy. Xin cắm lại rồi làm lại.",
    "stick-full": "USB không đủ chỗ. Tờ khai vẫn ở máy. Xin dùng USB còn trống.",
    "stick-read-only": "USB đang khoá. Xin gạt chốt khoá hoặc dùng USB khác.",
    "stick-forgetful": "USB hỏng. Tờ khai vẫn ở máy. Xin dùng USB khác.",
    "stick-unusable": "Không dùng được USB. Tờ khai vẫn ở máy. Xin dùng USB khác.",
    "stick-failed": "Chưa làm được, tờ khai vẫn còn. Xin thử lại hoặc báo quản trị.",
    "absent": "Không thấy thiết bị. Xin kiểm tra dây cắm và nguồn.",
    "unreachable": "Địa chỉ thiết bị không trả lời. Xin xem nguồn và dây mạng.",
    "forbidden": "Máy chưa được phép dùng thiết bị. Xin báo quản trị.",
    "busy": "Chương trình khác đang dùng thiết bị. Xin khởi động lại máy.",
    "stalled": "Thiết bị bị treo. Máy đang tự mở lại.",
    "wrong-format": "Thiết bị gửi dữ liệu lạ. Xin kiểm tra cấu hình.",
    "no-paper": "Máy in hết giấy. Xin thay cuộn giấy rồi in lại.",
    "cover-open": "Nắp máy in đang mở. Xin đóng nắp rồi in lại.",
    "silent": "Máy in không trả lời. Xin xem dây, nguồn, máy khác có đang in.",
    "refused": "Máy in đang bận hoặc chưa sẵn sàng. Xin đợi rồi in lại.",
    "no-printer": "Máy này không có máy in.",
    "unsure": "Không rõ đã in chưa. Xin hỏi phụ huynh đã có giấy chưa.",
    "failed": "Máy in báo lỗi. Xin tắt bật lại máy in rồi in lại.",
}


def in_words(code: str | None) -> str:
    """The sentence for a code, a message id of the catalogue; a refusal by central if it is none of these."""
    if not code:
        return ""
    return _WORDS.get(code, "Trung tâm từ chối tờ khai này. Xin cán bộ kiểm tra.")
