"""Every module has its tests where one looks for them: ntm_desktop/a/b.py <-> tests/a/test_b.py."""

from __future__ import annotations

from tests.house.source import PROGRAM, ROOT

# Path -> who tests it instead. An entry goes away as soon as the module has tests of its own.
WITHOUT_TESTS: dict[str, str] = {}
WITHOUT_MEANING = {"__init__.py"}


def _modules_and_tests() -> dict[str, str]:
    paths = (path.relative_to(PROGRAM) for path in PROGRAM.rglob("*.py") if path.name not in WITHOUT_MEANING)
    return {path.as_posix(): (path.parent / f"test_{path.stem.strip('_')}.py").as_posix() for path in paths}


def test_every_module_has_its_tests() -> None:
    missing = [
        f"tests/{test} for ntm_desktop/{module}"
        for module, test in sorted(_modules_and_tests().items())
        if module not in WITHOUT_TESTS and not (ROOT / "tests" / test).exists()
    ]
    assert not missing, "\n".join(["", *missing])


def test_exceptions_are_still_needed() -> None:
    mirror = _modules_and_tests()
    done = [
        module
        for module in WITHOUT_TESTS
        if module not in mirror or (ROOT / "tests" / mirror[module]).exists()
    ]
    assert not done
