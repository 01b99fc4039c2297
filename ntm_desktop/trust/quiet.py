"""Keep the signature libraries silent: they log names of people; a log here carries ids and codes."""

from __future__ import annotations

import logging


def quiet() -> None:
    """Switch the loggers of the libraries off; called before each use of them."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
