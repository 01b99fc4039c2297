"""Both thresholds are said, with the document of the commune's, and which of them counts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ntm_desktop.criteria.contradictions import Contradiction
from ntm_desktop.criteria.model import Basis, Operator
from ntm_desktop.criteria.verdicts import ChosenThreshold, Confirmation
from ntm_desktop.operations.contradiction_words import contradiction_sentence
from tests.support.sample_set import make_set


@pytest.mark.parametrize(
    ("basis", "counts"), [(Basis.REPORTED, "xã xác nhận"), (Basis.OFFICIAL, "Mức trong gói")]
)
def test_it_says_which_counts(basis: Basis, counts: str) -> None:
    requirement = next(one for one in make_set().requirements() if one.code == "8.4.d")
    one = Contradiction(
        "8.4.d",
        Confirmation("8.4.d", Fraction(1, 4), "12/QĐ-UBND"),
        ChosenThreshold(Operator.GREATER, Fraction(3, 10), basis),
    )
    sentence = contradiction_sentence(one, requirement)
    assert sentence.gap == "Xã đã xác nhận 25\u00a0% (12/QĐ-UBND), gói tiêu chí ghi 30\u00a0%."
    assert counts in sentence.rest
