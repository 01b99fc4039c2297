"""A token in software: SoftHSM with a key and its certificate, in a folder of the test's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.signers import Leaf, authority, certificate_of, private_key

MODULES = (
    Path("/usr/lib/softhsm/libsofthsm2.so"),
    Path("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
    Path("/usr/lib64/pkcs11/libsofthsm2.so"),
)
MODULE = next((path for path in MODULES if path.is_file()), MODULES[0])
LABEL, PIN = "Xã Vĩnh An", "Bí mật 123"

needs_softhsm = pytest.mark.skipif(
    shutil.which("softhsm2-util") is None or not MODULE.is_file(), reason="softhsm2 is not installed"
)

# In a process of its own: the library, once loaded, keeps the folder it was loaded with.
_STORE = """
import sys, pkcs11
from pkcs11 import Attribute, CertificateType, ObjectClass
module, label, pin, path = sys.argv[1:]
der = open(path, "rb").read()
token = pkcs11.lib(module).get_token(token_label=label)
with token.open(rw=True, user_pin=pin) as session:
    session.create_object({
        Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        Attribute.TOKEN: True, Attribute.ID: bytes([0xA1]), Attribute.VALUE: der, Attribute.SUBJECT: b"0",
    })
"""


def make_token(
    folder: Path, leaf: Leaf | None = None, *, label: str = LABEL, certificate: bool = True
) -> None:
    """Set a token up with a key and, unless told otherwise, its certificate; `SOFTHSM2_CONF` is already set."""
    leaf = leaf or Leaf()
    _run("--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678")
    key = folder / "key.pem"
    key.write_bytes(
        private_key(leaf.kind, number=1).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    _run("--import", str(key), "--token", label, "--label", "k", "--id", "A1", "--pin", PIN)
    key.unlink()
    if certificate:
        der = folder / "cert.der"
        der.write_bytes(certificate_of(leaf, authority()).public_bytes(Encoding.DER))
        words = [sys.executable, "-c", _STORE, str(MODULE), label, PIN, str(der)]
        subprocess.run(words, check=True, capture_output=True, env=dict(os.environ), timeout=60)


def configure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point SoftHSM at a folder of this test."""
    tokens = folder / "tokens"
    tokens.mkdir()
    config = folder / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))


def _run(*words: str) -> None:
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True, timeout=60)
