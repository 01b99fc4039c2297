"""A folder to build a trust pack from: the test's authorities, one list, addresses nobody answers at."""

from __future__ import annotations

import json
from pathlib import Path

from ntm_desktop.packs.trust_pack import HEAD, build_trust
from tests.support.later import revocation_list, stamping_authority
from tests.support.signers import authority


def trust_folder(folder: Path, version: str = "1.0.0", **changed: object) -> Path:
    """Write the folder; `changed` are keys of its `trust.json`, None takes one away."""
    folder.mkdir(exist_ok=True)
    roots = {"root.pem": authority(), "tsa.pem": stamping_authority()}
    for name, one in roots.items():
        (folder / name).write_bytes(one.pem)
    (folder / "ca.crl").write_bytes(revocation_list())
    head = {
        "id": "vn-tin-cay",
        "version": version,
        "title": "Danh sách tin cậy thử nghiệm",
        "roots": {name: one.anchor.fingerprint for name, one in roots.items()},
        "lists": ["ca.crl"],
        "timestamps": ["http://localhost:9/tsa"],
        "list_addresses": ["http://localhost:9/ca.crl"],
        "freshness_days": 300,
        **changed,
    }
    kept = {key: value for key, value in head.items() if value is not None}
    (folder / HEAD).write_text(json.dumps(kept), encoding="utf-8")
    return folder


def trust_content(folder: Path, version: str = "1.0.0", **changed: object) -> bytes:
    """Return the bytes of the built pack."""
    return build_trust(trust_folder(folder, version, **changed))
