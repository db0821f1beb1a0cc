"""The printed mat: drawn, found, and used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kiosk.domain.measurements import Extent
from kiosk.domain.photo_words import PhotoKind
from kiosk.vision.document import PAPER, find_document
from kiosk.vision.mat import A3, A4, LAYOUTS, find_mat, lies_inside, only_mat
from kiosk.vision.mat_print import draw_mat, save_pdf
from kiosk.vision.photo import measure_document, sight
from tests.pages.certificate import certificate
from tests.pages.desk import View, photograph

FONT = Path(__file__).resolve().parents[2] / "static/fonts/noto-sans-vi-700.woff2"
VIEW = View(1920, 1080, share=(0.9, 0.95), tilt=6, turn=3)


def printed(layout) -> np.ndarray:
    """A mat on paper, with the white edge a printer leaves."""
    mat = np.asarray(draw_mat(layout, FONT).resize((1680, round(1680 * layout.height / layout.width))))[
        :, :, ::-1
    ]
    edge = round(4 * 1680 / layout.width)
    sheet = np.full_like(mat, 240)
    sheet[edge:-edge, edge:-edge] = mat[edge:-edge, edge:-edge]
    return sheet


def with_page(mat: np.ndarray) -> np.ndarray:
    """An A4 page in the middle of the A3 mat, on its side."""
    page = np.rot90(certificate(np.random.default_rng(3), 4.0).image)
    top, left = (mat.shape[0] - page.shape[0]) // 2, (mat.shape[1] - page.shape[1]) // 2
    covered = mat.copy()
    covered[top : top + page.shape[0], left : left + page.shape[1]] = page
    return covered


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_the_mat_is_found_and_measures(layout):
    photo = photograph(printed(layout), "wood", np.random.default_rng(1), VIEW)
    seen = find_mat(photo.image)
    assert seen is not None
    assert seen.layout is layout
    true = np.linalg.norm(photo.corners[0] - photo.corners[1]) / layout.width
    assert seen.px_per_mm == pytest.approx(true, rel=0.06)


@pytest.mark.parametrize("desk", ["wood", "white", "cloth"])
def test_the_page_on_the_mat_is_found_and_not_the_mat(desk):
    photo = photograph(with_page(printed(A3)), desk, np.random.default_rng(2), VIEW)
    measured = measure_document(photo.image, PhotoKind.BIRTH_CERTIFICATE)
    assert measured.sighting.extent is Extent.WHOLE
    assert lies_inside(measured.sighting.corners, find_mat(photo.image))
    assert 0.55 < measured.fill < 0.8
    true = np.linalg.norm(photo.corners[0] - photo.corners[1]) / A3.width
    assert measured.px_per_mm == pytest.approx(true, rel=0.06)


def test_an_empty_mat_holds_no_page():
    photo = photograph(printed(A3), "wood", np.random.default_rng(4), VIEW)
    assert find_document(photo.image).extent is Extent.CUT, "its writing and tags look like a sheet's"
    assert sight(photo.image, PAPER).extent is Extent.NONE
    assert measure_document(photo.image, PhotoKind.BIRTH_CERTIFICATE).sighting.extent is Extent.NONE


def test_everything_beyond_the_mat_can_be_painted_over():
    photo = photograph(with_page(printed(A3)), "white", np.random.default_rng(5), VIEW)
    painted = only_mat(photo.image, find_mat(photo.image))
    assert painted[:20].max() < 80
    assert (photo.image[:20] > 150).mean() > 0.5


def test_no_mat_is_no_mat():
    assert find_mat(np.full((480, 640, 3), 90, np.uint8)) is None


def test_the_pdf_has_the_size_of_the_paper(tmp_path):
    for layout in (A3, A4):
        save_pdf(draw_mat(layout, FONT), tmp_path / "mat.pdf")
        raw = (tmp_path / "mat.pdf").read_bytes()
        assert raw.startswith(b"%PDF")
        box = raw.split(b"/MediaBox [")[1].split(b"]")[0].split()
        assert float(box[2]) / 72 * 25.4 == pytest.approx(layout.width, abs=0.5)
        assert float(box[3]) / 72 * 25.4 == pytest.approx(layout.height, abs=0.5)
