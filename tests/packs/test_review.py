"""What a source owes beyond sound rules: documents and examples."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.packs.problems import PackSourceRefused
from ntm_desktop.packs.source import build
from tests.support.pack_sources import SET, Files, put, sound_source, write_source

HEAD, ONE = f"{SET}/set.json", f"{SET}/criteria/01.json"


def test_a_missing_threshold_needs_no_example(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, "indicators/0/requirements/0/thresholds", [{"basis": "missing"}])
    for number in range(3):
        files[HEAD]["examples"][number]["expected"].pop("1.1.a")
    files[HEAD]["examples"][0]["expected"]["set"] = "UNDETERMINED"
    built = build(write_source(tmp_path, files))
    assert built.set.requirements()[0].thresholds[0].value is None


def test_an_answer_nobody_has_read_needs_no_example(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, "indicators/1/requirements/0/basis", "missing")
    for number in range(3):
        files[HEAD]["examples"][number]["expected"].pop("1.2.a")
    files[HEAD]["examples"][0]["expected"]["set"] = "UNDETERMINED"
    assert build(write_source(tmp_path, files)).set.examples


@pytest.mark.parametrize("verdict", ["MET", "NOT_MET", "UNDETERMINED"])
def test_each_of_the_three_verdicts_must_be_shown(tmp_path: Path, verdict: str) -> None:
    files = sound_source()
    for example in files[HEAD]["examples"]:
        example["expected"] = {
            code: v for code, v in example["expected"].items() if (code, v) != ("1.1.a", verdict)
        }
    with pytest.raises(PackSourceRefused) as refused:
        build(write_source(tmp_path, files))
    assert [(p.code, p.found, p.advice) for p in refused.value.problems] == [
        ("example_missing", "1.1.a", verdict)
    ]


def test_examples_are_not_run_while_something_else_is_wrong(tmp_path: Path) -> None:
    files = put(sound_source(), HEAD, "examples/0/expected/1.1.a", "NOT_MET")
    put(files, ONE, "indicators/0/tags", ["xanh"])
    with pytest.raises(PackSourceRefused) as refused:
        build(write_source(tmp_path, files))
    assert {problem.code for problem in refused.value.problems} == {"unknown_tag"}


def _codes(folder: Path, files: Files) -> list[tuple[str, str]]:
    with pytest.raises(PackSourceRefused) as refused:
        build(write_source(folder, files))
    return [(problem.code, problem.found) for problem in refused.value.problems]


def test_a_situation_without_a_threshold_is_named_with_its_year(tmp_path: Path) -> None:
    files = put(
        sound_source(), ONE, "indicators/0/requirements/0/thresholds/0/when", "${profile:vung} = 'nui'"
    )
    put(files, HEAD, "valid_from", 2021)
    assert _codes(tmp_path, files) == [("no_threshold_for", "vung=bien, 2021")]


def test_no_situation_is_named_while_the_conditions_are_not_in_order(tmp_path: Path) -> None:
    files = put(
        sound_source(), ONE, "indicators/0/requirements/0/thresholds/0/when", "${profile:vung} = 'song'"
    )
    assert [code for code, _ in _codes(tmp_path, files)] == ["unknown_choice"]


def test_the_longest_english_short_name_is_still_short(tmp_path: Path) -> None:
    names = {"vi": "Ngắn", "en": "x" * 22}
    files = put(sound_source(), ONE, "indicators/0/short_name", names)
    assert build(write_source(tmp_path, files)).set.indicators()[0].short_name.en == "x" * 22


def test_an_answer_with_a_threshold_that_is_missing_needs_no_example(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, "indicators/1/requirements/0/operator", "=")
    put(files, ONE, "indicators/1/requirements/0/thresholds", [{"basis": "missing"}])
    for example in files[HEAD]["examples"]:
        example["expected"] = {"1.1.a": example["expected"]["1.1.a"]}
    assert build(write_source(tmp_path, files)).set.examples


def test_codes_and_name_bases_stand_where_they_belong(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, "indicators/1/requirements/0/code", "1.2.A")
    put(files, ONE, "indicators/1/name_basis", "official")
    put(files, ONE, "indicators/1/document", "")
    found = dict(_codes(tmp_path, files))
    assert found["code_out_of_place"] == "1.2.A"
    assert found["document_missing"] == "official"


COMMON = "danh-muc-thu/chung.json"


@pytest.mark.parametrize("share", ["0", "-1/10"])
def test_a_change_that_is_asked_about_is_more_than_none(tmp_path: Path, share: str) -> None:
    files = put(sound_source(), COMMON, "elements/tong_so/change_asked", share)
    put(files, HEAD, "change_asked", share)
    assert _codes(tmp_path, files) == [("wrong_number", share), ("wrong_number", share)]


def test_from_which_change_on_is_asked_is_data_of_the_pack(tmp_path: Path) -> None:
    files = put(sound_source(), COMMON, "elements/tong_so/change_asked", "1/5")
    built = build(write_source(tmp_path, put(files, HEAD, "change_asked", "1/4"))).set
    assert (built.change_asked, built.catalogue.elements["tong_so"].change_asked) == (
        Fraction(1, 4),
        Fraction(1, 5),
    )


@pytest.mark.parametrize(
    ("element", "rule"),
    [
        ("tong_so", "add"),
        ("tong_so", "sum:truc_tuyen"),
        ("tong_so", "average:"),
        ("tong_so", "average:co_dai"),
        ("co_dai", "sum"),
    ],
)
def test_a_merger_follows_one_of_the_known_rules(tmp_path: Path, element: str, rule: str) -> None:
    files = put(sound_source(), COMMON, f"elements/{element}/merge", rule)
    assert _codes(tmp_path, files) == [("wrong_merge", rule)]


def test_shares_are_not_added_up_in_a_merger(tmp_path: Path) -> None:
    files = put(sound_source(), COMMON, "elements/tong_so/type", "percent")
    put(files, COMMON, "elements/tong_so/merge", "sum")
    assert ("wrong_merge", "sum") in _codes(tmp_path, files)


@pytest.mark.parametrize("rule", ["ask", "sum", "average", "average:truc_tuyen", "average:dan_so_noi_khac"])
def test_the_rules_of_a_merger_are_data_of_the_catalogue(tmp_path: Path, rule: str) -> None:
    files = put(sound_source(), COMMON, "elements/tong_so/merge", rule)
    assert build(write_source(tmp_path, files)).set.catalogue.elements["tong_so"].merge == rule


def _told(folder: Path, files: Files) -> list[tuple[str, str, str, str]]:
    with pytest.raises(PackSourceRefused) as refused:
        build(write_source(folder, files))
    assert {(one.sheet, one.row) for one in refused.value.problems} == {("", 0)}, "no workbook"
    return [(one.path, one.code, one.found, one.advice) for one in refused.value.problems]


def test_every_problem_is_told_at_its_place_with_what_to_write_instead(tmp_path: Path) -> None:
    elements = "danh-muc-thu/chung.json"
    files = put(sound_source(), elements, "elements/thu_nhap/unit", "đồng")
    put(files, elements, "elements/loai/choices", [])
    put(files, elements, "elements/Ten_La", {"label": "x", "type": "yes_no"})
    put(files, ONE, "indicators/1/requirements/0/fields", ["co_dai", "thu_nhap", "loai", "Ten_La"])
    put(files, ONE, "indicators/0/requirements/0/thresholds/0/when", "${profile:vung} = 'mien_nui'")
    evidence = files[ONE]["indicators"][0]["requirements"][0]["evidence"]
    evidence.append({**evidence[0], "within": "sau"})
    put(files, ONE, "indicators/0/tags", ["soo"])
    put(files, ONE, "indicators/0/document", "baii")
    long = "A name in English that is much too long"
    put(files, ONE, "short_name", {"vi": "A", "en": long})
    put(files, ONE, "indicators/1/short_name", {"vi": "A", "en": long})
    assert _told(tmp_path, files) == [
        ("indicators[0]", "unknown_document", "baii", "bai"),
        ("indicators[0]", "unknown_tag", "soo", "so"),
        ("indicators[0].requirements[0].evidence[1].code", "duplicate_code", "bao_cao", ""),
        ("indicators[0].requirements[0].evidence[1].within", "unknown_value", "sau", "period"),
        ("indicators[0].requirements[0].thresholds[0].when", "unknown_choice", "mien_nui, nui, bien", ""),
        ("indicators[1].short_name.en", "short_name_too_long", long, ""),
        ("short_name.en", "short_name_too_long", long, ""),
        ("elements.Ten_La", "wrong_name", "Ten_La", "so_ho"),
        ("elements.loai.choices", "no_choices", "loai", ""),
        ("elements.thu_nhap.unit", "money_unit", "đồng", "dong, nghin_dong, trieu_dong, ty_dong"),
    ]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("code", "12", ("indicators[0].code", "code_out_of_place", "12", "1.1")),
        ("code", "1.x", ("indicators[0].code", "code_out_of_place", "1.x", "1.1")),
        (
            "requirements/0/thresholds/0/when",
            "${profile:vung} = 'nui'",
            ("indicators[0].requirements[0].thresholds", "no_threshold_for", "vung=bien, 2025", ""),
        ),
        (
            "requirements/0/thresholds",
            [],
            ("indicators[0].requirements[0].thresholds", "threshold_missing", "", '[{"basis": "missing"}]'),
        ),
    ],
)
def test_what_one_piece_lacks_is_told_at_its_place(
    tmp_path: Path, path: str, value: object, told: tuple[str, str, str, str]
) -> None:
    assert _told(tmp_path, put(sound_source(), ONE, f"indicators/0/{path}", value))[0] == told


def test_a_register_that_is_nearly_right_is_told_with_what_was_meant(tmp_path: Path) -> None:
    tables = [{"register": "san_phamm", "columns": ["sp_ten"]}]
    files = put(sound_source(), ONE, "indicators/1/requirements/0/tables", tables)
    assert ("unknown_register", "san_pham") in {
        (code, advice) for _p, code, _f, advice in _told(tmp_path, files)
    }


def test_a_yes_with_a_threshold_is_told(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, "indicators/1/requirements/0/thresholds", [{"basis": "missing"}])
    place = "indicators[1].requirements[0].thresholds"
    assert _told(tmp_path, files) == [(place, "threshold_unwanted", "", "")]


def test_a_gap_is_told_though_something_else_in_the_file_is_wrong(tmp_path: Path) -> None:
    files = put(
        sound_source(), ONE, "indicators/0/requirements/0/thresholds/0/when", "${profile:vung} = 'nui'"
    )
    put(files, ONE, "indicators/1/tags", ["xanh"])
    assert {code for _path, code, *_rest in _told(tmp_path, files)} == {"no_threshold_for", "unknown_tag"}


def test_the_three_verdicts_of_a_yes_must_be_shown_too(tmp_path: Path) -> None:
    files = sound_source()
    for example in files[HEAD]["examples"]:
        example["expected"].pop("1.2.a", None)
    assert {(code, found) for _path, code, found, _advice in _told(tmp_path, files)} == {
        ("example_missing", "1.2.a")
    }
