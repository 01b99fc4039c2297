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
