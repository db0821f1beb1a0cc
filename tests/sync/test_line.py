"""Every way a line can be dead, told apart, against real sockets."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from sync.backoff import LONGEST, Breaker, wait
from sync.faults import LineFault, Refused, Unreachable
from sync.line import BadAddress, open_line
from sync.outbox import State
from tests.processes import free_port

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\n\r\n<h1>Xin chao ban</h1"


@contextmanager
def answering(answer: bytes, wrap=None, *, hold=False):
    """A machine that says the same to everybody, whatever he asks."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def talk(peer: socket.socket) -> None:
            with peer:
                try:
                    peer = wrap(peer) if wrap else peer
                    peer.recv(65536)
                    peer.sendall(answer)
                    if hold:
                        over.wait(5)
                except OSError:
                    return

        def serve() -> None:
            while True:
                try:
                    peer, _ = server.accept()
                except OSError:
                    return
                if over.is_set():
                    peer.close()
                    return
                threading.Thread(target=talk, args=(peer,), daemon=True).start()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            socket.create_connection(server.getsockname()).close()
            thread.join()


def ask(url, timeout=2.0):
    line = open_line(url, timeout)
    try:
        return line.ask("GET", "/v1/keys", expect={200})
    finally:
        line.close()


def fault_of(url, timeout=2.0):
    with pytest.raises(Unreachable) as caught:
        ask(url, timeout)
    return caught.value.fault


@pytest.mark.parametrize(
    "answer",
    [
        PAGE,
        b"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n{}",
        b"HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: 2\r\n\r\n[]",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"x" * 300_000,
    ],
)
def test_somebody_who_is_not_central_counts_for_nothing(answer):
    with answering(answer) as url:
        assert fault_of(url) is LineFault.CAPTIVE_PORTAL


def test_a_captive_portal_frees_nothing_and_ages_nothing(station):
    manifest = station.seals()
    with answering(PAGE) as url:
        done = station.drains(url)
    assert (done.delivered, done.trouble.fault) == (0, LineFault.CAPTIVE_PORTAL)
    entry = station.entry(manifest)
    assert (entry.state, entry.attempts, entry.trouble) == (State.WAITING, 0, "captive-portal")
    assert len(list(station.parcels.parts())) == 2


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_busy_central_is_told_and_its_wish_heard(status):
    answer = b"HTTP/1.1 %d X\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n" % status
    with answering(answer) as url, pytest.raises(Unreachable) as caught:
        ask(url)
    assert caught.value.fault is LineFault.CENTRAL_BUSY
    assert caught.value.retry_after_seconds == 90


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("Fri, 20 Nov 2026 05:02:00 GMT", 120.0),
        ("Fri, 20 Nov 2026 04:00:00 GMT", 0.0),
        ("999999999", 3600.0),
        ("soon", None),
        ("-1", None),
    ],
)
def test_a_wish_may_be_a_date_by_centrals_own_clock(wish, seconds):
    head = f"HTTP/1.1 503 X\r\nDate: Fri, 20 Nov 2026 05:00:00 GMT\r\nRetry-After: {wish}\r\n"
    with answering(f"{head}Content-Length: 0\r\n\r\n".encode()) as url, pytest.raises(Unreachable) as caught:
        ask(url)
    assert caught.value.retry_after_seconds == seconds


def test_a_coded_refusal_is_final():
    body = b'{"code":"other-bytes","status":409}'
    head = b"HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n\r\n"
    with answering(head % len(body) + body) as url, pytest.raises(Refused, match=r"^other-bytes: HTTP 409$"):
        ask(url)


def test_a_refusal_that_central_did_not_sign_puts_nothing_aside(station):
    body = b'{"code":"other-bytes","status":409}'
    head = b"HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n\r\n"
    manifest = station.seals()
    with answering(head % len(body) + body) as url:
        done = station.drains(url)
    assert (done.quarantined, done.trouble.fault) == (0, LineFault.CAPTIVE_PORTAL)
    assert station.entry(manifest).state is State.WAITING


def test_nobody_there_is_told_from_no_network_and_no_name():
    assert fault_of(f"http://127.0.0.1:{free_port()}") is LineFault.NO_ANSWER
    assert fault_of("http://nobody.invalid") is LineFault.DNS
    assert fault_of("http://255.255.255.255") is LineFault.NO_NETWORK


def test_silence_is_a_timeout_and_a_cut_is_a_cut():
    with answering(b"", hold=True) as url:
        assert fault_of(url, timeout=0.2) is LineFault.TIMEOUT
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf") as url:
        assert fault_of(url) is LineFault.CUT
    with answering(b"") as url:
        assert fault_of(url) is LineFault.CUT


def certificate(folder, address, first_day, last_day):
    """A certificate of our own making, in the dates that a test wants."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "central.test")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(first_day).not_valid_after(last_day)
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
    cert = builder.add_extension(names, critical=False).sign(key, hashes.SHA256())
    path = folder / "central.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + cert.public_bytes(Encoding.PEM))
    return path


@pytest.mark.parametrize(
    ("address", "days", "trusted", "fault"),
    [
        ("127.0.0.1", (-30, -1), True, LineFault.WRONG_CLOCK),
        ("127.0.0.1", (1, 30), True, LineFault.WRONG_CLOCK),
        ("192.0.2.1", (-1, 30), True, LineFault.TLS),
        ("127.0.0.1", (-1, 30), False, LineFault.TLS),
    ],
    ids=["expired", "not yet", "another's", "unknown signer"],
)
def test_a_certificate_is_refused_for_its_dates_or_for_its_signer(
    tmp_path, monkeypatch, address, days, trusted, fault
):
    today = datetime.now(UTC)
    path = certificate(tmp_path, address, *(today + timedelta(days=day) for day in days))
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with answering(b"", lambda peer: context.wrap_socket(peer, server_side=True)) as url:
        assert fault_of(url.replace("http:", "https:")) is fault


def test_no_tls_at_the_other_end_is_told():
    with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as url:
        assert fault_of(url.replace("http:", "https:")) is LineFault.TLS


@pytest.mark.parametrize(
    "url", ["", "central", "ftp://x", "http://", "http://user:secret@central.test", "http://[::"]
)
def test_a_senseless_address_is_refused_at_once(url):
    with pytest.raises(BadAddress):
        open_line(url, 1.0)


def test_waiting_doubles_spreads_and_has_an_end():
    longest = [wait(attempts, lambda: 1.0).total_seconds() for attempts in (1, 2, 3, 10, 999)]
    assert longest == [2, 4, 8, 900, 900]
    assert wait(5, lambda: 0.0) == timedelta(0)
    assert wait(999, lambda: 0.5) == LONGEST / 2


def test_a_breaker_follows_central_and_knocks_more_often_than_items_are_tried():
    ticks = [100.0]
    breaker = Breaker(lambda: 1.0, lambda: ticks[0])
    assert breaker.lets_try()
    breaker.learn(Unreachable(LineFault.CENTRAL_BUSY, "", 90))
    ticks[0] += 89
    breaker.network_changed()
    assert not breaker.lets_try(), "what central asked for is kept"
    ticks[0] += 1
    assert (breaker.lets_try(), breaker.is_open) == (True, True)
    for _ in range(9):
        breaker.learn(Unreachable(LineFault.NO_ANSWER, ""))
    ticks[0] += 9
    assert not breaker.lets_try()
    breaker.network_changed()
    assert breaker.lets_try(), "a way has opened"
    for _ in range(12):
        breaker.learn(Unreachable(LineFault.CENTRAL_BUSY, ""))
    ticks[0] += 899
    assert not breaker.lets_try(), "a busy central is asked as rarely as an item is tried"
    breaker.learn(None, delivered=3)
    assert not breaker.is_open
    breaker.learn(Unreachable(LineFault.TIMEOUT, ""), delivered=1)
    ticks[0] += 2
    assert breaker.lets_try(), "the first trouble in a row"
