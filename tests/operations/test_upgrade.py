"""A dossier signed offline, upgraded later against a service of this machine, verified three simulated years later."""

from __future__ import annotations

import errno
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from asn1crypto import ocsp as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ntm_desktop.disk import Disk
from ntm_desktop.dossier import tail
from ntm_desktop.dossier.manifest import MANIFEST_NAME, SIGNATURE_NAME
from ntm_desktop.dossier.verification import Replay, signer_reasons
from ntm_desktop.errors import DiskFull
from ntm_desktop.operations import seal
from ntm_desktop.operations.upgrade import (
    Connect,
    Level,
    NothingToUpgrade,
    NoTimestampService,
    RevocationServiceFailed,
    Services,
    Stamp,
    TimestampServiceFailed,
    Upgraded,
    UpgradeTooLate,
    host_of,
    upgrade,
)
from ntm_desktop.operations.verify import Ground, Verification, VerificationReport, verify_with
from ntm_desktop.transfer.download import Downloads, downloads
from ntm_desktop.trust.anchors import Belief
from ntm_desktop.trust.judge import judge_all
from ntm_desktop.trust.revocation import Revocation
from ntm_desktop.trust.timestamps import TimestampWrong
from ntm_desktop.trust.upgrading import stamped_values
from tests.support.containers import rezip
from tests.support.later import (
    LATER,
    THREE_YEARS,
    Stamper,
    answer_about,
    answering,
    believed,
    revocation_list,
    stamping_authority,
    together,
)
from tests.support.openssl import cms_verify, needs_openssl
from tests.support.sealing import SIGNATORY, desk_to_seal
from tests.support.servers import Visit, serving
from tests.support.signers import DAY, NOW, authority, key_file

NOBODY = "http://localhost:9"
YEAR = 365 * DAY


@dataclass(frozen=True)
class Made:
    """What was signed offline, and who will be asked."""

    signed: Path
    leaf: x509.Certificate
    tsa: str
    lists: tuple[str, str]
    ocsp: str

    @property
    def services(self) -> Services:
        return Services((self.tsa,), (), self.lists)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("later")
    key = key_file(folder)
    with desk_to_seal(folder) as desk:
        seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), folder / "ho-so.asice", key)
    leaf = x509.load_der_x509_certificate(key.certificate.der)

    def answered(question: bytes) -> bytes:
        serial = asn1.OCSPRequest.load(question)["tbs_request"]["request_list"][0]["req_cert"][
            "serial_number"
        ]
        return answer_about(leaf) if serial.native == leaf.serial_number else b"khong biet"

    def as_pem(_question: bytes) -> bytes:
        return x509.load_der_x509_crl(revocation_list()).public_bytes(Encoding.PEM)

    with ExitStack() as servers:
        asked = [
            servers.enter_context(answering(one)).address
            for one in (
                Stamper().reply,
                answered,
                as_pem,
                lambda _question: revocation_list(stamping_authority()),
            )
        ]
        yield Made(folder / "ho-so.asice", leaf, asked[0], (asked[2], asked[3]), asked[1])


@pytest.fixture
def dossier(made: Made, tmp_path: Path) -> Path:
    return Path(shutil.copy(made.signed, tmp_path / "hồ sơ.asice"))


@pytest.fixture(scope="module")
def lasting(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(made.signed, tmp_path_factory.mktemp("lasting") / "ho-so.asice"))
    assert upgrade(path, made.services, believed(), at=LATER).level is Level.LT
    return path


def patient() -> AbstractContextManager[Downloads]:
    """Wait as long as a busy machine needs."""
    return downloads(silence=60, longest=60)


def impatient() -> AbstractContextManager[Downloads]:
    """Wait for nobody long."""
    return downloads(silence=0.3, longest=0.6)


def upgraded(
    path: Path,
    services: Services,
    belief: Belief | None = None,
    at: datetime = LATER,
    connect: Connect = patient,
) -> Upgraded:
    return upgrade(path, services, belief or believed(), at=at, connect=connect)


def judged(path: Path, belief: Belief, at: datetime = THREE_YEARS) -> tuple[Verification, set[Ground]]:
    """Return what follows from the signatures alone; what the rest is worth is told by other tests."""
    kept = tail.read_tail(path)
    facts = judge_all(kept.signatures[SIGNATURE_NAME], kept.manifest, belief, at)
    reasons = tuple(reason for one in facts for reason in signer_reasons(one))
    report = VerificationReport("", "", 0, 0, 0, (), facts, None, Replay(done=False), reasons, None)
    return report.verification, {reason.ground for reason in reasons}


def inside(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as packed:
        return packed.read(name)


# ------------------------------------------------------------ what it is for


def test_it_lasts_and_nothing_that_was_signed_moved(made: Made, lasting: Path) -> None:
    before, after = (path.read_bytes() for path in (made.signed, lasting))
    start = tail.read_tail(made.signed).offset
    assert before[:start] == after[:start]
    report: VerificationReport = verify_with(lasting, anchors=believed(), at=THREE_YEARS)
    (facts,) = report.signatures
    assert (report.verification, report.identity) == (
        Verification.VALID,
        verify_with(made.signed, anchors=believed(), at=NOW).identity,
    )
    assert (facts.timestamp.proven_at, facts.revocation, facts.revoked.known_to) == (
        LATER,
        Revocation.GOOD,
        LATER,
    )


def test_without_a_timestamp_the_expired_certificate_leaves_it_open(made: Made) -> None:
    assert judged(made.signed, believed()) == (Verification.UNKNOWN, {Ground.CERTIFICATE_EXPIRED})


def test_what_is_known_three_years_later_decides(made: Made, lasting: Path) -> None:
    serial = made.leaf.serial_number

    def then(since: datetime) -> Belief:
        return believed(revocation_list(at=THREE_YEARS, revoked={serial: since}))

    assert judged(lasting, then(LATER + DAY)) == (Verification.VALID, set())
    assert judged(lasting, then(NOW - DAY)) == (Verification.INVALID, {Ground.CERTIFICATE_REVOKED})
    within = NOW + 200 * DAY
    assert judged(made.signed, then(NOW + DAY), within) == (Verification.UNKNOWN, {Ground.REVOKED_UNPROVEN})
    assert judged(made.signed, then(NOW - DAY), within) == (
        Verification.INVALID,
        {Ground.CERTIFICATE_REVOKED},
    )


def test_a_timestamp_nobody_here_knows_proves_nothing(lasting: Path) -> None:
    stranger = Belief((authority().anchor,))
    assert judged(lasting, stranger) == (
        Verification.UNKNOWN,
        {Ground.CERTIFICATE_EXPIRED, Ground.TIMESTAMP_UNPROVEN},
    )


def test_lists_that_are_asked_for_must_be_there_and_not_too_old(made: Made, lasting: Path) -> None:
    from dataclasses import replace

    asked = replace(believed(), freshness=400 * DAY)
    assert judged(lasting, asked) == (Verification.VALID, set())
    assert judged(made.signed, asked, NOW) == (Verification.UNKNOWN, {Ground.REVOCATION_MISSING})
    old = replace(asked, lists=(revocation_list(at=NOW - 500 * DAY),))
    assert judged(made.signed, old, NOW) == (Verification.UNKNOWN, {Ground.REVOCATION_STALE})
    fresh = replace(asked, lists=(revocation_list(at=NOW - 5 * DAY),))
    assert judged(made.signed, fresh, NOW) == (Verification.VALID, set())


def test_a_clock_two_years_off_is_seen_by_the_timestamp(made: Made, dossier: Path, tmp_path: Path) -> None:
    behind = upgraded(dossier, made.services, at=LATER - 2 * YEAR)
    assert (behind.clock_off, behind.level, behind.signatures[0].trusted) == (True, Level.LT, True)
    assert not upgraded(dossier, made.services).clock_off
    assert judged(dossier, believed(), NOW - 2 * YEAR) == (Verification.VALID, set())
    ahead = Path(shutil.copy(made.signed, tmp_path / "b.asice"))
    found = upgraded(ahead, made.services, at=LATER + 2 * YEAR)
    assert (found.level, found.signatures[0].trusted) == (Level.LT, True)


@needs_openssl
def test_openssl_says_the_same_of_signature_and_timestamp(lasting: Path, tmp_path: Path) -> None:
    from ntm_desktop.trust.cms import signed_data_of

    signature, manifest = inside(lasting, SIGNATURE_NAME), inside(lasting, MANIFEST_NAME)
    anchors = authority().pem + stamping_authority().pem
    assert "CAdES Verification successful" in cms_verify(tmp_path, signature, manifest, anchors, LATER)
    signer = signed_data_of(signature)["signer_infos"][0]
    (tmp_path / "token").write_bytes(signer["unsigned_attrs"][0]["values"][0].dump())
    (tmp_path / "stamped").write_bytes(stamped_values(signature)[0])
    (tmp_path / "anchors.pem").write_bytes(anchors)
    command = ["openssl", "ts", "-verify", "-data", "stamped", "-in", "token", "-token_in"]
    command += ["-CAfile", "anchors.pem", "-attime", str(int(LATER.timestamp()))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout


# ------------------------------------------------------------ in parts, and again


def test_a_timestamp_is_kept_when_nobody_hands_out_lists_and_the_rest_comes_another_day(
    made: Made, dossier: Path
) -> None:
    first = upgraded(dossier, Services((NOBODY, made.tsa), (NOBODY,), (NOBODY,)))
    assert (first.before, first.level) == (Level.B, Level.T)
    assert {type(one) for one in first.troubles} == {RevocationServiceFailed}
    assert len(first.unsettled) == 2
    second = upgraded(dossier, Services((), (made.ocsp,), made.lists))
    assert (second.before, second.level, second.unsettled) == (Level.T, Level.LT, ())
    again = dossier.read_bytes()
    assert upgraded(dossier, Services()).level is Level.LT
    assert dossier.read_bytes() == again


def test_lists_at_hand_are_put_in_without_a_network(made: Made, dossier: Path) -> None:
    known = believed(revocation_list(), revocation_list(stamping_authority()))
    found = upgraded(dossier, Services((made.tsa,)), known)
    assert (found.level, found.troubles, found.unsettled) == (Level.LT, (), ())


def test_an_unknown_signer_gets_a_timestamp_and_no_lists(made: Made, dossier: Path) -> None:
    found = upgraded(dossier, made.services, Belief())
    assert (found.level, found.signatures[0].timestamp.state) == (Level.T, Stamp.UNKNOWN_AUTHORITY)
    assert found.unsettled == (found.signatures[0].signer,)


def test_a_try_that_was_broken_off_is_brought_back_first(made: Made, dossier: Path) -> None:
    class Pulled(BaseException):
        pass

    class Stick(Disk):
        def sync(self, file: object) -> None:
            raise Pulled

    good = tail.read_tail(dossier)
    tail._keep(good, tail.kept_beside(dossier), Disk())
    with pytest.raises(Pulled):
        tail._write_end(dossier, good.offset, good.end[:100], Stick())
    with pytest.raises(tail.ChangeUnfinished):
        verify_with(dossier, anchors=(), at=NOW)
    found = upgraded(dossier, made.services)
    assert (found.mended, found.level) == (True, Level.LT)
    assert judged(dossier, believed())[0] is Verification.VALID


# ------------------------------------------------------------ what can go wrong


def test_a_service_that_is_absent_hangs_or_lies_changes_nothing(made: Made, dossier: Path) -> None:
    before, over = dossier.read_bytes(), threading.Event()

    def hang(_visit: Visit) -> None:
        over.wait(60)

    def elsewhere(visit: Visit) -> None:
        visit.send(b"", status=302, Location="http://localhost/other")

    with pytest.raises(NoTimestampService):
        upgraded(dossier, Services())
    with (
        serving(hang) as hanging,
        serving(elsewhere) as moved,
        serving(lambda visit: visit.send(b"", status=404)) as no,
    ):
        for address, reason, connect in (
            (NOBODY, "no_connection", patient),
            (hanging.address, "download_too_slow", impatient),
            (moved.address, "redirected_elsewhere", patient),
            (no.address, "server_fault", patient),
            ("tsa", "address_not_usable", patient),
        ):
            with pytest.raises(TimestampServiceFailed) as caught:
                upgraded(dossier, Services((address,)), connect=connect)
            assert caught.value.reason == reason
        over.set()
    lies = {
        "nonce": lambda question: Stamper().reply(question, nonce=1),
        "unreadable": lambda _question: b"<html>" * 50_000,
        "wrong": lambda question: (
            Stamper().reply(question).replace(b"\x04\x82\x01\x00", b"\x04\x82\x01\x00\x01", 1)
        ),
    }
    for lie in lies.values():
        with answering(lie) as liar, pytest.raises(TimestampWrong):
            upgraded(dossier, Services((liar.address,)))
    assert dossier.read_bytes() == before


def test_a_timestamp_whose_signature_does_not_hold_is_thrown_away(dossier: Path) -> None:
    def spoilt(question: bytes) -> bytes:
        answer = bytearray(Stamper().reply(question))
        answer[-1] ^= 1
        return bytes(answer)

    with answering(spoilt) as liar, pytest.raises(TimestampWrong) as caught:
        upgraded(dossier, Services((liar.address,)))
    assert caught.value.reason == "wrong"


def test_a_timestamp_that_comes_after_the_end_of_the_certificate_is_refused(dossier: Path) -> None:
    before = dossier.read_bytes()
    with answering(Stamper(at=NOW + 400 * DAY).reply) as late, pytest.raises(UpgradeTooLate):
        upgraded(dossier, Services((late.address,)))
    assert dossier.read_bytes() == before


def test_a_signature_that_does_not_fit_gets_no_timestamp(made: Made, tmp_path: Path) -> None:
    manifest = inside(made.signed, MANIFEST_NAME)
    changed = rezip(made.signed, tmp_path / "a.asice", replace={MANIFEST_NAME: manifest + b" "})
    none = rezip(made.signed, tmp_path / "b.asice", replace={SIGNATURE_NAME: b"rac"})
    for path in (changed, none):
        with pytest.raises(NothingToUpgrade):
            upgraded(path, made.services)


def test_a_list_that_is_not_there_or_is_none_is_told(made: Made, dossier: Path) -> None:
    with (
        serving(lambda visit: visit.send(b"", status=404)) as empty,
        answering(lambda _question: b"<html>") as page,
    ):
        found = upgraded(dossier, Services((made.tsa,), (page.address,), (empty.address, page.address)))
    assert [one.facts()["reason"] for one in found.troubles] == ["not_there"]
    assert (found.level, len(found.unsettled)) == (Level.T, 2)


def test_a_full_disk_leaves_the_file_as_it_was(
    made: Made, dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dossier.read_bytes()

    def full(_disk: Disk, _file: object, _block: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Disk, "write", full)
    with pytest.raises(DiskFull):
        upgraded(dossier, made.services)
    assert dossier.read_bytes() == before


def test_two_signatures_of_which_one_is_broken_are_told_apart(made: Made, tmp_path: Path) -> None:
    other = key_file(tmp_path).sign(b"khac", at=NOW)
    signature = together(inside(made.signed, SIGNATURE_NAME), other)
    path = rezip(made.signed, tmp_path / "hai.asice", replace={SIGNATURE_NAME: signature.dump()})
    report = verify_with(path, anchors=believed(), at=NOW)
    assert sorted(one.intact for one in report.signatures) == [False, True]
    assert report.verification is Verification.INVALID
    with pytest.raises(NothingToUpgrade):
        upgraded(path, made.services)


def test_a_server_is_named_as_well_as_its_address_can_be_read() -> None:
    assert [host_of(one) for one in ("http://tsa.vn/x", "tsa", "http://[")] == ["tsa.vn", "tsa", "http://["]
