from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.invitation import BadInvitation, Invitation, new_invitation, short_fingerprint
from tests.sync.samples import a_key

CENTRAL = a_key().public_key()


def test_a_code_is_read_however_it_is_typed():
    made = new_invitation(CENTRAL)
    shown = made.shown()
    assert [len(group) for group in shown.split("-")] == [5, 5, 5, 5]
    sloppy = shown.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for text in (shown, sloppy, shown.replace("-", "")):
        assert Invitation.typed(text) == made


def test_a_code_names_its_central_and_is_never_the_same():
    made = new_invitation(CENTRAL)
    assert made.is_of(CENTRAL)
    assert not made.is_of(a_key().public_key())
    assert made.secret != new_invitation(CENTRAL).secret
    assert made.secret not in repr(made)


@given(st.text(max_size=19) | st.binary(max_size=40).map(repr))
def test_anything_else_is_refused_without_repeating_it(text):
    with pytest.raises(BadInvitation, match=r"^a code has four groups of five letters and digits$"):
        Invitation.typed(text)


def test_a_fingerprint_is_short_and_follows_from_the_key():
    shown = short_fingerprint(CENTRAL)
    assert (len(shown), shown[4]) == (9, "-")
    assert shown == short_fingerprint(CENTRAL) != short_fingerprint(a_key().public_key())


@pytest.mark.parametrize("text", ["", "ABCDE-FGHJK-MNPQR-STVW", "ABCDE-FGHJK-MNPQR-STVWXY", "U" * 20])
def test_a_code_has_twenty_characters_of_our_alphabet(text):
    with pytest.raises(BadInvitation):
        Invitation.typed(text)
