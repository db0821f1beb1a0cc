"""K4xx and K5xx: the visit that is under way, and saving what it made."""

from __future__ import annotations

from kiosk.problems import Problem


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
