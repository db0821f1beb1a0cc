"""`kiosk check-photo` and `kiosk mat` as a script or an officer runs them."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image as Pictures

from kiosk.cli.check_photo import check_photo
from kiosk.cli.context import Context
from kiosk.cli.mat import mat
from tests.conftest import ROOT
from tests.pages.certificate import certificate
from tests.pages.desk import View, photograph
from tests.pages.faces import Sitter, portrait

STATION = Context(ROOT / "kiosk.toml", None)
KEYS = {"image", "accepted", "flaws", "measurements", "corners", "milliseconds"}


@pytest.fixture(scope="module")
def photos(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    rng = np.random.default_rng(14)
    page = certificate(rng, 6.0).image
    view = View(1600, 1200, share=(0.85, 0.9), turn=3, tilt=6)
    good = photograph(page, "dark-mat", np.random.default_rng(2), view).image
    cv2.imwrite(str(folder / "good.jpg"), good)
    cv2.imwrite(str(folder / "cut.jpg"), good[200:])
    cv2.imwrite(str(folder / "blurred.png"), cv2.GaussianBlur(good, (0, 0), 5))
    cv2.imwrite(str(folder / "face.jpg"), portrait(Sitter(1), rng=rng, size=(1280, 720)))
    (folder / "letter.txt").write_text("Xin chào")
    return folder


def run(kind: str, *paths: Path):
    return CliRunner().invoke(
        check_photo, ["--kind", kind, "--json", *map(str, paths)], obj=STATION, catch_exceptions=False
    )


def objects(kind: str, *paths: Path) -> list[dict]:
    result = run(kind, *paths)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_picture_gives_one_object_with_every_key(photos):
    good, cut, blurred = objects(
        "birth-certificate", *(photos / n for n in ("good.jpg", "cut.jpg", "blurred.png"))
    )
    assert set(good) == set(cut) == set(blurred) == KEYS
    assert good["accepted"]
    assert good["flaws"] == []
    assert np.shape(good["corners"]) == (4, 2)
    assert good["measurements"]["legibility"] > 0.8
    assert good["milliseconds"] > 0
    assert not cut["accepted"]
    assert cut["corners"] is None
    assert [flaw["code"] for flaw in cut["flaws"]] == ["cut-off"]
    assert "blurred" in [flaw["code"] for flaw in blurred["flaws"]]
    assert all(flaw["message"].endswith(".") for flaw in blurred["flaws"])


def test_nothing_of_what_the_paper_says_is_printed(photos):
    printed = run("birth-certificate", photos / "good.jpg").output
    page = certificate(np.random.default_rng(14), 6.0)
    for secret in (*page.child_name.split(), page.personal_id, page.born):
        assert secret not in printed


def test_portraits_and_cards_are_judged_by_their_own_rules(photos):
    (face,) = objects("portrait", photos / "face.jpg")
    assert face["accepted"]
    assert face["measurements"]["faces"] == 1
    (card,) = objects("id-front", photos / "face.jpg")
    assert card["flaws"][0]["code"] in ("no-document", "cut-off")


def test_what_is_no_picture_is_an_error_and_the_others_are_judged(photos):
    result = run("portrait", photos / "letter.txt", photos / "face.jpg", photos / "missing.jpg")
    assert result.exit_code == 1
    letter, face, missing = (json.loads(line) for line in result.stdout.splitlines())
    assert letter["error"]["code"] == "not-an-image"
    assert missing["error"]["code"] == "no-file"
    assert not letter["accepted"]
    assert face["accepted"]


def test_words_for_people(photos):
    result = CliRunner().invoke(
        check_photo, ["--kind", "birth-certificate", str(photos / "cut.jpg")], obj=STATION
    )
    assert "not accepted" in result.output
    assert "[cut-off]" in result.output


def test_a_wrong_model_ends_the_command(photos):
    arguments = ["--kind", "portrait", "--face-model", str(photos / "letter.txt"), str(photos / "face.jpg")]
    result = CliRunner().invoke(check_photo, arguments, obj=STATION)
    assert result.exit_code == 2
    assert "sha256" in result.output


def test_the_mat_is_written(tmp_path):
    result = CliRunner().invoke(mat, ["--pdf", str(tmp_path / "mat.pdf"), "--size", "a4"])
    assert result.exit_code == 0
    assert (tmp_path / "mat.pdf").read_bytes().startswith(b"%PDF")


def test_a_mat_that_cannot_be_written_says_so(tmp_path):
    result = CliRunner().invoke(mat, ["--pdf", str(tmp_path / "no" / "mat.pdf")])
    assert result.exit_code == 1
    assert "--pdf" in result.output


def bomb(path: Path) -> Path:
    """A PNG whose header promises a hundred megapixels, and hardly any data."""
    header = b"IHDR" + struct.pack(">IIBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 1_000_000) + b"IDAT" + bytes(60))
    return path


def test_whatever_lies_in_a_folder_gives_its_own_error_and_the_rest_is_judged(photos):
    whole = (photos / "face.jpg").read_bytes()
    (photos / "empty.jpg").touch()
    (photos / "half.jpg").write_bytes(whole[: len(whole) // 2])
    cv2.imwrite(str(photos / "dot.png"), np.zeros((1, 1, 3), np.uint8))
    bad = {
        photos: "directory",
        photos / "empty.jpg": "empty",
        photos / "half.jpg": "truncated",
        photos / "dot.png": "too-small",
        bomb(photos / "bomb.png"): "too-large",
    }
    result = run("portrait", *bad, photos / "face.jpg")
    assert result.exit_code == 1
    *errors, face = (json.loads(line) for line in result.stdout.splitlines())
    assert [each["error"]["code"] for each in errors] == list(bad.values())
    assert all(set(each) == {*KEYS, "error"} and not each["accepted"] for each in errors)
    assert all(each["error"]["message"].endswith(".") for each in errors)
    assert face["accepted"]


def test_a_picture_in_printing_colours_and_one_turned_by_its_exif_are_judged_as_usual(photos):
    picture = Pictures.open(photos / "face.jpg")
    picture.convert("CMYK").save(photos / "cmyk.jpg", quality=95)
    exif = Pictures.Exif()
    exif[0x0112] = 6
    picture.rotate(90, expand=True).save(photos / "turned.jpg", quality=95, exif=exif.tobytes())
    for each in objects("portrait", photos / "cmyk.jpg", photos / "turned.jpg"):
        assert each["accepted"], each["flaws"]
        assert each["measurements"]["width_px"] == picture.width


def test_a_clearly_skewed_page_is_not_accepted(photos):
    page = certificate(np.random.default_rng(14), 6.0).image
    corners = np.array([[500, 100], [1300, 330], [990, 1330], [220, 1080]], np.float32)
    flat = np.array([[0, 0], [page.shape[1], 0], page.shape[1::-1], [0, page.shape[0]]], np.float32)
    skewed = np.full((1450, 1500, 3), 40, np.uint8)
    onto = cv2.getPerspectiveTransform(flat, corners)
    cv2.warpPerspective(
        page, onto, skewed.shape[1::-1], skewed, borderMode=cv2.BORDER_TRANSPARENT, flags=cv2.INTER_AREA
    )
    cv2.imwrite(str(photos / "skewed.jpg"), skewed)
    (found,) = objects("birth-certificate", photos / "skewed.jpg")
    assert "skewed" in [flaw["code"] for flaw in found["flaws"]]
    assert not found["accepted"]
