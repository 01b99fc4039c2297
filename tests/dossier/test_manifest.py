from __future__ import annotations

import base64
import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.dossier.flaws import Flaw
from ntm_desktop.dossier.manifest import (
    SIGNATURE_NAME,
    Manifest,
    Reference,
    manifest_bytes,
    read_manifest,
)

REFERENCES = (
    Reference("dossier.json", "application/json", hashlib.sha256(b"1").hexdigest()),
    Reference("evidence/a (1) &+%41.pdf", "application/pdf", hashlib.sha256(b"2").hexdigest()),
)
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


def flaws(manifest: Manifest) -> set[Flaw]:
    return {problem.flaw for problem in manifest.problems}


def spoiled(old: str, new: str) -> Manifest:
    content = manifest_bytes(REFERENCES[:1]).decode()
    assert old in content
    return read_manifest(content.replace(old, new).encode())


def test_what_is_written_is_read_back_and_is_the_same_bytes_every_time() -> None:
    references = REFERENCES[:1]
    content = manifest_bytes(references)
    assert read_manifest(content) == Manifest(SIGNATURE_NAME, references)
    assert manifest_bytes(references) == content


def test_names_are_percent_encoded_in_the_manifest() -> None:
    content = manifest_bytes([Reference("evidence/a (1) &.pdf", "application/pdf", "00" * 32)])
    assert b'URI="evidence/a%20%281%29%20%26.pdf"' in content


@pytest.mark.parametrize(
    "doctype",
    [
        b'<!DOCTYPE a [<!ENTITY x "dossier.json">]>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        b"<!DOCTYPE asic:ASiCManifest>",
        b"<!-- a remark -->",
    ],
)
def test_a_declaration_or_remark_is_refused(doctype: bytes) -> None:
    head, _, body = manifest_bytes(REFERENCES[:1]).partition(b"\n")
    assert flaws(read_manifest(head + b"\n" + doctype + body)) == {Flaw.MANIFEST_DECLARATION}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-7"])
def test_a_doctype_hidden_in_another_encoding_is_refused(encoding: str) -> None:
    text = manifest_bytes(REFERENCES[:1]).decode().partition("\n")[2]
    hidden = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x "y">]>{text}'
    assert flaws(read_manifest(hidden.encode(encoding))) & {Flaw.MANIFEST_DECLARATION, Flaw.MANIFEST_NOT_XML}


def test_a_bomb_of_entities_is_refused_at_once() -> None:
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 30))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{layers}]><a>&l29;</a>'
    start = time.perf_counter()
    assert flaws(read_manifest(bomb.encode())) == {Flaw.MANIFEST_DECLARATION}
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize("content", [b"", b"text", b"<a>", b"<a/><b/>", b"\xff\xfe<", b"<a>" * 100_000])
def test_what_is_no_xml_is_refused(content: bytes) -> None:
    assert flaws(read_manifest(content)) <= {Flaw.MANIFEST_NOT_XML}
    assert flaws(read_manifest(content))


@pytest.mark.parametrize(
    ("old", "new", "flaw"),
    [
        (SHA256, "http://www.w3.org/2000/09/xmldsig#sha1", Flaw.MANIFEST_DIGEST_METHOD),
        (SHA256, "", Flaw.MANIFEST_DIGEST_METHOD),
        ("DigestValue>", "DigestValues>", Flaw.MANIFEST_FORM),
        ("DataObjectReference", "Other", Flaw.MANIFEST_FORM),
        ("SigReference", "Sig", Flaw.MANIFEST_FORM),
        ("02918/v1.2.1", "02918/v9", Flaw.MANIFEST_FORM),
        ('URI="dossier.json"', 'URI="../dossier.json"', Flaw.MANIFEST_NAME),
        ('URI="dossier.json"', 'URI="%2e%2e/dossier.json"', Flaw.MANIFEST_NAME),
        ('URI="dossier.json"', 'URI="META-INF/signature001.p7s"', Flaw.MANIFEST_NAME),
        ('URI="dossier.json"', 'URI="mimetype"', Flaw.MANIFEST_NAME),
        ('URI="dossier.json"', 'URI="%ff"', Flaw.MANIFEST_NAME),
        ('URI="dossier.json"', "", Flaw.MANIFEST_NAME),
    ],
)
def test_any_other_form_is_refused(old: str, new: str, flaw: Flaw) -> None:
    assert flaw in flaws(spoiled(old, new))


@pytest.mark.parametrize("digest", ["", "AAAA", "!" * 44, base64.b64encode(bytes(20)).decode(), "Ω"])
def test_a_digest_that_is_none_is_refused(digest: str) -> None:
    own = base64.b64encode(bytes.fromhex(REFERENCES[0].sha256)).decode()
    assert flaws(spoiled(own, digest)) == {Flaw.MANIFEST_DIGEST}


def test_a_file_named_twice_even_in_other_case_is_refused() -> None:
    twice = (REFERENCES[0], Reference("Dossier.JSON", "a/b", "11" * 32))
    assert flaws(read_manifest(manifest_bytes(twice))) == {Flaw.MANIFEST_NAME}


def test_a_manifest_of_no_files_is_refused() -> None:
    assert flaws(read_manifest(manifest_bytes(()))) == {Flaw.MANIFEST_FORM}


@given(st.data())
def test_a_manifest_with_a_byte_changed_never_raises(data: st.DataObject) -> None:
    content = bytearray(manifest_bytes(REFERENCES))
    content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read = read_manifest(bytes(content))
    assert read.problems or read.references
