"""Nothing but what this program writes is read, and a refusal says where."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.snapshot.canonical import canonical_bytes
from ntm_desktop.snapshot.decoding import LARGEST_DOSSIER, DossierFormatUnknown, decode
from ntm_desktop.snapshot.encoding import encode, encode_content
from ntm_desktop.snapshot.reader import DossierUnreadable
from tests.support.snapshots import make_snapshot, with_spots

GOOD = encode(make_snapshot())


def changed(*path: str | int, to: object = None, without: bool = False) -> bytes:
    """Return the good dossier with one value replaced or left out."""
    value = json.loads(GOOD)
    place = value
    for step in path[:-1]:
        place = place[step]
    if without:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return canonical_bytes(value)


@pytest.mark.parametrize(
    ("data", "path", "problem"),
    [
        (b"", "$", "not_json"),
        (b"[]", "$", "another_format"),
        (b"\x00" * 10, "$", "not_json"),
        (b" " * (LARGEST_DOSSIER + 1), "$", "too_large"),
        (GOOD[:-1], "$", "not_canonical"),
        (GOOD + b"\n", "$", "not_canonical"),
        (GOOD[: len(GOOD) // 2], "$", "not_json"),
        (changed("format", to="zip"), "$", "another_format"),
        (changed("format_version", to="1"), "$.format_version", "wrong_type"),
        (changed("format_version", to=True), "$.format_version", "wrong_type"),
        (changed("format_version", to=2), "$.evidence[0].spots", "missing_key"),
        (changed("year", without=True), "$.year", "missing_key"),
        (changed("secret", to=1), "$.secret", "unknown_key"),
        (changed("year", to="2023"), "$.year", "wrong_type"),
        (changed("assessed_on", to="20231231"), "$.assessed_on", "bad_value"),
        (changed("assessed_on", to="2023-02-30"), "$.assessed_on", "bad_value"),
        (changed("taken_at", to="2024-01-09T17:30:00+07:00"), "$.taken_at", "bad_value"),
        (changed("taken_at", to="2024-13-09T17:30:00Z"), "$.taken_at", "bad_value"),
        (changed("set", "sha256", to="ABC"), "$.set.sha256", "bad_value"),
        (changed("facts", to={}), "$.facts", "wrong_type"),
        (changed("facts", 1, to=json.loads(GOOD)["facts"][0]), "$.facts[1]", "doubled"),
        (changed("facts", 0, "subject", to=""), "$.facts[0].subject", "bad_value"),
        (changed("facts", 0, "kind", to="guess"), "$.facts[0].kind", "bad_value"),
        (changed("facts", 0, "period", to="2023-13"), "$.facts[0].period", "bad_value"),
        (
            changed("facts", 0, "claims", 0, "value", to={"number": "1.0"}),
            "$.facts[0].claims[0].value.number",
            "bad_value",
        ),
        (changed("facts", 0, "claims", 0, "value", to={}), "$.facts[0].claims[0].value.text", "missing_key"),
        (
            changed("facts", 0, "claims", 0, "value", to={"a": 1}),
            "$.facts[0].claims[0].value.text",
            "missing_key",
        ),
        (changed("facts", 0, "claims", 0, "who", to=None), "$.facts[0].claims[0].who", "wrong_type"),
        (changed("confirmations", 0, "value", to={"text": "x"}), "$.confirmations[0].value", "bad_value"),
        (changed("verdicts", "set", "verdict", to="GREAT"), "$.verdicts.set.verdict", "bad_value"),
        (
            changed("verdicts", "requirements", 3, "parts", to=["1"]),
            "$.verdicts.requirements[3].parts",
            "wrong_type",
        ),
        (changed("evidence", 0, "size", to=-1), "$.evidence[0].size", "bad_value"),
        (changed("remarks", to={"results": 5}), "$.remarks.results", "wrong_type"),
        (GOOD.replace("Vĩnh An".encode(), b"\\ud800", 1), "$.commune.name", "bad_value"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(data: bytes, path: str, problem: str) -> None:
    with pytest.raises(DossierUnreadable) as caught:
        decode(data)
    assert (caught.value.path, caught.value.problem) == (path, problem)


def test_one_content_filed_twice_is_refused() -> None:
    first = json.loads(GOOD)["evidence"][0]
    with pytest.raises(DossierUnreadable, match="doubled"):
        decode(changed("evidence", 1, to=first | {"file": first["file"].replace(".", "-2.")}))


@pytest.mark.parametrize(
    "file", ["../x.pdf", "evidence/x.pdf", "evidence/000000000000_a.pdf", "pack/a.json", ""]
)
def test_a_file_of_evidence_lies_under_a_name_made_from_its_content(file: str) -> None:
    with pytest.raises(DossierUnreadable, match="file"):
        decode(changed("evidence", 0, "file", to=file))


def test_a_newer_format_is_said_as_such_even_when_nothing_else_is_known() -> None:
    with pytest.raises(DossierFormatUnknown) as caught:
        decode(b'{"format":"ntm-dossier","format_version":3,"shape":"new"}')
    assert caught.value.version == 3


@given(st.binary(max_size=200))
def test_garbage_is_refused_and_never_crashes(data: bytes) -> None:
    with pytest.raises((DossierUnreadable, DossierFormatUnknown)):
        decode(data)


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_one_changed_byte_is_refused_or_read_as_exactly_that(position: int, byte: int) -> None:
    data = GOOD[:position] + bytes([byte]) + GOOD[position + 1 :]
    try:
        content = decode(data)
    except (DossierUnreadable, DossierFormatUnknown):
        return
    assert (content == decode(GOOD)) == (data == GOOD)


def _places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        found += _places(child, (*path, key))
    return found


@given(
    st.sampled_from(_places(json.loads(GOOD))),
    st.sampled_from([None, True, 0, -1, 10**15, "", "x", "1/3", [], {}, [[]], {"number": "1"}, ["a", "b"]]),
)
def test_a_value_of_another_kind_anywhere_never_crashes(path: tuple[str | int, ...], value: object) -> None:
    data = changed(*path, to=value)
    try:
        content = decode(data)
    except (DossierUnreadable, DossierFormatUnknown):
        return
    assert encode_content(content) == data


NOTED = encode(with_spots(make_snapshot()))


def test_where_figures_stand_in_a_file_is_read_back() -> None:
    content = decode(NOTED)
    assert encode_content(content) == NOTED
    (noted,) = [one.evidence for one in content.evidence if one.evidence.spots]
    assert [(one.key.element, one.spot) for one in noted.spots] == [
        ("ap_co_loa", "Sheet1!B7"),
        ("ho_so_truc_tuyen", "trang 3 <b>"),
    ]


def test_the_newer_format_is_not_written_without_need_and_the_older_not_with_more() -> None:
    value = json.loads(NOTED)
    for one in value["evidence"]:
        one["spots"] = []
    with pytest.raises(DossierUnreadable, match="not_canonical"):
        decode(canonical_bytes(value))
    with pytest.raises(DossierUnreadable, match="unknown_key"):
        decode(canonical_bytes(json.loads(NOTED) | {"format_version": 1}))


def test_a_figure_stands_in_a_file_once() -> None:
    value = json.loads(NOTED)
    (noted,) = [one for one in value["evidence"] if one["spots"]]
    noted["spots"].append(noted["spots"][0])
    with pytest.raises(DossierUnreadable, match="doubled"):
        decode(canonical_bytes(value))
