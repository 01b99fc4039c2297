"""Trying mutants: quickly by exchanging the code of a loaded function, surely by importing everything anew.

An exchange costs only the tests, but it misses what was computed before the tests began. So what it does not kill is
tried again from a fresh import where the import runs the changed statement.
"""

from __future__ import annotations

import functools
import gc
import importlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.machinery import SourceFileLoader
from types import CodeType, FunctionType
from unittest import mock

import pytest

from devtools.places import BUILD, ROOT, stop
from mutation import session
from mutation.measuring import Measured
from mutation.mutants import Mutant, code_of, mutated
from mutation.processes import TIMED_OUT, each

KILLED, TIMED, SURVIVED, BROKEN = "killed", "timed out", "survived", "could not be tried"
UNKNOWN = "not tried yet"
_OUTCOMES = {0: SURVIVED, 1: KILLED, 2: UNKNOWN, TIMED_OUT: TIMED}
_NOTHING = -1
"""Stands for no change at all: were that killed, the other kills would say nothing."""
_CACHE = type(functools.cache(len))
_PATIENCE = 4 * 3600
# What the tests load anyway; loaded before the forks, it is loaded once.
_FOREIGN = (
    "cryptography.x509",
    "lark",
    "lxml.etree",
    "openpyxl",
    "pyhanko.sign",
    "python_calamine",
    "tuf.api.metadata",
)


def attempt(
    package: str, mutants: Sequence[Mutant], measured: Measured, width: int
) -> Iterator[tuple[Mutant, str]]:
    """Try every mutant and say what became of it, as it becomes known."""
    for library in _FOREIGN:
        importlib.import_module(library)
    quick = _exchanged(package, mutants, measured, width)
    left = []
    for place, mutant in enumerate(mutants):
        outcome = quick.get(place, UNKNOWN)
        if outcome in {KILLED, TIMED} or (outcome == SURVIVED and not measured.imported(mutant)):
            yield mutant, outcome
        else:
            left.append(mutant)
    for mutant, code in each(
        left, width, lambda one: _afresh(one, measured), lambda one: 30 + _seconds(one, measured)
    ):
        yield mutant, _OUTCOMES.get(code, BROKEN if code > 1 else KILLED)


def _exchanged(package: str, mutants: Sequence[Mutant], measured: Measured, width: int) -> dict[int, str]:
    """Try the mutants of functions in a process that has collected the tests; return what became of which."""
    kept = BUILD / "mutation" / f"{package}-exchanged.jsonl"
    kept.unlink(missing_ok=True)

    def try_all(items: dict[str, pytest.Item]) -> None:
        loaded = _Loaded()
        gc.collect()
        gc.freeze()  # what is never looked at again is never copied for a fork

        def exchange(place: int) -> int:
            if place == _NOTHING:
                return int(not session.passes([items[name] for name in measured.all_chosen(mutants)]))
            if not loaded.exchange(mutants[place]):
                return 2
            return int(not session.passes([items[name] for name in measured.chosen(mutants[place])]))

        def seconds(place: int) -> int:
            return _seconds(mutants[place], measured) if place >= 0 else _PATIENCE

        inside = [place for place, mutant in enumerate(mutants) if mutant.scope is not None]
        with kept.open("a", encoding="utf-8", buffering=1) as written:
            for place, code in each([_NOTHING, *inside], width, exchange, seconds):
                written.write(json.dumps([place, _OUTCOMES.get(code, BROKEN)]) + "\n")

    def collect(name: str) -> int:
        return int(pytest.main([*session.ARGUMENTS, f"tests/{name}"], plugins=[session.Instead(try_all)]))

    list(each([package], 1, collect, lambda _: _PATIENCE))
    found = dict(json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines())
    if found.pop(_NOTHING, None) != SURVIVED:
        stop(f"The tests of {package} fail with nothing changed.", "Make them independent of their order.")
    return found


def _seconds(mutant: Mutant, measured: Measured) -> int:
    """Return the processor time after which a mutant counts as one that never ends."""
    return 5 + math.ceil(10 * sum(measured.seconds[name] for name in measured.chosen(mutant)))


class _Loaded:
    """The functions of the program as they are loaded, wherever they are known under whatever name."""

    def __init__(self) -> None:
        program = str(ROOT / "ntm_desktop")
        self._functions: dict[tuple[str, str, int], list[FunctionType]] = {}
        self._caches = []
        for found in gc.get_objects():
            if isinstance(found, FunctionType) and found.__code__.co_filename.startswith(program):
                self._functions.setdefault(_place(found.__code__), []).append(found)
            elif isinstance(found, _CACHE):
                self._caches.append(found)

    def exchange(self, mutant: Mutant) -> bool:
        """Give a function its changed code; say whether that was possible."""
        if mutant.scope is None:
            return False
        codes = list(_within(code_of(_changed(mutant), mutant.scope)))
        functions = self._functions.get(_place(codes[0]), [])
        if not functions or any(found.__code__.co_freevars != codes[0].co_freevars for found in functions):
            return False
        places = Counter(map(_place, codes))
        for code in codes:  # also of functions that the import made inside this one
            for found in self._functions.get(_place(code), []):
                if places[_place(code)] > 1 or found.__code__.co_freevars != code.co_freevars:
                    return False
                found.__code__ = code
        for cache in self._caches:
            cache.cache_clear()
        return True


def _within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _within(constant)


def _place(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def _changed(mutant: Mutant) -> CodeType:
    path = ROOT / mutant.path
    return mutated(path.read_text(encoding="utf-8"), mutant.number, str(path))


def _afresh(mutant: Mutant, measured: Measured) -> int:
    """Run the tests with the changed module imported instead of the real one."""
    path, code = str(ROOT / mutant.path), _changed(mutant)
    read = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        return code if self.path == path else read(self, fullname)

    names = measured.chosen(mutant)
    files = [*dict.fromkeys(name.split("::", 1)[0] for name in names)]
    if not files:
        return 0
    with mock.patch.object(SourceFileLoader, "get_code", get_code):
        result = pytest.main([*session.ARGUMENTS, "-x", *files], plugins=[session.Only(names)])
    return 0 if result == pytest.ExitCode.OK else 1
