"""A key kept in a PKCS#12 file (.p12, .pfx): open it once with its password, sign with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ntm_desktop.trust.anchors import read_small_file
from ntm_desktop.trust.certificates import describe
from ntm_desktop.trust.quiet import quiet
from ntm_desktop.trust.refusals import NoKey, NotAKeyFile, WrongPassword
from ntm_desktop.trust.signing import SigningKey, certificate_store

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from pyhanko.sign.signers import SimpleSigner

LARGEST_FILE: Final = 1 << 20
"""Bytes; a key file with its chain is 5 KB."""


class KeyFile(SigningKey):
    """Sign with an opened key file. The key never leaves this object."""

    __slots__ = ()


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

    own, *chain = (asn1.Certificate.load(each.public_bytes(Encoding.DER)) for each in (certificate, *others))
    store = certificate_store(chain)
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return SimpleSigner(own, keys.PrivateKeyInfo.load(private), store, prefer_pss=pss)
