"""The round trip of papers signed elsewhere, with another program doing the signing."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.operations import outside, seal
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.keep import NoReason
from ntm_desktop.operations.outside import (
    NothingGivenOut,
    PaperNotKnown,
    PaperNotSigned,
    PapersMissing,
    PaperUnproven,
    Typed,
    confirm,
    give_out,
    prepare_signed,
    standing,
    take_back,
)
from ntm_desktop.operations.paper_signing import ExportedOtherwise
from ntm_desktop.operations.verify import Ground, PaperState, Verification, paper_line, verify_with
from tests.support import sign_elsewhere
from tests.support.pdf import needs_poppler, text_of
from tests.support.sealing import ONLINE, SIGNATORY, desk_to_seal, figure
from tests.support.signed_papers import with_other_text
from tests.support.signers import NOW, OFFICE, PASSWORD, Leaf, authority, key_file, write_key_file

TYPED = Typed({"01_to_trinh.pdf": "123"}, date(2026, 3, 2))


@pytest.fixture
def desk(tmp_path):
    with desk_to_seal(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def body(tmp_path_factory):
    return key_file(tmp_path_factory.mktemp("key"), Leaf(kind="ec", subject=OFFICE))


def signed_by(body, path, folder, change=lambda content: content):
    """Sign a file that was given out here, after changing it."""
    target = folder / f"{path.stem} da ky.pdf"
    target.write_bytes(body.sign_pdf(change(path.read_bytes()), at=NOW, field="Chu ky"))
    return target


def signed_elsewhere(key: Path, sources: Sequence[Path], folder: Path) -> list[Path]:
    words = [sys.executable, sign_elsewhere.__file__, str(key), PASSWORD, str(folder), *map(str, sources)]
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(words, check=True, timeout=60, env=plain, cwd=folder)
    return sorted(folder.iterdir())


def sealed(desk, target):
    prepared, elsewhere = prepare_signed(desk)
    return seal.build(desk.workspace, prepared, target, elsewhere)


@needs_poppler
def test_another_program_signs_papers_then_index_and_the_dossier_is_bound_and_valid(desk, tmp_path):
    key = write_key_file(tmp_path / "khoa.p12", Leaf(kind="ec", subject=OFFICE))
    given = give_out(desk, tmp_path / "di", SIGNATORY, TYPED)
    assert "Số: 123/TTr-UBND" in text_of(given[0])
    assert "Vĩnh An, ngày 02 tháng 02" not in text_of(given[0])
    assert "ngày 02 tháng 3 năm 2026" in text_of(given[0])
    with pytest.raises(PapersMissing):
        prepare_signed(desk)
    (tmp_path / "ve").mkdir()
    take_back(desk, signed_elsewhere(key, given, tmp_path / "ve"))
    with pytest.raises(PapersMissing):
        prepare_signed(desk)
    (index,) = give_out(desk, tmp_path / "di", SIGNATORY, TYPED)
    papers = take_back(desk, signed_elsewhere(key, [index], tmp_path / "ve")[-1:])
    assert all(one.proven and one.counts and one.state is PaperState.BODY for one in papers)
    built = sealed(desk, tmp_path / "a.asice")
    seal.commit(desk, built)
    report = verify_with(tmp_path / "a.asice", anchors=[authority().anchor], at=NOW)
    assert (report.verification, report.signatures) == (Verification.VALID, ())
    assert report.bound_by.endswith(index.name)
    assert not (desk.workspace.folder / "outside" / built.snapshot.dossier).exists()
    with zipfile.ZipFile(tmp_path / "a.asice") as container:
        assert container.read(f"documents/{given[0].name}").startswith(given[0].read_bytes())


def rewritten(content: bytes) -> bytes:
    """Write a PDF anew, as tools do that do not append."""
    target = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(content))).write(target)
    return target.getvalue()


def test_paper_that_cannot_be_proven_needs_an_officer_and_verify_tells_of_it(desk, body, tmp_path):
    given = give_out(desk, tmp_path, SIGNATORY, TYPED)
    name = given[0].name
    standings = take_back(desk, [signed_by(body, one, tmp_path, rewritten) for one in given])
    assert not any(one.proven or one.counts for one in standings)
    with pytest.raises(PaperUnproven):
        give_out(desk, tmp_path, SIGNATORY, TYPED)
    with pytest.raises(NoReason):
        confirm(desk, name, "  ")
    with pytest.raises(PaperNotKnown):
        confirm(desk, "khac.pdf", "vi sao")
    for one in given:
        confirm(desk, one.name, "so hai bản in, giống nhau")
    assert all(one.counts and one.confirmed.who == desk.who for one in standing(desk))
    (index,) = give_out(desk, tmp_path, SIGNATORY, TYPED)
    with pytest.raises(PaperUnproven):
        take_back(desk, [signed_by(body, index, tmp_path, rewritten)])
    assert give_out(desk, tmp_path, SIGNATORY, TYPED) == (index,)
    take_back(desk, [signed_by(body, index, tmp_path)])
    sealed(desk, tmp_path / "a.asice")
    report = verify_with(tmp_path / "a.asice", anchors=[authority().anchor], at=NOW)
    assert {reason.ground for reason in report.reasons} == {Ground.PAPER_UNPROVEN}
    assert report.verification is Verification.UNKNOWN
    assert "so hai bản in, giống nhau" in paper_line(report.papers[0])


def test_what_was_added_before_signing_is_not_proven(desk, body, tmp_path):
    given = give_out(desk, tmp_path, SIGNATORY, TYPED)
    first = take_back(desk, [signed_by(body, given[0], tmp_path, with_other_text)])[0]
    assert (first.back, first.proven) == (True, False)


def test_files_that_are_no_signed_paper_are_refused_and_figures_changed_meanwhile_are_seen(
    desk, body, tmp_path
):
    with pytest.raises(NothingGivenOut):
        take_back(desk, [])
    given = give_out(desk, tmp_path, SIGNATORY, TYPED)
    with pytest.raises(PaperNotSigned):
        take_back(desk, [given[0]])
    (tmp_path / "khac.pdf").write_bytes(b"%PDF-1.4 khac")
    for file, refusal in ((tmp_path / "khac.pdf", PaperNotKnown), (tmp_path / "gone.pdf", FileUnreadable)):
        with pytest.raises(refusal):
            take_back(desk, [file])
    take_back(desk, [signed_by(body, one, tmp_path) for one in given])
    answer(desk, figure(ONLINE), "700")
    with pytest.raises(ExportedOtherwise):
        give_out(desk, tmp_path, SIGNATORY, TYPED)


def test_file_too_large_and_state_that_cannot_be_read_are_none(desk, tmp_path, monkeypatch):
    given = give_out(desk, tmp_path, SIGNATORY, Typed({}))
    monkeypatch.setattr(outside, "LARGEST_PDF", 10)
    with pytest.raises(PaperNotKnown):
        take_back(desk, [given[0]])
    state = next((desk.workspace.folder / "outside").rglob("state.json"))
    state.write_text("[" * 10, encoding="utf-8")
    with pytest.raises(NothingGivenOut):
        standing(desk)
    desk.choose(None)
    with pytest.raises(LookupError):
        standing(desk)
