"""Readable sources to packs, and every way a source is refused."""

from __future__ import annotations

import json
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.load import load
from ntm_desktop.packs.problems import PackSourceRefused, SourceProblem, sentence
from ntm_desktop.packs.source import build
from tests.support.pack_sources import CATALOGUE, SET, Files, put, sound_source, write_source

HEAD = f"{SET}/set.json"
ONE = f"{SET}/criteria/01.json"
ELEMENTS = f"{CATALOGUE}/chung.json"
RATIO = "indicators/0/requirements/0"
ANSWER = "indicators/1/requirements/0"


def problems_of(folder: Path, files: Files) -> tuple[SourceProblem, ...]:
    with pytest.raises(PackSourceRefused) as refused:
        build(write_source(folder, files))
    return refused.value.problems


def test_a_sound_source_becomes_a_pack_that_loads_as_the_same_set(tmp_path: Path) -> None:
    built = build(write_source(tmp_path, sound_source()))
    assert load(built.content) == built.set
    assert built.set.sha256 == built.sha256
    requirement = built.set.requirements()[0]
    assert requirement.thresholds[0].value == ("number", str(Fraction(3, 10)))
    assert [field.element for field in requirement.fields] == ["truc_tuyen", "tong_so"]
    assert str(requirement.fields[0].label) == "Trực tuyến"


def test_only_what_the_set_reads_is_taken_along(tmp_path: Path) -> None:
    built = build(write_source(tmp_path, sound_source()))
    assert set(built.set.catalogue.elements) == {"truc_tuyen", "tong_so", "co_dai"}
    assert not built.set.catalogue.registers
    assert not built.set.catalogue.profile


def test_the_same_sources_always_give_the_same_bytes(tmp_path: Path) -> None:
    first = build(write_source(tmp_path / "a", sound_source()))
    shuffled = {name: dict(reversed(data.items())) for name, data in reversed(sound_source().items())}
    second = build(write_source(tmp_path / "b", shuffled))
    assert first.content == second.content


def test_the_register_of_a_table_comes_along_with_all_its_columns(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, f"{ANSWER}/measure", "any(san_pham, ${sp_ten} = 'x') or ${co_dai}")
    put(files, ONE, f"{ANSWER}/fields", ["co_dai"])
    put(files, ONE, f"{ANSWER}/tables", [{"register": "san_pham", "columns": ["sp_ten"]}])
    built = build(write_source(tmp_path, files))
    assert set(built.set.catalogue.registers) == {"san_pham"}
    assert "sp_ten" in built.set.catalogue.elements


THRESHOLD = f"{RATIO}/thresholds/0"
FIRST, SECOND = "indicators[0].requirements[0]", "indicators[1].requirements[0]"
NFD_RULE = unicodedata.normalize("NFD", "ratio(${truc_tuyen}, 'ạ')")
LONG_ENGLISH = {"vi": "x", "en": "More than twenty-two letters"}
ODD_CHECK = {"code": "x", "rule": "${duong_km} > 0", "message": "x"}

REFUSALS = [
    # names
    (ONE, f"{RATIO}/measure", "ratio(${truc_tuyem}, ${tong_so})", "unknown_element", FIRST + ".measure"),
    (ONE, f"{RATIO}/fields", ["khong_co"], "missing_key", FIRST + ".fields[0]"),
    (ONE, f"{RATIO}/fields", [{"element": "khong_co", "label": "x"}], "unknown_element", FIRST),
    (ONE, f"{RATIO}/tables", [{"register": "so_la", "columns": ["sp_ten"]}], "unknown_register", FIRST),
    (ONE, f"{THRESHOLD}/when", "${profile:mien} = 'nui'", "unknown_attribute", FIRST + ".thresholds[0].when"),
    (ONE, f"{THRESHOLD}/when", "${profile:vung} = 'song'", "unknown_choice", FIRST + ".thresholds[0].when"),
    (ONE, f"{THRESHOLD}/document", "bai_la", "unknown_document", FIRST + ".thresholds[0]"),
    (ONE, f"{RATIO}/guidance", {"documents": ["bai_la"]}, "unknown_document", FIRST),
    (ONE, "indicators/0/tags", ["xanh"], "unknown_tag", "indicators[0]"),
    (HEAD, "legal_basis", ["bai_la"], "unknown_document", "legal_basis"),
    (HEAD, "sources", ["bai_la"], "unknown_document", "sources"),
    (HEAD, "profile", ["mien"], "unknown_profile", "profile"),
    (HEAD, "catalogue", "khong-co@1.0.0", "wrong_catalogue", "catalogue"),
    (HEAD, "catalogue", f"{CATALOGUE}@9.0.0", "wrong_catalogue", "catalogue"),
    (HEAD, "id", "ten-khac", "wrong_folder", "id"),
    (f"{CATALOGUE}/catalogue.json", "elements", ["../../ngoai.json"], "wrong_file_name", "elements"),
    (f"{CATALOGUE}/catalogue.json", "elements", ["khong-co.json"], "unreadable", ""),
    # shape
    (ONE, "mau", "xanh", "unknown_key", ""),
    (ONE, f"{RATIO}/thresolds", [], "unknown_key", FIRST),
    (ONE, f"{RATIO}/label", ..., "missing_key", FIRST),
    (ONE, "indicators/0/name", "", "empty_text", "indicators[0].name"),
    (ONE, "indicators/0/name", 5, "wrong_type", "indicators[0].name"),
    (ONE, "complete", "yes", "wrong_type", "complete"),
    (ONE, "indicators", {}, "wrong_type", "indicators"),
    (ONE, f"{RATIO}/operator", "=>", "unknown_value", FIRST + ".operator"),
    (ONE, f"{RATIO}/points", "1,5", "wrong_number", FIRST + ".points"),
    (ONE, f"{THRESHOLD}/checked_on", "22/6/2022", "wrong_date", FIRST + ".thresholds[0].checked_on"),
    (HEAD, "valid_from", 2021.5, "decimal_number", ""),
    (ONE, "indicators/0/name", unicodedata.normalize("NFD", "Hồ sơ"), "not_nfc", "indicators[0].name"),
    (ONE, f"{RATIO}/measure", NFD_RULE, "not_nfc", FIRST + ".measure"),
    (ELEMENTS, "elements/duong_km/unit", 5, "wrong_type", "elements.duong_km.unit"),
    # rules
    (ONE, f"{RATIO}/measure", "ratio(${truc_tuyen}, “x”)", "curly_quotes", FIRST + ".measure"),
    (ONE, f"{RATIO}/measure", "ratio(${truc_tuyen}", "unfinished", FIRST + ".measure"),
    (ONE, f"{RATIO}/measure", 5, "wrong_type", FIRST + ".measure"),
    (ONE, f"{RATIO}/measure", "ratio(${co_dai}, ${tong_so})", "rule_type", FIRST + ".measure"),
    (ONE, f"{RATIO}/measure", "${truc_tuyen}", "ratio_expected", FIRST),
    (ONE, f"{RATIO}/measure", "ratio(${truc_tuyen} + ${thu_nhap}, ${tong_so})", "units_differ", FIRST + ".measure"),
    (ONE, f"{ANSWER}/measure", "${tong_so}", "rule_type", SECOND + ".measure"),
    (ONE, f"{ANSWER}/relevant", "${tong_so}", "rule_type", SECOND + ".relevant"),
    (ONE, f"{RATIO}/operator", ..., "no_operator", FIRST),
    (ONE, f"{THRESHOLD}/value", "threshold('bo-thu', '1.1.a', ${_nam})", "threshold_cycle", FIRST),
    (ONE, f"{RATIO}/checks", [ODD_CHECK], "not_asked", FIRST),
    # thresholds and basis
    (ONE, f"{RATIO}/thresholds", [], "threshold_missing", FIRST + ".thresholds"),
    (ONE, f"{ANSWER}/thresholds", [{"basis": "missing"}], "threshold_unwanted", SECOND + ".thresholds"),
    (ONE, f"{THRESHOLD}/basis", ..., "missing_key", FIRST + ".thresholds[0]"),
    (ONE, f"{THRESHOLD}/basis", "delegated", "value_without_basis", FIRST + ".thresholds[0]"),
    (ONE, f"{THRESHOLD}/basis", "missing", "value_without_basis", FIRST + ".thresholds[0]"),
    (ONE, f"{THRESHOLD}/value", ..., "value_missing", FIRST + ".thresholds[0]"),
    (ONE, f"{THRESHOLD}/document", ..., "document_missing", FIRST + ".thresholds[0].document"),
    (ONE, f"{THRESHOLD}/basis", "official", "official_unchecked", FIRST + ".thresholds[0]"),
    (ONE, f"{RATIO}/document", ..., "document_missing", FIRST + ".document"),
    (ONE, "indicators/0/document", ..., "document_missing", "indicators[0].document"),
    # codes and names
    (ONE, "indicators/0/short_name", "Hai mươi ba chữ cái đây", "short_name_too_long", "indicators[0]"),
    (ONE, "indicators/0/short_name", LONG_ENGLISH, "short_name_too_long", "indicators[0].short_name.en"),
    (ONE, "indicators/1/code", "1.1", "duplicate_code", "indicators[1].code"),
    (ONE, "indicators/1/code", "2.1", "code_out_of_place", "indicators[1].code"),
    (ONE, f"{ANSWER}/code", "1.2.aa", "code_out_of_place", SECOND + ".code"),
    (ONE, f"{RATIO}/evidence/0/kinds", ["exe"], "unknown_value", FIRST + ".evidence[0].kinds"),
    (ONE, f"{RATIO}/evidence/0/within", "year", "unknown_value", FIRST + ".evidence[0].within"),
    (ONE, "complete", False, "incomplete_inside", "complete"),
    (ONE, "whole", {"kind": "at_least"}, "whole_without_number", ""),
    (ONE, "whole", {"kind": "expression"}, "whole_without_rule", ""),
    (ONE, "whole", {"kind": "expression", "rule": "${9.9}"}, "unknown_part", ""),
    # examples
    (HEAD, "examples/0/expected/1.1.a", "NOT_MET", "example_fails", "examples[0].expected.1.1.a"),
    (HEAD, "examples/0/facts/tong_so", "2.3.8", "example_fails", "examples[0].expected.tong_so"),
    (HEAD, "examples/0/facts/khong_co", "1", "example_fails", "examples[0].expected.khong_co"),
    (HEAD, "examples/2", ..., "example_missing", FIRST),
]  # fmt: skip


@pytest.mark.parametrize(("file", "piece", "value", "code", "place"), REFUSALS)
def test_a_source_with_one_fault_is_refused_at_its_place(
    tmp_path: Path, file: str, piece: str, value: object, code: str, place: str
) -> None:
    problems = problems_of(tmp_path, put(sound_source(), file, piece, value))
    found = [problem for problem in problems if problem.code == code]
    assert found, problems
    assert place in {problem.path for problem in found}
    for problem in found:
        assert not {"{found}", "{advice}", "{code}"} & set(sentence(problem).split())


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, f"{RATIO}/operator", "=>")
    put(files, ONE, f"{ANSWER}/measure", "${co_dai")
    put(files, ELEMENTS, "elements/co_dai/type", "bool")
    put(files, HEAD, "catalog", "x")
    problems = problems_of(tmp_path, files)
    assert list(problems) == sorted(problems, key=lambda each: (each.file, each.path, each.code, each.found))
    assert {(problem.file, problem.code) for problem in problems} >= {
        (ONE, "unknown_value"),
        (ONE, "wrong_reference"),
        (ELEMENTS, "unknown_value"),
        (HEAD, "unknown_key"),
    }


def test_a_near_miss_is_told_with_what_was_meant(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, f"{RATIO}/measure", "ratio(${truc_tuyem}, ${tong_so})")
    advice = {p.advice for p in problems_of(tmp_path, files) if p.code == "unknown_element"}
    assert advice == {"truc_tuyen"}


def test_two_thresholds_that_may_both_apply_are_refused(tmp_path: Path) -> None:
    files = sound_source()
    files[ONE]["indicators"][0]["requirements"][0]["thresholds"].append(
        {"value": "40%", "basis": "reported", "document": "bai"}
    )
    assert {problem.code for problem in problems_of(tmp_path, files)} == {"two_thresholds"}


def test_a_money_element_without_a_money_unit_is_refused(tmp_path: Path) -> None:
    files = put(sound_source(), ELEMENTS, "elements/thu_nhap/unit", "đồng")
    put(files, ONE, f"{ANSWER}/fields", ["co_dai", "thu_nhap"])
    assert {problem.code for problem in problems_of(tmp_path, files)} == {"money_unit"}


def test_a_choice_without_choices_and_a_name_in_capitals_are_refused(tmp_path: Path) -> None:
    files = put(sound_source(), ELEMENTS, "elements/loai/choices", [])
    put(files, ELEMENTS, "elements/Ten_La", {"label": "x", "type": "yes_no"})
    put(files, ONE, f"{ANSWER}/fields", ["co_dai", "loai", "Ten_La"])
    assert {problem.code for problem in problems_of(tmp_path, files)} == {"no_choices", "wrong_name"}


def test_an_element_in_two_topics_is_refused(tmp_path: Path) -> None:
    files = put(sound_source(), f"{CATALOGUE}/catalogue.json", "elements", ["chung.json", "khac.json"])
    files[f"{CATALOGUE}/khac.json"] = {"elements": {"co_dai": {"label": "Có đài", "type": "yes_no"}}}
    (problem,) = problems_of(tmp_path, files)
    assert (problem.file, problem.code) == (f"{CATALOGUE}/khac.json", "duplicate_code")


def test_two_evidence_rules_of_one_code_are_refused(tmp_path: Path) -> None:
    files = sound_source()
    evidence = files[ONE]["indicators"][0]["requirements"][0]["evidence"]
    evidence.append(dict(evidence[0]))
    assert {problem.code for problem in problems_of(tmp_path, files)} == {"duplicate_code"}


def test_an_example_named_twice_is_refused(tmp_path: Path) -> None:
    files = sound_source()
    files[HEAD]["examples"].append(json.loads(json.dumps(files[HEAD]["examples"][0])))
    assert {problem.code for problem in problems_of(tmp_path, files)} == {"duplicate"}


def test_a_folder_that_is_not_there_is_refused_not_crashed_on(tmp_path: Path) -> None:
    with pytest.raises(PackSourceRefused) as refused:
        build(tmp_path / "khong-co")
    assert {problem.code for problem in refused.value.problems} >= {"unreadable", "wrong_catalogue"}


def test_a_condition_is_checked_like_a_requirement(tmp_path: Path) -> None:
    files = sound_source()
    requirement = {"code": "dk.a", "label": "x", "kind": "yes_no", "measure": "${co_la}", "basis": "reported"}
    files[HEAD]["conditions"] = [{"stage": "sometime", "requirement": requirement}]
    found = {(problem.path, problem.code) for problem in problems_of(tmp_path, files)}
    place = "conditions[0].requirement"
    assert found >= {
        (place, "unknown_stage"),
        (f"{place}.measure", "unknown_element"),
        (f"{place}.document", "document_missing"),
    }


def test_faults_of_the_catalogue_are_told_in_its_own_file(tmp_path: Path) -> None:
    head = f"{CATALOGUE}/catalogue.json"
    files = put(sound_source(), head, "profile/vung/label", 5)
    put(files, head, "registers/san_pham/label", "")
    put(files, head, "elements", ["../ngoai.json", "chung.json"])
    assert {(problem.file, problem.path, problem.code) for problem in problems_of(tmp_path, files)} >= {
        (head, "profile.vung.label", "wrong_type"),
        (head, "registers.san_pham.label", "empty_text"),
        (head, "elements", "wrong_file_name"),
    }


def test_a_folder_of_another_name_and_documents_of_the_set_alone_are_told_at_their_place(
    tmp_path: Path,
) -> None:
    files = put(sound_source(), HEAD, "id", "bo-khac")
    files[HEAD]["documents"] = {"rieng": {"number": 5, "title": "Riêng"}}
    found = {(problem.path, problem.code, problem.found) for problem in problems_of(tmp_path, files)}
    assert found >= {("id", "wrong_folder", "bo-khac"), ("documents.rieng.number", "wrong_type", "5")}


def test_a_document_of_the_set_itself_may_be_named(tmp_path: Path) -> None:
    files = put(sound_source(), HEAD, "documents", {"rieng": {"number": "5", "title": "Riêng"}})
    put(files, ONE, "indicators/0/document", "rieng")
    assert "rieng" in build(write_source(tmp_path, files)).set.documents


def test_what_a_rule_and_a_record_must_be_is_told(tmp_path: Path) -> None:
    files = put(sound_source(), ONE, f"{RATIO}/measure", "ratio(${truc_tuyen},, ${tong_so})")
    put(files, ONE, f"{RATIO}/guidance", "x")
    told = {(one.path, one.code, one.found, one.advice) for one in problems_of(tmp_path, files)}
    assert ("indicators[0].requirements[0].guidance", "wrong_type", "x", "{...}") in told
    assert ("indicators[0].requirements[0].measure", "unexpected", ", @21") in {one[:3] for one in told}
