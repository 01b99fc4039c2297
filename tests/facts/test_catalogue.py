"""Elements and how they are asked."""

from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.facts.catalogue import Catalogue, Element, Field, SubjectKind, ValueType
from ntm_desktop.facts.period import PeriodKind
from ntm_desktop.i18n import Text


def test_an_element_is_asked_of_the_commune_every_year_unless_it_says_otherwise() -> None:
    element = Element("so_ho", Text("Số hộ"), ValueType.INTEGER)
    assert element.subject is SubjectKind.COMMUNE
    assert element.period is PeriodKind.YEAR
    assert not element.personal


def test_what_an_element_means_cannot_be_changed() -> None:
    element = Element("so_ho", Text("Số hộ"), ValueType.INTEGER)
    with pytest.raises(dataclasses.FrozenInstanceError):
        element.unit = "người"  # type: ignore[misc]


def test_a_field_asks_for_the_dossier_s_year_and_is_required() -> None:
    field = Field("so_ho", Text("Số hộ"))
    assert (field.years_back, field.required) == (0, True)


def test_a_catalogue_may_have_elements_alone() -> None:
    catalogue = Catalogue("x", "1.0.0", {})
    assert not catalogue.registers
    assert not catalogue.profile
