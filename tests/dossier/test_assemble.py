from __future__ import annotations

import dataclasses
import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.dossier.assemble import DOSSIER_NAME, Assembly, Paper, assemble
from ntm_desktop.dossier.names import clashes, is_safe
from ntm_desktop.snapshot.content import FigureMustStay
from ntm_desktop.snapshot.decoding import decode
from tests.support.snapshots import make_snapshot, personal_fact, sample_evidence


def opener(count):
    contents = {evidence.sha256: content for evidence, content in sample_evidence(count)}
    return lambda sha256: io.BytesIO(contents[sha256])


def packed(entry):
    with entry.open() as file:
        return file.read()


def test_dossier_comes_first_then_packs_then_evidence():
    assembly = assemble(make_snapshot(evidence=3), opener(3))
    names = [entry.name for entry in assembly.entries]
    assert names[0] == DOSSIER_NAME
    assert names[1] == "pack/mau-xa-ntm-1.0.0.json"
    assert len(names) == 5
    assert all(name.startswith("evidence/") for name in names[2:])


def test_every_listed_hash_and_size_is_that_of_the_bytes_packed():
    assembly = assemble(make_snapshot(evidence=5), opener(5)).with_papers((Paper("01_a.pdf", b"%PDF-1"),))
    for entry, listed in zip(assembly.entries, assembly.listed, strict=True):
        content = packed(entry)
        assert (listed.name, listed.size) == (entry.name, len(content))
        assert listed.sha256 == hashlib.sha256(content).hexdigest()
        assert entry.size == len(content)


def test_evidence_is_opened_only_when_it_is_packed():
    def never(_sha256):
        pytest.fail("opened too early")

    assert len(assemble(make_snapshot(evidence=3), never).entries) == 5


def test_evidence_carries_the_hash_it_must_have():
    assembly = assemble(make_snapshot(evidence=3), opener(3))
    for entry in assembly.entries[2:]:
        assert entry.expected_sha256 == hashlib.sha256(packed(entry)).hexdigest()


def test_dossier_says_the_names_the_evidence_is_packed_under():
    assembly = assemble(make_snapshot(evidence=7), opener(7))
    content = decode(packed(assembly.entries[0]))
    assert {filed.file for filed in content.evidence} == {entry.name for entry in assembly.entries[2:]}


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_hostile_names_of_evidence_become_safe_names_that_do_not_clash(first, second):
    pieces = sample_evidence(2)
    named = tuple(
        dataclasses.replace(evidence, name=name)
        for (evidence, _), name in zip(pieces, (first, second), strict=True)
    )
    assembly = assemble(dataclasses.replace(make_snapshot(evidence=2), evidence=named), opener(2))
    names = [entry.name for entry in assembly.entries]
    assert all(map(is_safe, names))
    assert not clashes(names)


def test_personal_figure_is_never_packed():
    with pytest.raises(FigureMustStay):
        assemble(make_snapshot(facts=(*make_snapshot().facts, personal_fact())), opener(3))


def test_papers_stand_behind_everything_else():
    start = Assembly((), ()).with_file("index.html", "text/html", b"<p>")
    done = start.with_papers((Paper("01_a.pdf", b"%PDF-1", 3), Paper("02_b.pdf", b"%PDF-2", 1)))
    assert [entry.name for entry in done.entries] == [
        "index.html",
        "documents/01_a.pdf",
        "documents/02_b.pdf",
    ]
    assert [entry.media_type for entry in done.entries] == ["text/html", "application/pdf", "application/pdf"]
    assert start.entries == done.entries[:1]
