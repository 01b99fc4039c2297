"""Criteria to bands: shorthands, conditions, sets that count points, free checklists."""

from __future__ import annotations

from fractions import Fraction

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.examples import situation_of
from ntm_desktop.criteria.model import Basis, WholeKind
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.packs.workbook.build import build_book, read_authored
from ntm_desktop.packs.workbook.write import write_set
from tests.support.pack_books import Rows, book_of, places_of, problems_of, sound_rows, told
from tests.support.scored_books import checklist_rows, product_rows, with_examples


def built(rows: Rows):
    return build_book("bo.xlsx", book_of(rows)).set


def test_threshold_of_the_own_row_has_the_basis_and_document_of_the_row():
    (only,) = built(sound_rows()).requirements()[2].thresholds
    assert (only.basis, only.document) == (Basis.REPORTED, "vi-du")
    assert only.value == ("number", "4/5")


def test_guidance_of_an_indicator_is_that_of_its_requirements_unless_they_say_more():
    rows = sound_rows()
    rows["indicators"][1]["guidance"] = "Xã có đài, thôn có loa."
    del rows["requirements"][2]["guidance_must"]
    first, second = built(rows).indicators()[1].requirements
    assert first.guidance.must.vi == "Xã có đài truyền thanh hoạt động."
    assert second.guidance.must.vi == "Xã có đài, thôn có loa."


def test_a_short_label_is_its_own_short_name():
    rows = sound_rows()
    rows["criteria"][0] |= {"label": "Thông tin", "short_name": None}
    assert built(rows).criteria[0].short_name.vi == "Thông tin"
    rows["criteria"][0]["label"] = "Thông tin và truyền thông của xã"
    assert [(p.path, p.code) for p in problems_of(rows)] == [("criteria!C3", "empty_cell")]


def test_a_condition_of_the_set_stands_under_no_indicator():
    rows = sound_rows()
    rows["requirements"].append(
        {
            "code": "dk.a",
            "stage": "recognition",
            "label": "Có đài",
            "kind": "yes_no",
            "pass": "${co_dai_truyen_thanh}",
        }
    )
    (condition,) = built(rows).conditions
    assert (condition.stage, condition.requirement.code) == ("recognition", "dk.a")
    rows["requirements"][-1]["indicator"] = "1.1"
    assert [p.code for p in problems_of(rows)] == ["stage_or_indicator"]
    rows["requirements"][-1] |= {"indicator": None, "stage": "sau"}
    assert [(p.path.partition("!")[0], p.code) for p in problems_of(rows)] == [
        ("requirements", "unknown_stage")
    ]


def test_wholes_are_said_in_one_cell():
    rows = sound_rows()
    rows["indicators"][1]["pass"] = "any"
    rows["criteria"][0]["pass"] = "${1.1} or ${1.2}"
    rows["settings"][0]["pass"] = "at_least 1"
    made = built(rows)
    assert made.indicators()[1].whole.kind is WholeKind.ANY
    assert made.criteria[0].whole.kind is WholeKind.EXPRESSION
    assert (made.whole.kind, made.whole.number) == (WholeKind.AT_LEAST, 1)
    rows["settings"][0]["pass"] = "at_least"
    assert [p.code for p in problems_of(rows)] == ["wrong_whole"]


def test_a_set_of_points_with_bands_gives_a_grade(tmp_path):
    made = built(with_examples(product_rows()))
    grades = []
    for example in made.examples:
        score = evaluate(compile_set(made), situation_of(made, example, {})[0]).score
        assert score is not None
        grades.append((score.points, score.grade))
    assert grades == [(Fraction("65.5"), "bon_sao"), (0, ""), (0, None)]
    write_set(made, tmp_path / "bo.xlsx")
    assert build_book("bo.xlsx", read_authored(tmp_path / "bo.xlsx")).set == made


def test_bands_that_cannot_be_told_apart_are_refused():
    rows = with_examples(product_rows())
    rows["bands"].append({"points": 70, "grade": "nam_sao", "label": "5 sao"})
    assert [(p.path, p.code) for p in problems_of(rows)] == [
        ("bands!6", "duplicate_code"),
        ("bands!6", "equal_bands"),
    ]
    rows = sound_rows() | {"bands": product_rows()["bands"]}
    assert [p.code for p in problems_of(rows)] == ["bands_without_points"]
    rows["bands"][0]["points"] = "30,5"
    assert "decimal_comma_cell" in [p.code for p in problems_of(rows)]


def test_migrations_name_what_is_there_and_read_the_old_name_only():
    rows = sound_rows()
    rows["migrations"] = [
        {
            "from_version": "0.9.0",
            "old_name": "hs_tt",
            "new_name": "ho_so_truc_tuyen",
            "conversion": "${hs_tt} * 1000",
        }
    ]
    (migration,) = built(rows).migrations
    assert (migration.old_name, migration.new_name) == ("hs_tt", "ho_so_truc_tuyen")
    rows["migrations"].append(
        {"from_version": "0.9.0", "old_name": "x", "new_name": "khong", "conversion": "${y}"}
    )
    assert [(p.path, p.code) for p in problems_of(rows)] == [
        ("migrations!4", "not_the_old_name"),
        ("migrations!4", "unknown_element"),
    ]


def with_each_verdict(rows: Rows) -> Rows:
    for answer, verdict in (("có", "MET"), ("không", "NOT_MET"), (None, "UNDETERMINED")):
        for number in (1, 2, 3):
            told = [("expected", f"1.{number}.a", verdict)]
            told += [("fact", f"viec_{number}", answer)] if answer else []
            rows["examples"] += [
                {"example": verdict, "year": 2026, "type": kind, "name": name, "value": value}
                for kind, name, value in told
            ]
    return rows


def test_a_free_checklist_is_met_by_enough_answers():
    made = built(with_each_verdict(checklist_rows(basis="reported", document="qd")))
    situation = situation_of(made, made.examples[0], {})[0]
    assert evaluate(compile_set(made), situation).overall.verdict is Verdict.MET


def test_a_checklist_nobody_prescribes_stays_open_until_it_is_confirmed():
    made = built(checklist_rows())
    assert {requirement.basis for requirement in made.requirements()} == {Basis.MISSING}
    situation = situation_of(made, made.examples[0], {})[0]
    assert evaluate(compile_set(made), situation).overall.verdict is Verdict.UNDETERMINED


def test_every_problem_of_the_parts_is_told_at_its_cell_with_what_to_write_instead():
    rows = sound_rows()
    rows["criteria"] += [{"code": "1", "label": "L"}, {"label": "L"}]
    rows["indicators"] += [
        {"code": "1.3", "criterion": "11", "label": "X", "short_name": "X"},
        {"code": "1.4", "label": "X", "short_name": "X"},
        {"code": "1.1", "label": "x"},
    ]
    answer, known = "${co_dai_truyen_thanh}", {"document": "vi-du", "basis": "reported"}
    rows["requirements"] += [
        {"code": "1.2.c", "indicator": "1.22", "label": "L", "kind": "count", "measure": "1"},
        {"code": "1.2.d", "label": "L", "kind": "count", "measure": "1"},
        {"code": "dk.a", "indicator": "1.1", "stage": "recognition", "label": "L", "kind": "yes_no"},
        {
            "code": "1.2.e",
            "indicator": "1.2",
            "label": "L",
            "kind": "yes_no",
            "measure": answer,
            "pass": answer,
        }
        | known,
        {"code": "1.2.f", "indicator": "1.2", "label": "L", "kind": "count", "measure": "80,5", "pass": "1"}
        | {"operator": ">=", "threshold": "80,5"}
        | known,
        {"code": "1.2.a", "label": "L"},
    ]
    rows["thresholds"] += [{"requirement": "1.1.b", "value": "1"}, {"value": "1"}]
    rows["evidence"] += [
        {"requirement": "1.1.b", "code": "x", "label": "x"},
        {"code": "x"},
        {"requirement": "1.1.a", "code": "bao_cao_mot_cua", "label": "x"},
    ]
    assert told(rows) == [
        ("criteria!A4", "duplicate_code", "1", ""),
        ("criteria!A5", "empty_cell", "code", ""),
        ("indicators!B5", "unknown_requirement_code", "11", "1"),
        ("indicators!B6", "empty_cell", "criterion", ""),
        ("indicators!A7", "duplicate_code", "1.1", ""),
        ("requirements!B6", "unknown_requirement_code", "1.22", "1.2"),
        ("requirements!B7", "empty_cell", "indicator", ""),
        ("requirements!B8", "stage_or_indicator", "1.1", ""),
        ("requirements!E9", "other_column", answer, "pass"),
        ("requirements!E10", "decimal_comma_cell", "80,5", "80.5"),
        ("requirements!N10", "other_column", "1", "measure"),
        ("requirements!O10", "decimal_comma_cell", "80,5", "80.5"),
        ("requirements!A11", "duplicate_code", "1.2.a", ""),
        ("thresholds!A5", "unknown_requirement_code", "1.1.b", "1.2.b"),
        ("thresholds!A6", "empty_cell", "requirement", ""),
        ("evidence!A4", "unknown_requirement_code", "1.1.b", "1.2.b"),
        ("evidence!A5", "empty_cell", "requirement", ""),
        ("evidence!B6", "duplicate_code", "bao_cao_mot_cua", ""),
    ]


def test_parts_lead_back_to_the_cells_they_came_from():
    rows = sound_rows()
    condition = {"code": "dk.a", "stage": "sau", "label": "L", "kind": "yes_no", "guidance_must": "x"}
    rows["requirements"].append(condition | {"pass": "${co_dai_truyen_thanh}"})
    places = places_of(rows)
    assert {key: places[f"conditions[0]{key}"] for key in ("/", "/stage", ".requirement/code")} == {
        "/": "requirements!P6",
        "/stage": "requirements!P6",
        ".requirement/code": "requirements!A6",
    }
    assert places["conditions[0].requirement/measure"] == "requirements!N6"
    assert places["conditions[0].requirement.guidance/must"] == "requirements!K6"
    ratio = "criteria[0].indicators[1].requirements[1]"
    assert (places[f"{ratio}/measure"], places[f"{ratio}/thresholds"]) == (
        "requirements!E5",
        "requirements!O5",
    )
    own = f"{ratio}.thresholds[0]"
    keys = ("", "value", "basis", "document")
    assert [places[f"{own}/{key}"] for key in keys] == [f"requirements!{letter}5" for letter in "OOJI"]
    assert places["criteria[0].indicators[0].requirements[0].thresholds[1]/value"] == "thresholds!C4"
    assert places["criteria[0].indicators[0].requirements[0].evidence[0]/kinds"] == "evidence!D3"


def test_a_threshold_of_the_own_row_without_a_basis_is_one_nobody_has_read():
    rows = sound_rows()
    rows["requirements"][2] |= {"basis": None, "document": None, "threshold": "80%"}
    assert [(path, code) for path, code, _found, _advice in told(rows)] == [
        ("requirements!O5", "value_without_basis")
    ]


def test_a_label_of_just_the_longest_short_name_is_its_own_in_both_languages_or_not_at_all():
    rows = sound_rows()
    longest = "Thông tin và truyền th"
    assert len(longest) == 22
    rows["criteria"][0] |= {"label": longest, "short_name": None}
    assert built(rows).criteria[0].short_name.vi == longest
    rows["criteria"][0]["label::en"] = "Information and communication"
    assert [(path, code) for path, code, *_rest in told(rows)] == [("criteria!C3", "empty_cell")]
