"""A certificate is verified: its authority, its dates, its name."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from crawler.errors import BadAuthorities
from crawler.gate.tls import tls_policy
from storage.cause import Cause, CauseKind
from storage.database.store import Store
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, outcomes_of, settings_for, visit
from tests.crawler.raw_server import RawServer, article, reply

LONG_AGO = datetime.now(UTC) - timedelta(days=30)


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def test_a_good_certificate_of_a_named_authority_is_trusted(
    authority: trustme.CA, ca_file: str, in_reactor: InReactor
) -> None:
    with RawServer(tls=context_of(authority.issue_cert("127.0.0.1"))) as server:
        server.answers = {"/page": reply(article("Secure"))}
        settings = settings_for(server.host, ca_file=ca_file)
        (outcome,) = in_reactor(outcomes_of(settings, [server.url("/page")]))
    assert outcome.verdict is Verdict.CAPTURED


@pytest.mark.parametrize(
    "fault", ["an authority nobody knows", "its own authority", "another name", "another address", "too old"]
)
def test_a_bad_certificate_ends_the_attempt_before_anything_is_asked(
    fault: str, authority: trustme.CA, ca_file: str, in_reactor: InReactor
) -> None:
    certificates = {
        "an authority nobody knows": lambda: trustme.CA().issue_cert("127.0.0.1"),
        "its own authority": lambda: trustme.CA(organization_name="127.0.0.1").issue_cert("127.0.0.1"),
        "another name": lambda: authority.issue_cert("example.org"),
        "another address": lambda: authority.issue_cert("127.0.0.2"),
        "too old": lambda: authority.issue_cert(
            "127.0.0.1", not_before=LONG_AGO, not_after=LONG_AGO + timedelta(days=1)
        ),
    }
    with RawServer(tls=context_of(certificates[fault]())) as server:
        server.answers = {"/page": reply(article("Secret"))}
        settings = settings_for(server.host, ca_file=ca_file)
        (outcome,) = in_reactor(outcomes_of(settings, [server.url("/page")]))
        assert server.paths == []
    assert outcome.verdict is Verdict.NETWORK_ERROR
    assert outcome.reason.startswith("no secure connection: ")
    assert "certificate" in outcome.reason
    assert outcome.cause == Cause(CauseKind.CERTIFICATE)


def test_a_ca_file_that_cannot_be_read_fails_the_run_and_says_why(
    tmp_path: Path, server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing", encoding="utf-8")
    for path in (str(empty), str(tmp_path / "missing.pem")):
        with pytest.raises(BadAuthorities, match=r"crawler\.ca_file"):
            tls_policy(path)
        result = in_reactor(visit(settings_for(server.host, ca_file=path), store, order_for(server.url("/"))))
        assert (result.status, "crawler.ca_file" in result.reason) == ("failed", True)
    assert server.paths == []
