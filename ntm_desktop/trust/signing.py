"""What every key does, wherever it is kept: show its certificate, refuse what must not sign, sign as CAdES or PAdES."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from ntm_desktop.trust.certificates import Certificate, CertificateProblem
from ntm_desktop.trust.refusals import (
    CertificateExpired,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateUnfit,
    KeyTooWeak,
)

if TYPE_CHECKING:
    from asn1crypto import algos, x509
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from ntm_desktop.trust.pdf_signing import Visible

_REFUSALS: Final[Mapping[CertificateProblem, type[CertificateUnfit]]] = {
    CertificateProblem.EXPIRED: CertificateExpired,
    CertificateProblem.NOT_YET_VALID: CertificateNotYetValid,
    CertificateProblem.WRONG_USAGE: CertificateNotForSigning,
    CertificateProblem.WEAK_KEY: KeyTooWeak,
}
"""A self-signed certificate is not among them: it is told, and signs."""


SALT: Final = 32
"""Bytes of salt of RSASSA-PSS with SHA-256 (RFC 8017: as long as the digest)."""
LONGEST_SIGNATURE: Final = 512
"""Bytes of the longest signature, RSA with 4096 bits: the room kept where a size is asked for beforehand."""


class SigningKey:
    """Sign with an unlocked key: `KeyFile` or `TokenKey`. No password and no PIN is kept."""

    __slots__ = ("_signer", "certificate")

    def __init__(self, certificate: Certificate, signer: Signer) -> None:
        self.certificate = certificate
        self._signer = signer

    @override
    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.certificate.fingerprint[:12]})"

    def sign(self, content: bytes, *, at: datetime) -> bytes:
        """Return a detached CAdES-B-B signature (ETSI EN 319 122-1) over the content, as CMS in DER.

        `at` is the signing time it claims, aware. Raises: CertificateUnfit; a token also TokenGone, TokenFailed.
        """
        return self._cades(content, at, detached=True)

    def enclose(self, content: bytes, *, at: datetime) -> bytes:
        """Return a CAdES-B-B signature with the content inside it (RFC 5652), for one small file. Raises as `sign`."""
        return self._cades(content, at, detached=False)

    def _cades(self, content: bytes, at: datetime, *, detached: bool) -> bytes:
        import asyncio

        from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

        self.require_fit(at)
        signing = self._signer.async_sign_general_data(
            content,
            "sha256",
            detached=detached,
            use_cades=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=at),
        )
        signature: bytes = asyncio.run(signing).dump()
        return signature

    def sign_pdf(self, content: bytes, *, at: datetime, field: str, visible: Visible | None = None) -> bytes:
        """Return a PDF with one more PAdES-B-B signature in a field of this name.

        Raises: CertificateUnfit; a token also TokenGone, TokenFailed.
        """
        import asyncio

        from ntm_desktop.trust.pdf_signing import sign_pdf

        self.require_fit(at)
        return asyncio.run(sign_pdf(self._signer, content, at=at, field=field, visible=visible))

    def require_fit(self, at: datetime) -> None:
        """Check the certificate before anything is signed. Raises: CertificateUnfit."""
        own = self.certificate
        for problem in own.problems_at(at):
            refusal = _REFUSALS.get(problem)
            if refusal is not None:
                raise refusal(own.subject, own.valid_from, own.valid_to)


def certificate_store(chain: Sequence[x509.Certificate]) -> SimpleCertificateStore:
    """Return the certificates that lead from a signer towards an authority, as pyHanko wants them."""
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(chain)
    return store


def pss_mechanism() -> algos.SignedDigestAlgorithm:
    """Return RSASSA-PSS with SHA-256 and its salt (RFC 8017)."""
    from asn1crypto import algos

    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    mask = algos.MaskGenAlgorithm({"algorithm": "mgf1", "parameters": digest})
    parameters = {"hash_algorithm": digest, "mask_gen_algorithm": mask, "salt_length": SALT}
    return algos.SignedDigestAlgorithm(
        {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)}
    )
