"""How far a declaration has come, in the visitor's words."""

from __future__ import annotations

from enum import StrEnum


class Progress(StrEnum):
    """The states a declaration can be in after the pledge."""

    SAVED = "saved"
    SENDING = "sending"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    QUARANTINED = "quarantined"

    @property
    def words(self) -> str:
        """The sentence for screen and slip; a message id of the catalogue."""
        return _WORDS[self]


_WORDS = {
    Progress.SAVED: "Đã lưu tại máy này, sẽ tự gửi khi có mạng",
    Progress.SENDING: "Đang gửi",
    Progress.RECEIVED: "Cơ quan BHXH đã nhận",
    Progress.ACCEPTED: "Đã duyệt, thông tin đăng nhập gửi qua SMS",
    Progress.RETURNED: "Cần bổ sung",
    Progress.WITHDRAWING: "Đã ghi nhận yêu cầu rút, sẽ gửi khi có mạng",
    Progress.WITHDRAWN: "Đã rút theo yêu cầu",
    Progress.REPLACED: "Đã khai lại bằng tờ khai mới",
    Progress.QUARANTINED: "Cần cán bộ kiểm tra",
}

DECIDED = frozenset({Progress.ACCEPTED, Progress.RETURNED, Progress.WITHDRAWN, Progress.REPLACED})
"""No result is still to come."""

SETTLED = frozenset({Progress.ACCEPTED, Progress.WITHDRAWING, Progress.WITHDRAWN, Progress.REPLACED})
"""Nothing is left to withdraw or to mend."""
