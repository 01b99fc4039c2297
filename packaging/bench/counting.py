"""Rows about counting: every commune of the country by the indicators of the larger set, five years kept."""

from __future__ import annotations

import statistics
import time
from contextlib import closing
from typing import Final

from bench.measure import run, spread
from bench.notes import OWN, REPAINTED, STEADY
from bench.rows import Line, Setting
from bench.steadiness import noisy, sample
from ntm_desktop.operations.review_counts import count
from ntm_desktop.operations.review_desk import ReviewDesk, create_review
from ntm_desktop.workspace.connection import transaction

LIMIT = 0.5
"""Seconds."""
COMMUNES: Final = 3321
INDICATORS: Final = 75
YEARS: Final = range(2021, 2026)
SET: Final = "bench"
_NUMBERS: Final = (
    "WITH RECURSIVE commune (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM commune WHERE n + 1 < :communes),"
    " indicator (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM indicator WHERE k + 1 < :indicators) "
)
_DOSSIERS: Final = (
    "INSERT INTO incoming SELECT printf('%04d%060d', :year, n), printf('%d-%d', :year, n), 1, '', printf('%05d', n),"
    " 'Commune ' || n, :set, '1.0.0', 'Bench', :year, :at, :at, 'a.asice', 1, 'VALID', '[]', '[\"Bench\"]', '', 0,"
    " :indicators, 'new' FROM commune"
)
_RESULTS: Final = (
    "INSERT INTO result SELECT :set, :year, 'indicator', (k / 4 + 1) || '.' || (k % 4 + 1), printf('%05d', n),"
    " CASE (n * 7 + k) % 3 WHEN 0 THEN 'NOT_MET' ELSE 'MET' END, printf('%04d%060d', :year, n) FROM commune, indicator"
)
_FLOOR: Final = (
    "SELECT code, sum(verdict = 'MET') FROM result WHERE set_id = ? AND year = ? AND level = ? GROUP BY code"
)


def counted(setting: Setting) -> tuple[Line, ...]:
    """Count 3,321 communes by 75 indicators, one year of five; floor: the bare GROUP BY over the same table."""
    communes = COMMUNES // 10 if setting.quick else COMMUNES
    desk = create_review(setting.scratch / "review", "An Giang", office="Bench", who="Bench")
    with closing(desk):
        _fill(desk, communes)
        connection = desk.folder.connection
        mine, floor, steady = [], [], []
        for turn in range(setting.pairs + 1):
            started = time.perf_counter()
            count(desk, SET, YEARS[-1], "indicator")
            between = time.perf_counter()
            connection.execute(_FLOOR, (SET, YEARS[-1], "indicator")).fetchall()
            if turn:
                mine.append(between - started)
                floor.append(time.perf_counter() - between)
            steady.append(sample())
    measured = f"{spread(mine, 3, ' s')}; floor {spread(floor, 3, ' s')}"
    what = f"{communes} communes, {INDICATORS} indicators"
    return (Line(what, measured, f"{LIMIT} s", statistics.median(mine) <= LIMIT, noisy(steady)),)


def shown(setting: Setting) -> tuple[Line, ...]:
    """Show 3,321 communes by 75 indicators in the window, until painted; floor: one bare query, a bare table of it."""
    communes = COMMUNES // 10 if setting.quick else COMMUNES
    desk = create_review(setting.scratch / "review", "An Giang", office="Bench", who="Bench")
    with closing(desk):
        _fill(desk, communes)
        file = desk.folder.file
    told = run("bench.program_count", file.parent, str(setting.pairs), home=setting.home).told
    floor = run("bench.floor_count", file, str(setting.pairs), home=setting.home).told[REPAINTED]
    seconds, bare = ([value / 1e9 for value in values] for values in (told[OWN], floor))
    measured = f"{spread(seconds, 3, ' s')}; floor {spread(bare, 3, ' s')}"
    what = f"{communes} communes, {INDICATORS} indicators, painted"
    return (Line(what, measured, f"{LIMIT} s", statistics.median(seconds) <= LIMIT, noisy(told[STEADY])),)


def _fill(desk: ReviewDesk, communes: int) -> None:
    """Record dossiers of so many communes for each year, in SQL alone."""
    connection = desk.folder.connection
    with transaction(connection, desk.folder.file):
        for year in YEARS:
            facts = {
                "communes": communes,
                "indicators": INDICATORS,
                "year": year,
                "set": SET,
                "at": desk.now_utc(),
            }
            connection.execute(_NUMBERS + _DOSSIERS, facts)
            connection.execute(_NUMBERS + _RESULTS, facts)
