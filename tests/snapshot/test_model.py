"""The sample snapshot is one that evaluation would give: its verdicts were written by hand."""

from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.criteria.evaluate import compile_set, evaluate
from ntm_desktop.criteria.verdicts import Situation
from ntm_desktop.facts.book import FactBook
from tests.support.snapshots import make_snapshot


@pytest.mark.parametrize("indicators", [8, 75])
def test_the_verdicts_written_by_hand_are_those_that_are_computed(indicators: int) -> None:
    snapshot = make_snapshot(indicators=indicators)
    book = FactBook(
        snapshot.facts, hamlets=snapshot.hamlets, records=snapshot.records, profile=snapshot.profile
    )
    confirmations = {one.requirement: one for one in snapshot.confirmations}
    situation = Situation(book, snapshot.year, snapshot.assessed_on, confirmations, {})
    assert evaluate(compile_set(snapshot.set), situation) == snapshot.evaluation


def test_a_snapshot_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        make_snapshot().year = 2024  # type: ignore[misc]
