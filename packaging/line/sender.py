"""The sender that is killed: sends what waits in a workspace, as `ntm-desktop send` does.

python sender.py WORKSPACE ADDRESS
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from ntm_desktop.operations import sending
from ntm_desktop.operations.start import open_desk


def main(workspace: str, address: str) -> int:
    """Send what waits; 0 when the receipt is there."""
    desk = open_desk(Path(workspace), who="judge", clock=lambda: datetime.now(UTC))
    try:
        for item in sending.outbox(desk):
            if item.sendable:
                ready = sending.ready(desk, item.posted.identity)
                sending.arrived(desk, ready, address, sending.transmit(ready, address, sending.Sending()))
        states = {item.posted.state for item in sending.outbox(desk)}
    finally:
        desk.close()
    return 0 if states == {sending.PostState.ACCEPTED} else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
