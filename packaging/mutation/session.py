"""pytest as every attempt runs it: the same examples each time, no plugin that is not needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import hypothesis

if TYPE_CHECKING:
    import pytest

ARGUMENTS = (
    "--override-ini=addopts=--import-mode=importlib",
    "--override-ini=timeout=120",
    "--override-ini=tmp_path_retention_policy=failed",
    "-Wignore::pytest.PytestConfigWarning",  # for the settings of the plugins below
    "-Wignore::pytest.PytestAssertRewriteWarning",  # what is loaded before the forks
    "-pno:cacheprovider",
    "-pno:pytest-qt",
    "-pno:xdist",
    "-pno:faulthandler",
    "--assert=plain",
    "--tb=no",
    "-q",
)
EXAMPLES = 40


class Calm:
    """Has Hypothesis try the same few examples each time, and not look for a simpler one that fails."""

    def pytest_configure(self) -> None:
        """Load the profile after the tests' own settings chose theirs."""
        hypothesis.settings.register_profile(
            "mutation",
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        hypothesis.settings.load_profile("mutation")


class Instead(Calm):
    """Collects all tests, then does something else than running them in order."""

    def __init__(self, then: Callable[[dict[str, pytest.Item]], None]) -> None:
        self._then = then

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Hand over what was collected."""
        self._then({item.nodeid: item for item in session.items})
        return True


class Only(Calm):
    """Runs the named tests in the named order, up to the first that fails."""

    def __init__(self, names: Sequence[str]) -> None:
        self._place = {name: place for place, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what is not named."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self._place), key=lambda item: self._place[item.nodeid]
        )


def passes(items: Sequence[pytest.Item]) -> bool:
    """Run collected tests up to the first that fails."""
    failed = _Failed()
    if not items:
        return True
    items[0].config.pluginmanager.register(failed)
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if failed.seen:
            return False
    return True


class _Failed:
    def __init__(self) -> None:
        self.seen = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seen = self.seen or report.failed
