from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from sync.credentials import Credentials
from sync.envelope import BadSignature, Context, key_id, sign_document
from sync.faults import LineFault, Unreachable
from sync.signatures import (
    Question,
    Reply,
    UnknownKey,
    WrongClock,
    is_signed,
    sign_question,
    sign_reply,
    verify_question,
    verify_reply,
)
from sync.times import stamp
from tests.sync.samples import NOON, Clock, a_key

STATION, CENTRAL = a_key(), a_key()
ASKED = Question("PUT", "http://central.test/v1/declarations/1?x=%2F&y=", {"Content-Type": "text/plain"})
PIECE = Question("PATCH", "http://central.test/v1/blobs/ab", {"Upload-Offset": "7", "Content-Length": "300"})


def signed(question=ASKED, body: bytes | None = b"body", at=NOON):
    headers = sign_question(question, body, STATION, CENTRAL.public_key(), at)
    return replace(question, headers=headers)


def verified(question, body: bytes | None = b"body", at=NOON, central=CENTRAL):
    keys = {key_id(STATION.public_key()): STATION.public_key()}
    return verify_question(question, body, keys.get, central.public_key(), at)


def changed(question, **headers):
    return replace(question, headers=question.headers | headers)


def test_a_signed_request_says_who_asks():
    asked = verified(signed())
    assert asked.key_id == key_id(STATION.public_key())
    assert asked.created == int(NOON.timestamp())
    assert asked.nonce != verified(signed()).nonce


def test_a_proxy_may_call_central_by_another_name():
    elsewhere = replace(signed(), url=ASKED.url.replace("http://central.test", "https://10.0.0.7:8443"))
    assert verified(elsewhere)


@pytest.mark.parametrize(
    "change",
    [
        {"method": "POST"},
        {"url": ASKED.url.replace("declarations/1", "declarations/2")},
        {"url": ASKED.url.replace("%2F", "/")},
        {"url": ASKED.url + "z"},
        {"url": "http://central.test/v1/déclarations"},
        {"url": "nothing"},
    ],
)
def test_what_is_asked_cannot_be_changed(change):
    with pytest.raises(BadSignature):
        verified(replace(signed(), **change))


def test_the_body_cannot_be_changed_and_a_digest_cannot_be_left_out():
    with pytest.raises(BadSignature):
        verified(signed(), b"other")
    with pytest.raises(BadSignature):
        verified(signed(PIECE, None), b"")


@pytest.mark.parametrize("header", ["Upload-Offset", "Content-Length"])
def test_where_a_piece_goes_and_how_long_it_is_cannot_be_changed(header):
    assert verified(signed(PIECE, None), None)
    with pytest.raises(BadSignature):
        verified(changed(signed(PIECE, None), **{header: "8"}), None)


def test_a_request_for_another_central_is_refused():
    with pytest.raises(BadSignature, match="another central"):
        verified(signed(), central=a_key())


def test_an_unknown_key_is_told_from_a_bad_signature():
    with pytest.raises(UnknownKey):
        verify_question(signed(), b"body", {}.get, CENTRAL.public_key(), NOON)
    with pytest.raises(BadSignature):
        verify_question(signed(), b"body", lambda _: a_key().public_key(), CENTRAL.public_key(), NOON)


@pytest.mark.parametrize(("seconds", "good"), [(420, True), (421, False), (-120, True), (-121, False)])
def test_a_request_is_good_for_seven_minutes_and_two_ahead(seconds, good):
    at = NOON + timedelta(seconds=seconds)
    if good:
        assert verified(signed(), at=at)
        return
    with pytest.raises(WrongClock):
        verified(signed(), at=at)


@pytest.mark.parametrize("text", ["", "x", "station=()", 'station=("@method");tag="bhxh-station/1"', "é" * 9])
def test_a_senseless_signature_is_refused(text):
    assert is_signed(signed().headers)
    for header in ("Signature", "Signature-Input"):
        with pytest.raises(BadSignature):
            verified(changed(signed(), **{header: text}))


def test_a_request_must_have_a_nonce():
    with_short = signed()
    short = with_short.headers["Signature-Input"]
    with pytest.raises(BadSignature):
        verified(changed(with_short, **{"Signature-Input": short.replace("nonce=", "x=")}))


def answered(question, body: bytes | None = b"word", key=CENTRAL):
    reply = Reply(201, {"Upload-Offset": "7"}, question)
    return Reply(201, sign_reply(reply, body, key, NOON), question)


def test_an_answer_is_good_for_its_own_request_only():
    first, second = signed(), signed()
    verify_reply(answered(first), b"word", CENTRAL.public_key())
    with pytest.raises(BadSignature):
        verify_reply(replace(answered(first), request=second), b"word", CENTRAL.public_key())


def test_an_answer_to_head_has_no_digest():
    verify_reply(answered(signed(), None), None, CENTRAL.public_key())
    with pytest.raises(BadSignature):
        verify_reply(answered(signed(), None), b"", CENTRAL.public_key())


@pytest.mark.parametrize("change", [{"status_code": 200}, {"headers": {"Upload-Offset": "8"}}])
def test_an_answer_cannot_be_changed(change):
    reply = answered(signed())
    change = {**change, "headers": reply.headers | change.get("headers", {})}
    with pytest.raises(BadSignature):
        verify_reply(replace(reply, **change), b"word", CENTRAL.public_key())


def test_an_answer_by_another_central_counts_for_nothing():
    with pytest.raises(BadSignature, match="another central"):
        verify_reply(answered(signed(), key=a_key()), b"word", CENTRAL.public_key())


def test_an_answer_to_an_unsigned_request_is_signed_too():
    verify_reply(answered(ASKED), b"word", CENTRAL.public_key())


def time_of(at, nonce="n" * 8, key=CENTRAL):
    return sign_document({"nonce": nonce, "time": stamp(at)}, key, Context.TIME)


def test_a_station_with_a_wrong_clock_dates_its_requests_by_centrals():
    clock = Clock(NOON - timedelta(days=20_000))  # 1972
    mine = Credentials(STATION, CENTRAL.public_key(), clock)
    mine.learn_time(time_of(NOON), "n" * 8)
    clock.goes(seconds=3)
    asked = replace(ASKED, headers=mine.sign(ASKED, b"body"))
    assert verified(asked, at=NOON + timedelta(seconds=3))


@pytest.mark.parametrize(
    "document", [time_of(NOON, "other-nonce"), time_of(NOON, key=a_key()), b"", b"{}"], ids=range(4)
)
def test_nobody_but_central_sets_the_clock_and_no_old_answer_does(document):
    mine = Credentials(STATION, CENTRAL.public_key(), Clock())
    with pytest.raises(Unreachable) as caught:
        mine.learn_time(document, "n" * 8)
    assert caught.value.fault is LineFault.BAD_SIGNATURE
    assert mine.ahead == timedelta(0)
