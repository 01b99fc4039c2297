"""The demonstration: the program makes a dossier, then others say whether it holds.

The judges are a separate process of the program, which knows nothing but the file and the certificate, and
openssl, which knows nothing of the program.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from devtools.places import ROOT, call, say, stop

MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
_WITHOUT_SCREEN = {"QT_QPA_PLATFORM": "offscreen"}
_OPENSSL_SAYS = {True: "accepts the signature", False: "REFUSES the signature", None: "not here, not asked"}


def run(python: Path, rest: list[str]) -> int:
    """Make the dossier in `demo/` (or where `--out` says) and have it judged; 0 when every judge agrees."""
    folder, others = _folder(rest)
    program = _command(python)
    if code := call([*program, "demo", "--out", str(folder), *others], environment=_WITHOUT_SCREEN):
        return code
    dossier, anchor = _newest(folder, "*.asice"), _newest(folder, "*.pem")
    verified = _verify(program, dossier, anchor)
    openssl = _openssl(dossier, anchor)
    say(f"\nDossier      {dossier}  ({dossier.stat().st_size:,} bytes)")
    say(f"Certificate  {anchor}  (demonstration only)")
    say(f"Everything   {folder}")
    _say_verified(verified)
    say(f"openssl      {_OPENSSL_SAYS[openssl]}")
    return 0 if verified.get("verification") == "VALID" and openssl is not False else 1


def _command(python: Path) -> list[str]:
    return [str(python), "-m", "ntm_desktop"]


def _folder(rest: list[str]) -> tuple[Path, list[str]]:
    """Return where the dossier goes, and the arguments that are left for the program."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--out", type=Path, default=ROOT / "demo")
    chosen, others = parser.parse_known_args(rest)
    return chosen.out.resolve(), others


def _newest(folder: Path, pattern: str) -> Path:
    found = sorted(folder.rglob(pattern), key=lambda path: path.stat().st_mtime_ns)
    if not found:
        stop(
            f"The demonstration left no {pattern} in {folder}.",
            "This is a defect of the program: please report it.",
        )
    return found[-1]


def _verify(program: list[str], dossier: Path, anchor: Path) -> dict[str, object]:
    done = subprocess.run(
        [*program, "verify", str(dossier), "--anchors", str(anchor), "--json"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        stop(
            f"`verify` gave no answer (exit code {done.returncode}).",
            "This is a defect of the program: please report it.",
        )
    return answer if isinstance(answer, dict) else {}


def _openssl(dossier: Path, anchor: Path) -> bool | None:
    """Return what openssl says of the signature over the manifest; nothing when there is no openssl here."""
    if not shutil.which("openssl"):
        return None
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(dossier) as container:
        if not {MANIFEST, SIGNATURE} <= set(container.namelist()):
            return False
        manifest, signature = Path(scratch, "manifest.xml"), Path(scratch, "signature.p7s")
        manifest.write_bytes(container.read(MANIFEST))
        signature.write_bytes(container.read(SIGNATURE))
        command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", str(signature)]
        command += [
            "-content",
            str(manifest),
            "-CAfile",
            str(anchor),
            "-purpose",
            "any",
            "-out",
            str(Path(scratch, "out")),
        ]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode != 0:
        say(done.stderr.decode("utf-8", errors="replace"))
    return done.returncode == 0


def _say_verified(verified: dict[str, object]) -> None:
    replay, reasons = verified.get("replay"), verified.get("reasons")
    agrees = isinstance(replay, dict) and replay.get("agrees") is True
    say(f"verify       {verified.get('verification')}; replay {'agrees' if agrees else 'DIFFERS'}")
    for reason in reasons if isinstance(reasons, list) else []:
        say(f"             {reason}")
