from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.places import ROOT
from mutation import explained, mutants
from mutation.measuring import Measured, mirrored
from mutation.processes import FAILED_TO_TRY, TIMED_OUT, each

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")

GRADE = '''\
"""Words."""

LEAST = 5


def grade(points: int, *, strict: bool = True) -> str:
    """Say how good that is."""
    if points >= 10 and not strict:
        return "good"
    for step in sorted([points]):
        if step < LEAST:
            raise ValueError(_("too few"))
    return "fair"
'''


def _changes(source: str) -> set[str]:
    return {mutant.change for mutant in mutants.mutants("a.py", source)}


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("x = a < b", "a < b -> a <= b"),
        ("x = a == b", "a == b -> a != b"),
        ("x = a < b <= c", "a < b <= c -> a < b < c"),
        ("x = a is None", "a is None -> a is not None"),
        ("x = a in b", "a in b -> a not in b"),
        ("x = a and b", "a and b -> a or b"),
        ("x = not a", "not a -> a"),
        ("x = a + b", "a + b -> a - b"),
        ("a += b", "a -= b"),
        ("x = 4", "4 -> 5"),
        ("x = True", "True -> False"),
        ("x = a if b else c", "b -> not b"),
        ("x = [a for a in b if a]", "a -> not a"),
        ("x = min(a, b)", "min(a, b) -> max(a, b)"),
        ("x = sorted(a, key=b)", "sorted(a, key=b) -> list(a)"),
        ("a()", "pass"),
        ("raise a", "pass"),
        ("def f():\n    return a", "return None"),
        ("def f():\n    return a['name']", "'name' -> 'mutant'"),
        ("while a:\n    break", "continue"),
        ("while a:\n    continue", "break"),
    ],
)
def test_every_kind_of_change_is_made(line: str, change: str) -> None:
    assert change in _changes(line)


@pytest.mark.parametrize(
    "line",
    [
        '"""Words."""',
        'x = _("word")',
        'NAME = "name"',
        "def f(a: int | None) -> Literal[1]: ...",
        "@dataclass(frozen=True)\nclass A: ...",
        "if TYPE_CHECKING:\n    import a",
        "def f():\n    return 'Two words'",
    ],
)
def test_words_and_types_are_left_alone(line: str) -> None:
    assert _changes(line) == set()


def test_each_change_alone_stands_in_the_compiled_source() -> None:
    found = mutants.mutants("a.py", GRADE)
    codes = {mutants.mutated(GRADE, mutant.number, "a.py") for mutant in found}
    assert len(codes | {compile(GRADE, "a.py", "exec")}) == len(found) + 1


def test_a_change_knows_its_function_and_its_statement() -> None:
    found = {mutant.change: mutant for mutant in mutants.mutants("a.py", GRADE)}
    assert found["points >= 10 -> points > 10"].scope == ("grade", 6)
    assert found["step < LEAST -> step <= LEAST"].span == (11, 11)
    assert found["5 -> 6"].scope is found["True -> False"].scope is None
    code = mutants.code_of(mutants.mutated(GRADE, 0, "a.py"), ("grade", 6))
    assert code.co_name == "grade"
    with pytest.raises(LookupError):
        mutants.code_of(code, ("grade", 7))


def test_the_mirrored_test_comes_first_and_only_tests_that_run_the_line() -> None:
    path = "ntm_desktop/criteria/judge.py"
    own, other = f"{mirrored(path)}::test_a", "tests/criteria/language/test_b.py::test_b"
    near, far = "tests/criteria/test_c.py::test_c", "tests/criteria/language/test_d.py::test_d"
    seconds = {own: 1.0, other: 0.1, near: 0.1, far: 0.1}
    measured = Measured(seconds, {path: {3: frozenset([""]), 11: frozenset([own, other])}})
    (inside,) = [
        mutant for mutant in mutants.mutants(path, GRADE) if mutant.line == 11 and "<" in mutant.change
    ]
    (outside,) = [mutant for mutant in mutants.mutants(path, GRADE) if mutant.change == "5 -> 6"]
    assert measured.chosen(inside) == [own, other]
    assert measured.chosen(outside) == [own, near]


def _endless(_: object) -> int:
    while True:
        pass


@needs_fork
def test_every_job_has_a_process_of_its_own_and_an_end() -> None:
    def attempt(job: str) -> int:
        if job == "broken":
            raise ValueError
        if job == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        return _endless(job) if job == "endless" else 7

    ended = dict(each(["seven", "broken", "killed", "endless"], 2, attempt, lambda _: 1))
    assert ended == {"seven": 7, "broken": FAILED_TO_TRY, "killed": -signal.SIGKILL, "endless": TIMED_OUT}


def test_explanations_are_read_by_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "explained.toml"
    file.write_text('["criteria/a.py"]\n"Because." = ["x = 1 | 1 -> 2"]\n', encoding="utf-8")
    assert explained.read(file) == {("ntm_desktop/criteria/a.py", "x = 1 | 1 -> 2")}


SOURCE = """\
from __future__ import annotations

LEAST = 5


def enough(points: int) -> bool:
    short = LEAST - points
    return short <= 0


def below(most: int):
    def inside(points: int) -> bool:
        return points < most

    return inside


few = below(9)
"""
TESTS = """\
from ntm_desktop.criteria.grade import enough, few


def test_much_is_enough_and_little_is_not():
    assert enough(9) and not enough(1)
    assert few(8) and not few(9)
"""
SURVIVORS = (
    "return short <= 0 | short <= 0 -> short < 0",
    "return short <= 0 | 0 -> 1",
    "LEAST = 5 | 5 -> 6",
)
KILLED = "short = LEAST - points | LEAST - points -> LEAST + points"


@pytest.fixture
def small_checkout(tmp_path: Path) -> Path:
    """Make a checkout of one module whose test forgets the edge and the constant."""
    for folder in ("mutation", "devtools"):
        shutil.copytree(ROOT / "packaging" / folder, tmp_path / "packaging" / folder)
    for path, text in {
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\n',
        "ntm_desktop/__init__.py": "",
        "ntm_desktop/criteria/__init__.py": "",
        "ntm_desktop/criteria/grade.py": SOURCE,
        "tests/criteria/test_grade.py": TESTS,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def _mutate(checkout: Path, *lines: str) -> tuple[int, str]:
    told = "".join(f'["criteria/grade.py"]\n"Because." = {list(lines)}\n' for _ in lines[:1])
    (checkout / "packaging" / "mutation" / "explained.toml").write_text(told, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "packaging/mutation", "--only", "ntm_desktop/criteria"],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": f"{checkout}{os.pathsep}{checkout / 'packaging'}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@needs_fork
@pytest.mark.slow
def test_what_no_test_notices_is_named_unless_it_is_explained(small_checkout: Path) -> None:
    code, said = _mutate(small_checkout)
    assert (code, "criteria: 7 mutants: 4 killed, 3 survived" in said) == (1, True), said
    assert f"survived: ntm_desktop/criteria/grade.py:8\n    {SURVIVORS[0]}" in said
    code, said = _mutate(small_checkout, *SURVIVORS)
    assert (code, "survived:" in said) == (0, False), said
    code, said = _mutate(small_checkout, *SURVIVORS, KILLED)
    assert (code, f"explained, but killed or gone: ntm_desktop/criteria/grade.py\n    {KILLED}" in said) == (
        1,
        True,
    ), said


@needs_fork
@pytest.mark.slow
def test_nothing_is_tried_where_every_test_fails_anyway(small_checkout: Path) -> None:
    (small_checkout / "tests/criteria/test_grade.py").write_text(
        "def test_no():\n    assert 0\n", encoding="utf-8"
    )
    code, said = _mutate(small_checkout)
    assert (code, "No test of criteria passes unchanged" in said) == (3, True), said
