"""The ASiCManifest: the files a signature speaks for, each with its SHA-256 (EN 319 162-1, annex A.4)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from ntm_desktop.dossier.flaws import ContainerProblem, Flaw
from ntm_desktop.dossier.names import clashes, is_safe

if TYPE_CHECKING:
    from lxml import etree

CONTAINER_TYPE: Final = "application/vnd.etsi.asic-e+zip"
MIMETYPE_NAME: Final = "mimetype"
MANIFEST_NAME: Final = "META-INF/ASiCManifest001.xml"
SIGNATURE_NAME: Final = "META-INF/signature001.p7s"
SIGNATURE_TYPE: Final = "application/x-pkcs7-signature"

_ASIC: Final = "{http://uri.etsi.org/02918/v1.2.1#}"
_DS: Final = "{http://www.w3.org/2000/09/xmldsig#}"
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
_SHA256_BYTES: Final = 32
_UNESCAPED: Final = "/"


@dataclass(frozen=True, slots=True)
class Reference:
    """A file the manifest speaks for."""

    name: str
    media_type: str
    sha256: str
    """Lower-case hexadecimal."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says. With problems it says nothing reliable."""

    signature: str
    references: tuple[Reference, ...]
    problems: tuple[ContainerProblem, ...] = ()


def manifest_bytes(references: Iterable[Reference]) -> bytes:
    """Write the manifest; the same references give the same bytes, whose SHA-256 is the identity."""
    from lxml import etree

    root = etree.Element(f"{_ASIC}ASiCManifest", nsmap={"asic": _ASIC.strip("{}"), "ds": _DS.strip("{}")})
    etree.SubElement(root, f"{_ASIC}SigReference", URI=SIGNATURE_NAME, MimeType=SIGNATURE_TYPE)
    for reference in references:
        uri = quote(reference.name, safe=_UNESCAPED)
        element = etree.SubElement(
            root, f"{_ASIC}DataObjectReference", URI=uri, MimeType=reference.media_type
        )
        etree.SubElement(element, f"{_DS}DigestMethod", Algorithm=_SHA256)
        digest = base64.b64encode(bytes.fromhex(reference.sha256)).decode("ascii")
        etree.SubElement(element, f"{_DS}DigestValue").text = digest
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read_manifest(content: bytes) -> Manifest:
    """Read a manifest that may be hostile: nothing is expanded, nothing fetched, no other form accepted."""
    from lxml import etree

    # No declaration, comment or CDATA has business here; refused before a parser sees any entity. The parser
    # is told the encoding, so that no other one can hide the marks from this check.
    if b"<!" in content or b"\0" in content:
        return _refused(Flaw.MANIFEST_DECLARATION)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return _refused(Flaw.MANIFEST_NOT_XML)
    if root.getroottree().docinfo.internalDTD is not None:
        return _refused(Flaw.MANIFEST_DECLARATION)
    return _read_root(root)


def _read_root(root: etree._Element) -> Manifest:
    children = list(root)
    signature = children[0] if children else None
    if root.tag != f"{_ASIC}ASiCManifest" or signature is None or signature.tag != f"{_ASIC}SigReference":
        return _refused(Flaw.MANIFEST_FORM)
    references: list[Reference] = []
    problems: list[ContainerProblem] = []
    for element in children[1:]:
        read = _read_reference(element)
        if isinstance(read, Reference):
            references.append(read)
        else:
            problems.append(read)
    problems += [
        ContainerProblem(Flaw.MANIFEST_NAME, name, "twice")
        for name in clashes(each.name for each in references)
    ]
    if not references and not problems:
        problems.append(ContainerProblem(Flaw.MANIFEST_FORM, detail="no files"))
    return Manifest(unquote(signature.get("URI", "")), tuple(references), tuple(problems))


def _read_reference(element: etree._Element) -> Reference | ContainerProblem:
    name = unquote(element.get("URI", ""), errors="replace")
    parts = list(element)
    if [element.tag, *(part.tag for part in parts)] != [
        f"{_ASIC}DataObjectReference",
        f"{_DS}DigestMethod",
        f"{_DS}DigestValue",
    ]:
        return ContainerProblem(Flaw.MANIFEST_FORM, name)
    if not is_safe(name) or name == MIMETYPE_NAME or name.casefold().startswith("meta-inf/"):
        return ContainerProblem(Flaw.MANIFEST_NAME, name)
    method, value = parts
    if method.get("Algorithm") != _SHA256:
        return ContainerProblem(Flaw.MANIFEST_DIGEST_METHOD, name, method.get("Algorithm", ""))
    try:
        digest = base64.b64decode((value.text or "").strip(), validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if len(digest) != _SHA256_BYTES:
        return ContainerProblem(Flaw.MANIFEST_DIGEST, name)
    return Reference(name, element.get("MimeType", ""), digest.hex())


def _refused(flaw: Flaw) -> Manifest:
    return Manifest("", (), (ContainerProblem(flaw, MANIFEST_NAME),))
