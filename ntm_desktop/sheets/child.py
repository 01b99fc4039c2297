"""Runs the workbook reader in a child process and brings its answer back as cells.

Nothing but JSON crosses the pipe. A child that dies or does not answer in time is a refused file, not a
broken program.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import cast

from ntm_desktop.errors import Refused
from ntm_desktop.sheets.cells import BLANK, CellKind, Content, Sheet, Workbook
from ntm_desktop.sheets.inspection import inspect
from ntm_desktop.sheets.limits import CHILD_SECONDS
from ntm_desktop.sheets.refusals import NotAWorkbook, PasswordProtected, TooLarge


def read_in_child(name: str, content: bytes, reader: Callable[[Connection], None] = inspect) -> Workbook:
    """Read the bytes of a workbook in a child process.

    Raises NotAWorkbook, PasswordProtected, TooLarge.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=reader, args=(there,), daemon=True)
    process.start()
    there.close()
    try:
        answer = _ask(name, here, content)
    finally:
        here.close()
        process.kill()
        process.join()
        process.close()
    refused = answer.get("refused")
    if refused is not None:
        raise refusal(name, str(refused), str(answer.get("reason", "")))
    return Workbook(
        tuple(_sheet(sheet) for sheet in answer["sheets"]),
        kind=str(answer.get("kind", "")),
        macros=bool(answer.get("macros")),
    )


def _ask(name: str, pipe: Connection, content: bytes) -> dict[str, list[dict[str, object]]]:
    try:
        pipe.send_bytes(content)
        if not pipe.poll(CHILD_SECONDS):
            raise TooLarge(name, "time")
        answer: dict[str, list[dict[str, object]]] = json.loads(pipe.recv_bytes())
    except (EOFError, OSError) as error:
        raise NotAWorkbook(name, "broken") from error
    return answer


def refusal(name: str, refused: str, reason: str) -> Refused:
    """Return the error for a refusal that came over the pipe."""
    if refused == "password":
        return PasswordProtected(name)
    return TooLarge(name, reason) if refused == "too_large" else NotAWorkbook(name, reason)


_KINDS = {kind.value: kind for kind in CellKind}


def _sheet(answer: dict[str, object]) -> Sheet:
    said = cast("list[list[str] | None]", answer["said"])
    contents = [BLANK if one is None else Content(_KINDS[one[0]], one[1]) for one in said]
    rows = cast("list[list[int]]", answer["rows"])
    return Sheet(
        name=str(answer["name"]),
        rows=tuple(tuple(map(contents.__getitem__, row)) for row in rows),
        top=int(str(answer["top"])),
        left=int(str(answer["left"])),
        hidden=bool(answer["hidden"]),
        merged=_addresses(answer.get("merged")),
        formulas=_addresses(answer.get("formulas")),
        hidden_rows=tuple(map(int, _addresses(answer.get("hidden_rows")))),
    )


def _addresses(answer: object) -> tuple[str, ...]:
    return tuple(map(str, answer)) if isinstance(answer, list) else ()
