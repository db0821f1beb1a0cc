"""Barcode readers over a real pseudo-terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import subprocess
import sys
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue

import pytest

from hardware.protocols import Trouble
from hardware.scanner import LONGEST_CODE_BYTES, SerialScanner, codes_in, open_scanners
from hardware.settings import ScannerSettings
from tests.conftest import ROOT


class Reader:
    """A make-believe reader at a path that, like those under by-id, is a link."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plug()

    def plug(self) -> None:
        self.wire, self.line = pty.openpty()
        tty.setraw(self.line)
        self.path.symlink_to(os.ttyname(self.line))

    def scan(self, code: bytes) -> None:
        os.write(self.wire, code)

    def unplug(self) -> None:
        self.path.unlink()
        os.close(self.wire)
        os.close(self.line)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    device = Reader(tmp_path / "reader")
    yield device
    if device.path.exists():
        device.unplug()


@pytest.fixture
def heard() -> Queue[bytes]:
    return Queue()


def test_codes_arrive_whole_whatever_ends_the_line(reader, heard):
    with closing(listening(reader, heard)):
        reader.scan(b"first\rsecond\nthird\r\n")
        reader.scan("Tiếng ".encode())
        reader.scan("Việt\r".encode())
        assert [heard.get(timeout=5) for _ in range(4)] == [
            b"first",
            b"second",
            b"third",
            "Tiếng Việt".encode(),
        ]


def test_an_unplugged_reader_is_absent_and_works_again_when_it_is_back(reader, heard):
    with closing(listening(reader, heard)) as scanner:
        reader.scan(b"before\r")
        assert heard.get(timeout=5) == b"before"
        assert scanner.trouble is None
        reader.scan(b"half a co")
        reader.unplug()
        with pytest.raises(Empty):
            heard.get(timeout=1.5)
        assert scanner.trouble is Trouble.ABSENT
        reader.plug()
        await_open(scanner)
        reader.scan(b"after\r")
        assert heard.get(timeout=5) == b"after"


def test_several_readers_feed_one_ear(tmp_path, heard):
    readers = [Reader(tmp_path / name) for name in ("left", "right")]
    scanners = open_scanners(ScannerSettings(tuple(str(each.path) for each in readers)), heard.put)
    for number, each in enumerate(readers):
        await_open(scanners[number])
        each.scan(b"%d\r" % number)
    assert {heard.get(timeout=5), heard.get(timeout=5)} == {b"0", b"1"}
    for scanner in scanners:
        scanner.close()
    for each in readers:
        each.unplug()


def test_a_reader_held_by_another_program_is_busy(reader, heard):
    with closing(listening(reader, heard)) as first:
        reader.scan(b"mine\r")
        heard.get(timeout=5)
        with closing(SerialScanner(str(reader.path), heard.put)) as second:
            second.start()
            with pytest.raises(Empty):
                heard.get(timeout=0.3)
            assert (first.trouble, second.trouble) == (None, Trouble.BUSY)
            first.close()
            await_open(second)
            reader.scan(b"yours\r")
            assert heard.get(timeout=5) == b"yours"


def test_a_reader_that_another_program_keeps_for_itself_is_busy(reader):
    """TIOCEXCL: the kernel lets nobody in but root, so somebody else must ask."""
    with Path(reader.path).open("rb", buffering=0) as other:
        fcntl.ioctl(other, termios.TIOCEXCL)
        assert trouble_of_anybody(reader.path) == "busy"
        fcntl.ioctl(other, termios.TIOCNXCL)
        assert trouble_of_anybody(reader.path) == "None"


def test_a_path_that_is_no_serial_line_has_a_wrong_format(heard):
    with closing(SerialScanner(os.devnull, heard.put)) as scanner:
        scanner.start()
        end = time.monotonic() + 5
        while scanner.trouble is not Trouble.WRONG_FORMAT:
            assert time.monotonic() < end, scanner.trouble
            time.sleep(0.01)


def trouble_of_anybody(path: Path) -> str:
    """What somebody without rights over the machine is told of this reader."""
    humbly = ["setpriv", "--bounding-set=-sys_admin"] if os.geteuid() == 0 else []
    command = [*humbly, sys.executable, "-m", "tests.hardware.ask_reader", str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def test_closing_twice_or_before_the_start_does_no_harm(reader, heard):
    scanner = SerialScanner(str(reader.path), heard.put)
    scanner.close()
    scanner.close()


def test_noise_without_an_end_is_dropped_and_the_next_code_is_read():
    noise = b"x" * (LONGEST_CODE_BYTES + 1)
    assert list(codes_in(iter([noise, b"more\rcode\r"]))) == [b"code"]


def listening(reader: Reader, heard: Queue[bytes]) -> SerialScanner:
    scanner = SerialScanner(str(reader.path), heard.put)
    scanner.start()
    await_open(scanner)
    return scanner


def await_open(scanner: SerialScanner) -> None:
    """What is scanned before the line is open is lost, as on a real one."""
    end = time.monotonic() + 5
    while scanner.trouble is not None:
        assert time.monotonic() < end
        time.sleep(0.01)
