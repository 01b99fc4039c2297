"""Dossier files as somebody may send them, and what verifying finds in each."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations import seal
from ntm_desktop.operations.verify import verify_with
from ntm_desktop.ui.verify.jobs import Verified
from tests.support.containers import rezip
from tests.support.sealing import SIGNATORY, desk_to_seal, pack_by_hand
from tests.support.signed_papers import paper, with_page
from tests.support.signers import NOW, authority, key_file

FILES = ("valid", "unsigned", "stranger", "changed", "forged", "newer", "broken")


def _make(folder: Path) -> dict[str, Path]:
    files = {kind: folder / f"{kind}.asice" for kind in FILES}
    with desk_to_seal(folder) as desk:
        snapshot, key = seal.prepare(desk, SIGNATORY).snapshot, key_file(folder)
        once = key.sign_pdf(paper(), at=NOW, field="Signature1")
        pack_by_hand(desk, snapshot, files["valid"], key)
        pack_by_hand(desk, snapshot, files["unsigned"], None)
        verdicts = dict(snapshot.evaluation.indicators)
        verdicts["8.4"] = dataclasses.replace(verdicts["8.4"], verdict=Verdict.MET)
        lie = dataclasses.replace(snapshot.evaluation, indicators=verdicts)
        pack_by_hand(desk, dataclasses.replace(snapshot, evaluation=lie), files["forged"], key)
    files["stranger"].write_bytes(files["valid"].read_bytes())
    report = verify_with(files["valid"], anchors=(), at=NOW)
    evidence = next(one.name for one in report.files if one.name.startswith("evidence/"))
    rezip(files["valid"], files["changed"], replace={evidence: b"khac"})
    dossier = b'{"format": 99}'
    rezip(files["valid"], files["newer"], replace={"dossier.json": dossier})
    for kind, content in (("paper", once), ("paged", with_page(once))):
        files[kind] = folder / f"{kind}.pdf"
        files[kind].write_bytes(content)
    files["broken"].write_bytes(files["valid"].read_bytes() + b"tail")
    return files


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a file of each kind."""
    return _make(tmp_path_factory.mktemp("received"))


@pytest.fixture(scope="session")
def found(files: dict[str, Path]) -> Callable[[str], Verified]:
    """Return what verifying a file of a kind finds; everybody but `stranger` is believed."""

    def verified(kind: str) -> Verified:
        anchors = () if kind == "stranger" else (authority().anchor,)
        return Verified(verify_with(files[kind], anchors=anchors, at=NOW), NOW)

    return verified
