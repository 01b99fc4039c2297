"""Row about sharing the work: a packet with 5,000 edits is taken back."""

from __future__ import annotations

import json
import sqlite3
import statistics
import tarfile
import time
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Final

from bench import communes
from bench.measure import spread
from bench.rows import Line, Setting
from bench.steadiness import noisy, sample
from ntm_desktop.facts.catalogue import ValueType
from ntm_desktop.operations import answer, history, packets
from ntm_desktop.operations.desk import Desk

LIMIT = 1.0
"""Seconds."""
EDITS, QUICK_EDITS = 5000, 500
_HAMLETS, _YEARS = 200, 10
_TABLE: Final = (
    "CREATE TABLE edit (id TEXT PRIMARY KEY, kind TEXT, target TEXT, old TEXT, new TEXT, parent TEXT, who TEXT,"
    " device TEXT, workspace TEXT, at TEXT)"
)


def merged(setting: Setting) -> tuple[Line, ...]:
    """Take back a packet with 5,000 edits: read, compare, write, evaluate; floor: parse it, insert its rows bare."""
    edits = QUICK_EDITS if setting.quick else EDITS
    office = communes.make(setting.scratch / "office", communes.ADVANCED, hamlets=_HAMLETS)
    back = setting.scratch / f"back{packets.SUFFIX}"
    mine, processor, floor, steady = [], [], [], []
    with closing(office):
        count = _work(office, setting.scratch, back, edits)
        for turn in range(setting.pairs + 1):
            started, busy = time.perf_counter(), time.process_time()
            packets.merge(office, back)
            between, spent = time.perf_counter(), time.process_time() - busy
            _bare(back, setting.scratch / f"{turn}.db")
            if turn:
                mine.append(between - started)
                processor.append(spent)
                floor.append(time.perf_counter() - between)
            steady.append(sample())
            history.undo(office)
    measured = f"{spread(mine, 2, ' s')}; floor {spread(floor, 2, ' s')}"
    return (
        Line(f"{count} edits", measured, f"{LIMIT} s", statistics.median(mine) <= LIMIT, noisy(steady)),
        Line("processor time, beside", spread(processor, 2, " s")),
    )


def _work(office: Desk, scratch: Path, back: Path, edits: int) -> int:
    """Cut everything, change so many figures on the other PC, give them back; return how many edits there are."""
    cut = scratch / f"cut{packets.SUFFIX}"
    packets.cut(office, cut, [one.code for one in office.compiled.source.criteria])
    with closing(packets.open_packet(cut, scratch / "part", who="other")) as part:
        every = dict.fromkeys(communes.keys(part, _YEARS))
        known = {key: answer.element(part, key.element) for key in every}
        figures = [key for key in every if known[key].type in {ValueType.INTEGER, ValueType.DECIMAL}]
        texts = {
            key: communes.text_for(known[key], number + 7)
            for number, key in enumerate(islice(figures, edits))
        }
        answer.answer_all(part, texts, "bench")
        return len(packets.give_back(part, back).edits)


def _bare(packet: Path, target: Path) -> None:
    """Parse the packet and insert its rows, nothing checked."""
    with tarfile.open(packet) as archive:
        member = archive.extractfile("packet.json")
        rows = json.load(member)["edits"] if member is not None else []
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(_TABLE)
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
