"""The machine-readable lines. Invented numbers with right check digits."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.dates import PartialDate
from kiosk.domain.identity import PersonalId, Sex
from kiosk.domain.mrz import MrzKind, card_lines, check_digit, read_mrz
from kiosk.domain.names import name_key
from kiosk.domain.scan import UnreadableCode

TODAY = date(2026, 11, 22)
CARD = ["IDVNM1850001232079185000123<<2", "8506151F2506159VNM<<<<<<<<<<<2", "TRAN<<THI<BINH<<<<<<<<<<<<<<<<"]


def passport(number="C12345678", born="850615", sex="F", ends="310101", personal="079185000123") -> list[str]:
    guarded = [each + check_digit(each) for each in (number.ljust(9, "<"), born, ends)]
    optional = personal.ljust(14, "<")
    optional += check_digit(optional) if personal else "<"
    whole = check_digit(guarded[0] + guarded[1] + guarded[2] + optional)
    first = "P<VNMTRAN<<THI<BINH".ljust(44, "<")
    return [first, f"{guarded[0]}VNM{guarded[1]}{sex}{guarded[2]}{optional}{whole}"]


def card(number: PersonalId, born="850615", sex="F", ends="250615") -> list[str]:
    nine = number.digits[3:]
    first = nine + check_digit(nine) + number.digits + "<<"
    first += check_digit(number.digits + "<<")
    birth, expiry = born + check_digit(born), ends + check_digit(ends)
    whole = check_digit(first + birth + expiry + "<" * 11)
    return ["IDVNM" + first, f"{birth}{sex}{expiry}VNM{'<' * 11}{whole}", "LE<<VAN<AN".ljust(30, "<")]


def read(lines):
    return read_mrz("\n".join(lines), TODAY)


def test_the_back_of_a_card_is_read():
    found = read(CARD)
    assert (found.kind, found.document_number) == (MrzKind.CITIZEN_CARD, "185000123")
    assert found.personal_id == PersonalId("079185000123")
    assert (found.date_of_birth.iso(), found.sex) == ("1985-06-15", Sex.FEMALE)
    assert found.expires_on.iso() == "2025-06-15"
    assert found.name == "TRAN THI BINH"
    assert "185000123" not in repr(found)


def test_a_passport_is_read_with_and_without_a_personal_number():
    found = read(passport())
    assert (found.kind, found.document_number) == (MrzKind.PASSPORT, "C12345678")
    assert found.personal_id == PersonalId("079185000123")
    assert (found.date_of_birth.iso(), found.expires_on.iso()) == ("1985-06-15", "2031-01-01")
    assert found.name == "TRAN THI BINH"
    assert read(passport(personal="")).personal_id is None
    assert read(passport(personal="024681357")).personal_id is None


def test_a_card_without_an_end_says_so_by_a_date():
    assert read(card(PersonalId("079155000123"), born="550615", ends="991231")).expires_on is None


def test_a_birth_may_be_known_only_by_year():
    assert read(card(PersonalId("079185000123"), born="85<<<<")).date_of_birth.iso() == "1985"


def test_the_century_comes_from_the_number_or_else_from_today():
    assert read(card(PersonalId("079221000123"), born="210615")).date_of_birth.year == 2021
    assert read(card(PersonalId("079121000123"), born="210615")).date_of_birth.year == 1921
    assert read(passport(born="261122", personal="")).date_of_birth.year == 2026
    assert read(passport(born="261123", personal="")).date_of_birth.year == 1926


@pytest.mark.parametrize(
    ("right", "taken_for"),
    [
        ("0", "O"),
        ("0", "Q"),
        ("0", "D"),
        ("1", "I"),
        ("1", "L"),
        ("5", "S"),
        ("8", "B"),
        ("2", "Z"),
        ("<", "K"),
        ("<", "C"),
        ("<", "«"),
    ],
)
def test_what_ocr_confuses_is_put_right_by_position(right, taken_for):
    first, second, name = CARD
    lines = [
        first[:5] + first[5:].replace(right, taken_for),
        second[:7].replace(right, taken_for) + second[7:],
        name,
    ]
    lines[1] = lines[1][:18] + lines[1][18:].replace(right, taken_for)
    assert read(lines).personal_id == read(CARD).personal_id
    assert read(
        [
            passport()[0],
            passport()[1][:1] + passport()[1][1:10].replace(right, taken_for) + passport()[1][10:],
        ]
    )


def test_letters_read_as_digits_are_put_right_too():
    assert read(["1DVNM" + CARD[0][5:], *CARD[1:]])
    assert read([*CARD[:2], CARD[2].replace("B", "8").replace("I", "1")]).name == "TRAN THI BINH"


@pytest.mark.parametrize("fillers", [0, 5, 10, 12, 18])
def test_miscounted_fillers_do_not_matter(fillers):
    assert read([CARD[0], CARD[1].replace("<" * 11, "<" * fillers), CARD[2][:20]]).personal_id
    assert read([CARD[0].replace("<<", "<"), *CARD[1:]]).personal_id


def test_the_lines_are_found_among_others_with_spaces_between():
    text = ["CĂN CƯỚC", "", " ".join(CARD[0]), CARD[1], "", CARD[2].lower(), "x"]
    assert read(text).name == "TRAN THI BINH"


def test_a_card_whose_name_line_was_not_read_is_still_good():
    assert read(CARD[:2]).name == ""


@pytest.mark.parametrize("line", [0, 1])
def test_every_wrong_digit_is_noticed(line):
    for at in [at for at, letter in enumerate(CARD[line]) if letter.isdigit()]:
        for digit in "0123456789":
            if digit != CARD[line][at]:
                wrong = list(CARD)
                wrong[line] = CARD[line][:at] + digit + CARD[line][at + 1 :]
                with pytest.raises(UnreadableCode):
                    read(wrong)


def test_two_numbers_that_differ_are_refused_even_if_each_check_holds():
    nine = "185000124"
    first = nine + check_digit(nine) + "079185000123<<"
    first += check_digit("079185000123<<")
    whole = check_digit(first + CARD[1][:7] + CARD[1][8:15] + "<" * 11)
    with pytest.raises(UnreadableCode, match="differ"):
        read(["IDVNM" + first, CARD[1][:-1] + whole, CARD[2]])


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["IDVNM"],
        CARD[:1],
        [CARD[0].replace("VNM", "CHN"), *CARD[1:]],
        [passport()[0].replace("VNM", "CHN"), passport()[1]],
        [passport()[0], passport()[1][:-1] + "X"],
        [CARD[0], card(PersonalId("079185000123"), born="851315")[1]],
        ["<" * 30, "<" * 30],
        ["P" + "<" * 43, "0" * 44],
    ],
)
def test_anything_else_is_refused(lines):
    with pytest.raises(UnreadableCode) as caught:
        read(lines)
    assert caught.value.code == "bad-mrz"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_any_damaged_lines_are_read_right_or_refused(seed):
    rng = Random(seed)
    lines = [list(line) for line in rng.choice([CARD, passport()])]
    for _ in range(rng.randint(0, 4)):
        line = rng.choice(lines)
        line[rng.randrange(len(line))] = rng.choice("0123456789ABCDKMOSZ< é|«")
    try:
        found = read(["".join(line) for line in lines])
    except UnreadableCode:
        return
    assert found.personal_id is None or len(found.personal_id.digits) == 12


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    with pytest.raises(UnreadableCode):
        read_mrz(text, TODAY)


@given(
    st.integers(0, 96_399_999_999),
    st.dates(date(1926, 11, 23), date(2026, 11, 22)),
    st.sampled_from(Sex),
    st.none() | st.dates(date(2000, 1, 1), date(2098, 12, 31)),
    st.sampled_from(["Trần Thị Bình", "Đỗ Y", "K", "Nguyễn Hoàng Thuỳ Dương Phương Khanh Anh"]),
)
def test_what_is_written_is_read_back(rest, born, sex, ends, name):
    digits = f"{rest:011d}"
    number = PersonalId(f"{digits[:3]}{(born.year // 100 - 19) * 2}{born.year % 100:02d}{digits[5:]}")
    birth, expiry = (PartialDate(each.year, each.month, each.day) if each else None for each in (born, ends))
    lines = card_lines(number, birth, sex, expiry, name)
    assert [len(each) for each in lines] == [30, 30, 30]
    found = read(lines)
    assert (found.personal_id, found.date_of_birth, found.sex, found.expires_on) == (
        number,
        birth,
        sex,
        expiry,
    )
    assert name_key(name).startswith(found.name)


def test_the_writer_writes_the_sample():
    born, ends = PartialDate(1985, 6, 15), PartialDate(2025, 6, 15)
    lines = card_lines(PersonalId("079185000123"), born, Sex.FEMALE, ends, "Trần Thị Bình")
    assert list(lines) == CARD
    year = card_lines(PersonalId("079185000123"), PartialDate(1985), Sex.FEMALE, ends, "Trần Thị Bình")
    assert read(year).date_of_birth == PartialDate(1985)


def test_fillers_after_the_name_may_be_taken_for_letters():
    assert read([*CARD[:2], "TRAN<<THI<BINH<<KKKKCKK<<KKKKK"]).name == "TRAN THI BINH"


def test_check_digits_are_those_of_the_standard():
    assert check_digit("D23145890") == "7"  # ICAO Doc 9303 part 5, appendix: the specimen of Utopia
    assert check_digit("340712") == "7"
    assert check_digit("<<<<") == "0"
