import pytest
from uuid_utils.compat import uuid7

from sync.acknowledgement import Acknowledgement, open_acknowledgement, sign_acknowledgement
from sync.envelope import BadDocument, BadSignature, Context, sign_document
from tests.sync.samples import a_key

ID, DIGEST, WHEN = str(uuid7()), "ab" * 32, "2026-11-20T05:00:00.000+00:00"


def test_centrals_word_counts_for_exactly_what_it_names():
    key = a_key()
    word = Acknowledgement(ID, DIGEST, WHEN, 7)
    document = sign_acknowledgement(word, key)
    assert open_acknowledgement(document, key.public_key(), declaration=ID, manifest_sha256=DIGEST) == word
    for other in ({"declaration": str(uuid7())}, {"manifest_sha256": "cd" * 32}):
        with pytest.raises(BadSignature):
            open_acknowledgement(
                document, key.public_key(), **{"declaration": ID, "manifest_sha256": DIGEST} | other
            )


def test_another_centrals_word_is_refused():
    document = sign_acknowledgement(Acknowledgement(ID, DIGEST, WHEN, 7), a_key())
    with pytest.raises(BadSignature):
        open_acknowledgement(document, a_key().public_key(), declaration=ID, manifest_sha256=DIGEST)


@pytest.mark.parametrize(
    "change", [{"number": 0}, {"number": "7"}, {"received_at": "yesterday"}, {"received_at": 1}, {"more": 1}]
)
def test_a_signed_but_senseless_word_is_refused(change):
    key = a_key()
    payload = {"declaration": ID, "manifest_sha256": DIGEST, "received_at": WHEN, "number": 7} | change
    document = sign_document(payload, key, Context.ACKNOWLEDGEMENT)
    with pytest.raises(BadDocument):
        open_acknowledgement(document, key.public_key(), declaration=ID, manifest_sha256=DIGEST)
