"""What every key does, wherever it is kept: show its certificate, refuse what must not sign, sign as CAdES."""

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
    from asn1crypto import x509
    from pyhanko.sign.signers.pdf_cms import Signer
    from pyhanko_certvalidator.registry import SimpleCertificateStore

_REFUSALS: Final[Mapping[CertificateProblem, type[CertificateUnfit]]] = {
    CertificateProblem.EXPIRED: CertificateExpired,
    CertificateProblem.NOT_YET_VALID: CertificateNotYetValid,
    CertificateProblem.WRONG_USAGE: CertificateNotForSigning,
    CertificateProblem.WEAK_KEY: KeyTooWeak,
}
"""A self-signed certificate is not among them: it is told, and signs."""


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


def certificate_store(chain: Sequence[x509.Certificate]) -> SimpleCertificateStore:
    """Return the certificates that lead from a signer towards an authority, as pyHanko wants them."""
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(chain)
    return store
