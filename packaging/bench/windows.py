"""Rows about the window: its start, one figure typed, opening with much evidence."""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path

from bench import communes
from bench.measure import NotMeasured, Pairs, Ran, alternate, run, spread
from bench.notes import (
    AGAIN,
    COMMIT,
    COUNTED,
    DOSSIER,
    FIRST,
    OPENED,
    OWN,
    PAINTED,
    PEAK,
    PEAK_PAINTED,
    PROCESSOR,
    REPAINTED,
    ROWS,
    SEARCHED,
    STEADY,
    SWITCHED,
    USABLE,
)
from bench.rows import Line, Setting, memory_ratio_line, time_line
from bench.steadiness import noisy

_MS = 1e6
START_TIME, START_MEMORY, OPEN_TIME = 1.5, 1.4, 1.2
TYPED_MEDIAN, TYPED_WORST = 8.0, 25.0
"""Milliseconds."""
FEWEST_ROWS = 20
"""All criteria and the indicators of the one that is unfolded: what a window of that size has room for."""
PASTED_MEDIAN, SWITCHED_MEDIAN, SEARCHED_MEDIAN, INSTANT = 200.0, 50.0, 30.0, 100.0
"""Milliseconds."""
PASTED_HAMLETS = 100
FACTS, FACT_YEARS, FACT_HAMLETS = 5000, 10, 40


def start(setting: Setting) -> tuple[Line, ...]:
    """Process start to first painted window, workspace of 57 indicators; floor: a bare window of that size."""
    workspace = setting.scratch / "start"
    communes.make(workspace, communes.NTM).close()
    program = partial(run, "bench.program_window", workspace, home=setting.home, until=PAINTED)
    program()  # the second start and all after it have the outline of the one before
    rows = run("bench.program_window", workspace, "rows", home=setting.home).told[ROWS][0]
    if rows < FEWEST_ROWS:
        message = f"the first frame shows {rows} rows of the tree"
        raise NotMeasured(message)
    pairs = alternate(
        program, partial(run, "bench.floor_window", home=setting.home, until=PAINTED), setting.pairs
    )
    painted, usable = (Pairs(tuple(map(until, pairs.subject)), pairs.floor) for until in (_painted, _usable))
    return (
        time_line("start to first paint", painted, START_TIME),
        memory_ratio_line("peak memory until then", painted, START_MEMORY),
        Line("rows of the tree in that frame, beside", f"{rows}, each with its words where they stay"),
        time_line("start to the painted cards, beside", usable),
        memory_ratio_line("peak memory until then, beside", usable),
    )


def _painted(ran: Ran) -> Ran:
    """Return the run up to its first paint."""
    return Ran(ran.seconds, {**ran.told, PEAK: ran.told.get(PEAK_PAINTED, ())})


def _usable(ran: Ran) -> Ran:
    """Return the run up to the painted cards."""
    return Ran(ran.seconds + (ran.told[USABLE][0] - ran.told[PAINTED][0]) / 1e9, ran.told)


def typed(setting: Setting) -> tuple[Line, ...]:
    """One figure from the editor's commit to the repainted screen, ten years and 5,000 facts, without SQLite."""
    workspace = setting.scratch / "typed"
    desk = communes.make(workspace, communes.ADVANCED, hamlets=FACT_HAMLETS)
    communes.add_dossiers(desk, communes.NTM, range(communes.YEAR - 4, communes.YEAR + 1))
    communes.add_dossiers(desk, communes.ADVANCED, range(communes.YEAR - 4, communes.YEAR))
    communes.add_facts(desk, years=FACT_YEARS, facts=FACTS)
    facts = len(desk.book.facts)
    desk.close()
    times = 40 if setting.quick else 200
    told = run("bench.program_keystroke", workspace, str(times), home=setting.home).told
    own, commit, counted = ([value / _MS for value in told[name]] for name in (OWN, COMMIT, COUNTED))
    return (
        Line(
            "median",
            f"{statistics.median(own):.1f} ms of {len(own)} ({facts} facts)",
            f"{TYPED_MEDIAN:.0f} ms",
            statistics.median(own) <= TYPED_MEDIAN,
            noisy(told[STEADY]),
        ),
        Line("worst", f"{max(own):.1f} ms", f"{TYPED_WORST:.0f} ms", max(own) <= TYPED_WORST),
        Line("SQLite commit, beside", spread(commit, 2, " ms")),
        Line("counting problems after a pause, beside", spread(counted, 1, " ms")),
    )


def pasted(setting: Setting) -> tuple[Line, ...]:
    """Paste 100 hamlets x 20 columns from the clipboard to the repainted page; floor: a bare table of that size."""
    workspace = setting.scratch / "pasted"
    communes.make(workspace, communes.NTM, hamlets=PASTED_HAMLETS).close()
    times = 3 if setting.quick else 12
    told = run("bench.program_paste", workspace, str(times), home=setting.home).told
    own, commit = ([value / _MS for value in told[name]] for name in (OWN, COMMIT))
    floor = [value / _MS for value in run("bench.floor_table", str(times), home=setting.home).told[REPAINTED]]
    whole = [mine + stored for mine, stored in zip(own, commit, strict=True)]
    ratio = statistics.median(own) / statistics.median(floor)
    return (
        Line(
            "2,000 cells without SQLite, median",
            f"{spread(own, 0, ' ms')}; {ratio:.1f} x the floor's {spread(floor, 0, ' ms')}",
            f"{PASTED_MEDIAN:.0f} ms",
            statistics.median(own) <= PASTED_MEDIAN,
            noisy(told[STEADY]),
        ),
        Line("with the SQLite commit, beside", spread(whole, 0, " ms")),
    )


def switched(setting: Setting) -> tuple[Line, ...]:
    """From one indicator, dossier and screen to the next until nothing is left to lay out or paint, in a large commune.

    40 hamlets, ten years, three sets, eleven dossiers.
    """
    workspace = setting.scratch / "switched"
    desk = communes.make(workspace, communes.ADVANCED, hamlets=FACT_HAMLETS)
    communes.add_dossiers(desk, communes.NTM, range(communes.YEAR - 4, communes.YEAR + 1))
    communes.add_dossiers(desk, communes.ADVANCED, range(communes.YEAR - 4, communes.YEAR))
    communes.add_dossiers(desk, communes.COMING, range(communes.YEAR + 1, communes.YEAR + 2))
    communes.add_facts(desk, years=FACT_YEARS, facts=None)
    desk.close()
    run("bench.program_switch", workspace, home=setting.home)  # compiles what the screens are made of
    told = run("bench.program_switch", workspace, home=setting.home).told
    return tuple(
        _span_line(
            what, [[value / _MS for value in told.get(one, ())] for one in (name, name + PROCESSOR)], limit
        )
        for what, name, limit in (
            ("another indicator, median", SWITCHED, SWITCHED_MEDIAN),
            ("another dossier, median", DOSSIER, INSTANT),
            ("a screen opened again, median", AGAIN, INSTANT),
            ("a screen opened for the first time, beside", FIRST, 0),
            ("search over all texts, median", SEARCHED, SEARCHED_MEDIAN),
        )
    )


def _span_line(what: str, told: list[list[float]], limit: float) -> Line:
    times, busy = told
    measured = f"{spread(times, 0, ' ms')} of {len(times)}"
    if busy:
        measured += f"; processor {spread(busy, 0, ' ms')}"
    holds = not limit or statistics.median(times) <= limit
    return Line(what, measured, f"{limit:.0f} ms" if limit else "", holds)


def opening(setting: Setting) -> tuple[Line, ...]:
    """Open a workspace with 3 GB of evidence in 1,500 files; floor: the same workspace without."""
    without, beside = setting.scratch / "without", setting.scratch / "with"
    communes.make(without, communes.NTM).close()
    desk = communes.make(beside, communes.NTM)
    size, files = (300 << 20, 150) if setting.quick else (3 << 30, 1500)
    communes.attach_files(desk, setting.scratch / "incoming", files=files, size=size)
    desk.close()

    def opened(workspace: Path) -> Ran:
        ran = run("bench.program_open", workspace, home=setting.home)
        return Ran(ran.told[OPENED][0] / 1e9, ran.told)

    def painted(workspace: Path) -> Ran:
        return run("bench.program_window", workspace, home=setting.home, until=USABLE)

    return tuple(
        time_line(what, alternate(partial(how, beside), partial(how, without), setting.pairs), OPEN_TIME)
        for what, how in (("start to the painted cards", painted), ("opening alone", opened))
    )
