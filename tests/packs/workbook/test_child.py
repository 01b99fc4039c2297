"""A province's set over the national one: it holds only what differs."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from ntm_desktop.criteria.compare import compare
from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.examples import situation_of
from ntm_desktop.packs.problems import sentence
from ntm_desktop.packs.shipped import content_of, set_of, shipped_pack
from ntm_desktop.packs.workbook.build import build_book, read_authored
from ntm_desktop.packs.workbook.plan import rows_of
from ntm_desktop.packs.workbook.write import write_set
from tests.support.pack_books import Rows, book_of, problems_of

NATIONAL = shipped_pack("vn-xa-ntm-2021-2025")
assert NATIONAL is not None
NAME = f"{NATIONAL.id}@{NATIONAL.version}+{NATIONAL.sha256}"
DOCUMENT = "qd-tinh-2023"


def parents(id_: str, version: str, sha256: str) -> bytes | None:
    return (
        content_of(NATIONAL)
        if (id_, version, sha256) == (NATIONAL.id, NATIONAL.version, NATIONAL.sha256)
        else None
    )


def threshold(requirement: str, value: str, **more: object) -> dict[str, object]:
    return {"requirement": requirement, "value": value, "document": DOCUMENT, "basis": "reported", **more}


def example(name: str, kind: str, place: str, value: str, **more: object) -> dict[str, object]:
    return {"example": name, "type": kind, "name": place, "value": value, **more}


def province() -> Rows:
    """Return a dozen rows: one threshold raised, one indicator more, and the examples that show it."""
    return {
        "settings": [
            {
                "set_id": "nghe-an-xa-ntm-2021-2025",
                "title": "Bộ tiêu chí xã NTM tỉnh Nghệ An",
                "short_title": "Xã NTM Nghệ An",
                "version": "1.0.0",
                "parent": NAME,
                "publisher": "UBND tỉnh Nghệ An",
                "legal_basis": DOCUMENT,
            }
        ],
        "documents": [{"id": DOCUMENT, "number": "1/QĐ-UBND", "title": "Quyết định của tỉnh"}],
        "catalogue": [
            {"name": "na_to_cong_nghe_so", "label": "Tổ công nghệ số cộng đồng", "type": "integer"}
        ],
        "indicators": [
            {"code": "8.5", "criterion": "8", "label": "Có tổ công nghệ số", "short_name": "Tổ công nghệ số"}
        ],
        "requirements": [
            {
                "code": "8.5.a",
                "indicator": "8.5",
                "label": "Tổ công nghệ số",
                "kind": "count",
                "measure": "${na_to_cong_nghe_so}",
                "operator": ">=",
                "threshold": "1",
                "document": DOCUMENT,
                "basis": "reported",
            }
        ],
        "thresholds": [threshold("8.4.d", "40%")],
        "examples": [
            example("Tỉnh: chưa đạt", "fact", "na_to_cong_nghe_so", "0", year=2023),
            example("Tỉnh: chưa đạt", "expected", "8.5.a", "NOT_MET"),
            example("Tỉnh: đạt", "fact", "na_to_cong_nghe_so", "2", year=2023),
            example("Tỉnh: đạt", "expected", "8.5.a", "MET"),
            example("Tỉnh: chưa nhập", "expected", "8.5.a", "UNDETERMINED", year=2023),
        ],
    }


def built(rows: Rows):
    return build_book("tinh.xlsx", book_of(rows), parents=parents)


def test_a_dozen_rows_make_a_whole_set_that_stands_alone():
    rows = province()
    assert sum(map(len, rows.values())) <= 12
    child, national = built(rows).set, set_of(NATIONAL)
    assert child.parent == NAME
    assert child.level == national.level
    assert len(child.indicators()) == len(national.indicators()) + 1
    assert child.legal_basis == (*national.legal_basis, DOCUMENT)
    assert {example.name for example in national.examples} < {example.name for example in child.examples}
    assert [(each.rank, each.document) for each in requirement(child, "8.4.d").thresholds] == [
        (0, "bai-nghe-an"),
        (1, DOCUMENT),
    ]


def requirement(source, code):
    return next(each for each in source.requirements() if each.code == code)


def test_a_child_set_changes_only_those_verdicts():
    child, national = built(province()).set, set_of(NATIONAL)
    before, after = compile_set(national), compile_set(child)
    flips = {
        (flip.code, flip.before and flip.before.name, flip.after and flip.after.name)
        for each in national.examples
        for flip in compare(
            evaluate(before, situation_of(national, each, {})[0]),
            evaluate(after, situation_of(national, each, {})[0]),
        )
    }
    new = {(code, None, "UNDETERMINED") for code in ("8.5", "8.5.a")}
    assert new <= flips
    assert {code for code, _, _ in flips - new} <= {"8.4.d", "8.4", "8", "set"}
    assert ("8.4.d", "MET", "NOT_MET") in flips_around(before, after, child)


def flips_around(before, after, child):
    facts = {"ho_so_truc_tuyen": "350", "ho_so_giai_quyet": "1000"}
    between = dataclasses.replace(child.examples[0], facts=facts, hamlets=(), records={}, year=2023)
    situation = situation_of(child, between, {})[0]
    return {
        (flip.code, flip.before and flip.before.name, flip.after and flip.after.name)
        for flip in compare(evaluate(before, situation), evaluate(after, situation))
    }


def test_a_province_asks_about_smaller_changes_of_an_inherited_figure():
    rows = province()
    rows["catalogue"].append({"name": "ho_so_giai_quyet", "change_asked": "15%"})
    rows["settings"][0]["change_asked"] = "25%"
    child = built(rows).set
    assert child.change_asked == Fraction(1, 4)
    assert child.catalogue.elements["ho_so_giai_quyet"].change_asked == Fraction(3, 20)


def test_texts_of_the_parent_are_laid_over_and_the_rest_of_the_row_stays():
    rows = province()
    rows["requirements"].append({"code": "8.4.a", "label": "Máy tính cho cán bộ xã"})
    rows["evidence"] = [{"requirement": "8.4.d", "code": "bao_cao_tinh", "label": "Báo cáo của tỉnh"}]
    rows["survey"] = [
        {"requirement": "8.4.d", "name": "ho_so_truc_tuyen", "hint": "Theo phần mềm Một cửa của tỉnh"}
    ]
    child, national = built(rows).set, set_of(NATIONAL)
    theirs, ours = requirement(national, "8.4.a"), requirement(child, "8.4.a")
    assert ours == dataclasses.replace(theirs, label=ours.label)
    assert ours.label.vi == "Máy tính cho cán bộ xã"
    assert [each.code for each in requirement(child, "8.4.d").evidence][-1] == "bao_cao_tinh"
    hints = [field.hint.vi for field in requirement(child, "8.4.d").fields]
    assert hints.count("Theo phần mềm Một cửa của tỉnh") == 1
    assert len(hints) == len(requirement(national, "8.4.d").fields)


def codes(rows: Rows, **more: object) -> list[tuple[str, int, str]]:
    return [(p.sheet, p.row, p.code) for p in problems_of(rows, **({"parents": parents} | more))]


def test_two_thresholds_of_equal_rank_are_refused():
    rows = province()
    rows["thresholds"].append(threshold("8.4.d", "45%"))
    assert ("thresholds", 4, "two_thresholds") in codes(rows)
    rows["thresholds"][1]["rank"] = 0
    assert ("thresholds", 4, "two_thresholds") in codes(rows)


def test_an_example_of_the_parent_that_no_longer_holds_must_be_said_anew():
    rows = province()
    rows["thresholds"].append(threshold("8.4.a", "200%"))
    told = codes(rows)
    assert {code for _, _, code in told} == {"inherited_example_fails"}
    assert {sheet for sheet, _, _ in told} == {"examples"}


def test_the_message_says_which_row_to_write_and_with_that_row_it_is_built():
    rows = province()
    rows["thresholds"] = [threshold("8.4.d", "10%")]
    rows["examples"] = [one for one in rows["examples"] if "8.4" not in str(one["name"])]
    before = len(rows["examples"])
    for _round in range(5):
        told = problems_of(rows, parents=parents)
        wrong = [one for one in told if one.code == "inherited_example_fails"]
        if not wrong:
            break
        for one in wrong:
            kind, code, verdict = one.advice.split(" | ")
            assert one.found in sentence(one)
            rows["examples"].append({"example": one.found, "type": kind, "name": code, "value": verdict})
    assert {one.code for one in told} <= {"example_missing"}
    assert len(rows["examples"]) > before


@pytest.mark.parametrize(
    ("parent", "code"),
    [
        ("vn-xa-ntm-2021-2025", "wrong_parent"),
        (f"{NAME[:-1]}0", "parent_missing"),
        (NAME.replace("1.0.0", "9.0.0"), "parent_missing"),
    ],
)
def test_another_parent_than_the_one_named_is_refused(parent, code):
    rows = province()
    rows["settings"][0]["parent"] = parent
    assert codes(rows) == [("settings", 3, code)]


def test_bytes_that_are_not_the_named_parent_are_refused():
    other = shipped_pack("vn-xa-ntm-2026-2030")
    assert codes(province(), parents=lambda *_: content_of(other)) == [("settings", 3, "parent_differs")]
    assert codes(province(), parents=lambda *_: b"{}") == [("settings", 3, "parent_unreadable")]
    assert codes(province(), parents=None) == [("settings", 3, "parent_missing")]


def test_a_name_of_the_parent_keeps_its_meaning():
    rows = province()
    rows["catalogue"].append({"name": "ho_so_truc_tuyen", "label": "Hồ sơ", "type": "decimal"})
    assert ("catalogue", 4, "inherited_differs") in codes(rows)
    rows["catalogue"][1] |= {"type": "integer", "unit": "hồ sơ"}
    assert ("catalogue", 4, "inherited_differs") not in codes(rows)
    rows["indicators"].append({"code": "8.4", "criterion": "7"})
    assert ("indicators", 4, "inherited_differs") in codes(rows)


def test_a_flattened_child_is_written_whole_or_only_what_differs(tmp_path):
    child = built(province())
    for name, parent in (("ca-bo", None), ("phan-khac", set_of(NATIONAL))):
        write_set(child.set, tmp_path / f"{name}.xlsx", parent=parent)
        assert (
            build_book("bo.xlsx", read_authored(tmp_path / f"{name}.xlsx"), parents=parents).content
            == child.content
        )
    assert (tmp_path / "phan-khac.xlsx").stat().st_size < (tmp_path / "ca-bo.xlsx").stat().st_size / 2


def test_only_the_rows_that_differ_are_planned_with_the_lists_and_tags_they_name():
    rows = province()
    rows["catalogue"].append({"name": "na_hang", "label": "Hạng", "type": "select_one hang"})
    rows["choices"] = [
        {"list_name": "hang", "name": "tot", "label": "Tốt"},
        {"list_name": "tags", "name": "tinh", "label": "Của tỉnh"},
    ]
    rows["indicators"][0]["tags"] = "tinh"
    child = built(rows).set
    planned = rows_of(child, set_of(NATIONAL))
    assert {name: len(entries) for name, entries in planned.items() if entries} == {
        "settings": 1,
        "documents": 1,
        "catalogue": 2,
        "choices": 2,
        "indicators": 1,
        "requirements": 1,
        "thresholds": 2,
        "survey": 1,
        "examples": len(rows["examples"]),
    }
    assert {row["requirement"]: (row["value"], row["rank"]) for row in planned["thresholds"]} == {
        "8.4.d": ("40%", 1),
        "8.5.a": ("1", 1),
    }
    assert {row["name"] for row in planned["choices"]} == {"tot", "tinh"}
    whole = rows_of(child)
    assert len(whole["requirements"]) > 20
    assert {row["rank"] for row in whole["thresholds"]} == {0, 1}
