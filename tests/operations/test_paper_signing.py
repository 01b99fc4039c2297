from __future__ import annotations

import pytest

from ntm_desktop.documents.stamp import PictureUnreadable
from ntm_desktop.dossier.assemble import Paper
from ntm_desktop.errors import FileUnreadable
from ntm_desktop.operations.paper_signing import (
    ExportedOtherwise,
    PaperSigner,
    Role,
    SignedElsewhere,
    as_signers,
    read_picture,
    sign_paper,
)
from ntm_desktop.snapshot.outside import GivenOut
from tests.support.pdf import needs_poppler, pages_of
from tests.support.signed_papers import needs_pdfsig, paper, pdfsig, picture
from tests.support.signers import NOW, OFFICE, SIGNER, Leaf, key_file

SECOND = "Trần Văn Bé"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    names = {"person": SIGNER, "second": SECOND, "body": OFFICE}
    return {one: key_file(folder, Leaf(kind="ec", subject=name)) for one, name in names.items()}


def signed(content, *signers):
    return sign_paper(Paper("01.pdf", content, 1), as_signers(signers), OFFICE, NOW).content


def words(content, folder):
    path = folder / "judged.pdf"
    path.write_bytes(content)
    return pages_of(path)[0].words


@needs_pdfsig
def test_persons_sign_before_the_body_whatever_the_order_they_are_named_in(keys, tmp_path):
    content = signed(
        paper(rooms=2),
        PaperSigner(keys["body"], Role.BODY, picture((200, 0, 0))),
        PaperSigner(keys["person"], picture=picture()),
        PaperSigner(keys["second"]),
    )
    valid = "Signature is Valid."
    assert pdfsig(content, tmp_path) == [(SIGNER, valid), (SECOND, valid), (OFFICE, valid)]


@needs_poppler
def test_each_person_signs_in_a_room_of_their_own_and_further_ones_in_the_last(keys, tmp_path):
    signers = [PaperSigner(keys["person"]), PaperSigner(keys["second"]), PaperSigner(keys["body"])]
    found = {word.text: word for word in words(signed(paper(rooms=2), *signers), tmp_path)}
    assert found["Hồng"].top < found["Trần"].top
    assert found["Trần"].top == pytest.approx(found["Ủy"].top, abs=1)


@needs_poppler
def test_attachment_bears_the_mark_of_the_body_only(keys, tmp_path):
    content = signed(paper(rooms=0), PaperSigner(keys["person"]), PaperSigner(keys["body"], Role.BODY))
    found = words(content, tmp_path)
    assert "bởi:" not in {word.text for word in found}
    mark = next(word for word in found if word.text == "ban")
    assert mark.left > 105
    assert mark.bottom < 20


@needs_poppler
def test_invisible_signature_leaves_the_page_as_it_was(keys, tmp_path):
    content = signed(paper(), PaperSigner(keys["person"], visible=False))
    assert len(content) > len(paper())
    assert words(content, tmp_path) == words(paper(), tmp_path)


def test_nobody_signs_where_nobody_is_named(keys):
    assert as_signers(None) == ()
    assert signed(paper()) == paper()
    assert as_signers(keys["person"]) == (PaperSigner(keys["person"]),)


def test_picture_is_read_from_a_file_or_said_to_be_none(tmp_path):
    path = tmp_path / "chữ ký.png"
    path.write_bytes(picture())
    assert read_picture(path) == picture()
    path.write_bytes(b"GIF89a")
    with pytest.raises(PictureUnreadable):
        read_picture(path)
    with pytest.raises(FileUnreadable):
        read_picture(tmp_path / "gone.png")


def test_paper_that_differs_from_the_one_given_out_takes_no_signed_one():
    elsewhere = SignedElsewhere((GivenOut("01.pdf", 1, "0" * 64),), {"01.pdf": b"signed"}, b"", {})
    with pytest.raises(ExportedOtherwise):
        elsewhere.put_in(Paper("01.pdf", b"other"))
    assert elsewhere.put_in(Paper("02.pdf", b"own")) == Paper("02.pdf", b"own")
