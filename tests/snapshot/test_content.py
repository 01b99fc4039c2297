"""What a dossier says."""

from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.snapshot.content import FigureMustStay, check_nothing_personal, content_of, file_evidence
from tests.support.sample_set import make_catalogue
from tests.support.snapshots import make_snapshot, personal_fact, sample_evidence


def test_content_does_not_depend_on_where_things_were_kept() -> None:
    snapshot = make_snapshot(evidence=20)
    other = dataclasses.replace(
        snapshot, facts=snapshot.facts[::-1], evidence=snapshot.evidence[::-1], records=snapshot.records[::-1]
    )
    assert content_of(other) == content_of(snapshot)


def test_the_identity_of_set_and_packs_is_kept() -> None:
    snapshot = make_snapshot()
    content = content_of(snapshot)
    assert (content.set.id, content.set.version) == (snapshot.set.id, snapshot.set.version)
    assert content.set.sha256 == content.packs[0].sha256 == snapshot.packs[0].sha256


def test_a_personal_figure_is_refused_whatever_its_value() -> None:
    with pytest.raises(FigureMustStay):
        check_nothing_personal([dataclasses.replace(personal_fact(), claims=())], make_catalogue())


def test_every_piece_of_evidence_gets_a_file_of_its_own() -> None:
    evidence = [piece for piece, _ in sample_evidence(300)]
    twin = dataclasses.replace(evidence[0], sha256=evidence[0].sha256[:12] + "0" * 52)
    filed = file_evidence([*evidence, twin])
    assert len({one.file for one in filed}) == 301
    assert [one.file for one in filed] == sorted(one.file for one in filed)
