"""`kiosk camera` as an officer runs it; the twin stands for a device, and none stands for none."""

from __future__ import annotations

import json
from pathlib import Path

from hardware.protocols import Subject
from hardware.v4l2 import list_cameras
from tests.photos import good_certificate, good_portrait, lay
from tests.processes import run_kiosk


def test_each_role_says_what_it_was_asked_for_granted_and_gives(tmp_path: Path) -> None:
    lay(tmp_path / "desk" / Subject.BIRTH_CERTIFICATE, good_certificate())
    lay(tmp_path / "desk" / Subject.PORTRAIT, good_portrait())
    done = run_kiosk("--data", str(tmp_path), "camera", "test", "--seconds", "0.5", "--json")
    assert done.returncode == 0, done.stderr
    document, portrait = json.loads(done.stdout)
    assert (document["role"], portrait["role"]) == ("document", "portrait")
    assert document["asked"].startswith("1920x1080")
    assert document["still"] == "1600x1200", "full resolution, whatever was asked for"
    assert document["granted"].startswith("a folder of pictures")
    assert document["fps"] > 0


def test_a_camera_that_is_not_there_is_said_with_what_to_do(tmp_path: Path) -> None:
    done = run_kiosk("--data", str(tmp_path), "camera", "test", "--seconds", "0.5")
    assert done.returncode == 1
    assert "absent. Check its cable" in done.stdout


def test_a_machine_without_cameras_lists_none(tmp_path: Path) -> None:
    (tmp_path / "usb-Nothing-video-index0").write_bytes(b"no device")
    assert list_cameras(tmp_path) == ()
