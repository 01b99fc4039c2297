"""The three shipped sets: what the domain papers say of them, and what must never be in them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.evaluate import evaluate
from ntm_desktop.criteria.model import Basis, CriterionSet, Operator, Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import Evaluation, Situation, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import SubjectKind
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Value
from ntm_desktop.facts.period import year_period
from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record
from ntm_desktop.facts.text import read
from ntm_desktop.packs.shipped import set_of, shipped_pack, shipped_packs

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
NTM, ADVANCED, NEXT = "vn-xa-ntm-2021-2025", "vn-xa-ntm-nang-cao-2021-2025", "vn-xa-ntm-2026-2030"
KNOWN = (Basis.OFFICIAL, Basis.REPORTED)


def the_set(id_: str) -> CriterionSet:
    pack = shipped_pack(id_)
    assert pack is not None
    return set_of(pack)


def all_sets() -> list[CriterionSet]:
    return [set_of(pack) for pack in shipped_packs()]


def requirements(source: CriterionSet) -> Iterator[Requirement]:
    yield from source.requirements()
    yield from (condition.requirement for condition in source.conditions)


def typed(source: CriterionSet, year: int = 2023, **texts: str) -> list[Fact]:
    facts = []
    for name, text in texts.items():
        reading = read(source.catalogue.elements[name], text)
        facts.append(Fact(FactKey(name, "", year_period(year)), (Claim("a", text, reading.value),)))
    return facts


def evaluated(source: CriterionSet, book: FactBook, year: int = 2023) -> Evaluation:
    return evaluate(compile_set(source), Situation(book, year, date(year, 12, 31), {}, {}))


@pytest.mark.parametrize(
    ("id_", "counts"),
    [
        (NTM, [2, 4, 2, 2, 1, 3, 1, 4, 2, 1, 1, 2, 5, 2, 4, 1, 12, 6, 2]),
        (ADVANCED, [3, 4, 6, 1, 6, 3, 1, 5, 1, 1, 1, 3, 8, 4, 3, 3, 12, 8, 2]),
    ],
)
def test_the_sets_have_their_criteria_and_indicators(id_: str, counts: list[int]) -> None:
    source = the_set(id_)
    assert [criterion.code for criterion in source.criteria] == [str(number) for number in range(1, 20)]
    assert [len(criterion.indicators) for criterion in source.criteria] == counts
    assert sum(counts) == {NTM: 57, ADVANCED: 75}[id_]


@pytest.mark.parametrize(
    ("id_", "codes", "criteria"),
    [
        (NTM, ["8.2", "8.4", "15.4"], 2),
        (ADVANCED, ["8.1", "8.4", "8.5", "13.4", "13.7", "14.4", "15.1", "15.2"], 4),
    ],
)
def test_the_digital_tag_counts_as_the_article_of_soc_trang(
    id_: str, codes: list[str], criteria: int
) -> None:
    tagged = [i.code for i in the_set(id_).indicators() if "chuyen_doi_so" in i.tags]
    assert tagged == codes
    assert len({code.partition(".")[0] for code in tagged}) == criteria


DIGITAL = {
    NTM: ["8.1", "8.2", "8.3", "8.4", "15.4"],
    ADVANCED: ["8.1", "8.2", "8.3", "8.4", "8.5", "13.4", "13.7", "14.4", "15.1", "15.2"],
}


@pytest.mark.parametrize(("id_", "code"), [(id_, code) for id_, codes in DIGITAL.items() for code in codes])
def test_digital_indicators_are_complete(id_: str, code: str) -> None:
    indicator = next(indicator for indicator in the_set(id_).indicators() if indicator.code == code)
    assert indicator.name_basis is Basis.REPORTED
    assert indicator.name.en
    assert any(requirement.evidence for requirement in indicator.requirements)
    for requirement in indicator.requirements:
        assert requirement.label.en
        assert requirement.basis in KNOWN
        assert requirement.guidance.must.vi
        assert requirement.guidance.documents
        assert requirement.fields or requirement.tables


def test_hamlets_and_registers_are_asked_as_tables() -> None:
    tables = {r.code: {t.register for t in r.tables} for r in requirements(the_set(ADVANCED))}
    assert tables["8.3.b"] == {""}
    assert tables["8.1.a"] == {"diem_buu_chinh"}
    assert tables["8.4.d"] == {"san_pham_ocop"}
    assert tables["8.5.a"] == {"diem_wifi"}
    assert tables["13.4.a"] == {"san_pham_chu_luc"}
    assert tables["13.7.a"] == {"diem_du_lich"}
    assert {t.register for r in requirements(the_set(NTM)) if r.code == "8.2.a" for t in r.tables} == {""}


def test_online_files_have_their_strict_thresholds_and_lever() -> None:
    for id_, code, value in ((NTM, "8.4.d", "3/10"), (ADVANCED, "8.4.a", "1/2")):
        requirement = next(r for r in the_set(id_).requirements() if r.code == code)
        assert requirement.operator is Operator.GREATER
        assert [threshold.value for threshold in requirement.thresholds] == [("number", value)]
        assert str(requirement.unit) == "hồ sơ"


@pytest.mark.parametrize("source", all_sets(), ids=lambda source: source.id)
def test_no_value_without_basis_and_document(source: CriterionSet) -> None:
    for requirement in requirements(source):
        if requirement.basis in KNOWN:
            assert requirement.document in source.documents
        for threshold in requirement.thresholds:
            assert (threshold.value is not None) == (threshold.basis in KNOWN)
            assert threshold.basis not in KNOWN or threshold.document in source.documents


@pytest.mark.parametrize("source", all_sets(), ids=lambda source: source.id)
def test_nothing_claims_to_be_official_before_a_person_has_compared_it(source: CriterionSet) -> None:
    bases = {criterion.name_basis for criterion in source.criteria}
    bases |= {indicator.name_basis for indicator in source.indicators()}
    bases |= {requirement.basis for requirement in requirements(source)}
    bases |= {threshold.basis for r in requirements(source) for threshold in r.thresholds}
    assert Basis.OFFICIAL not in bases


RECALLED = {
    NTM: [
        "1.1.a",
        "2.1.a",
        "4.2.a",
        "9.1.a",
        "9.2.a",
        "10.1.a",
        "11.1.a",
        "12.1.a",
        "12.2.a",
        "15.1.a",
        "15.3.a",
    ],
    ADVANCED: ["3.1.a", "4.1.a", "10.1.a", "11.1.a", "14.1.a", "14.2.a", "14.3.a", "16.3.a", "17.10.a"],
}


@pytest.mark.parametrize(("id_", "code"), [(id_, code) for id_, codes in RECALLED.items() for code in codes])
def test_what_was_only_recalled_is_no_threshold(id_: str, code: str) -> None:
    requirement = next(r for r in the_set(id_).requirements() if r.code == code)
    assert requirement.basis in {Basis.MISSING, Basis.DELEGATED}
    assert all(threshold.value is None for threshold in requirement.thresholds)


def test_the_thresholds_with_a_value_are_exactly_those_that_were_read() -> None:
    """The list is written out by hand from the domain papers: a new value must be added here too."""
    with_value = {
        source.id: sorted({r.code for r in requirements(source) for t in r.thresholds if t.value is not None})
        for source in all_sets()
    }
    assert with_value == {
        NTM: sorted(
            [
                "3.1.a",
                "3.2.b",
                "5.1.a",
                "5.1.b",
                "6.2.a",
                "6.3.a",
                "8.1.a",
                "8.2.a",
                "8.2.b",
                "8.4.a",
                "8.4.b",
                "8.4.d",
                "14.1.b",
                "15.4.a",
                "dk.cong_bo",
            ]
        ),
        ADVANCED: sorted(
            [
                "8.2.a",
                "8.3.b",
                "8.3.c",
                "8.3.e",
                "8.4.a",
                "8.4.b",
                "8.4.c",
                "8.4.d",
                "14.4.a",
                "15.2.a",
                "dk.cong_bo",
            ]
        ),
        NEXT: [],
    }


@pytest.mark.parametrize("source", all_sets(), ids=lambda source: source.id)
def test_every_part_has_a_short_name_that_fits_the_tree(source: CriterionSet) -> None:
    for part in (*source.criteria, *source.indicators()):
        assert 0 < len(part.short_name.vi) <= 22
        assert part.name.vi
        assert part.name.en


@pytest.mark.parametrize("source", all_sets(), ids=lambda source: source.id)
def test_every_requirement_can_be_entered(source: CriterionSet) -> None:
    for requirement in requirements(source):
        assert requirement.fields or requirement.tables, requirement.code


@pytest.mark.parametrize("source", all_sets(), ids=lambda source: source.id)
def test_figures_asked_of_hamlets_and_records_stand_in_tables(source: CriterionSet) -> None:
    elements = source.catalogue.elements
    for requirement in requirements(source):
        assert {elements[field.element].subject for field in requirement.fields} <= {SubjectKind.COMMUNE}


def test_the_seed_s_wrong_date_of_1127_is_put_right_and_told() -> None:
    document = the_set(NTM).documents["qd-1127-2022"]
    assert document.dated == date(2022, 6, 22)
    assert "2023" in document.note


def test_the_advanced_set_asks_for_recognition_as_ntm_first() -> None:
    stages = {condition.requirement.code: condition.stage for condition in the_set(ADVANCED).conditions}
    assert stages["dk.xa_ntm"] == "precondition"
    assert stages["dk.hai_long"] == "recognition"
    assert stages["th.duoi_50"] == "revocation"


def test_the_next_set_has_ten_criteria_and_three_groups() -> None:
    source = the_set(NEXT)
    assert [str(criterion.name) for criterion in source.criteria][6] == "Khoa học công nghệ và chuyển đổi số"
    assert len(source.criteria) == 10
    assert not source.complete
    assert not any(criterion.complete for criterion in source.criteria)
    assert [choice.code for choice in source.catalogue.profile["nhom_xa"].choices] == [
        "nhom_1",
        "nhom_2",
        "nhom_3",
    ]


def best_book(source: CriterionSet) -> FactBook:
    """Everything answered as well as can be: yes, and the same large number everywhere."""
    values: dict[FactKey, Value] = {}
    year = year_period(2026)
    for name, element in source.catalogue.elements.items():
        values[FactKey(name, "", year)] = True if element.type.value == "yes_no" else Fraction(1000)
    facts = [Fact(key, (Claim("a", "", value),)) for key, value in values.items()]
    return FactBook(facts, profile=Profile((ProfileEntry("nhom_xa", "nhom_1"),)))


def test_the_next_set_is_nowhere_met_whatever_is_entered() -> None:
    source = the_set(NEXT)
    evaluation = evaluated(source, best_book(source), 2026)
    verdicts = {evaluation.overall.verdict}
    for results in (evaluation.criteria, evaluation.indicators, evaluation.requirements):
        verdicts |= {result.verdict for result in results.values()}
    assert verdicts == {Verdict.UNDETERMINED}


def test_the_same_facts_show_which_part_of_8_4_fails_and_by_how_many_files() -> None:
    ntm, advanced = the_set(NTM), the_set(ADVANCED)
    book = FactBook(typed(ntm, ho_so_giai_quyet="2.382", ho_so_truc_tuyen="800"))
    assert evaluated(ntm, book).requirements["8.4.d"].verdict is Verdict.MET
    failed = evaluated(advanced, book).requirements["8.4.a"]
    assert failed.verdict is Verdict.NOT_MET
    assert failed.distance is not None
    assert (failed.distance.by, failed.distance.element) == (392, "ho_so_truc_tuyen")


def test_612_of_2382_files_lack_103() -> None:
    ntm = the_set(NTM)
    book = FactBook(typed(ntm, ho_so_giai_quyet="2.382", ho_so_truc_tuyen="612"))
    distance = evaluated(ntm, book).requirements["8.4.d"].distance
    assert distance is not None
    assert (distance.by, distance.target) == (103, 715)


def test_a_hamlet_without_a_figure_keeps_8_2_open_and_is_named() -> None:
    ntm = the_set(NTM)
    hamlets = [Hamlet("h1", "Vĩnh Lợi"), Hamlet("h2", "Vĩnh Quới")]
    key = FactKey("thon_dien_thoai_di_dong", "h1", year_period(2023))
    book = FactBook([Fact(key, (Claim("a", "có", True),))], hamlets=hamlets)
    result = evaluated(ntm, book).requirements["8.2.a"]
    assert result.verdict is Verdict.UNDETERMINED
    assert "h2" in {missing.subject for missing in result.missing}


def test_ocop_products_not_promoted_are_counted() -> None:
    advanced = the_set(ADVANCED)
    records = [Record(f"o{n}", "san_pham_ocop", n) for n in range(3)]
    facts = typed(advanced, co_san_pham_ocop="có")
    for record, answer in zip(records, (True, False, False), strict=True):
        facts.append(Fact(FactKey("ocop_quang_ba", record.id, year_period(2023)), (Claim("a", "", answer),)))
    result = evaluated(advanced, FactBook(facts, records=records)).requirements["8.4.d"]
    assert result.verdict is Verdict.NOT_MET
    assert result.distance is not None
    assert result.distance.by == 2


def test_shared_figures_have_one_name_in_both_sets() -> None:
    shared = set(the_set(NTM).catalogue.elements) & set(the_set(ADVANCED).catalogue.elements)
    assert {"so_ho", "so_thon", "dan_so", "so_cbcc", "ho_so_giai_quyet", "ho_so_truc_tuyen"} <= shared
    assert {"nguoi_co_so_kcb_dien_tu", "thon_loa_hoat_dong", "co_dai_truyen_thanh"} <= shared
    for name in shared:
        assert the_set(NTM).catalogue.elements[name] == the_set(ADVANCED).catalogue.elements[name]


def test_every_ratio_starts_with_ratio() -> None:
    for source in all_sets():
        for requirement in requirements(source):
            if requirement.kind is RequirementKind.RATIO:
                assert requirement.measure is not None
                assert requirement.measure[0] == "ratio"


SOURCE_FILES = sorted(
    path
    for path in (RESOURCES / "packs").rglob("*.json")
    if path.relative_to(RESOURCES / "packs").parts[0] != "built"
)
SCHEMA = json.loads((RESOURCES / "schema" / "pack-source.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_source_file_fits_the_published_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    errors = list(Draft202012Validator(SCHEMA).iter_errors(json.loads(text)))
    assert not errors, errors[0].message


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert not Draft202012Validator(SCHEMA).is_valid({"id": "x"})


@pytest.mark.parametrize("path", SOURCE_FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_texts_keep_to_the_wording_of_the_program(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for word in (" bạn ", "vui lòng", "quý khách", "\u2192", '!"'):
        assert word not in text
