"""K3xx: a device that is not there or does not do its work."""

from __future__ import annotations

from kiosk.problems import Problem


class CameraUnavailable(Problem):
    """No picture can be had from the camera."""

    code, status = "K301", 503
    vi = "Máy ảnh chưa sẵn sàng. Xin chờ một lát hoặc gọi nhân viên."


class FormNotDrawn(Problem):
    """The form cannot be shown or printed; nothing depends on it."""

    code, status = "K302", 503
    vi = "Chưa vẽ được tờ khai để xem. Xin kê khai tiếp, hoặc gọi nhân viên."


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
