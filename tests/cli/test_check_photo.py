"""`kiosk check-photo` and `kiosk mat` as a script or an officer runs them."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import CliRunner

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
