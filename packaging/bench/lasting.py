"""A row about signatures that last: timestamp and revocation data added to a container of 1 GiB, in place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import Final

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from typing_extensions import override

from bench import notes
from bench.intake import absolute_line
from bench.measure import Ran, alternate, run, spread
from bench.rows import Line, Setting
from ntm_desktop.dossier import tail
from ntm_desktop.dossier.container import Entry, write_container
from ntm_desktop.operations.seal import unlock

SECONDS: Final = 1.0
_OPENS: Final = "bench"
_DAYS: Final = timedelta(days=300)


class _Authority:
    """A root whose key signs a signer, a timestamp service and a list."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self._now = now
        self._key = rsa.generate_private_key(65537, 2048)
        self._own = self._certificate("Root", self._key, ca=True)
        self.anchor, self.list = folder / "root.pem", folder / "root.crl"
        self.anchor.write_bytes(self._own.public_bytes(Encoding.PEM))
        crl = x509.CertificateRevocationListBuilder().issuer_name(self._own.subject).last_update(now)
        built = crl.next_update(now + _DAYS).sign(self._key, hashes.SHA256())
        self.list.write_bytes(built.public_bytes(Encoding.DER))

    def key_file(self, path: Path) -> Path:
        key = rsa.generate_private_key(65537, 2048)
        encryption = BestAvailableEncryption(_OPENS.encode())
        own = self._certificate("Signer", key)
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"bench", key, own, None, encryption))
        return path

    def stamper(self) -> DummyTimeStamper:
        key = rsa.generate_private_key(65537, 2048)
        own = self._certificate("Timestamps", key, ExtendedKeyUsageOID.TIME_STAMPING)
        return DummyTimeStamper(
            asn1.Certificate.load(own.public_bytes(Encoding.DER)),
            keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        )

    def _certificate(
        self,
        name: str,
        key: rsa.RSAPrivateKey,
        purpose: x509.ObjectIdentifier | None = None,
        *,
        ca: bool = False,
    ) -> x509.Certificate:
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = subject if ca else self._own.subject
        builder = (
            x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(self._now - _DAYS)
            .not_valid_after(self._now + _DAYS)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if purpose is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        return builder.sign(self._key, hashes.SHA256())


@contextmanager
def _serving(stamper: DummyTimeStamper) -> Iterator[str]:
    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        @override
        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def upgraded(setting: Setting) -> tuple[Line, ...]:
    """Add timestamp and list to 1 GiB in place, answers included; floor: write the end beside, then over itself."""
    folder = setting.scratch / "lasting"
    folder.mkdir()
    now = datetime.now(UTC).replace(microsecond=0)
    authority = _Authority(folder, now)
    key = unlock(authority.key_file(folder / "key.p12"), _OPENS)
    size = (100 << 20) if setting.quick else (1 << 30)
    file = folder / "a.asice"
    entry = Entry("evidence/large.bin", "application/octet-stream", size, lambda: _zeros(size))
    write_container(file, [entry], lambda manifest: key.sign(manifest, at=now))
    before = tail.read_tail(file)

    with _serving(authority.stamper()) as address:

        def program() -> Ran:
            tail.rewrite(tail.read_tail(file), before.signatures)
            return _own(run("bench.program_upgrade", file, address, folder, home=setting.home))

        def floor() -> Ran:
            return _own(run("bench.floor_tail", file, str(before.offset), home=setting.home))

        pairs = alternate(program, floor, setting.pairs)
    worked = [ran.told[notes.TOOK + notes.PROCESSOR][0] / 1e6 for ran in pairs.subject]
    return (
        absolute_line("in a program that runs", pairs, SECONDS),
        Line("processor time of it", spread(worked, 0, " ms")),
    )


def _own(ran: Ran) -> Ran:
    """Return the time the process told of itself: an officer does not start the program for it."""
    return Ran(ran.told[notes.TOOK][0] / 1e9, ran.told)


def _zeros(size: int) -> BufferedIOBase:
    return BytesIO(bytes(size))
