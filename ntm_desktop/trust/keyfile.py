"""A key kept in a PKCS#12 file (.p12, .pfx): open it once with its password, sign with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from ntm_desktop.trust.anchors import read_small_file
from ntm_desktop.trust.certificates import Certificate, CertificateProblem, describe
from ntm_desktop.trust.quiet import quiet
from ntm_desktop.trust.refusals import (
    CertificateExpired,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateUnfit,
    KeyTooWeak,
    NoKey,
    NotAKeyFile,
    WrongPassword,
)

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from pyhanko.sign.signers import SimpleSigner

LARGEST_FILE: Final = 1 << 20
"""Bytes; a key file with its chain is 5 KB."""
_REFUSALS: Final[Mapping[CertificateProblem, type[CertificateUnfit]]] = {
    CertificateProblem.EXPIRED: CertificateExpired,
    CertificateProblem.NOT_YET_VALID: CertificateNotYetValid,
    CertificateProblem.WRONG_USAGE: CertificateNotForSigning,
    CertificateProblem.WEAK_KEY: KeyTooWeak,
}
"""A self-signed certificate is not among them: it is told, and signs."""


class KeyFile:
    """Sign with an opened key file. The password is not kept; the key never leaves this object."""

    __slots__ = ("_signer", "certificate")

    def __init__(self, certificate: Certificate, signer: SimpleSigner) -> None:
        self.certificate = certificate
        self._signer = signer

    @override
    def __repr__(self) -> str:
        return f"KeyFile({self.certificate.fingerprint[:12]})"

    def sign(self, content: bytes, *, at: datetime) -> bytes:
        """Return a detached CAdES-B-B signature (ETSI EN 319 122-1) over the content, as CMS in DER.

        `at` is the signing time it claims, aware. Raises: CertificateUnfit.
        """
        import asyncio

        from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

        self.require_fit(at)
        signing = self._signer.async_sign_general_data(
            content,
            "sha256",
            detached=True,
            use_cades=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
        )
        signature: bytes = asyncio.run(signing).dump()
        return signature

    def require_fit(self, at: datetime) -> None:
        """Check the certificate before anything is signed. Raises: CertificateUnfit."""
        own = self.certificate
        for problem in own.problems_at(at):
            refusal = _REFUSALS.get(problem)
            if refusal is not None:
                raise refusal(own.subject, own.valid_from, own.valid_to)


def open_key_file(path: Path, password: str, *, pss: bool = False) -> KeyFile:
    """Open a PKCS#12 file; `pss` makes an RSA key sign with RSASSA-PSS, which old readers do not know.

    Raises: WrongPassword, NotAKeyFile, NoKey, FileUnreadable.
    """
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    content = read_small_file(path, LARGEST_FILE)
    if content is None or not _looks_like_pkcs12(content):
        raise NotAKeyFile(str(path))
    opened = _unlock(path, content, password)
    if opened.cert is None or not isinstance(opened.key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise NoKey(str(path))
    others = [each.certificate for each in opened.additional_certs]
    signer = _signer(opened.cert.certificate, opened.key, others, pss=pss)
    return KeyFile(describe(opened.cert.certificate), signer)


def _looks_like_pkcs12(content: bytes) -> bool:
    from asn1crypto.pkcs12 import Pfx

    try:
        pfx = Pfx.load(content, strict=True)
        return bool(pfx["version"].native == "v3" and pfx["auth_safe"]["content_type"].native == "data")
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return False


def _unlock(path: Path, content: bytes, password: str) -> PKCS12KeyAndCertificates:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    try:
        return load_pkcs12(content, password.encode() or None)
    except ValueError:
        # Without `from`: the cause adds nothing, and its frames hold the password.
        raise WrongPassword(str(path)) from None
    except UnsupportedAlgorithm:
        raise NotAKeyFile(str(path)) from None


def _signer(
    certificate: x509.Certificate,
    key: RSAPrivateKey | EllipticCurvePrivateKey,
    others: Sequence[x509.Certificate],
    *,
    pss: bool,
) -> SimpleSigner:
    quiet()
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign.signers.pdf_cms import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *chain = (asn1.Certificate.load(each.public_bytes(Encoding.DER)) for each in (certificate, *others))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(chain)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(own, keys.PrivateKeyInfo.load(private), store, prefer_pss=pss)
