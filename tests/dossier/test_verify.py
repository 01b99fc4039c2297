"""What somebody may do to a finished file, and what verifying says of it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import subprocess
import sys
import zipfile
from fractions import Fraction

import pytest

from ntm_desktop.criteria.verdicts import Confirmation, Verdict
from ntm_desktop.dossier.assemble import assemble
from ntm_desktop.dossier.container import bytes_entry, write_container
from ntm_desktop.dossier.verification import Ground, Verification
from ntm_desktop.dossier.verify import verify
from ntm_desktop.operations import seal
from ntm_desktop.packs.shipped import known_packs
from ntm_desktop.snapshot.encoding import FORMAT_VERSION
from ntm_desktop.snapshot.model import PackFile
from tests.house.source import ROOT
from tests.support.containers import rezip
from tests.support.sealing import (
    SIGNATORY,
    desk_to_seal,
    forged,
    in_a_later_rule_language,
    own_pack,
    pack_by_hand,
    with_lower_threshold,
)
from tests.support.signers import DAY, NOW, Leaf, authority, key_file


@pytest.fixture(scope="module")
def workshop(tmp_path_factory):
    """An open desk, a snapshot of it and a good key; each test packs its own file."""
    folder = tmp_path_factory.mktemp("forger")
    with desk_to_seal(folder) as desk:
        yield Workshop(desk, seal.prepare(desk, SIGNATORY).snapshot, key_file(folder), folder)


class Workshop:
    """A forger who has the program, a good key, and all the time he wants."""

    def __init__(self, desk, snapshot, key, folder):
        self.desk, self.snapshot, self.key, self.folder = desk, snapshot, key, folder
        self._number = 0

    def pack(self, snapshot=None, *, signed=True, change=list):
        self._number += 1
        target = self.folder / f"{self._number}.asice"
        key = self.key if signed else None
        return pack_by_hand(self.desk, snapshot or self.snapshot, target, key, change=change)


def judged(path, *, known=None):
    return verify(
        path, anchors=[authority().anchor], known_packs=known_packs() if known is None else known, at=NOW
    )


def expect(path, verification, *grounds, known=None):
    report = judged(path, known=known)
    assert (report.verification, {reason.ground for reason in report.reasons}) == (verification, set(grounds))
    return report


def test_honest_file_is_valid(workshop):
    report = expect(workshop.pack(), Verification.VALID)
    assert report.replay.agrees
    assert report.files_ok == report.files_total > 5
    assert report.content.evaluation == workshop.snapshot.evaluation


def test_unsigned_file_is_unknown(workshop):
    expect(workshop.pack(signed=False), Verification.UNKNOWN, Ground.UNSIGNED)


def test_forged_pack_that_fits_in_every_hash_and_verdict_has_no_known_publisher(workshop):
    """8.4.d asks 20 % instead of 30 %: all verdicts come out, all hashes fit, the signature is good."""
    snapshot = forged(workshop.snapshot, with_lower_threshold(own_pack(workshop.snapshot)))
    assert workshop.snapshot.evaluation.requirements["8.4.d"].verdict is Verdict.NOT_MET
    assert snapshot.evaluation.requirements["8.4.d"].verdict is Verdict.MET
    report = expect(workshop.pack(snapshot), Verification.UNKNOWN, Ground.PUBLISHER_UNKNOWN)
    assert report.replay.agrees
    assert not report.pack.known


def test_forged_pack_under_the_hash_of_the_known_one_is_found(workshop):
    content = with_lower_threshold(own_pack(workshop.snapshot))
    honest = workshop.snapshot
    packs = tuple(dataclasses.replace(pack, content=content) for pack in honest.packs)
    report = expect(
        workshop.pack(dataclasses.replace(honest, packs=packs)), Verification.INVALID, Ground.PACK_DIFFERS
    )
    assert not report.replay.done


def test_further_pack_of_nobody_known_leaves_it_open(workshop):
    """Thresholds of one set may be taken from another, so every pack inside counts."""
    content = with_lower_threshold(own_pack(workshop.snapshot)).replace(b"vn-xa-ntm-2021", b"vn-xa-khac-2021")
    further = PackFile("vn-xa-khac-2021-2025", "1.0.0", hashlib.sha256(content).hexdigest(), content)
    snapshot = dataclasses.replace(workshop.snapshot, packs=(*workshop.snapshot.packs, further))
    report = expect(workshop.pack(snapshot), Verification.UNKNOWN, Ground.PUBLISHER_UNKNOWN)
    assert [reason.about for reason in report.reasons] == ["vn-xa-khac-2021-2025"]


def test_pack_that_the_dossier_does_not_name_is_found(workshop):
    def change(entries):
        return [*entries, bytes_entry("pack/zzz.json", "application/json", b"{}")]

    expect(workshop.pack(change=change), Verification.INVALID, Ground.PACK_DIFFERS)


def test_evidence_of_another_size_than_listed_is_found(workshop):
    first, *rest = workshop.snapshot.evidence

    def honest_entries(entries):
        return [
            dataclasses.replace(entry, size=first.size) if first.sha256[:12] in entry.name else entry
            for entry in entries
        ]

    listed = dataclasses.replace(
        workshop.snapshot, evidence=(dataclasses.replace(first, size=first.size + 1), *rest)
    )
    expect(workshop.pack(listed, change=honest_entries), Verification.INVALID, Ground.EVIDENCE_DIFFERS)


def test_pack_left_out_is_found(workshop):
    def change(entries):
        return [entry for entry in entries if not entry.name.startswith("pack/")]

    expect(workshop.pack(change=change), Verification.INVALID, Ground.PACK_MISSING)


def test_changed_verdict_is_found_by_recomputing(workshop):
    evaluation = workshop.snapshot.evaluation
    better = dataclasses.replace(evaluation.requirements["8.4.d"], verdict=Verdict.MET)
    changed = dataclasses.replace(evaluation, requirements={**evaluation.requirements, "8.4.d": better})
    path = workshop.pack(dataclasses.replace(workshop.snapshot, evaluation=changed))
    report = expect(path, Verification.INVALID, Ground.VERDICTS_DIFFER)
    assert [(flip.code, flip.before, flip.after) for flip in report.replay.differences] == [
        ("8.4.d", Verdict.MET, Verdict.NOT_MET)
    ]


@pytest.mark.parametrize("level", ["indicators", "criteria"])
def test_changed_verdict_of_a_whole_is_found(workshop, level):
    evaluation = workshop.snapshot.evaluation
    wholes = dict(getattr(evaluation, level))
    code = "8.4" if level == "indicators" else "8"
    wholes[code] = dataclasses.replace(wholes[code], verdict=Verdict.MET)
    changed = dataclasses.replace(evaluation, **{level: wholes})
    path = workshop.pack(dataclasses.replace(workshop.snapshot, evaluation=changed))
    report = expect(path, Verification.INVALID, Ground.VERDICTS_DIFFER)
    assert code in {flip.code for flip in report.replay.differences}


def test_changed_overall_verdict_is_found(workshop):
    evaluation = workshop.snapshot.evaluation
    overall = dataclasses.replace(evaluation.overall, verdict=Verdict.MET)
    path = workshop.pack(
        dataclasses.replace(workshop.snapshot, evaluation=dataclasses.replace(evaluation, overall=overall))
    )
    assert expect(path, Verification.INVALID, Ground.VERDICTS_DIFFER).replay.differences


def test_changed_figure_is_found_by_recomputing(workshop):
    def better(fact):
        if fact.key.element != "ho_so_truc_tuyen":
            return fact
        return dataclasses.replace(
            fact,
            claims=tuple(
                dataclasses.replace(claim, text="1.612", value=claim.value + 1000) for claim in fact.claims
            ),
        )

    facts = tuple(better(fact) for fact in workshop.snapshot.facts)
    path = workshop.pack(dataclasses.replace(workshop.snapshot, facts=facts))
    expect(path, Verification.INVALID, Ground.VERDICTS_DIFFER)


def test_later_rule_language_is_unknown_not_invalid(workshop):
    content = in_a_later_rule_language(own_pack(workshop.snapshot))
    snapshot = forged(workshop.snapshot, content)
    known = {snapshot.set.sha256: "A publisher this program will know one day"}
    report = expect(workshop.pack(snapshot), Verification.UNKNOWN, Ground.RULES_UNKNOWN, known=known)
    assert not report.replay.done
    assert [reason.about for reason in report.reasons] == ["99"]


def test_pack_that_is_no_pack_is_unknown(workshop):
    snapshot = forged(workshop.snapshot, b'{"id": "khong-phai-goi"}')
    known = {snapshot.set.sha256: "Somebody"}
    expect(workshop.pack(snapshot), Verification.UNKNOWN, Ground.PACK_UNREADABLE, known=known)


def test_evidence_that_is_listed_but_not_there_is_found(workshop):
    def change(entries):
        return [entry for entry in entries if not entry.name.startswith("evidence/")]

    expect(workshop.pack(change=change), Verification.INVALID, Ground.EVIDENCE_DIFFERS)


def test_evidence_that_is_there_but_not_listed_is_found(workshop):
    def change(entries):
        return [*entries, bytes_entry("evidence/0123456789ab_them.pdf", "application/pdf", b"%PDF-1.7 them")]

    expect(workshop.pack(change=change), Verification.INVALID, Ground.EVIDENCE_DIFFERS)


def test_exchanged_evidence_is_found(workshop):
    def change(entries):
        return [
            bytes_entry(entry.name, entry.media_type, b"%PDF-1.7 khac")
            if entry.name.startswith("evidence/")
            else entry
            for entry in entries
        ]

    expect(workshop.pack(change=change), Verification.INVALID, Ground.EVIDENCE_DIFFERS)


def test_files_changed_after_signing_are_found(workshop, tmp_path):
    honest = workshop.pack()
    changed = rezip(honest, tmp_path / "a.asice", replace={"index.html": b"<p>57/57</p>"})
    expect(changed, Verification.INVALID, Ground.FILE_CHANGED)
    missing = rezip(honest, tmp_path / "b.asice", replace={"index.html": None})
    expect(missing, Verification.INVALID, Ground.FILE_MISSING)
    extra = rezip(honest, tmp_path / "c.asice", replace={}, add=(("documents/03_them.pdf", b"%PDF-"),))
    expect(extra, Verification.INVALID, Ground.FILE_EXTRA)


def test_signature_of_another_file_is_found(workshop, tmp_path):
    other = workshop.pack(dataclasses.replace(workshop.snapshot, place="Nơi khác"))
    with zipfile.ZipFile(other) as container:
        signature = container.read("META-INF/signature001.p7s")
    forged_file = rezip(
        workshop.pack(), tmp_path / "a.asice", replace={"META-INF/signature001.p7s": signature}
    )
    report = expect(forged_file, Verification.INVALID, Ground.SIGNATURE_BROKEN)
    assert report.files_ok == report.files_total


def test_certificate_that_was_not_valid_when_it_signed_is_not_believed(workshop, tmp_path):
    early = key_file(tmp_path, Leaf(valid_from=NOW - 2 * DAY))

    def sign(manifest):
        own = early.certificate
        early.certificate = dataclasses.replace(own, valid_from=NOW - 900 * DAY)
        signature = early.sign(manifest, at=NOW - 30 * DAY)
        early.certificate = own
        return signature

    assembly = assemble(workshop.snapshot, workshop.desk.workspace.open_evidence)
    write_container(tmp_path / "a.asice", assembly.entries, sign)
    expect(tmp_path / "a.asice", Verification.UNKNOWN, Ground.CERTIFICATE_NOT_VALID)


def test_later_format_is_unknown(workshop):
    def change(entries):
        def later(entry):
            if entry.name != "dossier.json":
                return entry
            content = json.loads(entry.open().read())
            content["format_version"] = FORMAT_VERSION + 1
            return bytes_entry(entry.name, entry.media_type, json.dumps(content).encode())

        return [later(entry) for entry in entries]

    expect(workshop.pack(change=change), Verification.UNKNOWN, Ground.FORMAT_UNKNOWN)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"format": "ntm-dossier", "format_version": 1}'])
def test_dossier_that_cannot_be_read_is_invalid(workshop, content):
    def change(entries):
        return [
            bytes_entry(entry.name, entry.media_type, content) if entry.name == "dossier.json" else entry
            for entry in entries
        ]

    expect(workshop.pack(change=change), Verification.INVALID, Ground.DOSSIER_UNREADABLE)


def test_what_rests_on_the_word_of_the_commune_is_listed(workshop):
    said = Confirmation("8.4.d", Fraction(3, 10), "12/QĐ-UBND")
    snapshot = dataclasses.replace(workshop.snapshot, confirmations=(said,))
    assert judged(workshop.pack(snapshot)).self_declared[-1:] == ("threshold:8.4.d",)


@pytest.mark.slow
def test_a_process_that_knows_nothing_but_the_file_says_the_same(workshop, tmp_path):
    (tmp_path / "anchor.pem").write_bytes(authority().pem)
    honest = workshop.pack()
    lower = workshop.pack(forged(workshop.snapshot, with_lower_threshold(own_pack(workshop.snapshot))))
    changed = rezip(honest, tmp_path / "a.asice", replace={"index.html": b"<p>57/57</p>"})
    environment = {**os.environ, "NTM_DESKTOP_HOME": str(tmp_path / "home")}
    outcomes = []
    for path in (honest, lower, changed):
        command = [
            sys.executable,
            "-m",
            "ntm_desktop",
            "verify",
            str(path),
            "--anchors",
            str(tmp_path / "anchor.pem"),
        ]
        done = subprocess.run(
            [*command, "--json"], capture_output=True, check=False, cwd=ROOT, env=environment, timeout=60
        )
        outcomes.append((done.returncode, json.loads(done.stdout)["verification"]))
    assert outcomes == [(0, "VALID"), (1, "UNKNOWN"), (4, "INVALID")]
