"""The commands of `packaging/dev.py`, one function each."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from devtools import checking, demonstration, environment, locking, system, testing
from devtools.places import ROOT, UNAVAILABLE, call, say

Command = Callable[[list[str]], int]


def run(arguments: list[str]) -> int:
    """Run the named command and return its exit code."""
    commands = _commands()
    parser = argparse.ArgumentParser(
        prog="packaging/dev.py",
        description="Set up the checkout, then do one thing with it.",
        epilog="\n".join(f"  {name:9}{function.__doc__}" for name, function in commands.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=list(commands), metavar="|".join(commands))
    parser.add_argument(
        "rest", nargs=argparse.REMAINDER, metavar="...", help="handed to what the command starts"
    )
    chosen = parser.parse_args(arguments)
    return commands[chosen.command](chosen.rest)


def _commands() -> dict[str, Command]:
    return {
        "demo": _demo,
        "run": _window,
        "test": _test,
        "check": _check,
        "bench": _bench,
        "torture": _torture,
        "fuzz": _fuzz,
        "keyboard": _keyboard,
        "line": _line,
        "mutate": _mutate,
        "texts": _texts,
        "lock": _lock,
        "package": _package,
    }


def _demo(rest: list[str]) -> int:
    """Take a sample commune through the whole job and let others judge the result."""
    python = environment.prepare()
    system.require_qt()
    return demonstration.run(python, rest)


def _window(rest: list[str]) -> int:
    """Open the window, or any command of ntm-desktop."""
    python = environment.prepare()
    system.require_qt()
    if rest[:1] in ([], ["open"]):
        system.require_screen()
    return call([str(python), "-m", "ntm_desktop", *rest])


def _test(rest: list[str]) -> int:
    """Run the tests with branch coverage; arguments go to pytest."""
    python = environment.prepare(dev=True)
    system.require_qt()
    return testing.run(python, rest)


def _check(rest: list[str]) -> int:
    """Run every check that is not a test; --ratchet-update records what got better."""
    update = checking.updates(rest)  # before anything is set up
    return checking.run(environment.prepare(dev=True), update=update)


def _bench(rest: list[str]) -> int:
    """Measure speed and memory against their floors."""
    return _other("bench", rest)


def _torture(rest: list[str]) -> int:
    """Run the long fault runs: kills and failing writes."""
    return _other("torture", rest)


def _fuzz(rest: list[str]) -> int:
    """Feed every reader of files from elsewhere with what nobody would send; Linux."""
    environment.prepare(dev=True, fuzz=True)
    return _other("fuzz", rest)


def _keyboard(rest: list[str]) -> int:
    """Fill sixty fields by keyboard alone in the real window, and tell what each cost."""
    return _other("keyboard", rest)


def _line(rest: list[str]) -> int:
    """Prove sending over a bad line, against the tus server of others too."""
    return _other("line", rest)


def _mutate(rest: list[str]) -> int:
    """Change the source in small ways and name every change that no test notices."""
    return _other("mutation", rest, PYTHONHASHSEED="0")  # sets have the same order in every run


def _texts(rest: list[str]) -> int:
    """Merge the texts of the source with their translations, compile them, name what is missing."""
    return _other("texts", rest)


def _package(rest: list[str]) -> int:
    """Build what is handed out: portable, deb or windows."""
    return _other("release", rest)


def _other(folder: str, rest: list[str], **more: str) -> int:
    """Run `packaging/<folder>/__main__.py`, whose `main(argv) -> int` gives the exit code."""
    python = environment.prepare(dev=True)
    system.require_qt()
    script = ROOT / "packaging" / folder
    if not (script / "__main__.py").is_file():
        say(f"There is no {script.relative_to(ROOT).as_posix()} yet.")
        return UNAVAILABLE
    environment_of_it = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT / "packaging"), **more}
    return call([str(python), str(script), *rest], environment=environment_of_it)


def _lock(rest: list[str]) -> int:
    """Write the hash-pinned locks anew from pyproject.toml; --upgrade takes newer versions."""
    return locking.run(rest)
