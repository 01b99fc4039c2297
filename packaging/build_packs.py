"""Build the shipped packs anew from their sources: `python packaging/build_packs.py`.

Writes `resources/packs/built/` and its index. Files of former versions are kept. A version that was released is never
built anew: give the set a new number first.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ntm_desktop.criteria.load import load  # noqa: E402 - the checkout must be found first
from ntm_desktop.packs.problems import PackSourceRefused, sentence  # noqa: E402
from ntm_desktop.packs.register_source import HEAD, build_registers  # noqa: E402
from ntm_desktop.packs.shipped import INDEX, built_folder, index_of, pack_files, registers_folder  # noqa: E402
from ntm_desktop.packs.source import BuiltPack, build  # noqa: E402


def main() -> int:
    """Build every set that lies beside `built/`; return the exit code."""
    folder = built_folder()
    folder.mkdir(exist_ok=True)
    refused = False
    for path in sorted(folder.parent.glob("*/set.json")):
        try:
            built = build(path.parent)
        except PackSourceRefused as error:
            refused = True
            _tell(error)
            continue
        (folder / f"{built.set.id}-{built.set.version}.json").write_bytes(built.content)
        print(f"{built.set.id} {built.set.version} {built.sha256}")
    registers_folder().mkdir(exist_ok=True)
    for path in sorted(folder.parent.glob(f"*/{HEAD}")):
        try:
            registers = build_registers(path.parent)
        except PackSourceRefused as error:
            refused = True
            _tell(error)
            continue
        (registers_folder() / registers.file).write_bytes(registers.content)
        print(f"{registers.book.id} {registers.book.version}")
    packs = [BuiltPack(load(content), content) for content in map(Path.read_bytes, pack_files(folder))]
    (folder / INDEX).write_bytes(index_of(packs))
    return int(refused)


def _tell(error: PackSourceRefused) -> None:
    for problem in error.problems:
        print(f"{problem.file} {problem.path}: {sentence(problem)}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
