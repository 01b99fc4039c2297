from __future__ import annotations

import dataclasses
import hashlib
from fractions import Fraction

import pytest

from ntm_desktop.criteria.model import Basis
from ntm_desktop.criteria.verdicts import Reason as Why
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.dossier.replay import differing, pack_name, replay, situation_of
from ntm_desktop.dossier.verification import Ground
from ntm_desktop.operations import seal
from ntm_desktop.snapshot.content import content_of
from tests.support.sealing import SIGNATORY, desk_to_seal, in_a_later_rule_language, own_pack


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    with desk_to_seal(tmp_path_factory.mktemp("replay")) as desk:
        return seal.prepare(desk, SIGNATORY).snapshot


@pytest.fixture
def content(snapshot):
    return content_of(snapshot)


@pytest.fixture
def kept(snapshot):
    return {pack_name(pack.id, pack.version): pack.content for pack in snapshot.packs}


def test_every_verdict_comes_out_from_the_content_alone(content, kept):
    done = replay(content, kept)
    assert (done.replay.agrees, done.reasons) == (True, ())
    assert done.replay.indicators == len(content.evaluation.indicators) == 57
    assert done.replay.evaluation == content.evaluation


def test_situation_reads_only_what_the_dossier_says(content):
    situation = situation_of(content, {})
    assert (situation.year, situation.assessed_on) == (content.year, content.assessed_on)
    assert set(situation.book.facts) == {fact.key for fact in content.facts}


def test_pack_that_is_not_there_or_is_another_is_named(snapshot, content, kept):
    (name,) = kept
    assert [reason.ground for reason in replay(content, {}).reasons] == [Ground.PACK_MISSING]
    changed = replay(content, {name: own_pack(snapshot) + b" "})
    assert [(reason.ground, reason.about) for reason in changed.reasons] == [(Ground.PACK_DIFFERS, name)]


def test_set_that_is_none_of_the_packs_is_found(content, kept):
    other = dataclasses.replace(content, set=dataclasses.replace(content.set, sha256="00" * 32))
    renamed = dataclasses.replace(content, set=dataclasses.replace(content.set, version="9.9.9"))
    retitled = dataclasses.replace(content, set=dataclasses.replace(content.set, title="Bộ tiêu chí khác"))
    later = dataclasses.replace(content, set=dataclasses.replace(content.set, rule_language=99))
    for forged in (other, renamed, retitled, later):
        done = replay(forged, kept)
        assert not done.replay.done
        assert [reason.ground for reason in done.reasons] == [Ground.PACK_DIFFERS]


def test_later_rule_language_leaves_it_open(snapshot, content):
    later = in_a_later_rule_language(own_pack(snapshot))
    digest = hashlib.sha256(later).hexdigest()
    named = dataclasses.replace(
        content,
        set=dataclasses.replace(content.set, sha256=digest),
        packs=tuple(dataclasses.replace(pack, sha256=digest) for pack in content.packs),
    )
    done = replay(named, {pack_name(content.set.id, content.set.version): later})
    assert [(reason.ground, reason.about) for reason in done.reasons] == [(Ground.RULES_UNKNOWN, "99")]


def test_equal_verdicts_on_other_figures_differ(content):
    recorded = content.evaluation
    result = recorded.requirements["8.4.d"]
    for other in (
        dataclasses.replace(result, value=Fraction(1, 4)),
        dataclasses.replace(result, threshold=dataclasses.replace(result.threshold, value=Fraction(29, 100))),
        dataclasses.replace(
            result, threshold=dataclasses.replace(result.threshold, basis=Basis.OFFICIAL, document="x")
        ),
        dataclasses.replace(result, threshold=None),
        dataclasses.replace(result, parts=(Fraction(306), Fraction(1191))),
    ):
        changed = dataclasses.replace(recorded, requirements={**recorded.requirements, "8.4.d": other})
        assert [(flip.code, flip.before) for flip in differing(changed, recorded)] == [
            ("8.4.d", Verdict.NOT_MET)
        ]


def test_equal_verdicts_on_other_counts_differ(content):
    recorded = content.evaluation
    overall = dataclasses.replace(recorded.overall, met=recorded.overall.met + 1)
    criterion = dataclasses.replace(recorded.criteria["8"], applicable=recorded.criteria["8"].applicable + 1)
    changed = dataclasses.replace(recorded, overall=overall, criteria={**recorded.criteria, "8": criterion})
    assert [(flip.level, flip.code) for flip in differing(changed, recorded)] == [
        ("set", recorded.overall.code),
        ("criterion", "8"),
    ]


def test_distance_and_reason_may_grow_with_the_program(content):
    recorded = content.evaluation
    result = dataclasses.replace(recorded.requirements["8.4.d"], distance=None, reason=Why("another_wording"))
    changed = dataclasses.replace(recorded, requirements={**recorded.requirements, "8.4.d": result})
    assert differing(changed, recorded) == ()


def test_requirement_that_is_left_out_or_invented_differs(content):
    recorded = content.evaluation
    fewer = {code: result for code, result in recorded.requirements.items() if code != "8.4.d"}
    more = {**recorded.requirements, "99.z": dataclasses.replace(recorded.requirements["8.4.d"], code="99.z")}
    for requirements in (fewer, more):
        assert differing(dataclasses.replace(recorded, requirements=requirements), recorded)
