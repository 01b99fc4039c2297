"""Make the signatures of a sealed file last: a timestamp, then certificates and revocation data, added in place.

Rules:
* Asked is only who was named, and only when an officer asks for it; every answer is waited for a bounded time.
* What was signed is not read again and not written: only the small end of the file with the signatures is.
* A timestamp that was had is kept even when nobody hands out revocation data now; the rest is added another day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import urlsplit

from ntm_desktop.dossier.tail import Tail, mend, read_tail, rewrite
from ntm_desktop.errors import NtmError, Refused, Unavailable, Untrusted
from ntm_desktop.transfer.download import Downloads, downloads
from ntm_desktop.trust.anchors import LARGEST_LIST, Belief, as_der
from ntm_desktop.trust.certificates import Certificate
from ntm_desktop.trust.cms import UNREADABLE
from ntm_desktop.trust.judge import SignatureFacts, judge_all
from ntm_desktop.trust.revocation import newest_words, question
from ntm_desktop.trust.timestamps import Stamp, TimestampWrong, judge_timestamps, query_for, token_of
from ntm_desktop.trust.upgrading import Level, level_of, unstamped, with_material, with_timestamp

__all__ = ["Level", "Services", "SignatureFacts", "Stamp", "Upgraded", "upgrade"]

ANSWER_SECONDS: Final = 30
"""For one answer, from the first word to the last byte."""
SILENCE_SECONDS: Final = 10
LONGEST_ANSWER: Final = 1 << 17
"""Bytes of a timestamp or of an OCSP answer, with their certificates."""
CLOCK_TOLERANCE: Final = timedelta(days=1)

Connect = Callable[[], AbstractContextManager[Downloads]]


@dataclass(eq=False)
class NoTimestampService(Refused):
    """Say that nobody was named who gives timestamps."""

    path: str

    code: ClassVar[str] = "no_timestamp_service"
    what: ClassVar[str] = "No timestamp service is known here, so {path} got no timestamp."
    safe: ClassVar[str] = "The file is as it was."
    next_step: ClassVar[str] = "Take in a trust pack that names one, or give its address with --tsa."


@dataclass(eq=False)
class NothingToUpgrade(Refused):
    """Say that a signature does not fit what it should speak for."""

    path: str

    code: ClassVar[str] = "nothing_to_upgrade"
    what: ClassVar[str] = "A signature of {path} does not fit; a timestamp would prove nothing."
    safe: ClassVar[str] = "The file is as it was."
    next_step: ClassVar[str] = "Verify the file, and ask for the original again."


@dataclass(eq=False)
class UpgradeTooLate(Refused):
    """Say that the certificate had ended before the timestamp."""

    signer: str
    valid_to: datetime

    code: ClassVar[str] = "upgrade_too_late"
    what: ClassVar[str] = (
        "The certificate of {signer} ended on {valid_to}; a timestamp from today proves nothing."
    )
    safe: ClassVar[str] = "The file is as it was."
    next_step: ClassVar[str] = "Seal the dossier anew with a certificate that is valid."


@dataclass(eq=False)
class TimestampServiceFailed(Unavailable):
    """Say that a timestamp service could not be asked."""

    host: str
    reason: str
    """Code of what the line said, for the technical details only."""

    code: ClassVar[str] = "timestamp_service_failed"
    what: ClassVar[str] = "The timestamp service {host} cannot be reached or does not answer ({reason})."
    safe: ClassVar[str] = "The file is as it was; its signature holds without a timestamp too."
    next_step: ClassVar[str] = (
        "See whether the network works and try again; it must happen before the signer's certificate ends."
    )


@dataclass(eq=False)
class RevocationServiceFailed(Unavailable):
    """Say that somebody who hands out revocation data could not be asked."""

    host: str
    reason: str

    code: ClassVar[str] = "revocation_service_failed"
    what: ClassVar[str] = "{host} hands out no revocation data now ({reason})."
    safe: ClassVar[str] = "What had been added to the file stays."
    next_step: ClassVar[str] = "Do the same again on another day; a timestamp that is there is kept."


@dataclass(frozen=True, slots=True)
class Services:
    """Whom to ask; addresses."""

    timestamps: tuple[str, ...] = ()
    """One after the other until one gives a timestamp."""
    answers: tuple[str, ...] = ()
    """OCSP responders."""
    lists: tuple[str, ...] = ()
    """Where revocation lists lie."""


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What became of a file."""

    path: Path
    before: Level
    level: Level
    signatures: tuple[SignatureFacts, ...]
    unsettled: tuple[str, ...]
    """Certificates of whose revocation nothing is known, by name."""
    troubles: tuple[NtmError, ...]
    """What hindered getting revocation data."""
    mended: bool
    """An earlier try was broken off; its former end was brought back first."""
    clock_off: bool
    """The clock of this computer is more than a day from the time the timestamp names."""


def upgrade(
    path: Path, services: Services, belief: Belief, *, at: datetime, connect: Connect | None = None
) -> Upgraded:
    """Add to a sealed file what its signatures lack. `at` is now, aware.

    Raises: NoTimestampService, TimestampServiceFailed, TimestampRefused, TimestampWrong, UpgradeTooLate,
    NothingToUpgrade, and what `tail.mend`, `tail.read_tail` and `tail.rewrite` raise.
    """
    mended = mend(path)
    tail = read_tail(path)
    before = _least(tail.signatures.values(), path)
    with (connect or _connect)() as line:
        work = _Work(tail, services, belief, at, line)
        new = {name: work.longer(signature) for name, signature in tail.signatures.items()}
    if new != tail.signatures:
        rewrite(tail, new)
    found = tuple(one for each in new.values() for one in judge_all(each, tail.manifest, belief, at))
    return Upgraded(
        path,
        before,
        _least(new.values(), path),
        found,
        tuple(dict.fromkeys(work.unsettled)),
        tuple(work.troubles),
        mended,
        any(one.timestamp.at is not None and one.timestamp.at - at > CLOCK_TOLERANCE for one in found),
    )


def _connect() -> AbstractContextManager[Downloads]:
    return downloads(silence=SILENCE_SECONDS, longest=ANSWER_SECONDS)


def _least(signatures: Iterable[bytes], path: Path) -> Level:
    order = list(Level)
    try:
        return min((level_of(one) for one in signatures), key=order.index)
    except UNREADABLE as fault:
        raise NothingToUpgrade(str(path)) from fault


class _Work:
    """One file: ask for what its signatures lack."""

    def __init__(self, tail: Tail, services: Services, belief: Belief, at: datetime, line: Downloads) -> None:
        self._tail = tail
        self._services = services
        self._belief = belief
        self._at = at
        self._line = line
        self._fetched: list[bytes] | None = None
        self.unsettled: list[str] = []
        self.troubles: list[NtmError] = []

    def longer(self, signature: bytes) -> bytes:
        """Return a signature with what it lacks. Raises as `upgrade`."""
        self._judged(signature)
        for value in unstamped(signature):
            signature = with_timestamp(signature, value, self._token(value))
        found = self._judged(signature)
        for facts in found:
            self._require_in_time(facts)
        material: list[bytes] = []
        chains: list[Certificate] = []
        for facts in found:
            for path in (facts.path, facts.timestamp.path):
                material += self._words(path)
                chains += path
            if not facts.path:
                self.unsettled.append(facts.signer)
        # Certificates alone make no level of their own: they come along with the lists that speak of them.
        return with_material(signature, chains, material) if material else signature

    def _judged(self, signature: bytes) -> tuple[SignatureFacts, ...]:
        found = judge_all(signature, self._tail.manifest, self._belief, self._at)
        if not all(one.intact for one in found):
            raise NothingToUpgrade(str(self._tail.path))
        return found

    def _require_in_time(self, facts: SignatureFacts) -> None:
        moment, certificate = facts.timestamp.at, facts.certificate
        if moment is not None and certificate is not None and moment > certificate.valid_to:
            raise UpgradeTooLate(facts.signer, certificate.valid_to)

    # ------------------------------------------------------------ timestamps

    def _token(self, value: bytes) -> bytes:
        """Ask one service after the other. Raises what the last of them said."""
        trouble: NtmError = NoTimestampService(str(self._tail.path))
        for address in self._services.timestamps:
            try:
                return self._asked(address, value)
            except (Unavailable, Untrusted, Refused) as fault:
                trouble = fault
        raise trouble

    def _asked(self, address: str, value: bytes) -> bytes:
        query, host = query_for(value), host_of(address)
        try:
            answer = self._line.ask(address, query.content, "application/timestamp-query", LONGEST_ANSWER)
        except (Unavailable, Untrusted, Refused) as fault:
            raise TimestampServiceFailed(host, fault.code) from fault
        token = token_of(answer, query, host)
        facts = judge_timestamps((token,), value, self._belief, self._at)
        if facts.state in (Stamp.WRONG, Stamp.UNREADABLE):
            raise TimestampWrong(host, facts.state.value)
        return token

    # ------------------------------------------------------------ revocation

    def _words(self, path: Sequence[Certificate]) -> Iterator[bytes]:
        """Return what is known of the certificates of a chain: lists at hand or fetched, else answers asked for."""
        known = (*self._belief.lists, *self._lists(path))
        for place, found in enumerate(newest_words(path, known)):
            answers = self._answers(path[place], path[place + 1])
            newest = newest_words(path[place : place + 2], (*answers, *([found] if found else ())))[0]
            if newest is None:
                self.unsettled.append(path[place].subject)
            else:
                yield newest

    def _lists(self, path: Sequence[Certificate]) -> Sequence[bytes]:
        """Fetch every list once, when the first chain asks for one."""
        if self._fetched is None and len(path) > 1:
            self._fetched = []
            for address in self._services.lists:
                try:
                    content = as_der(self._line(address, LARGEST_LIST))
                except (Unavailable, Untrusted, Refused) as fault:
                    self._failed(address, fault.code)
                except FileNotFoundError:
                    self._failed(address, "not_there")
                else:
                    self._fetched.append(content)
        return self._fetched or ()

    def _answers(self, certificate: Certificate, issuer: Certificate) -> Iterator[bytes]:
        for address in self._services.answers:
            try:
                yield self._line.ask(
                    address, question(certificate, issuer), "application/ocsp-request", LONGEST_ANSWER
                )
            except (Unavailable, Untrusted, Refused) as fault:
                self._failed(address, fault.code)

    def _failed(self, address: str, reason: str) -> None:
        self.troubles.append(RevocationServiceFailed(host_of(address), reason))


def host_of(address: str) -> str:
    """Return the name of the server of an address, to be shown; the address where it has none."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
