"""K7xx: a request that no page of ours makes."""

from __future__ import annotations

from kiosk.problems import Problem


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
