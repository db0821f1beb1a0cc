"""Whatever is uploaded or named: a picture, turned right, or a clear reason, in bounded memory."""

from __future__ import annotations

import io
import resource

import numpy as np
import pytest
from PIL import Image as Pictures
from PIL import ImageOps

from kiosk.vision.still import MOST_PIXELS, PictureFault, UnusablePicture, open_picture


def sample() -> Pictures.Image:
    small = np.random.default_rng(0).integers(0, 256, (10, 14, 3), dtype=np.uint8)
    return Pictures.fromarray(small).resize((140, 100))


def packed(picture: Pictures.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def off(image: np.ndarray, picture: Pictures.Image) -> float:
    return float(np.abs(image[:, :, ::-1].astype(int) - np.asarray(picture.convert("RGB"))).mean())


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_usual_forms_open(form):
    assert off(open_picture(packed(sample(), form, quality=95)), sample()) < 4


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA"])
def test_every_kind_of_colour_opens(mode):
    picture = sample().convert(mode)
    assert off(open_picture(packed(picture, "PNG")), picture) < 1


def test_four_printing_colours_open():
    assert off(open_picture(packed(sample().convert("CMYK"), "JPEG", quality=95)), sample()) < 4


def test_sixteen_bits_are_scaled_not_cut():
    grey = np.asarray(sample().convert("L"))
    deep = Pictures.fromarray(grey.astype(np.uint16) * 257)
    assert off(open_picture(packed(deep, "PNG")), Pictures.fromarray(grey)) < 1


def test_what_is_transparent_is_white():
    clear = Pictures.new("RGBA", (80, 80), (0, 0, 0, 0))
    assert (open_picture(packed(clear, "PNG")) == 255).all()


@pytest.mark.parametrize("turn", range(1, 9))
def test_pictures_are_turned_as_the_camera_was_held(turn):
    exif = Pictures.Exif()
    exif[0x0112] = turn
    raw = packed(sample(), "JPEG", quality=95, exif=exif.tobytes())
    assert off(open_picture(raw), ImageOps.exif_transpose(Pictures.open(io.BytesIO(raw)))) < 1


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", PictureFault.EMPTY),
        ("GIẤY KHAI SINH".encode(), PictureFault.NOT_AN_IMAGE),
        (b"%PDF-1.7", PictureFault.NOT_AN_IMAGE),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", PictureFault.NOT_AN_IMAGE),
        (b"\xff\xd8\xff", PictureFault.TRUNCATED),
        (b"\x89PNG\r\n\x1a\n", PictureFault.TRUNCATED),
        (packed(sample(), "JPEG")[:1500], PictureFault.TRUNCATED),
        (packed(sample(), "PNG")[:2000], PictureFault.TRUNCATED),
        (packed(sample(), "WEBP")[:800], PictureFault.TRUNCATED),
        (packed(Pictures.new("RGB", (1, 1)), "PNG"), PictureFault.TOO_SMALL),
        (packed(Pictures.new("RGB", (4000, 20)), "JPEG"), PictureFault.TOO_SMALL),
    ],
)
def test_what_is_no_usable_picture_is_refused_with_a_reason(raw, fault):
    with pytest.raises(UnusablePicture) as refused:
        open_picture(raw)
    assert refused.value.fault is fault
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_hundred_megapixels_are_refused_before_they_are_decoded(form):
    raw = packed(Pictures.new("L", (12_000, 10_000)), form)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnusablePicture, match="at most 40 megapixels") as refused:
        open_picture(raw)
    assert refused.value.fault is PictureFault.TOO_LARGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000, "kB"
    assert MOST_PIXELS < 12_000 * 10_000
