"""The JSON facts file of the command line."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.exchange.facts_file import NotAFactsFile, facts_from_json
from tests.exchange.samples import TERMS

GOOD = {"element": "ho_so", "subject": None, "period": "2023", "kind": "actual", "value": "2.382"}


def _file(*entries: object) -> bytes:
    return json.dumps({"facts": list(entries)}, ensure_ascii=False).encode()


def test_entry_of_the_contract_is_taken() -> None:
    entry = GOOD | {"source": "Một cửa xã", "estimated": True}
    found = facts_from_json("a.json", _file(entry), TERMS)
    assert [(one.text, one.source, one.estimated) for one in found.taken] == [("2.382", "Một cửa xã", True)]
    assert found.problems == ()


def test_left_out_parts_mean_commune_actual_and_nothing_said() -> None:
    found = facts_from_json("a.json", _file({"element": "ho_so", "period": "2023", "value": "5"}), TERMS)
    assert [(one.key.subject, one.key.plan, one.source, one.estimated) for one in found.taken] == [
        ("", False, None, None)
    ]


@pytest.mark.parametrize(
    ("entry", "code", "address"),
    [
        ("text", "not_an_object", "facts[1]"),
        ({"element": "ho_so", "value": "1"}, "part_missing", "facts[1].period"),
        (GOOD | {"value": 2382}, "not_text", "facts[1].value"),
        (GOOD | {"value": None}, "not_text", "facts[1].value"),
        (GOOD | {"subject": 5}, "not_text", "facts[1].subject"),
        (GOOD | {"estimated": "x"}, "not_yes_no", "facts[1].estimated"),
        (GOOD | {"colour": "red"}, "part_unknown", "facts[1].colour"),
        (GOOD | {"element": "la"}, "element_unknown", "facts[1].value"),
        (GOOD | {"value": "nhiều"}, "not_a_number", "facts[1].value"),
    ],
)
def test_wrong_entry_is_refused_with_its_place_and_the_rest_is_kept(
    entry: object, code: str, address: str
) -> None:
    other = GOOD | {"element": "dien_tich", "value": "77,61"}
    found = facts_from_json("a.json", _file(other, entry), TERMS)
    assert [one.key.element for one in found.taken] == ["dien_tich"]
    assert [(one.code, one.address) for one in found.problems] == [(code, address)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not_json"),
        (b"\xff", "not_json"),
        (b"[]", "no_facts"),
        (b'{"facts":{}}', "no_facts"),
        (b"[" * 9999, "not_json"),
    ],
)
def test_file_of_another_form_is_refused_as_a_whole(content: bytes, reason: str) -> None:
    with pytest.raises(NotAFactsFile) as refused:
        facts_from_json("a.json", content, TERMS)
    assert refused.value.reason == reason


def test_decomposed_text_is_composed() -> None:
    entry = GOOD | {"element": "ghi_chu", "value": unicodedata.normalize("NFD", "Ổn định ở ấp")}
    assert facts_from_json("a.json", _file(entry), TERMS).taken[0].text == "Ổn định ở ấp"


def test_day_as_text_is_read_the_vietnamese_way() -> None:
    entries = [
        GOOD | {"element": "ngay", "period": "-", "value": "01/11/2023"},
        GOOD | {"element": "ngay", "period": "-", "kind": "plan", "value": "11/31/2023"},
    ]
    found = facts_from_json("a.json", _file(*entries), TERMS)
    assert [one.text for one in found.taken] == ["01/11/2023"]
    assert [one.code for one in found.problems] == ["no_such_day"]


def test_ten_thousand_entries_are_all_judged() -> None:
    entries = [
        GOOD | {"element": name, "period": str(year), "kind": kind, "value": str(year)}
        for name in ("ho_so", "truc_tuyen", "dien_tich", "thu_nhap", "ghi_chu")
        for year in range(1900, 2100)
        for kind in ("actual", "plan")
    ] * 5
    content = _file(*entries)
    found = facts_from_json("a.json", content, TERMS)
    assert len(entries) == 10_000
    assert len(found.taken) == 2000
    assert found.problems == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*GOOD, "x"]), inner, max_size=7)
        ),
        max_leaves=20,
    )
)
def test_no_entry_whatsoever_raises(entry: object) -> None:
    found = facts_from_json("a.json", json.dumps({"facts": [entry]}).encode(), TERMS)
    assert len(found.taken) + len(found.problems) == 1


def test_part_that_stands_twice_in_an_entry_is_refused_and_the_rest_kept() -> None:
    good = json.dumps(GOOD)
    twice = good.replace('"value"', '"value": "1", "value"')
    found = facts_from_json("a.json", f'{{"facts": [{twice}, {good}]}}'.encode(), TERMS)
    assert [(one.address, one.code) for one in found.problems] == [("facts[0].value", "part_twice")]
    assert len(found.taken) == 1
