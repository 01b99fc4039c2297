"""Why a key file or its certificate does not sign, one class per reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ntm_desktop.errors import Refused


@dataclass(eq=False)
class WrongPassword(Refused):
    """Say that the password does not open the key file."""

    path: str

    code: ClassVar[str] = "wrong_password"
    what: ClassVar[str] = "The password does not open the key file {path}."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Type the password again; check Caps Lock and the Vietnamese keyboard."


@dataclass(eq=False)
class NotAKeyFile(Refused):
    """Say that a file is no PKCS#12 file, or one that cannot be read here."""

    path: str

    code: ClassVar[str] = "not_a_key_file"
    what: ClassVar[str] = "{path} is not a key file that this program can read."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Choose the key file (.p12 or .pfx) that the certificate authority issued."


@dataclass(eq=False)
class NoKey(Refused):
    """Say that a key file opens but holds no usable private key with its certificate."""

    path: str

    code: ClassVar[str] = "no_key"
    what: ClassVar[str] = "The file {path} holds no private key with its certificate that can sign documents."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Choose the key file that was exported together with its private key."


@dataclass(eq=False)
class CertificateUnfit(Refused):
    """Say that the certificate must not be used to sign now; the kinds below say why."""

    signer: str
    valid_from: datetime
    valid_to: datetime

    code: ClassVar[str] = "certificate_unfit"
    what: ClassVar[str] = "The certificate of {signer} cannot sign documents now."
    safe: ClassVar[str] = "Nothing was signed."
    next_step: ClassVar[str] = "Use a certificate that is valid for signing."


@dataclass(eq=False)
class CertificateExpired(CertificateUnfit):
    """Say that the certificate was valid once."""

    code: ClassVar[str] = "certificate_expired"
    what: ClassVar[str] = "The certificate of {signer} has expired."
    next_step: ClassVar[str] = "Ask for a new certificate, or sign with one that is still valid."


@dataclass(eq=False)
class CertificateNotYetValid(CertificateUnfit):
    """Say that the certificate becomes valid later, or that the clock is behind."""

    code: ClassVar[str] = "certificate_not_yet_valid"
    what: ClassVar[str] = "The certificate of {signer} is not valid yet."
    next_step: ClassVar[str] = (
        "Check the date of this computer; if it is right, wait until the certificate is valid."
    )


@dataclass(eq=False)
class CertificateNotForSigning(CertificateUnfit):
    """Say that its issuer gave the certificate for something else."""

    code: ClassVar[str] = "certificate_not_for_signing"
    what: ClassVar[str] = "The certificate of {signer} was not issued for signing documents."
    next_step: ClassVar[str] = "Choose the certificate that was issued for signing documents."


@dataclass(eq=False)
class KeyTooWeak(CertificateUnfit):
    """Say that the key is shorter than the rules for public services allow."""

    code: ClassVar[str] = "key_too_weak"
    what: ClassVar[str] = "The key of {signer} is too short to be safe."
    next_step: ClassVar[str] = "Ask for a new certificate with an RSA key of at least 2048 bits."
