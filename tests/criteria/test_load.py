from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria import codec
from ntm_desktop.criteria import load as module
from ntm_desktop.criteria.language.errors import UnknownRuleLanguage
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.load import PackUnreadable, dump, load
from ntm_desktop.criteria.model import (
    Basis,
    Check,
    CriterionSet,
    DocumentReference,
    EvidenceRule,
    Example,
    Guidance,
    Lever,
    Severity,
    Table,
    Whole,
    WholeKind,
)
from ntm_desktop.facts.catalogue import Field
from ntm_desktop.i18n import Text
from tests.support.rules import at, condition, criterion, indicator, make_set, needs
from tests.support.trees import trees


def full_set():
    """Make a set that uses every field of the model."""
    requirement = needs(
        "ratio(${a}, ${b})",
        ">",
        at(
            "30%",
            "${profile:vung} = 'mien_nui'",
            Basis.OFFICIAL,
            rank=1,
            year_from=2021,
            year_to=2025,
            document="qd",
            checked_by="A",
            checked_on=date(2024, 5, 6),
            note=Text("Ghi chú"),
        ),
        at(None, basis=Basis.DELEGATED),
        lever=Lever.BOTH,
        unit=Text("hồ sơ", "files"),
        relevant=parse("${co}"),
        fields=(Field("a", Text("A"), Text("gợi ý"), Text("nguồn"), 2, required=False),),
        tables=(Table((Field("phat_so", Text("Số")),), "phat_thanh"),),
        evidence=(
            EvidenceRule(
                "bc", Text("Báo cáo"), ("pdf",), 2, required=False, within="period", basis=Basis.REPORTED
            ),
        ),
        checks=(Check("k", parse("${a} <= ${b}"), Text("x"), Severity.BLOCKING, "a"),),
        guidance=Guidance(Text("1"), Text("2"), Text("3"), Text("4"), Text("5"), ("qd",)),
        document="qd",
        note=Text("n"),
        points=Fraction(5, 2),
    )
    one = indicator(
        requirement,
        needs(None, code="1.1.b"),
        whole=Whole(WholeKind.POINTS, Fraction(3, 2)),
        name_basis=Basis.OFFICIAL,
        sector=Text("TTTT"),
        relevant=parse("yes"),
        tags=("so",),
        document="qd",
        note=Text("n"),
    )
    return make_set(
        criterion(one, group=Text("Nhóm"), complete=False, name_basis=Basis.REPORTED),
        documents={
            "qd": DocumentReference("qd", "318/QĐ-TTg", Text("Quyết định"), date(2022, 3, 8), "TTg", "n")
        },
        valid_from=2021,
        valid_to=2025,
        whole=Whole(WholeKind.EXPRESSION, rule=parse("${1}")),
        complete=False,
        conditions=(condition(needs("${co}", code="dk")),),
        legal_basis=("qd",),
        parent="me@1+0",
        publisher="Sở",
        references=("khac",),
        tags={"so": Text("Chuyển đổi số")},
        examples=(
            Example("v", 2024, {"a": "1"}, {"set": "MET"}, {"vung": "mien_nui"}, ("T",), {"r": "phat_thanh"}),
        ),
    )


def test_a_set_survives_its_file():
    source = full_set()
    content = dump(source)
    loaded = load(content)
    assert dataclasses.replace(loaded, sha256="") == source
    assert loaded.sha256 == hashlib.sha256(content).hexdigest()
    assert dump(loaded) == content


def test_the_file_is_canonical_json():
    content = dump(full_set())
    text = content.decode()
    assert "Quyết định" in text
    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == text


@given(trees())
def test_any_rule_survives_the_file(node):
    source = make_set(criterion(indicator(needs(None, measure=node))))
    assert load(dump(source)).requirements()[0].measure == node


DATA = json.loads(dump(full_set()))
REQUIREMENT = "criteria[0].indicators[0].requirements[0]"


def changed(path, value):
    """Return the file with one place changed; Ellipsis takes it out."""
    data = json.loads(json.dumps(DATA))
    here = data
    for step in path[:-1]:
        here = here[step]
    if value is ...:
        del here[path[-1]]
    else:
        here[path[-1]] = value
    return json.dumps(data).encode()


FIRST = ("criteria", 0, "indicators", 0, "requirements", 0)
WRONG = [
    (("format",), 2, "format", "unknown_format"),
    (("format",), ..., "format", "unknown_format"),
    (("sha256",), "0", "sha256", "unknown_key"),
    (("mau",), 1, "", "unknown_key"),
    (("id",), ..., "", "missing_key"),
    (("id",), 5, "id", "wrong_type"),
    (("id",), None, "id", "wrong_type"),
    (("complete",), 1, "complete", "wrong_type"),
    (("valid_from",), True, "valid_from", "wrong_type"),
    (("valid_from",), None, "valid_from", "wrong_type"),
    (("rule_language",), True, "rule_language", "wrong_type"),
    (("rule_language",), "1", "rule_language", "wrong_type"),
    (("title",), {"en": "x"}, "title", "wrong_text"),
    (("title",), {"vi": "x", "de": "y"}, "title", "wrong_text"),
    (("title",), {"vi": 1}, "title", "wrong_type"),
    (("title",), "\ud800", "title", "wrong_text"),
    (("title",), "x" * 20_001, "title", "wrong_text"),
    (("criteria",), {}, "criteria", "wrong_type"),
    (("criteria", 0), [], "criteria[0]", "wrong_type"),
    (("criteria", 0, "whole"), {"kind": "some"}, "criteria[0].whole.kind", "unknown_value"),
    (("whole",), {"kind": "expression", "rule": ["exec"]}, "whole.rule", "unknown_operation"),
    ((*FIRST, "operator"), "=>", f"{REQUIREMENT}.operator", "unknown_value"),
    ((*FIRST, "points"), "2.5", f"{REQUIREMENT}.points", "wrong_number"),
    ((*FIRST, "points"), "1/0", f"{REQUIREMENT}.points", "wrong_number"),
    ((*FIRST, "points"), 2, f"{REQUIREMENT}.points", "wrong_type"),
    ((*FIRST, "measure"), ["fact", "a", "b"], f"{REQUIREMENT}.measure", "wrong_number_of_arguments"),
    (
        (*FIRST, "thresholds", 0, "checked_on"),
        "06/05/2024",
        f"{REQUIREMENT}.thresholds[0].checked_on",
        "wrong_date",
    ),
    ((*FIRST, "thresholds", 1, "basis"), ..., f"{REQUIREMENT}.thresholds[1]", "missing_key"),
    (("documents",), [], "documents", "wrong_type"),
    (("documents", "qd", "id"), "qd", "documents[qd]", "unknown_key"),
    (("catalogue", "elements", "a"), 5, "catalogue.elements[a]", "wrong_type"),
    (("catalogue", "elements", "a", "label"), ..., "catalogue.elements[a]", "missing_key"),
    (("examples", 0, "facts", "a"), 1, "examples[0].facts[a]", "wrong_type"),
    (("tags", "so"), 1, "tags[so]", "wrong_type"),
]


@pytest.mark.parametrize(("path", "value", "place", "problem"), WRONG)
def test_a_wrong_pack_is_refused_with_the_place(path, value, place, problem):
    with pytest.raises(PackUnreadable) as caught:
        load(changed(path, value))
    assert (caught.value.place, caught.value.problem) == (place, problem)


def doubled(*path):
    data = json.loads(json.dumps(DATA))
    here = data
    for step in path:
        here = here[step]
    here.append(here[0])
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("criteria",), "criteria"),
        (("criteria", 0, "indicators"), "indicators"),
        (("criteria", 0, "indicators", 0, "requirements"), "requirements"),
        (("conditions",), "requirements"),
        (("examples",), "examples"),
    ],
)
def test_a_code_must_not_stand_twice(path, place):
    with pytest.raises(PackUnreadable) as caught:
        load(doubled(*path))
    assert (caught.value.place, caught.value.problem) == (place, "duplicate")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "not_json"),
        (b"[]", "wrong_type"),
        (b"null", "wrong_type"),
        (b"\xff\xfe", "not_json"),
        (b'{"format":1,"format":1}', "not_json"),
        (b'{"format":1.0}', "not_json"),
        (b'{"format":NaN}', "not_json"),
        (b'{"format":Infinity}', "not_json"),
        (b'{"format":' + b"9" * 5000 + b"}", "not_json"),
        (b"[" * 200_000, "too_deep"),
        ('{"id":"e\u0301"}'.encode(), "not_nfc"),
        (b" " * (8 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_is_no_pack_file_is_refused(content, problem):
    with pytest.raises(PackUnreadable) as caught:
        load(content)
    assert (caught.value.place, caught.value.problem) == ("", problem)
    assert caught.value.exit_code == 4


def test_a_deep_rule_is_refused_by_its_own_cap():
    tree = ["yes"]
    for _ in range(200):
        tree = ["not", tree]
    with pytest.raises(PackUnreadable) as caught:
        load(changed((*FIRST, "measure"), tree))
    assert (caught.value.place, caught.value.problem) == (f"{REQUIREMENT}.measure", "too_deep")


def test_an_unknown_rule_language_is_told_before_its_trees_are_read():
    data = json.loads(changed((*FIRST, "measure"), ["new_operation"]))
    data["rule_language"] = 2
    with pytest.raises(UnknownRuleLanguage) as caught:
        load(json.dumps(data).encode())
    assert caught.value.version == 2


def test_the_largest_pack_is_eight_mebibytes():
    assert module.MAX_BYTES == 8 * 2**20


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=10,
)
PATHS = st.sampled_from(
    [(key,) for key in DATA]
    + [(*FIRST, key) for key in DATA["criteria"][0]["indicators"][0]["requirements"][0]]
)


@given(PATHS, JSON)
def test_any_json_in_any_place_gives_a_set_or_a_typed_refusal(path, value):
    try:
        loaded = load(changed(path, value))
    except (PackUnreadable, UnknownRuleLanguage) as error:
        assert error.facts()  # noqa: PT017
    else:
        assert isinstance(loaded, CriterionSet)


def test_the_largest_pack_and_the_longest_text_are_still_read(monkeypatch):
    long = dataclasses.replace(full_set(), publisher="x" * codec.MAX_TEXT)
    content = dump(long)
    monkeypatch.setattr(module, "MAX_BYTES", len(content))
    assert load(content).publisher == long.publisher
