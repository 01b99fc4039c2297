from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from ntm_desktop.errors import FileUnreadable
from ntm_desktop.trust import anchors as anchors_module
from ntm_desktop.trust.anchors import (
    Belief,
    NoCertificate,
    NoRevocationList,
    as_der,
    belief_of,
    load_anchors,
    load_list,
    read_small_file,
)
from tests.support.later import revocation_list
from tests.support.signers import authority


def test_anchors_come_from_pem_der_and_bundles_each_once(tmp_path: Path) -> None:
    first, second = authority(), authority("Cơ quan thứ hai")
    (tmp_path / "one.cer").write_bytes(first.certificate.public_bytes(Encoding.DER))
    (tmp_path / "both.pem").write_bytes(
        b"\xef\xbb\xbfghi chu\r\n" + first.pem + second.pem.replace(b"\n", b"\r\n")
    )
    anchors = load_anchors([tmp_path / "one.cer", tmp_path / "both.pem"])
    assert [each.subject for each in anchors] == [first.anchor.subject, second.anchor.subject]
    assert all(each.self_signed for each in anchors)


@pytest.mark.parametrize(
    "content",
    [b"", b"text", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"\x30" * (5 << 20)],
)
def test_a_file_without_a_certificate_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "anchor.pem"
    path.write_bytes(content)
    with pytest.raises(NoCertificate) as caught:
        load_anchors([path])
    assert caught.value.path == str(path)


def test_a_missing_anchor_file_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        load_anchors([tmp_path / "gone.pem"])


def test_a_file_may_be_as_large_as_it_may_be_and_no_byte_larger(tmp_path: Path) -> None:
    path = tmp_path / "small"
    path.write_bytes(b"x" * 9)
    assert read_small_file(path, 9) == b"x" * 9
    assert read_small_file(path, 8) is None


def test_a_revocation_list_is_read_from_pem_and_der(tmp_path: Path) -> None:
    from cryptography import x509

    der = revocation_list()
    (tmp_path / "a.crl").write_bytes(der)
    (tmp_path / "b.crl").write_bytes(x509.load_der_x509_crl(der).public_bytes(Encoding.PEM))
    assert load_list(tmp_path / "a.crl") == load_list(tmp_path / "b.crl") == der
    assert as_der(b"khac") == b"khac"


def test_a_file_that_is_no_list_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.crl"
    path.write_bytes(b"khac")
    with pytest.raises(NoRevocationList):
        load_list(path)
    path.write_bytes(revocation_list())
    monkeypatch.setattr(anchors_module, "LARGEST_LIST", 9)
    with pytest.raises(NoRevocationList):
        load_list(path)


def test_certificates_alone_are_a_belief_too() -> None:
    alone = belief_of([authority().anchor])
    assert (alone.anchors, alone.freshness) == ((authority().anchor,), None)
    whole = Belief(lists=(b"x",))
    assert belief_of(whole) is whole
