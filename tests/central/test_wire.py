"""The rules of the wire, one by one."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from sync.acknowledgement import open_acknowledgement
from sync.central.folder import CentralFolder
from sync.durable import open_db
from sync.envelope import Context, open_document
from sync.manifest import digest_of, sign_manifest
from tests.sync.samples import a_key, a_part

JSON = {"Content-Type": "application/json"}
TUS = {"Tus-Resumable": "1.0.0"}


def announce(client, manifest, key):
    return client.put(f"/v1/declarations/{manifest.uuid}", data=sign_manifest(manifest, key), headers=JSON)


def send(client, part, content, offset=0, **headers):
    known = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
    return client.patch(f"/v1/blobs/{part.sha256}", input_stream=BytesIO(content), headers=known | headers)


def problem(answer):
    """The code of a problem; also checks that it is told as RFC 9457 wants."""
    assert answer.content_type == "application/problem+json"
    told = json.loads(answer.data)
    assert told["status"] == answer.status_code
    assert told["type"].endswith(told["code"])
    assert told["title"]
    return answer.status_code, told["code"]


@pytest.fixture
def sealed(station):
    """A declaration of two parts, not yet announced."""
    return station.seals(b"answers", b"photo" * 20_000)


@pytest.fixture
def announced(client, station, sealed):
    announce(client, sealed, station.keys.device)
    return sealed


@pytest.fixture
def arrived(client, station, announced):
    for part in announced.parts:
        send(client, part, station.parcels.read_part(part))
    return announced


def test_a_manifest_is_taken_once_and_answered_the_same_again(client, station, sealed):
    wanted = {"missing": [{"sha256": part.sha256, "offset": 0} for part in sealed.parts]}
    first, second = (announce(client, sealed, station.keys.device) for _ in range(2))
    assert (first.status_code, first.json) == (201, wanted)
    assert (second.status_code, second.json) == (200, wanted)


def test_other_bytes_under_the_same_id_change_nothing(client, station, announced):
    other = replace(announced, agency="07999")
    assert problem(announce(client, other, station.keys.device)) == (409, "other-bytes")
    assert announce(client, announced, station.keys.device).status_code == 200


def test_a_part_cannot_be_announced_with_two_sizes(client, station, announced):
    lie = replace(announced.parts[0], size=1)
    other = replace(announced, uuid=str(uuid7()), parts=(lie,))
    assert problem(announce(client, other, station.keys.device)) == (409, "part-size-differs")


def test_a_manifest_must_be_by_a_station_we_know(client, station, sealed, tmp_path):
    assert problem(announce(client, sealed, a_key())) == (422, "manifest-signature")
    stranger = replace(sealed, station="9999", receipt_code="99990001N")
    assert problem(announce(client, stranger, a_key())) == (401, "not-enrolled")
    with open_db(CentralFolder(tmp_path / "central").database) as db:
        db.table("stations").update("0042", {"is_revoked": 1})
    assert problem(announce(client, sealed, station.keys.device)) == (403, "revoked")


def test_a_manifest_goes_to_its_own_address_and_in_its_own_kind(client, station, sealed):
    document = sign_manifest(sealed, station.keys.device)
    elsewhere = client.put(f"/v1/declarations/{uuid7()}", data=document, headers=JSON)
    assert problem(elsewhere) == (422, "bad-manifest")
    assert elsewhere.json["detail"] == "uuid"
    as_form = client.put(f"/v1/declarations/{sealed.uuid}", data={"a": "b"})
    assert problem(as_form) == (415, "wrong-media")
    huge = client.put(f"/v1/declarations/{sealed.uuid}", data=b"x" * 70_000, headers=JSON)
    assert problem(huge) == (413, "too-large")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.binary(max_size=300)
    | st.recursive(st.none() | st.text(), st.lists).map(lambda v: json.dumps(v).encode())
)
def test_any_body_is_refused_with_a_coded_problem(client, body):
    status, _code = problem(client.put(f"/v1/declarations/{uuid7()}", data=body, headers=JSON))
    assert status == 422


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.sampled_from(["Upload-Offset", "Upload-Length", "Upload-Metadata", "Tus-Resumable", "Content-Type"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    st.sampled_from(["PATCH", "POST", "HEAD", "PUT", "DELETE"]),
)
def test_any_header_is_answered_below_500(client, announced, header, value, method):
    path = "/v1/blobs" if method == "POST" else f"/v1/blobs/{announced.parts[0].sha256}"
    headers = {**TUS, "Content-Type": "application/offset+octet-stream", header: value}
    assert client.open(path, method=method, headers=headers, data=b"").status_code < 500


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/nowhere", (404, "not-found")),
        ("GET", "/v1/declarations/x/commit", (405, "method-not-allowed")),
        ("POST", "/v1/declarations/x/commit", (404, "unknown-declaration")),
        ("DELETE", "/", (405, "method-not-allowed")),
        ("GET", "/v1/time", (400, "bad-header")),
        ("GET", "/v1/time?nonce=%00%00%00%00%00%00%00%00", (400, "bad-header")),
    ],
)
def test_a_senseless_request_is_a_coded_problem(client, method, path, told):
    answer = client.open(path, method=method)
    assert problem(answer) == told
    assert (answer.status_code == 405) == ("Allow" in answer.headers)


def test_a_part_arrives_in_pieces(client, station, announced):
    part = announced.parts[1]
    content = station.parcels.read_part(part)
    assert send(client, part, content[:1000]).headers["Upload-Offset"] == "1000"
    asked = client.head(f"/v1/blobs/{part.sha256}", headers=TUS)
    assert (asked.headers["Upload-Offset"], asked.headers["Upload-Length"]) == ("1000", str(part.size))
    assert asked.headers["Cache-Control"] == "no-store"
    assert problem(send(client, part, content[999:], offset=999)) == (409, "offset-differs")
    assert problem(send(client, part, content[1001:], offset=1001)) == (409, "offset-differs")
    last = send(client, part, content[1000:], offset=1000)
    assert (last.status_code, last.headers["Upload-Offset"]) == (204, str(part.size))
    assert last.headers["Tus-Resumable"] == "1.0.0"
    assert send(client, part, b"", offset=part.size).status_code == 204, "again, without harm"


def test_bytes_that_are_not_what_their_name_says_are_thrown_away(client, station, announced):
    part = announced.parts[0]
    wrong = bytes(part.size)
    assert problem(send(client, part, wrong)) == (422, "hash-differs")
    assert client.head(f"/v1/blobs/{part.sha256}", headers=TUS).headers["Upload-Offset"] == "0"
    assert send(client, part, station.parcels.read_part(part)).status_code == 204


def test_an_upload_follows_the_rules_of_tus(client, announced):
    part = announced.parts[0]
    assert problem(send(client, part, b"x", **{"Tus-Resumable": "0.2"})) == (412, "tus-version")
    assert problem(send(client, part, b"x", **{"Content-Type": "text/plain"})) == (415, "wrong-media")
    assert problem(send(client, part, b"x", offset="x")) == (400, "bad-header")
    assert problem(send(client, part, b"x" * (part.size + 1))) == (413, "too-large")
    assert problem(send(client, a_part(), b"x")) == (404, "unknown-upload")
    stream = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    assert problem(client.patch(f"/v1/blobs/{part.sha256}", headers=stream)) == (411, "length-missing")
    abilities = client.options("/v1/blobs")
    assert (abilities.status_code, abilities.headers["Tus-Version"]) == (204, "1.0.0")


def test_an_upload_may_be_created_the_usual_way(client, announced):
    part = announced.parts[0]
    name = b64encode(part.sha256.encode()).decode()
    headers = {**TUS, "Upload-Length": str(part.size), "Upload-Metadata": f"sha256 {name},kind cGFydA=="}
    made = client.post("/v1/blobs", headers=headers)
    assert (made.status_code, made.headers["Location"]) == (201, f"/v1/blobs/{part.sha256}")
    assert problem(client.post("/v1/blobs", headers=headers | {"Upload-Length": "1"})) == (413, "too-large")
    assert problem(client.post("/v1/blobs", headers=headers | {"Upload-Metadata": "x"})) == (
        400,
        "bad-header",
    )
    assert problem(client.post("/v1/blobs", headers=TUS)) == (404, "unknown-upload")


def checksum(content: bytes, algorithm: str = "sha1") -> dict[str, str]:
    digest = b64encode(hashlib.new(algorithm, content).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {digest}"}


def offset(client, part):
    return int(client.head(f"/v1/blobs/{part.sha256}", headers=TUS).headers["Upload-Offset"])


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512"])
def test_a_piece_may_bring_its_checksum(client, station, announced, algorithm):
    part = announced.parts[1]
    content = station.parcels.read_part(part)
    first, rest = content[:1000], content[1000:]
    assert send(client, part, first, **checksum(first, algorithm)).status_code == 204
    wrong = send(client, part, rest[:500], offset=1000, **checksum(b"other", algorithm))
    assert problem(wrong) == (460, "checksum-differs")
    assert offset(client, part) == 1000, "the piece was thrown away, what was there stays"
    assert send(client, part, rest, offset=1000, **checksum(rest, algorithm)).status_code == 204
    named = client.options("/v1/blobs").headers
    assert algorithm in named["Tus-Checksum-Algorithm"].split(",")
    assert named["Tus-Extension"] == "creation,checksum,termination"


@pytest.mark.parametrize("text", ["", "md5 abc=", "sha1", "sha1 ?", "sha1  x"])
def test_a_senseless_checksum_is_refused(client, announced, text):
    refused = send(client, announced.parts[0], b"x", **{"Upload-Checksum": text})
    assert problem(refused) in {(400, "bad-header"), (460, "checksum-differs")}
    assert offset(client, announced.parts[0]) == 0


def test_an_upload_may_be_given_up_until_it_is_whole(client, station, announced):
    part = announced.parts[1]
    content = station.parcels.read_part(part)
    send(client, part, content[:1000])
    assert client.delete(f"/v1/blobs/{part.sha256}", headers=TUS).status_code == 204
    assert offset(client, part) == 0
    send(client, part, content)
    kept = client.delete(f"/v1/blobs/{part.sha256}", headers=TUS)
    assert problem(kept) == (409, "part-kept")
    assert problem(client.delete(f"/v1/blobs/{'ab' * 32}", headers=TUS)) == (404, "unknown-upload")


def batch(client, *documents):
    body = b'{"manifests":[' + b",".join(documents) + b"]}"
    return client.post("/v1/declarations:batch", data=body, headers=JSON)


def test_many_are_announced_at_once_and_each_is_answered_for_itself(client, station):
    first, second = station.seals(), station.seals()
    good = [sign_manifest(each, station.keys.device) for each in (first, second)]
    forged = sign_manifest(replace(second, seq=9, uuid=str(uuid7())), a_key())
    told = batch(client, good[0], forged, b"{}", good[1], good[0]).json["results"]
    assert [each["status"] for each in told] == [201, 422, 422, 201, 200]
    assert [each.get("code") for each in told[1:3]] == ["manifest-signature", "bad-manifest"]
    assert told[3]["uuid"] == second.uuid
    assert [each["sha256"] for each in told[3]["missing"]] == [part.sha256 for part in second.parts]
    assert batch(client, *(b"{}" for _ in range(50))).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"manifests":1}',
        b'{"manifests":[],"more":1}',
        b'{"manifests":[1.5]}',
        b"[" * 9999,
    ],
)
def test_a_senseless_batch_is_refused_as_a_whole(client, body):
    assert problem(client.post("/v1/declarations:batch", data=body, headers=JSON)) == (422, "bad-batch")
    assert problem(batch(client, *(b"{}" for _ in range(51)))) == (422, "bad-batch")
    huge = client.post("/v1/declarations:batch", data=b" " * 600_000, headers=JSON)
    assert problem(huge) == (413, "too-large")


def test_nothing_is_acknowledged_before_it_is_all_here(client, station, announced):
    part, missing = announced.parts
    send(client, part, station.parcels.read_part(part))
    answer = client.post(f"/v1/declarations/{announced.uuid}/commit")
    assert problem(answer) == (424, "parts-missing")
    assert answer.json["missing"] == [{"sha256": missing.sha256, "offset": 0}]


def test_the_acknowledgement_is_signed_and_the_same_for_ever(client, station, arrived):
    first, second = (client.post(f"/v1/declarations/{arrived.uuid}/commit") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.data == second.data
    digest = digest_of(sign_manifest(arrived, station.keys.device))
    word = open_acknowledgement(
        first.data, station.keys.central, declaration=arrived.uuid, manifest_sha256=digest
    )
    assert (word.number, word.received_at) == (1, "2026-11-20T05:00:00.000+00:00")
    replay = announce(client, arrived, station.keys.device)
    assert (replay.status_code, replay.json) == (200, {"missing": []})


def test_a_whole_part_that_is_announced_again_need_not_be_sent(client, station, arrived):
    correction = replace(arrived, uuid=str(uuid7()), seq=2)
    assert announce(client, correction, station.keys.device).json == {"missing": []}


def test_keys_and_time_are_signed(client, station):
    assert client.get("/v1/keys").data == (station.folder / "keys" / "keyset.json").read_bytes()
    said = client.get("/v1/time?nonce=abcd-EFGH_123").data
    payload = open_document(said, station.keys.central, Context.TIME)
    assert payload == {"nonce": "abcd-EFGH_123", "time": "2026-11-20T05:00:00.000+00:00"}


def test_the_page_for_people_counts_and_names_nobody(client, arrived):
    client.post(f"/v1/declarations/{arrived.uuid}/commit")
    page = client.get("/")
    text = page.data.decode()
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert text.count("<h1>") == 1
    assert '<html lang="vi">' in text
    assert "<script" not in text
    assert "style=" not in text
    assert "<dd>1</dd>" in text
    assert arrived.uuid not in text
    with client.get("/static/central.css") as sheet:
        assert sheet.status_code == 200


def test_ingest_works_without_the_private_halves(client, arrived, tmp_path):
    review = CentralFolder(tmp_path / "central").review
    for key in review.iterdir():
        key.unlink()
    assert client.post(f"/v1/declarations/{arrived.uuid}/commit").status_code == 201


def test_a_failure_inside_tells_nothing_of_the_inside(client, arrived, tmp_path):
    CentralFolder(tmp_path / "central").database.write_bytes(b"not a database any more" * 100)
    answer = client.get("/")
    assert answer.status_code == 500
    assert problem(answer) == (500, "internal-server-error")
    assert b"database" not in answer.data
