"""`kiosk read-code --text`: one object a line, whatever comes."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kiosk.cli.read_code import read_code
from kiosk.domain.card_json import KEYS
from kiosk.domain.receipt import ReceiptCode, ReceiptQr

CARD = "079185000123|024681357|Trần Thị Bình|15061985|Nữ|Bình Tân, TP. Hồ Chí Minh|20052021"
SECRETS = ["079185000123", "024681357", "Bình", "15061985", "20052021"]


def run(*args: str, stdin: bytes = b""):
    return CliRunner().invoke(read_code, args, input=stdin, catch_exceptions=False)


def objects(stdin: bytes) -> list[dict]:
    result = run("--text", "-", "--json", stdin=stdin)
    assert result.exit_code == 0
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_line_gives_one_object_with_every_key():
    first, second = objects(f"{CARD}\n2171781800|Thạch Quốc Khoẻ\n".encode())
    assert tuple(first) == tuple(second) == KEYS
    assert (first["kind"], first["full_name"], first["bhxh_number"]) == (
        "citizen-card",
        "Trần Thị Bình",
        None,
    )
    assert (second["kind"], second["layout"], second["personal_id"]) == ("vssid", "vssid-2", None)


def test_a_bad_or_empty_line_gives_an_error_and_reading_goes_on():
    found = objects(b"\nxyz\n\xff\xfe\n" + CARD.encode() + b"\n\n")
    assert [sorted(each["error"]) if "error" in each else each["kind"] for each in found] == [
        ["code", "message"],
        ["code", "message"],
        ["code", "message"],
        "citizen-card",
        ["code", "message"],
    ]
    assert found[0]["error"]["code"] == "empty"


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n", b"\r"])
def test_a_carriage_return_and_a_missing_line_end_do_not_matter(end):
    assert [each["kind"] for each in objects(CARD.encode() + end)] == ["citizen-card"]


def test_no_input_gives_no_output():
    assert objects(b"") == []


def test_sixteen_bit_lines_are_read():
    found = objects(CARD.encode("utf-16-le") + b"\n" + CARD.encode("utf-16-le") + b"\r\n")
    assert [each["full_name"] for each in found] == ["Trần Thị Bình"] * 2


def test_a_line_longer_than_any_code_is_one_error():
    found = objects(b"9" * 100_000 + b"\n" + CARD.encode() + b"\n" + b"1" * 4096 + b"\n" + b"1" * 4097)
    assert [each.get("error", {}).get("code") for each in found] == [
        "too-long",
        None,
        "unknown-layout",
        "too-long",
    ]


def test_a_receipt_gives_its_code_and_never_its_token():
    receipt = ReceiptQr(ReceiptCode.of("K7QM", 12), "0123456789abcdef" * 2)
    (found,) = objects(receipt.to_qr().encode())
    assert (found["kind"], found["receipt_code"], found["layout"]) == ("receipt", receipt.code.text, None)
    assert receipt.token not in json.dumps(found)


def test_no_error_repeats_what_it_could_not_read():
    lines = [CARD[:-lost] for lost in range(1, 60)] + [f"X{CARD}", CARD[::-1], CARD.replace("Nữ", "Khác")]
    for each in objects("\n".join(lines).encode()):
        assert not any(secret in json.dumps(each, ensure_ascii=False) for secret in SECRETS)


def test_unknown_provinces_are_looked_up_in_the_shipped_tables():
    (found,) = objects(CARD.replace("079", "999", 1).encode())
    assert found["warnings"] == ["unknown-province"]


def test_without_json_the_filled_keys_are_listed():
    result = run("--text", "-", stdin=f"{CARD}\nxyz".encode())
    assert "full_name: Trần Thị Bình" in result.stdout
    assert "hospital_code" not in result.stdout
    assert "[unknown-layout]" in result.stdout


def test_payloads_may_come_from_a_file(tmp_path):
    path = tmp_path / "scans.txt"
    path.write_bytes(CARD.encode())
    assert json.loads(run("--text", str(path), "--json").stdout)["kind"] == "citizen-card"


def test_pictures_or_payloads_but_one_of_them():
    assert run().exit_code == 2
    assert run("--text", "-", "picture.png").exit_code == 2
    assert run("--text", "/nowhere/scans.txt").exit_code == 2


@pytest.mark.shared
def test_the_shared_payloads_are_read_from_a_stream(shared):
    cases = [
        json.loads(line) for line in (shared / "cases" / "payloads.jsonl").read_text("utf-8").splitlines()
    ]
    found = objects(b"\n".join(bytes.fromhex(case["hex"]).rstrip(b"\r\n") for case in cases))
    assert len(found) == len(cases)
    for case, each in zip(cases, found, strict=True):
        expected = dict(case["expect"])
        assert set(expected.pop("warnings", [])) <= set(each.get("warnings", []))
        if "error" in expected:
            assert "error" in each
        else:
            assert {key: each[key] for key in expected} == expected
