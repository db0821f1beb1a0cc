from __future__ import annotations

from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.domain.card_json import KEYS, scan_to_json
from kiosk.domain.insurance import HealthLayout
from kiosk.domain.scan import UnreadableCode, read_scan
from kiosk.tables import load_tables
from tests import cards
from tests.bench.parsing import mutated, payload

_WITH_ID = HealthLayout.BHYT_15, HealthLayout.BHYT_10
FIELDS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"[0-9]{4,14}", fullmatch=True),
    st.from_regex(r"[0-9a-f]{2,40}", fullmatch=True),
    st.sampled_from(
        ["", "-", "Nam", "Nữ", "1", "2", "05/09/2021", "15061985", "$", "#", "BHXH1", "79 - 024"]
    ),
)


def must_read_or_refuse(raw: bytes) -> None:
    try:
        found = scan_to_json(read_scan(raw, load_tables()))
    except UnreadableCode:
        return
    assert tuple(found) == KEYS


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=10_000))
@example(b"\xff\xfe|")
def test_any_bytes_are_read_or_refused(raw):
    must_read_or_refuse(raw)


@settings(max_examples=600, deadline=None)
@given(st.lists(FIELDS, max_size=20), st.sampled_from("|$"))
def test_any_fields_are_read_or_refused(fields, separator):
    must_read_or_refuse(separator.join(fields).encode("utf-8", "surrogatepass"))


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_any_damaged_card_is_read_or_refused(seed):
    rng = Random(seed)
    must_read_or_refuse(mutated(rng, payload(rng)))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_what_is_written_is_read_again(seed):
    rng = Random(seed)
    drawn = [cards.citizen_card(rng, layout) for layout in cards.WITH_A_CODE]
    drawn += [cards.health_card(rng, layout) for layout in HealthLayout]
    drawn += [cards.health_card(rng, layout, with_id=True) for layout in _WITH_ID]
    drawn += [cards.vssid_code(rng)]
    for card in drawn:
        assert read_scan(card.to_qr().encode()) == card


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_is_read_is_written_as_something_that_reads_the_same(seed):
    rng = Random(seed)
    try:
        scan = read_scan(mutated(rng, payload(rng)))
    except UnreadableCode:
        return
    assert read_scan(scan.to_qr().encode()) == scan
