"""What a visitor is told about a photograph: at most five words on the live picture, a sentence after it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.findings import Severity


class PhotoKind(StrEnum):
    """What is photographed."""

    BIRTH_CERTIFICATE = "birth-certificate"
    ID_FRONT = "id-front"
    ID_BACK = "id-back"
    PORTRAIT = "portrait"


class FlawCode(StrEnum):
    """What can be wrong with a photograph."""

    NO_DOCUMENT = "no-document"
    CUT_OFF = "cut-off"
    TOO_FAR = "too-far"
    TOO_CLOSE = "too-close"
    BLURRED = "blurred"
    MOTION = "motion"
    GLARE = "glare"
    DARK = "dark"
    BRIGHT = "bright"
    SKEWED = "skewed"
    NO_FACE = "no-face"
    MANY_FACES = "many-faces"
    FACE_SMALL = "face-small"
    FACE_OFF_CENTRE = "face-off-centre"
    FACE_TURNED = "face-turned"
    EYES_HIDDEN = "eyes-hidden"
    LOW_RESOLUTION = "low-resolution"


@dataclass(frozen=True, slots=True)
class Words:
    """How a flaw is told and how much it matters. Shape: both texts are message ids in Vietnamese."""

    severity: Severity
    hint: str
    message: str


GOOD = "Tốt, giữ nguyên"
WAIT = "Xin chờ một chút"

_RETURN = Severity.RETURN
_CARDS = (PhotoKind.ID_FRONT, PhotoKind.ID_BACK)
_FACE = PhotoKind.PORTRAIT
_NO_CARD = Words(_RETURN, "Đặt thẻ vào khung", "Chưa thấy rõ bốn góc thẻ. Xin đặt thẻ nằm gọn trong khung.")
_CUT_CARD = Words(_RETURN, "Đặt thẻ vào khung", "Thẻ bị thiếu góc. Xin đặt thẻ nằm gọn trong khung.")
_FAR_CARD = Words(_RETURN, "Đưa thẻ gần lại", "Thẻ còn xa, chữ nhỏ. Xin đưa thẻ lại gần máy ảnh.")
_BLURRED_CARD = Words(_RETURN, "Ảnh mờ, giữ yên", "Chữ trên thẻ bị mờ. Xin giữ thẻ nằm yên rồi chụp lại.")

WORDS: dict[FlawCode, dict[PhotoKind | None, Words]] = {
    FlawCode.NO_DOCUMENT: {
        None: Words(
            _RETURN, "Đặt giấy vào khung", "Chưa thấy rõ bốn mép giấy. Xin đặt giấy nằm gọn trong khung."
        ),
        **dict.fromkeys(_CARDS, _NO_CARD),
    },
    FlawCode.CUT_OFF: {
        None: Words(_RETURN, "Đưa xa ra", "Giấy bị thiếu góc. Xin đưa giấy xa ra cho đủ bốn góc."),
        **dict.fromkeys(_CARDS, _CUT_CARD),
    },
    FlawCode.TOO_FAR: {
        None: Words(_RETURN, "Đưa gần lại", "Giấy còn xa, chữ nhỏ. Xin đưa giấy lại gần máy ảnh."),
        **dict.fromkeys(_CARDS, _FAR_CARD),
    },
    FlawCode.TOO_CLOSE: {
        None: Words(_RETURN, "Đưa xa ra", "Giấy quá gần máy ảnh. Xin đưa giấy xa ra một chút."),
        _FACE: Words(_RETURN, "Lùi ra một chút", "Mặt quá gần máy ảnh. Xin lùi ra một chút."),
    },
    FlawCode.BLURRED: {
        None: Words(_RETURN, "Ảnh mờ, giữ yên", "Chữ trên ảnh bị mờ. Xin để giấy nằm yên rồi chụp lại."),
        _FACE: Words(_RETURN, "Ảnh mờ, giữ yên", "Ảnh chân dung bị mờ. Xin giữ yên rồi chụp lại."),
        **dict.fromkeys(_CARDS, _BLURRED_CARD),
    },
    FlawCode.MOTION: {
        None: Words(_RETURN, "Giữ yên", "Ảnh bị rung. Xin giữ yên rồi chụp lại."),
    },
    FlawCode.GLARE: {
        None: Words(_RETURN, "Bị loá, nghiêng nhẹ", "Ảnh bị loá đèn. Xin nghiêng nhẹ hoặc dịch giấy đi."),
        **dict.fromkeys(
            _CARDS, Words(_RETURN, "Bị loá, nghiêng nhẹ", "Thẻ bị loá đèn. Xin nghiêng nhẹ hoặc dịch thẻ đi.")
        ),
    },
    FlawCode.DARK: {
        None: Words(_RETURN, "Tối quá, thêm sáng", "Ảnh tối quá. Xin đừng che đèn hoặc gọi nhân viên."),
        _FACE: Words(_RETURN, "Tối quá, thêm sáng", "Mặt bị tối. Xin quay về phía đèn hoặc gọi nhân viên."),
    },
    FlawCode.BRIGHT: {
        None: Words(_RETURN, "Sáng quá, tránh đèn", "Ảnh sáng quá, mất nét. Xin tránh đèn chiếu thẳng."),
    },
    FlawCode.SKEWED: {
        None: Words(_RETURN, "Đặt ngay ngắn lại", "Giấy bị nghiêng. Xin đặt giấy ngay ngắn trong khung."),
        **dict.fromkeys(
            _CARDS, Words(_RETURN, "Đặt ngay ngắn lại", "Thẻ bị nghiêng. Xin đặt thẻ ngay ngắn trong khung.")
        ),
    },
    FlawCode.NO_FACE: {
        None: Words(_RETURN, "Nhìn vào máy ảnh", "Chưa thấy khuôn mặt. Xin nhìn thẳng vào máy ảnh."),
    },
    FlawCode.MANY_FACES: {
        None: Words(
            _RETURN, "Chỉ một người thôi", "Trong ảnh có nhiều người. Xin chỉ để một người trong khung."
        ),
    },
    FlawCode.FACE_SMALL: {
        None: Words(_RETURN, "Lại gần hơn", "Khuôn mặt còn nhỏ. Xin lại gần máy ảnh hơn."),
    },
    FlawCode.FACE_OFF_CENTRE: {
        None: Words(_RETURN, "Vào giữa khung hình", "Khuôn mặt lệch khỏi khung. Xin vào giữa khung hình."),
    },
    FlawCode.FACE_TURNED: {
        None: Words(_RETURN, "Nhìn thẳng", "Mặt đang quay hoặc nghiêng. Xin nhìn thẳng vào máy ảnh."),
    },
    FlawCode.EYES_HIDDEN: {
        None: Words(_RETURN, "Mở mắt, bỏ kính", "Chưa thấy rõ hai mắt. Xin mở mắt, bỏ kính râm, vén tóc."),
    },
    FlawCode.LOW_RESOLUTION: {
        None: Words(_RETURN, "Đưa gần lại", "Chữ trên ảnh nhỏ quá. Xin đưa gần lại hoặc gọi nhân viên."),
        **dict.fromkeys(_CARDS, _FAR_CARD),
    },
}


def words_of(code: FlawCode, kind: PhotoKind) -> Words:
    """How a flaw is told of a picture of this kind."""
    return WORDS[code].get(kind) or WORDS[code][None]


CORNERS = (
    Words(_RETURN, "Thiếu góc trên trái", "Ảnh bị thiếu góc trên trái. Xin đặt nằm gọn trong khung."),
    Words(_RETURN, "Thiếu góc trên phải", "Ảnh bị thiếu góc trên phải. Xin đặt nằm gọn trong khung."),
    Words(_RETURN, "Thiếu góc dưới phải", "Ảnh bị thiếu góc dưới phải. Xin đặt nằm gọn trong khung."),
    Words(_RETURN, "Thiếu góc dưới trái", "Ảnh bị thiếu góc dưới trái. Xin đặt nằm gọn trong khung."),
)
"""One corner outside, by its number: top left, then clockwise."""

SIDES = {
    (0, 1): Words(_RETURN, "Thiếu mép trên", "Ảnh bị thiếu mép trên. Xin đặt nằm gọn trong khung."),
    (1, 2): Words(_RETURN, "Thiếu mép phải", "Ảnh bị thiếu mép phải. Xin đặt nằm gọn trong khung."),
    (2, 3): Words(_RETURN, "Thiếu mép dưới", "Ảnh bị thiếu mép dưới. Xin đặt nằm gọn trong khung."),
    (0, 3): Words(_RETURN, "Thiếu mép trái", "Ảnh bị thiếu mép trái. Xin đặt nằm gọn trong khung."),
}
"""Two neighbouring corners outside."""
