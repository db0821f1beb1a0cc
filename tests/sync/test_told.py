"""Every fault, made for real, as the officer reads it from `kiosk queue`, in Vietnamese and in English."""

from __future__ import annotations

import ssl
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.store import database, declarations
from kiosk.store.declarations import SealedDeclaration
from sync.durable import open_db, writing
from sync.manifest import sign_manifest
from sync.postman import PostmanSettings, drain_once
from sync.times import stamp
from tests.processes import free_port
from tests.sync.test_line import PAGE, answering, certificate

BUSY = b"HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture
def officer(station):
    """The same station as `kiosk` sees it: with its own tables, and one declaration."""
    database.prepare(station.folder / "station.db")
    station.clock.at = datetime.now(UTC) - timedelta(days=2, hours=3)
    manifest = station.seals()
    row = SealedDeclaration(
        uuid=manifest.uuid,
        seq=manifest.seq,
        receipt_code=manifest.receipt_code,
        procedure=manifest.procedure,
        agency=manifest.agency,
        sealed_at=stamp(station.clock()),
        pin_salt=b"",
        pin_scrypt=b"",
        token_sha256="",
    )
    with station.database() as db, writing(db):
        declarations.add(db, row, station.prev)
    return manifest


def reads(station, *options):
    done = CliRunner().invoke(main, ["--data", str(station.folder.parent), "queue", *options])
    assert done.exit_code == 0, done.output
    return done.output


def carries(station, url):
    drain_once(PostmanSettings(station.folder, url, 5.0, 0.5), lambda: datetime.now(UTC))


@contextmanager
def over_tls(folder, days):
    today = datetime.now(UTC)
    path = certificate(folder, "127.0.0.1", *(today + timedelta(days=day) for day in days))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with answering(b"", lambda peer: context.wrap_socket(peer, server_side=True)) as url:
        yield url.replace("http:", "https:")


FAULTS = {
    "no-network": ("http://255.255.255.255", "Máy chưa có mạng", "No network yet"),
    "dns": ("http://nobody.invalid", "không thấy máy chủ", "not found"),
    "no-answer": (f"http://127.0.0.1:{free_port()}", "Máy chủ trung tâm chưa trả lời", "answer"),
    "tls": ((-1, 30), "Kết nối không an toàn", "secure"),
    "wrong-clock": ((-30, -1), "Đồng hồ máy sai", "clock"),
    "captive-portal": (PAGE, "đòi đăng nhập", "log in"),
    "central-busy": (BUSY, "Máy chủ đang bận", "busy"),
}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_of_the_line_is_told_in_words(code, station, officer, tmp_path, monkeypatch):
    what, vietnamese, english = FAULTS[code]
    line = nullcontext(what)
    if isinstance(what, bytes):
        line = answering(what)
    elif isinstance(what, tuple):
        line = over_tls(tmp_path, what)
    if code == "wrong-clock":
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "central.pem"))
    with line as url:
        carries(station, url)
    told = reads(station)
    assert f"[{code}]" in told
    assert vietnamese in told
    assert english in reads(station, "--language", "en")
    assert told.startswith(f"{officer.receipt_code}  Đã lưu tại máy này  x")
    assert "GREEN  1 waiting, 0 put aside, oldest 2 d 3 h" in told


@pytest.mark.parametrize(
    ("code", "change", "vietnamese"),
    [
        ("revoked", "UPDATE stations SET is_revoked = 1 WHERE id = ?", "thu hồi quyền gửi"),
        ("not-enrolled", "DELETE FROM stations WHERE id = ?", "chưa được trung tâm ghi nhận"),
    ],
)
def test_a_station_that_may_not_send_is_told_why(station, officer, central, code, change, vietnamese):
    with open_db(central.folder.database) as db, writing(db):
        db.execute(change, [station.id])
    carries(station, central.url)
    assert f"[{code}]" in reads(station)
    assert vietnamese in reads(station)


def test_a_refused_declaration_is_put_aside_with_a_sentence_and_the_lamp_is_red(station, officer, central):
    carries(station, central.url)
    assert "GREEN  0 waiting, 0 put aside" in reads(station)
    other = sign_manifest(replace(officer, agency="07999"), station.keys.device)
    station.alters(officer, state="waiting", manifest=other)
    carries(station, central.url)
    told = reads(station)
    assert f"{officer.receipt_code}  Cần cán bộ kiểm tra" in told
    assert "Mã này đã có tờ khai khác" in told
    assert "RED  0 waiting, 1 put aside" in told
