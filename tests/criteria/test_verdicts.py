from __future__ import annotations

from fractions import Fraction

from ntm_desktop.criteria.model import Basis, Operator
from ntm_desktop.criteria.verdicts import ChosenThreshold, Evaluation, Verdict, WholeResult


def test_indicators_are_counted_by_verdict():
    verdicts = [Verdict.MET, Verdict.MET, Verdict.UNDETERMINED]
    indicators = {
        str(place): WholeResult(str(place), verdict, 0, 0) for place, verdict in enumerate(verdicts)
    }
    evaluation = Evaluation(WholeResult("set", Verdict.UNDETERMINED, 0, 0), {}, indicators, {})
    assert evaluation.counts() == {
        Verdict.MET: 2,
        Verdict.NOT_MET: 0,
        Verdict.NOT_APPLICABLE: 0,
        Verdict.UNDETERMINED: 1,
    }


def test_a_threshold_is_the_packs_own_unless_the_commune_confirmed_it():
    assert not ChosenThreshold(Operator.AT_LEAST, Fraction(1), Basis.REPORTED).confirmed
