from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from sync.envelope import BadDocument, BadSignature, Context, sign_document
from sync.manifest import BadManifest, Manifest, Part, digest_of, open_manifest, read_manifest, sign_manifest
from tests.sync.samples import a_key, a_manifest, a_part


def test_a_manifest_survives_the_way_to_central():
    key = a_key()
    manifest = a_manifest(prev="cd" * 32, replaces=str(uuid7()), operator="supervisor:102")
    document = sign_manifest(manifest, key)
    assert open_manifest(document, key.public_key()) == manifest
    assert read_manifest(document) == manifest
    assert digest_of(document) == digest_of(sign_manifest(manifest, key))


def test_another_stations_signature_is_refused():
    with pytest.raises(BadSignature):
        open_manifest(sign_manifest(a_manifest(), a_key()), a_key().public_key())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("v", 2),
        ("uuid", "bb06953b-62f9-4868-b8f4-cacb5d362087"),  # version 4
        ("uuid", "01A21445-4E28-775B-B5AD-C4FA06234AC2"),
        ("uuid", "../../etc/passwd"),
        ("station", "004U"),
        ("station", "42"),
        ("seq", 0),
        ("seq", True),
        ("seq", 2**53),
        ("prev", ""),
        ("prev", "ZZ" * 32),
        ("procedure", ""),
        ("form_version", "a b"),
        ("agency", "07918\n"),
        ("keyset_version", "1"),
        ("captured_at", "2026-11-20T05:00:00+00:00"),
        ("captured_at", "2026-11-20T12:00:00.000+07:00"),
        ("captured_at", None),
        ("clock_verified", 1),
        ("receipt_code", "99990001N"),
        ("status_token_sha256", "ab"),
        ("parts", ()),
        ("replaces", "no"),
        ("operator", "Lan"),
        ("operator", "officer:079189000123"),
    ],
)
def test_a_wrong_field_is_named_and_its_value_is_not(field, value):
    with pytest.raises(BadManifest, match=rf"^field {field}$"):
        a_manifest(**{field: value})


def test_parts_have_safe_and_different_names():
    for name in ("../x", ".hidden", "a/b", "Ảnh.jpg", "", "x" * 60, "a.b.c"):
        with pytest.raises(BadManifest):
            a_part(name)
    with pytest.raises(BadManifest):
        a_manifest(parts=(a_part("a.jpg"), a_part("a.jpg")))
    same = a_part("a.jpg")
    with pytest.raises(BadManifest):
        a_manifest(parts=(same, replace(same, name="b.jpg")))
    for size in (0, -1, True, 10**9):
        with pytest.raises(BadManifest):
            Part("a.jpg", "ab" * 32, size)


def test_nothing_may_be_missing_and_nothing_more_be_there():
    payload = a_manifest().to_payload()
    for name in payload:
        with pytest.raises(BadManifest, match=f"field {name}"):
            Manifest.from_payload({key: value for key, value in payload.items() if key != name})
    for extra in ({"name": "x"}, {"replaces": None}, {"operator": None}):
        with pytest.raises(BadManifest):
            Manifest.from_payload(payload | extra)


anything = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.lists(st.text())
    | st.dictionaries(st.text(), st.text())
)


@given(st.sampled_from(sorted(a_manifest().to_payload())), anything)
def test_any_value_in_any_field_is_taken_or_refused_and_never_crashes(name, value):
    with suppress(BadManifest):
        Manifest.from_payload(a_manifest().to_payload() | {name: value})


def test_another_kind_of_document_is_no_manifest():
    key = a_key()
    with pytest.raises(BadDocument):
        open_manifest(sign_document(a_manifest().to_payload(), key, Context.TIME), key.public_key())
