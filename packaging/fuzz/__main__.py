"""Feed every reader of files from elsewhere with what nobody would send.

    python packaging/dev.py fuzz [TARGET ...] [--seconds N] [--keep FOLDER]

Needs Linux and atheris, which `dev.py fuzz` installs from a lock of its own. Each reader runs in a process of its own
from files the program made; an input that ends it with anything but the program's own errors, takes longer than ten
seconds or more than 2 GB, is a defect and is kept beside the corpus.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from fuzz import targets

_ABOVE: Final = str(Path(__file__).resolve().parents[1])
SLOWEST, MOST_MEMORY_MB = 10, 2048
_DONE: Final = re.compile(r"Done (\d+) runs|#(\d+)\s")


def main(argv: list[str]) -> int:
    """Fuzz what was asked for and return 0 when no defect was found."""
    names = [one.name for one in targets.every()]
    parser = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", choices=[*names, []], help=", ".join(names))
    parser.add_argument("--seconds", type=int, default=60, help="for each reader (60)")
    parser.add_argument("--keep", type=Path, help="where corpora and defects are kept")
    asked = parser.parse_args(argv)
    if importlib.util.find_spec("atheris") is None:
        print("fuzzing needs Linux on x86-64 and atheris, which packaging/dev.py fuzz installs")
        return 3
    with tempfile.TemporaryDirectory(prefix="ntm-fuzz-") as scratch:
        folder = asked.keep or Path(scratch) / "kept"
        seeds = targets.make_seeds(Path(scratch) / "seeds")
        defects = 0
        for target in targets.every():
            if not asked.target or target.name in asked.target:
                defects += _fuzz(target, seeds, folder / target.name, asked.seconds)
    print(f"{defects} readers with a defect" if defects else "no defect was found")
    return 1 if defects else 0


def _fuzz(target: targets.Target, made: dict[str, bytes], folder: Path, seconds: int) -> int:
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    chosen = [seed for seed in target.seeds(made) if len(seed) <= targets.LARGEST * 2]
    for number, seed in enumerate(chosen):
        (corpus / f"seed-{number}").write_bytes(seed)
    longest = max(map(len, chosen), default=0) * 5 // 4
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={longest}",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MOST_MEMORY_MB}",
        f"-artifact_prefix={folder}/",
        "-print_final_stats=1",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "fuzz.one", target.name, str(corpus), *options],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([_ABOVE, os.environ.get("PYTHONPATH", "")])},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    said = done.stdout + done.stderr
    runs = max((int(one or other) for one, other in _DONE.findall(said)), default=0)
    outcome = "no defect" if done.returncode == 0 else f"DEFECT, ended with {done.returncode}"
    print(
        f"{target.name}: {runs} inputs, {len(list(corpus.iterdir()))} kept in the corpus: {outcome}",
        flush=True,
    )
    if done.returncode:
        print(said[-3000:], flush=True)
    return int(done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
