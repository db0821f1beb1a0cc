"""The camera on real frames through the real OpenCV: folders, films and MJPEG over HTTP."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

import cv2
import numpy as np
import pytest

from hardware.camera import OpencvCamera
from hardware.eye import Eye
from hardware.protocols import DeviceError, Frame, Image, Subject, Trouble
from hardware.settings import CameraSettings

BOUNDARY = "a-long-boundary-0f3c"
BLUE, GREEN, RED = (220, 40, 20), (30, 200, 30), (30, 30, 210)


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (320, 240), seed: int = 0) -> Image:
    """A flat colour under the noise of a sensor."""
    noise = np.random.default_rng(seed).normal(0, 6, (size[1], size[0], 3))
    return np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)


def lay(folder: Path, *pictures: Image, first: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number, image in enumerate(pictures, first):
        cv2.imwrite(str(folder / f"{number:03d}.jpg"), image)
    return folder


def colour_of(frame: Frame) -> tuple[int, int, int]:
    mean = frame.image.mean(axis=(0, 1))
    return min((BLUE, GREEN, RED), key=lambda each: float(np.abs(mean - each).sum()))


def camera(document: str, portrait: str = "", fps: int = 50) -> closing[OpencvCamera]:
    return closing(OpencvCamera(CameraSettings(document, portrait or document, 1920, 1080, fps)))


def trouble_of(eyes: OpencvCamera, subject: Subject = Subject.CITIZEN_CARD) -> Trouble:
    with pytest.raises(DeviceError) as caught:
        eyes.newest(subject)
    return caught.value.trouble


def eventually(happens: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.02)
    return False


def noticed_within_three_seconds(eyes: OpencvCamera) -> bool:
    """The promise, from what happened to the device until whoever asks is told."""
    return eventually(lambda: not sees(eyes), seconds=3.0)


def sees(eyes: OpencvCamera, subject: Subject = Subject.CITIZEN_CARD) -> bool:
    try:
        return eyes.newest(subject) is not None
    except DeviceError:
        return False


def test_a_folder_is_played_in_a_loop(tmp_path):
    lay(tmp_path, picture(BLUE), picture(GREEN), picture(RED))
    seen: dict[int, tuple[int, int, int]] = {}
    with camera(f"folder:{tmp_path}", fps=20) as eyes:
        for _ in range(12):
            frame = eyes.newest(Subject.CITIZEN_CARD)
            seen[frame.number] = colour_of(frame)
            assert eventually(lambda: eyes.newest(Subject.CITIZEN_CARD).number > max(seen))
    in_a_row = {(seen[n], seen[n + 1]) for n in seen if n + 1 in seen}
    assert in_a_row == {(BLUE, GREEN), (GREEN, RED), (RED, BLUE)}


def test_frames_are_numbered_upwards_stamped_and_read_only(tmp_path):
    lay(tmp_path, picture(BLUE), picture(GREEN))
    with camera(f"folder:{tmp_path}") as eyes:
        before = time.monotonic()
        first = eyes.newest(Subject.CITIZEN_CARD)
        assert eventually(lambda: eyes.newest(Subject.CITIZEN_CARD).number > first.number)
        second = eyes.newest(Subject.CITIZEN_CARD)
        assert before <= first.taken_at < second.taken_at <= time.monotonic()
        assert not first.image.flags.writeable
        kept = first.image.copy()
        eyes.still(Subject.CITIZEN_CARD)
        assert np.array_equal(kept, first.image)


@pytest.mark.parametrize("size", [(1920, 1080), (2592, 1944), (3840, 2160), (641, 479)])
def test_frames_come_at_their_own_size(tmp_path, size):
    lay(tmp_path, picture(BLUE, size))
    with camera(f"folder:{tmp_path}") as eyes:
        height, width = eyes.still(Subject.CITIZEN_CARD).image.shape[:2]
    assert (width, height) == size


def test_aiming_shows_the_subjects_own_folder_and_nothing_from_before(tmp_path):
    lay(tmp_path, picture(BLUE))
    lay(tmp_path / "health-card", picture(GREEN))
    with camera(f"folder:{tmp_path}") as eyes:
        for _ in range(5):
            eyes.aim(Subject.CITIZEN_CARD)  # has no folder of its own
            assert colour_of(eyes.newest(Subject.CITIZEN_CARD)) == BLUE
            eyes.aim(Subject.HEALTH_CARD)
            assert colour_of(eyes.newest(Subject.HEALTH_CARD)) == GREEN


def test_faces_and_documents_may_have_a_camera_each(tmp_path):
    lay(tmp_path / "desk", picture(BLUE))
    lay(tmp_path / "face", picture(RED))
    with camera(f"folder:{tmp_path / 'desk'}", f"folder:{tmp_path / 'face'}") as eyes:
        assert colour_of(eyes.newest(Subject.BIRTH_CERTIFICATE)) == BLUE
        assert colour_of(eyes.newest(Subject.PORTRAIT)) == RED
        assert colour_of(eyes.newest(Subject.RECEIPT)) == BLUE


def test_a_still_is_the_sharpest_of_several_fresh_frames(tmp_path):
    sharp = picture(BLUE)
    cv2.putText(sharp, "SHARP", (60, 130), cv2.FONT_HERSHEY_SIMPLEX, 2, (255, 255, 255), 4)
    soft = cv2.GaussianBlur(sharp, (0, 0), 4)
    lay(tmp_path, soft, soft, sharp, soft)
    with camera(f"folder:{tmp_path}") as eyes:
        pressed_at = time.monotonic()
        still = eyes.still(Subject.CITIZEN_CARD)
    assert still.taken_at > pressed_at
    assert still.image.std() > soft.std() + 1


def test_many_threads_may_look_at_once(tmp_path):
    lay(tmp_path, picture(BLUE, (1280, 720)))
    with camera(f"folder:{tmp_path}") as eyes:
        seen: list[Frame] = []
        threads = [Thread(target=lambda: seen.append(eyes.still(Subject.CITIZEN_CARD))) for _ in range(8)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert len(seen) == 8


def test_unwatched_the_eye_rests_and_forgets_what_it_saw(tmp_path):
    lay(tmp_path, picture(BLUE), picture(GREEN))
    settings = CameraSettings(f"folder:{tmp_path}", f"folder:{tmp_path}", 1920, 1080, fps=50)
    with closing(Eye("camera", settings.document, settings, rest_seconds=0.1)) as eye:
        before = eye.newest(Subject.CITIZEN_CARD)
        time.sleep(1.0)
        woken_at = time.monotonic()
        after = eye.newest(Subject.CITIZEN_CARD)
    assert after.taken_at > woken_at
    assert after.number - before.number < 25  # of the 50 it would have shown


def test_a_percent_sign_in_the_path_is_no_pattern(tmp_path):
    lay(tmp_path / "50%d off %03d", picture(BLUE))
    with camera(f"folder:{tmp_path / '50%d off %03d'}") as eyes:
        assert colour_of(eyes.newest(Subject.CITIZEN_CARD)) == BLUE


def test_an_unreadable_picture_is_stepped_over(tmp_path):
    lay(tmp_path, picture(BLUE), picture(GREEN), picture(RED))
    whole = (tmp_path / "001.jpg").read_bytes()
    (tmp_path / "001.jpg").write_bytes(whole[:40])  # the start of a JPEG and no more
    with camera(f"folder:{tmp_path}") as eyes:
        colours = {colour_of(eyes.newest(Subject.CITIZEN_CARD))}
        assert eventually(
            lambda: colours.add(colour_of(eyes.newest(Subject.CITIZEN_CARD))) or len(colours) > 1
        )
        assert colours == {BLUE, RED}


def test_what_is_no_row_of_pictures_is_said(tmp_path, caplog):
    lay(tmp_path / "empty")
    lay(tmp_path / "gap", picture(BLUE), picture(BLUE), picture(BLUE))
    (tmp_path / "gap" / "001.jpg").unlink()
    lay(tmp_path / "late", picture(BLUE), first=7)
    lay(tmp_path / "text", picture(BLUE))
    (tmp_path / "text" / "000.jpg").write_text("not a picture")
    wanted = {"empty": "absent", "none": "absent", "gap": "wrong-format", "late": "wrong-format"}
    for name, trouble in (wanted | {"text": "wrong-format"}).items():
        with camera(f"folder:{tmp_path / name}") as eyes:
            assert trouble_of(eyes) == trouble, name
    assert "number 1 is missing" in caplog.text
    assert str(tmp_path) not in caplog.text


def test_a_folder_that_goes_is_noticed_and_picked_up_when_it_returns(tmp_path):
    desk = lay(tmp_path / "desk", picture(BLUE), picture(BLUE, seed=1))
    with camera(f"folder:{desk}") as eyes:
        assert sees(eyes)
        desk.rename(tmp_path / "away")
        assert noticed_within_three_seconds(eyes)
        assert trouble_of(eyes) is Trouble.ABSENT
        (tmp_path / "away").rename(desk)
        assert eventually(lambda: sees(eyes))


def test_a_folder_laid_anew_is_shown_from_the_next_lap(tmp_path):
    desk = lay(tmp_path / "desk", picture(BLUE), picture(BLUE, seed=1))
    with camera(f"folder:{desk}") as eyes:
        assert sees(eyes)
        lay(tmp_path / "new", picture(RED))
        desk.rename(tmp_path / "old")
        (tmp_path / "new").rename(desk)
        assert eventually(lambda: sees(eyes) and colour_of(eyes.newest(Subject.CITIZEN_CARD)) == RED)


def test_a_film_is_played_over_and_over(tmp_path):
    film = tmp_path / "desk.avi"
    writer = cv2.VideoWriter(str(film), cv2.VideoWriter.fourcc(*"MJPG"), 50, (320, 240))
    for colour in (BLUE, RED):
        writer.write(picture(colour))
    writer.release()
    with camera(f"file:{film}") as eyes:
        seen: list[tuple[int, int, int]] = []
        assert eventually(lambda: seen.append(colour_of(eyes.newest(Subject.CITIZEN_CARD))) or len(seen) > 30)
    assert sum(a != b for a, b in pairwise(seen)) >= 4


def test_other_sources_that_give_nothing_are_named_by_their_trouble(tmp_path):
    (tmp_path / "note.txt").write_text("not a film")
    for address, trouble in {
        f"file:{tmp_path / 'none.avi'}": Trouble.ABSENT,
        f"file:{tmp_path / 'note.txt'}": Trouble.WRONG_FORMAT,
        "/dev/v4l/by-id/usb-none": Trouble.ABSENT,
        "/dev/null": Trouble.WRONG_FORMAT,
        "ftp://camera.test": Trouble.WRONG_FORMAT,
    }.items():
        with camera(address) as eyes:
            assert trouble_of(eyes) is trouble, address


def test_a_closed_camera_says_so_and_can_be_closed_again(tmp_path):
    lay(tmp_path, picture(BLUE))
    with camera(f"folder:{tmp_path}") as eyes:
        assert sees(eyes)
        eyes.close()
        assert trouble_of(eyes) is Trouble.ABSENT


class WebCamera:
    """A network camera that can hang, repeat itself, go and come back."""

    def __init__(self) -> None:
        self.hangs, self.repeats = Event(), False
        self.server: ThreadingHTTPServer | None = None
        self.port = 0
        self.come()

    def come(self) -> None:
        outer, gone = self, Event()

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: object) -> None:
                pass

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={BOUNDARY}")
                self.end_headers()
                number = 0
                while not gone.wait(0.03):
                    if outer.hangs.is_set():
                        continue
                    number += not outer.repeats
                    body = cv2.imencode(".jpg", picture(BLUE, seed=number))[1].tobytes()
                    head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(body)}\r\n\r\n"
                    try:
                        self.wfile.write(head.encode() + body + b"\r\n")
                    except OSError:
                        return

        self.server, self.gone = ThreadingHTTPServer(("127.0.0.1", self.port), Handler), gone
        self.server.daemon_threads = True
        self.port = self.server.server_port
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def go(self) -> None:
        self.gone.set()
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
        self.server = None


@pytest.fixture
def web_camera() -> Iterator[WebCamera]:
    device = WebCamera()
    yield device
    device.go()


def test_a_camera_that_hangs_is_noticed_and_opened_again(web_camera):
    with camera(f"http://127.0.0.1:{web_camera.port}/x.mjpg") as eyes:
        assert eventually(lambda: sees(eyes))
        web_camera.hangs.set()
        assert noticed_within_three_seconds(eyes)
        web_camera.hangs.clear()
        assert eventually(lambda: sees(eyes))


def test_a_camera_that_repeats_one_frame_for_ever_counts_as_hanging(web_camera):
    with camera(f"http://127.0.0.1:{web_camera.port}/x.mjpg") as eyes:
        assert eventually(lambda: sees(eyes))
        web_camera.repeats = True
        assert noticed_within_three_seconds(eyes)
        web_camera.repeats = False
        assert eventually(lambda: sees(eyes))


def test_a_camera_whose_address_falls_silent_is_named_and_comes_back_by_itself(web_camera):
    with camera(f"http://127.0.0.1:{web_camera.port}/x.mjpg") as eyes:
        assert eventually(lambda: sees(eyes))
        web_camera.go()
        assert noticed_within_three_seconds(eyes)
        assert trouble_of(eyes) is Trouble.UNREACHABLE
        web_camera.come()
        assert eventually(lambda: sees(eyes))
