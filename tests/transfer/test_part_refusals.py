"""What is said about parts names them."""

from __future__ import annotations

import pytest

from ntm_desktop.operations.explanations import explain
from ntm_desktop.transfer.part_refusals import (
    ForeignPart,
    ManyPartLists,
    PartsDamaged,
    PartsMissing,
    PartTwice,
)


@pytest.mark.parametrize(
    "refusal",
    [
        PartsMissing("a.asice.002, a.asice.004", 5),
        PartsDamaged("a.asice.002"),
        ForeignPart("a.asice.002", 1),
        PartTwice("a.asice.003", "a.asice.002"),
        ManyPartLists("thu-muc", "a.asice.002.sha256, b.sha256"),
    ],
)
def test_the_part_is_named(refusal):
    assert "a.asice.002" in explain(refusal).what
