"""A service answered in this process: no socket, no port, and every fault of a line on request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import httpx
from typing_extensions import override

if TYPE_CHECKING:
    from starlette.applications import Starlette

Fault = Callable[[int, httpx.Request], httpx.Response | str | None]
"""Given number and request: an answer in place of the service's, `before` or `after` to break off, None to let be."""


class InProcess(httpx.BaseTransport):
    """Hands requests to an ASGI application."""

    def __init__(self, application: Starlette, fault: Fault | None = None) -> None:
        self.application = application
        self.fault = fault
        self.asked: list[str] = []
        self.sent = 0
        """Bytes of bodies that left, arrived or not."""
        self._runner = asyncio.Runner()

    @override
    def close(self) -> None:
        self._runner.close()
        self._runner = asyncio.Runner()

    @override
    def handle_request(self, request: httpx.Request) -> httpx.Response:
        number = len(self.asked)
        self.asked.append(f"{request.method} {request.url.path}")
        self.sent += len(request.read())
        fault = self.fault(number, request) if self.fault is not None else None
        if isinstance(fault, httpx.Response):
            return httpx.Response(
                fault.status_code, headers=fault.headers, stream=httpx.ByteStream(fault.content)
            )
        if fault == "before":
            raise httpx.ConnectError("cut", request=request)
        if fault == "silent":
            raise httpx.ReadTimeout("silent", request=request)
        answer = self._runner.run(self._answered(request))
        if fault == "after":
            raise httpx.ReadError("cut", request=request)
        return answer

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        answer = await httpx.ASGITransport(self.application).handle_async_request(request)
        content = await answer.aread()
        headers = [(name, value) for name, value in answer.headers.multi_items()]
        return httpx.Response(answer.status_code, headers=headers, stream=httpx.ByteStream(content))
