"""Bodies that are none: multipart where documents belong, and bundles with bytes changed. Never a 5xx."""

from __future__ import annotations

import json
import random

import pytest
from uuid_utils.compat import uuid7

from sync import outbox
from sync.homeward import open_return
from sync.stick import Stick
from tests.central.test_wire import JSON
from tests.sync.samples import NOON

SEED, TRIES = 20261128, 60
POSTS = (
    "/v1/stations",
    "/v1/declarations:batch",
    "/v1/heartbeats",
    "/v1/status",
    "/v1/withdrawals",
    "/v1/returns",
)
PIECES = (
    b"--x\r\n",
    b"--x--\r\n",
    b"--x",
    b"\r\n\r\n",
    b'Content-Disposition: form-data; name="manifest"; filename="../../a"\r\n',
    b"Content-Disposition: form-data; name*=utf-8''%ff%00\r\n",
    b"Content-Type: application/json\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"\x00\xff\xfe",
    b"{" * 50,
    b'{"payload":{},"key_id":"","signature":""}',
)


def is_a_coded_problem(response) -> bool:
    told = json.loads(response.data)
    kind = response.headers["Content-Type"] == "application/problem+json"
    return (
        kind and 400 <= response.status_code < 500 and told["status"] == response.status_code and told["code"]
    )


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "multipart/mixed; boundary=",
        JSON["Content-Type"],
    ],
)
def test_multipart_is_a_coded_problem_at_every_door(client, content_type):
    chance = random.Random(f"{SEED} {content_type}")
    for _ in range(TRIES):
        body = b"".join(chance.choices(PIECES, k=chance.randrange(1, 9)))
        path = chance.choice((*POSTS, f"/v1/declarations/{uuid7()}"))
        method = client.put if path.startswith("/v1/declarations/") else client.post
        assert is_a_coded_problem(method(path, data=body, headers={"Content-Type": content_type})), path


def test_a_changed_bundle_is_refused_or_answered_and_never_believed(client, station):
    for _ in range(3):
        station.seals()
    with station.database() as db:
        stick = Stick(db, station.parcels, station.id, station.keys, station.folder / "keys", lambda: NOON)
        whole = stick.question(outbox.entries(db, limit=9))
    chance = random.Random(SEED)
    for at in range(TRIES):
        changed = bytearray(whole[: chance.randrange(1, len(whole))] if at % 3 == 0 else whole)
        for _ in range(chance.randrange(1, 4)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        response = client.post(
            "/v1/returns", data=bytes(changed), headers={"Content-Type": "application/octet-stream"}
        )
        if response.status_code == 200:
            assert not open_return(response.data, station.keys.central, station.id).acknowledgements
        else:
            assert is_a_coded_problem(response)
    with station.database() as db:
        assert outbox.counts(db).waiting == 3
