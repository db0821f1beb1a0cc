import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.envelope import (
    BadDocument,
    BadSignature,
    Context,
    canonical,
    from_base64,
    open_document,
    public_key,
    public_text,
    read_canonical,
    sign_document,
)
from tests.sync.samples import a_key

integers = st.integers(-(2**53) + 1, 2**53 - 1)
letters = st.text(st.characters(exclude_categories=["Cs"]))
plain = st.recursive(
    st.none() | st.booleans() | integers | letters,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(letters, inner, max_size=4),
    max_leaves=12,
)


@given(plain)
def test_what_was_written_is_read_again_and_has_one_spelling(value):
    written = canonical(value)
    assert read_canonical(written) == value
    assert canonical(json.loads(written)) == written


@pytest.mark.parametrize(
    "value", [1.5, float("nan"), b"x", {1: "a"}, [(1, 2)], 2**53, "\ud800", {"a": {2.0}}]
)
def test_what_has_no_spelling_is_refused(value):
    with pytest.raises(BadDocument):
        canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a": 1}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b"1.0",
        b"NaN",
        b'"\\u00e1"',
        b"\xff",
        b"[" * 50_000,
        b"1" * 5_000,
        b'"' + b"x" * 70_000 + b'"',
    ],
    ids=repr,
)
def test_other_spellings_are_refused(data):
    with pytest.raises(BadDocument):
        read_canonical(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    key = a_key().public_key()
    with pytest.raises(BadDocument):
        open_document(data, key, Context.MANIFEST)


def test_a_signed_document_opens_with_its_key():
    key = a_key()
    document = sign_document({"tên": "Mẫu", "n": 1}, key, Context.KEY_SET)
    assert open_document(document, key.public_key(), Context.KEY_SET) == {"tên": "Mẫu", "n": 1}
    assert document == sign_document({"n": 1, "tên": "Mẫu"}, key, Context.KEY_SET)


def test_another_key_another_purpose_or_another_word_is_refused():
    key = a_key()
    document = sign_document({"n": 1}, key, Context.MANIFEST)
    with pytest.raises(BadSignature):
        open_document(document, a_key().public_key(), Context.MANIFEST)
    with pytest.raises(BadSignature):
        open_document(document, key.public_key(), Context.ACKNOWLEDGEMENT)
    with pytest.raises(BadSignature):
        open_document(document.replace(b'"n":1', b'"n":2'), key.public_key(), Context.MANIFEST)


def test_a_public_key_survives_as_text_in_one_spelling():
    key = a_key().public_key()
    assert public_key(public_text(key)) == key
    for wrong in ("", "A", "é", public_text(key)[:-1], public_text(key) + "="):
        with pytest.raises(BadDocument):
            public_key(wrong)
    with pytest.raises(BadDocument):
        from_base64("AB")  # the last four bits would be ignored
