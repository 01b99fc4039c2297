"""JSON against the dataclasses of the model."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.model import Criterion, Requirement, Threshold
from ntm_desktop.i18n import Text
from ntm_desktop.packs.shape import Findings, Place, closest, translate

HERE = Place("tep.json")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
keys_of_a_criterion = st.sampled_from(["code", "name", "short_name", "indicators", "whole", "complete", "x"])


def test_a_rule_comes_out_as_its_tree() -> None:
    findings = Findings()
    built = translate(Threshold, {"value": "30%", "basis": "reported"}, HERE, findings)
    assert built == {"value": ["number", "3/10"], "basis": "reported"}
    assert not findings.problems


def test_every_misfit_of_one_object_is_noted() -> None:
    findings = Findings()
    translate(
        Requirement, {"code": 1, "label": "", "kind": "rato", "measure": "1 +", "mau": 1}, HERE, findings
    )
    assert [(problem.path, problem.code) for problem in findings.problems] == [
        ("code", "wrong_type"),
        ("label", "empty_text"),
        ("kind", "unknown_value"),
        ("measure", "unfinished"),
        ("", "unknown_key"),
    ]


def test_true_is_not_a_number_and_one_is_not_yes() -> None:
    findings = Findings()
    translate(Threshold, {"value": "1", "basis": "reported", "rank": True}, HERE, findings)
    translate(Criterion, {"code": "1", "name": "x", "short_name": "x", "complete": 1}, HERE, findings)
    assert [problem.code for problem in findings.problems] == ["wrong_type", "wrong_type"]


def test_keys_of_a_table_name_what_is_in_it() -> None:
    findings = Findings()
    assert translate(Mapping[str, Text], {"a": {"vi": "Một", "en": "One"}}, HERE, findings) == {
        "a": {"vi": "Một", "en": "One"}
    }
    translate(Mapping[str, Text], {"a": []}, HERE, findings)
    translate(Mapping[str, Text], [], HERE, findings)
    assert [problem.path for problem in findings.problems] == ["a", ""]


def test_fields_from_elsewhere_may_not_stand_here() -> None:
    findings = Findings()
    translate(Threshold, {"basis": "missing", "note": "x"}, HERE, findings, without=("note",))
    assert [problem.code for problem in findings.problems] == ["unknown_key"]


@given(st.dictionaries(keys_of_a_criterion, json_values, max_size=6))
def test_no_json_at_all_raises(data: dict[str, object]) -> None:
    findings = Findings()
    built = translate(Criterion, data, HERE, findings)
    assert isinstance(built, dict)
    assert findings.problems or {"code", "name", "short_name"} <= built.keys()


def test_advice_names_the_nearest() -> None:
    assert closest("so_hoo", ["so_ho", "dan_so"]) == "so_ho"
    assert closest("xyz", ["so_ho"]) == ""
    assert closest("so_hoo", ["so_ho", "so_hoi"]) in {"so_ho", "so_hoi"}, "one word"


def test_a_wrong_kind_of_value_is_answered_with_one_of_the_right_kind() -> None:
    findings = Findings()
    translate(Criterion, {"code": "1", "name": "x", "short_name": "x", "complete": 1}, HERE, findings)
    translate(Threshold, {"basis": "missing", "rank": "1"}, HERE, findings)
    assert [(problem.path, problem.advice) for problem in findings.problems] == [
        ("complete", "true"),
        ("rank", "1"),
    ]
