"""The receiving service: tus 1.0.0 with creation and checksum, on this computer unless told otherwise.

Rules:
* A body is written as it comes; at most one piece of it is in memory.
* Whoever appends last to an upload owns it: a connection that hangs dies without harm when its sender comes back.
* Nothing is told as arrived before the disk has it.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import errno
import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from ntm_desktop.errors import Unavailable
from ntm_desktop.transfer.arriving import Announced, Arrivals, NoRoom, Strange
from ntm_desktop.transfer.changed import LONGEST_HEAD, read_question

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

VERSION: Final = "1.0.0"
CHANGED_ONLY: Final = {"Ntm-Extension": "changed-only"}
"""What a service says that takes a part and puts the whole together; no other server does."""
LARGEST_PIECE: Final = 64 << 20
"""Bytes of one request."""
SILENCE_SECONDS: Final = 60
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_OFFSET_STREAM: Final = "application/offset+octet-stream"
_LONGEST_METADATA: Final = 4096
_ALGORITHMS: Final = ("sha1", "sha256")
_MOST_DIGITS: Final = 15
_BAD, _NOT_FOUND, _CONFLICT, _TOO_LARGE, _WRONG_TYPE, _STRANGE = 400, 404, 409, 413, 415, 422
_PRECONDITION, _BUSY, _FULL, _MISMATCH, _OK, _CREATED, _NOTHING = 412, 503, 507, 460, 200, 201, 204


@dataclass(eq=False)
class PortTaken(Unavailable):
    """Say that another program listens where this one should."""

    host: str
    port: int

    code: ClassVar[str] = "port_taken"
    what: ClassVar[str] = "Nothing can be received at {host}, port {port}: another program is there."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "End that program or choose another port."


class _No(Exception):
    """End a request with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Service:
    """Answer the requests; one event loop, so that nothing here happens at once with anything else."""

    def __init__(self, arrivals: Arrivals, receiver: str, told: Callable[[str], None]) -> None:
        self._arrivals = arrivals
        self._receiver = receiver
        self._told = told
        self._owner: dict[str, object] = {}
        self._finishing = asyncio.Lock()

    async def files(self, request: Request) -> Response:
        """OPTIONS: what is known here. POST: begin an upload."""
        if request.method == "OPTIONS":
            return self._answer(
                _NOTHING,
                {
                    "Tus-Version": VERSION,
                    "Tus-Extension": "creation,checksum",
                    "Tus-Checksum-Algorithm": ",".join(_ALGORITHMS),
                    "Tus-Max-Size": str(self._arrivals.bounds.largest),
                    **(CHANGED_ONLY if self._arrivals.contents is not None else {}),
                },
            )
        return await self._answered(request, self._begin)

    async def held(self, request: Request) -> Response:
        """POST: say which bodies are here already, in files the sender proves to know."""
        return await self._answered(request, self._held)

    async def upload(self, request: Request) -> Response:
        """HEAD: how much is there. PATCH: more."""
        return await self._answered(request, self._head if request.method == "HEAD" else self._patch)

    async def receipt(self, request: Request) -> Response:
        """GET: the word that a file is here."""
        from starlette.responses import JSONResponse

        place = request.path_params
        found = await asyncio.to_thread(self._arrivals.receipt, place["identity"], place["sha256"])
        if found is None:
            return self._answer(_NOT_FOUND)
        return JSONResponse({**found, "receiver": self._receiver}, headers={"Cache-Control": "no-store"})

    async def _answered(self, request: Request, work: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            if request.headers.get("tus-resumable") != VERSION:
                return self._answer(_PRECONDITION, {"Tus-Version": VERSION})
            answer = await work(request)
        except _No as no:
            return self._answer(no.status)
        except NoRoom:
            return self._answer(_BUSY, {"Retry-After": "600"})
        except OSError as fault:
            return self._answer(_FULL if fault.errno == errno.ENOSPC else 500)
        return answer

    async def _begin(self, request: Request) -> Response:
        size = _number(request, "upload-length")
        if size > self._arrivals.bounds.largest:
            raise _No(_TOO_LARGE)
        said = _metadata(request.headers.get("upload-metadata", ""))
        whole = said.get("whole", "")
        announced = Announced(size, said.get("sha256", ""), said.get("identity", ""), whole)
        if not (_HEX.fullmatch(announced.sha256) and _HEX.fullmatch(announced.identity) and size):
            raise _No(_BAD)
        if whole and (self._arrivals.contents is None or not _HEX.fullmatch(whole)):
            raise _No(_BAD)
        upload = self._arrivals.begin(announced)
        return self._answer(_CREATED, {"Location": f"{request.url.path.rstrip('/')}/{upload}"})

    async def _held(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        content = bytearray()
        body = request.stream()
        while (block := await _next(body)) is not None:
            content += block
            if len(content) > LONGEST_HEAD:
                raise _No(_TOO_LARGE)
        try:
            question = read_question(bytes(content))
        except ValueError as fault:
            raise _No(_BAD) from fault
        held = await asyncio.to_thread(self._arrivals.held, question.bases, question.identity)
        marks = "".join("1" if one in held else "0" for one in question.bodies)
        return JSONResponse({"held": marks}, headers={"Cache-Control": "no-store"})

    async def _head(self, request: Request) -> Response:
        upload, announced = self._known(request)
        await asyncio.to_thread(self._arrivals.settle, upload)
        headers = {
            "Upload-Offset": str(self._arrivals.offset(upload)),
            "Upload-Length": str(announced.size),
            "Cache-Control": "no-store",
        }
        return self._answer(_OK, headers)

    async def _patch(self, request: Request) -> Response:
        upload, announced = self._known(request)
        if request.headers.get("content-type") != _OFFSET_STREAM:
            raise _No(_WRONG_TYPE)
        offset = _number(request, "upload-offset")
        if offset != self._arrivals.offset(upload):
            raise _No(_CONFLICT)
        checked = _checksum(request)
        now = await self._take(request, upload, min(announced.size - offset, LARGEST_PIECE), checked)
        if now == announced.size:
            await self._finish(upload)
        return self._answer(_NOTHING, {"Upload-Offset": str(now)})

    async def _take(self, request: Request, upload: str, most: int, checked: tuple[str, bytes] | None) -> int:
        """Write the body behind what is there and return the new offset; what a checksum cannot prove is taken back."""
        from starlette.requests import ClientDisconnect

        before = self._arrivals.offset(upload)
        mine = self._owner[upload] = object()
        digest = hashlib.new(checked[0], usedforsecurity=False) if checked else None
        taken = 0
        proven = False
        try:
            body = request.stream()
            while (block := await _next(body)) is not None:
                if self._owner.get(upload) is not mine:
                    raise _No(_CONFLICT)
                taken += len(block)
                if taken > most:
                    raise _No(_TOO_LARGE)
                if digest is not None:
                    digest.update(block)
                self._arrivals.append(upload, block)
            proven = digest is None or checked is None or digest.digest() == checked[1]
            if not proven:
                raise _No(_MISMATCH)
        except (ClientDisconnect, TimeoutError) as gone:
            proven = digest is None  # what came without a checksum stays: the whole is hashed at the end
            raise _No(_BAD) from gone
        finally:
            if not proven and self._owner.get(upload) is mine:
                self._arrivals.cut(upload, before)
        await asyncio.to_thread(self._arrivals.settle, upload)
        return before + taken

    async def _finish(self, upload: str) -> None:
        self._owner.pop(upload, None)
        async with self._finishing:
            if self._arrivals.announced(upload) is None:
                return  # a second request for the end came while the first was at it
            try:
                identity = await asyncio.to_thread(self._arrivals.finish, upload)
            except Strange as strange:
                raise _No(_STRANGE) from strange
        self._told(identity)

    def _known(self, request: Request) -> tuple[str, Announced]:
        upload = request.path_params["upload"]
        announced = self._arrivals.announced(upload)
        if announced is None:
            raise _No(_NOT_FOUND)
        return upload, announced

    def _answer(self, status: int, headers: dict[str, str] | None = None) -> Response:
        from starlette.responses import Response

        return Response(status_code=status, headers={"Tus-Resumable": VERSION, **(headers or {})})


async def _next(body: AsyncIterator[bytes]) -> bytes | None:
    """Return the next block of a body; None at its end. Raises TimeoutError."""
    try:
        return await asyncio.wait_for(anext(body), SILENCE_SECONDS)
    except StopAsyncIteration:
        return None


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise _No(_BAD)
    return int(text)


def _metadata(text: str) -> dict[str, str]:
    """Read `name base64,name base64`; what cannot be read is not there."""
    found = {}
    for pair in text[:_LONGEST_METADATA].split(","):
        name, _space, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError):
            continue
    return found


def _checksum(request: Request) -> tuple[str, bytes] | None:
    text = request.headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _space, value = text.partition(" ")
    try:
        digest = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise _No(_BAD) from fault
    if algorithm not in _ALGORITHMS:
        raise _No(_BAD)
    return algorithm, digest


def service(arrivals: Arrivals, receiver: str, told: Callable[[str], None]) -> Starlette:
    """Return the service as an ASGI application; `told` is called with the identity of what has arrived."""
    from starlette.applications import Starlette
    from starlette.routing import Route

    one = _Service(arrivals, receiver, told)
    return Starlette(
        routes=[
            Route("/files/", one.files, methods=["OPTIONS", "POST"]),
            Route("/files/receipts/{identity}/{sha256}", one.receipt, methods=["GET"]),
            Route("/files/held", one.held, methods=["POST"]),
            Route("/files/{upload}", one.upload, methods=["HEAD", "PATCH"]),
        ]
    )


def serve(application: Starlette, host: str, port: int) -> None:
    """Answer until stopped (Ctrl+C, SIGTERM). Raises PortTaken."""
    import uvicorn

    configuration = uvicorn.Config(
        application,
        host=host,
        port=port,
        log_level="critical",
        access_log=False,
        server_header=False,
        limit_concurrency=100,
        timeout_keep_alive=75,
        lifespan="off",
    )
    server = uvicorn.Server(configuration)
    try:
        server.run()
    except SystemExit as fault:  # it says so in its own words and leaves
        raise PortTaken(host, port) from fault
