from __future__ import annotations

import argparse

import pytest

from ntm_desktop.cli.parser import make_parser
from tests.cli.conftest import Run
from tests.support.commands import COMMANDS


def _commands(parser: argparse.ArgumentParser, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                found += _commands(below, (*before, name)) or [(*before, name)]
    return found


FOUND = _commands(make_parser())


def test_commands_of_the_contract_that_exist_so_far() -> None:
    assert sorted(" ".join(command) for command in FOUND) == sorted(COMMANDS)


@pytest.mark.parametrize("command", FOUND, ids=" ".join)
def test_every_command_has_help_with_an_example(run: Run, command: tuple[str, ...]) -> None:
    ran = run("--lang", "en", *command, "--help")
    assert ran.code == 0
    assert f"Example: ntm-desktop {' '.join(command)}" in " ".join(ran.out.split())
