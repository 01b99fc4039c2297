"""The floor of signing papers: open the key, a bare signature over each file, a copy: `bench.floor_signing FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12


def main(folder: Path) -> int:
    """Sign; return 0 when every file was."""
    opened = pkcs12.load_pkcs12((folder / "demo-key.p12").read_bytes(), b"bench").key
    if not isinstance(opened, ec.EllipticCurvePrivateKey):
        return 1
    for path in sorted(folder.glob("??.pdf")):
        content = path.read_bytes()
        signature = opened.sign(content, ec.ECDSA(hashes.SHA256()))
        path.with_suffix(".floor").write_bytes(content + signature)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
