"""The list of columns agrees with the model it fills."""

from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.criteria.model import (
    Band,
    Criterion,
    CriterionSet,
    DocumentReference,
    EvidenceRule,
    Guidance,
    Indicator,
    Migration,
    PaperForm,
    PaperPart,
    Requirement,
    Threshold,
)
from ntm_desktop.facts.catalogue import Choice, Element, Field, ProfileAttribute
from ntm_desktop.packs.workbook.columns import SHEETS, CellType

MODELS = {
    "settings": (
        CriterionSet,
        {
            "criteria",
            "catalogue",
            "documents",
            "sha256",
            "conditions",
            "tags",
            "examples",
            "bands",
            "migrations",
            "papers",
        },
    ),
    "documents": (DocumentReference, {"id"}),
    "catalogue": (Element, {"name", "type", "choices"}),
    "profile": (ProfileAttribute, {"name", "choices"}),
    "criteria": (Criterion, {"indicators"}),
    "indicators": (Indicator, {"requirements"}),
    "requirements": (Requirement, {"measure", "thresholds", "fields", "tables", "evidence", "checks"}),
    "thresholds": (Threshold, set()),
    "survey": (Field, {"element", "years_back"}),
    "choices": (Choice, set()),
    "evidence": (EvidenceRule, set()),
    "bands": (Band, set()),
    "migrations": (Migration, set()),
    "papers": (PaperForm, {"parts"}),
    "paper_parts": (PaperPart, set()),
}


@pytest.mark.parametrize("sheet", MODELS)
def test_every_field_of_the_model_has_a_column_or_is_seen_to_elsewhere(sheet):
    model, elsewhere = MODELS[sheet]
    keys = {column.key.partition(".")[0] for column in SHEETS[sheet].columns if column.key}
    assert keys == {field.name for field in dataclasses.fields(model)} - elsewhere


def test_guidance_has_a_column_for_each_of_its_texts():
    keys = {
        column.key.removeprefix("guidance.") for column in SHEETS["requirements"].columns if "." in column.key
    }
    assert keys == {field.name for field in dataclasses.fields(Guidance)}


def test_only_texts_have_a_second_language():
    plan = SHEETS["criteria"]
    assert plan.column("label::en") is not None
    assert plan.column("code::en") is None
    assert plan.headings()[:3] == ("code", "label", "label::en")
    assert all(
        column.type is CellType.TEXT or f"{column.heading}::en" not in plan.headings()
        for column in plan.columns
    )


@pytest.mark.parametrize("sheet", SHEETS)
def test_drop_downs_of_other_sheets_are_there(sheet):
    for column in SHEETS[sheet].columns:
        if column.of is not None:
            assert SHEETS[column.of[0]].column(column.of[1]) is not None


NEEDED = {
    "settings": ["set_id", "title", "short_title", "level", "version", "publisher"],
    "documents": ["id", "number", "title"],
    "catalogue": ["name", "label", "type"],
    "profile": ["name", "label", "type"],
    "criteria": ["code", "label"],
    "indicators": ["code", "label"],
    "requirements": ["code", "label", "kind"],
    "thresholds": ["requirement"],
    "survey": [],
    "choices": ["list_name", "name", "label"],
    "evidence": ["requirement", "code", "label"],
    "bands": ["points", "grade", "label"],
    "migrations": ["from_version", "old_name", "new_name"],
    "examples": ["example", "name"],
    "papers": ["paper", "title", "kind", "abstract"],
    "paper_parts": ["paper"],
}
"""What a row cannot do without; the workbooks of provinces rest on it."""
RARE = {
    "settings": ["change_asked"],
    "documents": ["note"],
    "catalogue": ["merge", "change_asked"],
    "indicators": ["note"],
    "requirements": ["note", "guidance_note"],
    "thresholds": ["note"],
    "survey": ["constraint_code", "source"],
}
"""Columns that a workbook has only where they are used."""


def test_what_must_be_filled_in_and_what_is_seldom_there():
    needed = {name: [one.heading for one in plan.columns if one.needed] for name, plan in SHEETS.items()}
    assert needed == NEEDED
    rare = {name: [one.heading for one in plan.columns if not one.always] for name, plan in SHEETS.items()}
    assert {name: headings for name, headings in rare.items() if headings} == RARE


def test_sheets_a_set_of_its_own_needs_and_how_far_their_headings_stay_in_view():
    needed = [name for name, plan in SHEETS.items() if plan.needed]
    assert needed == ["settings", "documents", "catalogue", "criteria", "indicators", "requirements"]
    assert {name: plan.frozen for name, plan in SHEETS.items() if plan.frozen != 1} == {
        "requirements": 2,
        "survey": 3,
    }


@pytest.mark.parametrize("sheet", ["indicators", "requirements", "thresholds"])
def test_a_document_is_one_of_the_sheet_of_documents(sheet):
    column = SHEETS[sheet].column("document")
    assert column is not None
    assert (column.key, column.of) == ("document", ("documents", "id"))


@pytest.mark.parametrize(
    ("sheet", "key"), [("requirements", "basis"), ("thresholds", "basis"), ("evidence", "basis")]
)
def test_who_says_so_is_one_of_four_words(sheet, key):
    column = SHEETS[sheet].column("basis")
    assert column is not None
    assert (column.key, column.choices) == (key, ("official", "reported", "delegated", "missing"))


@pytest.mark.parametrize("sheet", ["settings", "catalogue", "criteria", "survey", "evidence"])
def test_yes_and_no_are_the_only_answers(sheet):
    answers = [one for one in SHEETS[sheet].columns if one.type is CellType.YES_NO]
    assert [(one.heading, one.key, one.choices) for one in answers] == [
        (answers[0].heading, answers[0].heading, ("yes", "no"))
    ]


def test_types_of_figures_and_rows_are_offered():
    kinds = ["integer", "decimal", "money", "percent", "yes_no", "text", "date"]
    catalogue, survey = (SHEETS[sheet].column("type") for sheet in ("catalogue", "survey"))
    assert catalogue is not None
    assert survey is not None
    assert set(catalogue.choices) == {*kinds, "select_one ...", "register"}
    assert set(survey.choices) == {*kinds, "select_one ...", "begin_repeat", "end_repeat", "nothing", "check"}
