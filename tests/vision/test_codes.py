from __future__ import annotations

import cv2
import numpy as np
import pytest
import segno

from kiosk.vision.codes import CodeReader


@pytest.fixture(scope="module")
def reader():
    reader = CodeReader(frame_budget_ms=2000, still_budget_ms=10000)
    yield reader
    reader.close()


def test_a_code_is_read_byte_for_byte(reader):
    text = "079301000001||Đặng Thị Ước|02032015|Nữ|Ấp 3, Xã Bà Điểm, Huyện Hóc Môn|05052021"
    (found,) = reader.read_frame(on_a_desk(text))
    assert found.payload == text.encode()
    assert text[:12] not in repr(found)


def on_a_desk(text: str) -> np.ndarray:
    desk = np.full((480, 640), 200, np.uint8)
    matrix = np.array([list(row) for row in segno.make(text, encoding="utf-8", eci=False).matrix])
    code = np.where(matrix == 1, 20, 240).astype(np.uint8)
    code = cv2.copyMakeBorder(code, 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=240)
    code = cv2.resize(code, None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST)
    desk[100 : 100 + len(code), 200 : 200 + len(code)] = code
    return desk
