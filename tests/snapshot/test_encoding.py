"""dossier.json: canonical, complete, exact, without personal figures, and valid by its published schema."""

from __future__ import annotations

import dataclasses
import json
from fractions import Fraction

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.fact import Fact, FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.paths import resources_folder
from ntm_desktop.snapshot.content import FigureMustStay, content_of
from ntm_desktop.snapshot.decoding import decode
from ntm_desktop.snapshot.encoding import FORMAT_VERSION, encode
from tests.support.snapshots import make_fact, make_snapshot, personal_fact, with_spots


def schema() -> dict[str, object]:
    return json.loads((resources_folder() / "schema" / "dossier.schema.json").read_text(encoding="utf-8"))


def test_what_was_encoded_comes_back_whole() -> None:
    snapshot = make_snapshot(indicators=75, evidence=30)
    assert decode(encode(snapshot)) == content_of(snapshot)


def test_the_same_snapshot_in_another_order_gives_the_same_bytes() -> None:
    snapshot = make_snapshot(evidence=40)
    shuffled = dataclasses.replace(
        snapshot,
        facts=snapshot.facts[::-1],
        hamlets=snapshot.hamlets[::-1],
        records=snapshot.records[::-1],
        evidence=snapshot.evidence[::-1],
        remarks=dict(reversed(snapshot.remarks.items())),
    )
    assert encode(shuffled) == encode(snapshot)


def test_the_bytes_are_utf8_json_with_sorted_keys_and_no_floats() -> None:
    data = encode(make_snapshot())

    def refuse(text: str) -> None:
        pytest.fail(f"a float: {text}")

    value = json.loads(data, parse_float=refuse)
    again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    assert again.encode() == data
    assert "Vĩnh An".encode() in data


@pytest.mark.parametrize(
    "snapshot",
    [
        make_snapshot(),
        make_snapshot(indicators=75, evidence=0, remarks={}),
        with_spots(make_snapshot()),
    ],
)
def test_it_is_valid_by_the_published_schema(snapshot) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(json.loads(encode(snapshot)))


def test_the_schema_is_of_the_same_format_version() -> None:
    assert schema()["properties"]["format_version"]["enum"] == list(range(1, FORMAT_VERSION + 1))


def test_a_dossier_is_written_in_the_lowest_version_that_can_say_it() -> None:
    plain, noted = (json.loads(encode(one)) for one in (make_snapshot(), with_spots(make_snapshot())))
    assert (plain["format_version"], noted["format_version"]) == (1, 2)
    assert all("spots" not in one for one in plain["evidence"])
    spots = [spot for one in noted["evidence"] for spot in one["spots"]]
    assert spots[0] == {
        "element": "ap_co_loa",
        "subject": "h1",
        "period": "2023",
        "kind": "actual",
        "spot": "Sheet1!B7",
    }


def test_it_carries_everything_a_replay_needs() -> None:
    value = json.loads(encode(make_snapshot()))
    assert value["set"]["id"] == "mau-xa-ntm"
    assert value["set"]["rule_language"] == 1
    assert value["set"]["sha256"] == value["packs"][0]["sha256"]
    online = next(result for result in value["verdicts"]["requirements"] if result["code"] == "8.4.d")
    assert online == {
        "code": "8.4.d",
        "verdict": "NOT_MET",
        "value": {"number": "102/397"},
        "parts": ["612", "2382"],
        "threshold": {
            "operator": ">",
            "value": {"number": "0.3"},
            "basis": "reported",
            "document": "qd-318",
            "why": ["general"],
            "confirmed": False,
        },
        "distance": {
            "lever": "numerator",
            "by": "103",
            "element": "ho_so_truc_tuyen",
            "target": "715",
            "of": "2382",
            "lower": False,
        },
        "missing": [],
        "reason": None,
    }
    solved = next(fact for fact in value["facts"] if fact["element"] == "ho_so_giai_quyet")
    assert solved["subject"] is None
    assert [claim["text"] for claim in solved["claims"]] == ["2.382", "2.380"]
    assert value["confirmations"][0]["requirement"] == "8.3.a"


VALUES = st.fractions() | st.booleans() | st.dates() | st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(VALUES, max_size=5), st.booleans(), st.sampled_from(["2023", "2023-Q1", "@2023-11-01", "-"]))
def test_any_kind_of_value_subject_and_period_comes_back(values, plan: bool, period: str) -> None:
    solved = make_fact("ho_so_giai_quyet", Fraction(1), "1").claims[0]
    claims = tuple(
        dataclasses.replace(solved, id=str(number), value=value) for number, value in enumerate(values)
    )
    fact = Fact(FactKey("ho_so_giai_quyet", "h1", Period(period), plan), claims)
    snapshot = make_snapshot(facts=(fact,))
    assert decode(encode(snapshot)).facts == (fact,)


def test_a_personal_figure_is_refused_and_named_by_its_element_only() -> None:
    snapshot = make_snapshot()
    with pytest.raises(FigureMustStay) as caught:
        encode(dataclasses.replace(snapshot, facts=(*snapshot.facts, personal_fact())))
    assert caught.value.facts() == {"element": "ocop_chu_the", "reason": "personal"}
    assert "Nguyễn" not in str(caught.value)


def test_a_figure_the_set_does_not_know_is_refused_because_nobody_can_vouch_for_it() -> None:
    snapshot = make_snapshot()
    stranger = make_fact("so_dien_thoai", "0912", "0912")
    with pytest.raises(FigureMustStay, match="not_in_catalogue"):
        encode(dataclasses.replace(snapshot, facts=(stranger,)))
