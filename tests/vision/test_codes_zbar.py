"""zbar: raw bytes, and a process of its own that may die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest
from pyzbar import pyzbar

from kiosk.vision import zbar
from kiosk.vision.codes import CodeReader
from kiosk.vision.zbar_process import ZbarProcess
from tests.scenes.drawn import drawn

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 10.0


@pytest.fixture
def process():
    process = ZbarProcess()
    yield process
    process.close()


def test_raw_bytes_are_what_was_printed():
    spoilt = 0
    for number in range(30):
        text = f"Bùi Gia Ân {number}"
        grey = drawn(text, Random(number))
        height, width = grey.shape
        ((payload, _),) = zbar.read_codes(grey.ctypes.data, width, height)
        assert payload == text.encode()
        spoilt += pyzbar.decode(grey)[0].data != payload
    assert spoilt, "or else pyzbar could be asked directly"


def test_corners_start_at_the_codes_own_top_left():
    grey = np.ascontiguousarray(np.rot90(drawn("góc", Random(1)), 2))
    side = len(grey)
    ((_, corners),) = zbar.read_codes(grey.ctypes.data, side, side)
    near, far = 16, side - 16
    expected = [(far, far), (near, far), (near, near), (far, near)]
    assert np.abs(np.array(corners) - expected).max() < 4


def test_the_worker_loads_little():
    script = "import kiosk.vision.zbar_worker, sys, json; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.check_output([sys.executable, "-c", script], cwd=ROOT))
    assert not {"cv2", "flask", "numpy", "PIL", "zxingcpp"} & set(loaded)


def test_answers_come_from_the_worker(process):
    assert payloads(process, drawn("trả lời", Random(2))) == ["trả lời".encode()]
    assert payloads(process, np.full((50, 60), 200, np.uint8)) == []


def test_an_answer_that_came_too_late_is_not_taken_for_the_next(process):
    payloads(process, drawn("khởi động", Random(3)))
    slow = busy_picture(4)
    drawing = drawn("ảnh trước", Random(4))
    slow[: len(drawing), : len(drawing)] = drawing
    assert process.read_codes(slow, seconds=0) is None
    assert payloads(process, drawn("ảnh sau", Random(5))) == ["ảnh sau".encode()]


def test_a_picture_too_large_for_the_worker_is_left_to_others(process):
    assert process.read_codes(np.zeros((4000, 4000), np.uint8), seconds=1) is None


def test_a_closed_worker_gives_no_answer():
    process = ZbarProcess()
    process.close()
    process.close()
    assert process.pid is None
    assert process.read_codes(np.zeros((9, 9), np.uint8), seconds=1) is None


@pytest.mark.fault
def test_a_worker_killed_between_frames_is_replaced(process):
    payloads(process, drawn("một", Random(6)))
    old = process.pid
    os.kill(old, signal.SIGKILL)
    assert payloads(process, drawn("hai", Random(7))) == [b"hai"]
    assert process.pid != old


@pytest.mark.fault
def test_a_worker_killed_in_mid_frame_costs_one_answer_of_zbar_and_no_frame():
    reader = CodeReader()
    process = reader._zbar
    busy = busy_picture(8)
    payloads(process, drawn("khởi động", Random(8)))
    try:
        asked = threading.Thread(target=process.read_codes, args=(busy, SECONDS))
        asked.start()
        time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        before = time.monotonic()
        (found,) = reader.read_frame(drawn("khung hình sau", Random(9)))
        assert found.payload.decode() == "khung hình sau"
        assert time.monotonic() - before < 1.0
        asked.join()
        assert payloads(process, drawn("lại có", Random(10))) == ["lại có".encode()]
    finally:
        reader.close()


@pytest.mark.fault
def test_a_worker_that_hangs_is_replaced():
    process = ZbarProcess(patience_seconds=0.2)
    try:
        payloads(process, drawn("một", Random(11)))
        old = process.pid
        os.kill(old, signal.SIGSTOP)
        assert payloads(process, drawn("hai", Random(12)), each=0.1) == [b"hai"]
        assert process.pid != old
    finally:
        process.close()


@pytest.mark.fault
def test_the_worker_ends_when_the_station_is_killed():
    script = (
        "import time; from kiosk.vision.zbar_process import ZbarProcess\n"
        "process = ZbarProcess(); print(process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE) as station:
        worker = int(station.stdout.readline())
        station.kill()
    until = time.monotonic() + SECONDS
    while Path(f"/proc/{worker}").exists() and "Z" not in state_of(worker):
        assert time.monotonic() < until, "the worker outlived the station"
        time.sleep(0.02)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may look into a process that allows no core file")
def test_the_worker_holds_nothing_but_its_line_and_the_picture(process):
    with Path("/dev/null").open("rb") as camera:
        os.set_inheritable(camera.fileno(), True)  # noqa: FBT003 - it takes no keyword
        other = ZbarProcess()
        payloads(other, drawn("tay không", Random(13)))
        held = {str(each.readlink()).split(":")[0] for each in Path(f"/proc/{other.pid}/fd").iterdir()}
        other.close()
    assert held == {"/dev/null", "socket", "/memfd"}


def busy_picture(seed: int) -> np.ndarray:
    """One that zbar takes most of a second for."""
    return np.random.default_rng(seed).integers(0, 255, (2000, 3000), np.uint8)


def payloads(process: ZbarProcess, grey: np.ndarray, each: float = 1.0) -> list[bytes]:
    """Ask until there is an answer: a worker may be starting."""
    until = time.monotonic() + SECONDS
    while (codes := process.read_codes(grey, each)) is None:
        assert time.monotonic() < until, "no answer"
        time.sleep(0.01)
    return [payload for payload, _ in codes]


def state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"
