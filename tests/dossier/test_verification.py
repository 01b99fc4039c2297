from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.verdicts import Flip, Verdict
from ntm_desktop.dossier.verification import (
    _BROKEN,
    Ground,
    PackFacts,
    Reason,
    Replay,
    Verification,
    VerificationReport,
)

reasons = st.lists(st.builds(Reason, st.sampled_from(list(Ground)), st.text(max_size=5)), max_size=5)


def report_with(found):
    return VerificationReport("a.asice", "", 0, 0, 0, (), (), None, Replay(done=False), tuple(found), None)


def test_nothing_against_it_is_valid():
    assert report_with([]).verification is Verification.VALID


@pytest.mark.parametrize("ground", list(Ground))
def test_any_ground_alone_takes_valid_away(ground):
    expected = Verification.INVALID if ground in _BROKEN else Verification.UNKNOWN
    assert report_with([Reason(ground)]).verification is expected


@given(reasons, reasons)
def test_more_reasons_never_make_it_better(some, more):
    order = [Verification.VALID, Verification.UNKNOWN, Verification.INVALID]
    assert order.index(report_with([*some, *more]).verification) >= order.index(
        report_with(some).verification
    )


def test_values_are_the_contract_of_the_command_line():
    assert [one.value for one in Verification] == ["VALID", "UNKNOWN", "INVALID"]
    assert all(ground.value == ground.name.lower() for ground in Ground)


def test_replay_that_was_not_done_agrees_with_nothing():
    assert not Replay(done=False).agrees
    assert Replay(done=True, indicators=57).agrees
    assert not Replay(done=True, differences=(Flip("indicator", "8.4", Verdict.MET, Verdict.NOT_MET),)).agrees


def test_pack_is_known_by_its_publisher():
    assert PackFacts("a", "1.0.0", "00", "NTM Desktop").known
    assert not PackFacts("a", "1.0.0", "00").known
