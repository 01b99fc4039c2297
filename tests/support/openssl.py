"""OpenSSL as an independent judge of signatures."""

from __future__ import annotations

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

needs_openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="the program openssl is missing")


def cms_verify(folder: Path, signature: bytes, content: bytes, anchor_pem: bytes, at: datetime) -> str:
    """Verify a detached signature with `openssl cms`; return what it says: success, or why not."""
    (folder / "judged.p7s").write_bytes(signature)
    (folder / "judged.bin").write_bytes(content)
    (folder / "judged.pem").write_bytes(anchor_pem)
    command = ["openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", "judged.p7s"]
    command += ["-content", "judged.bin", "-CAfile", "judged.pem", "-out", "judged.out"]
    command += ["-attime", str(int(at.timestamp()))]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.stderr


def cms_open(folder: Path, signed: bytes, anchor_pem: bytes, at: datetime) -> bytes:
    """Verify signed data with its content inside; return the content."""
    (folder / "judged.p7m").write_bytes(signed)
    (folder / "judged.pem").write_bytes(anchor_pem)
    command = ["openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", "judged.p7m"]
    command += ["-CAfile", "judged.pem", "-out", "judged.out", "-attime", str(int(at.timestamp()))]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return (folder / "judged.out").read_bytes()


def cms_decrypt(folder: Path, locked: Path, certificate_pem: bytes, key_pem: bytes) -> bytes:
    """Open a locked file with `openssl cms`; return the content."""
    (folder / "receiver.pem").write_bytes(certificate_pem)
    (folder / "receiver.key").write_bytes(key_pem)
    command = ["openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", str(locked)]
    command += ["-recip", "receiver.pem", "-inkey", "receiver.key", "-out", "opened.bin"]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return (folder / "opened.bin").read_bytes()


def cms_encrypt(folder: Path, content: bytes, certificate_pem: bytes, *how: str) -> Path:
    """Lock content with `openssl cms` for a certificate; `how` are its options."""
    (folder / "receiver.pem").write_bytes(certificate_pem)
    (folder / "plain.bin").write_bytes(content)
    first = [one for one in how if one.startswith("-aes") or one == "-stream"]
    rest = [one for one in how if one not in first]
    command = ["openssl", "cms", "-encrypt", "-binary", "-in", "plain.bin", "-outform", "DER", *first]
    command += ["-out", "by-openssl.p7m", "-recip", "receiver.pem", *rest]
    subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return folder / "by-openssl.p7m"
