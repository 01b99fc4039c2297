"""A key kept in a PKCS#12 file (.p12, .pfx): open it once with its password, sign with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from ntm_desktop.trust.anchors import read_small_file
from ntm_desktop.trust.certificates import describe
from ntm_desktop.trust.quiet import quiet
from ntm_desktop.trust.refusals import NoKey, NotAKeyFile, WrongPassword
from ntm_desktop.trust.signing import (
    LONGEST_SIGNATURE,
    SALT,
    SigningKey,
    certificate_store,
    pss_mechanism,
)

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from pyhanko.sign.signers.pdf_cms import Signer

LARGEST_FILE: Final = 1 << 20
"""Bytes; a key file with its chain is 5 KB."""


class KeyFile(SigningKey):
    """Sign with an opened key file. The key never leaves this object."""

    __slots__ = ()


def open_key_file(path: Path, password: str, *, pss: bool = False) -> KeyFile:
    """Open a PKCS#12 file; `pss` makes an RSA key sign with RSASSA-PSS, which old readers do not know.

    Raises: WrongPassword, NotAKeyFile, NoKey, FileUnreadable.
    """
    certificate, key, others = unlock_key_file(path, password)
    return KeyFile(describe(certificate), _signer(certificate, key, others, pss=pss))


def unlock_key_file(
    path: Path, password: str
) -> tuple[x509.Certificate, RSAPrivateKey | EllipticCurvePrivateKey, list[x509.Certificate]]:
    """Return certificate, key and the other certificates of a PKCS#12 file. Raises as `open_key_file`."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    content = read_small_file(path, LARGEST_FILE)
    if content is None or not _looks_like_pkcs12(content):
        raise NotAKeyFile(str(path))
    opened = _unlock(path, content, password)
    if opened.cert is None or not isinstance(opened.key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise NoKey(str(path))
    return opened.cert.certificate, opened.key, [each.certificate for each in opened.additional_certs]


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
) -> Signer:
    quiet()
    from asn1crypto import x509 as asn1
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.sign.signers.pdf_cms import Signer as PlainSigner

    padded = pss and isinstance(key, RSAPrivateKey)

    class InMemory(PlainSigner):
        """pyHanko's signer with the key as it was opened; its own takes it to pieces for every signature."""

        @override
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return bytes(LONGEST_SIGNATURE) if dry_run else _signed(key, data, digest_algorithm, pss=padded)

    own, *chain = (asn1.Certificate.load(each.public_bytes(Encoding.DER)) for each in (certificate, *others))
    return InMemory(
        signature_mechanism=pss_mechanism() if padded else None,
        signing_cert=own,
        cert_registry=certificate_store(chain),
    )


def _signed(
    key: RSAPrivateKey | EllipticCurvePrivateKey, data: bytes, digest_algorithm: str, *, pss: bool
) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding

    if digest_algorithm != "sha256":
        raise ValueError(digest_algorithm)
    digest = hashes.SHA256()
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(digest))
    return key.sign(data, padding.PSS(padding.MGF1(digest), SALT) if pss else padding.PKCS1v15(), digest)
