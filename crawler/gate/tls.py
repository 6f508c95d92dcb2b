"""Whom a secure connection trusts: the system's authorities, and those of crawler.ca_file."""

from typing import Any

from OpenSSL import SSL
from twisted.internet._sslverify import IOpenSSLTrustRoot
from twisted.web.client import BrowserLikePolicyForHTTPS
from zope.interface import implementer

from crawler.errors import BadAuthorities


@implementer(IOpenSSLTrustRoot)
class Authorities:
    """The system's, and those in a PEM file."""

    def __init__(self, ca_file: str) -> None:
        self._ca_file = ca_file

    def _addCACertsToContext(self, context: Any) -> None:  # noqa: N802 - Twisted's name
        context.set_default_verify_paths()
        context.load_verify_locations(self._ca_file)


def tls_policy(ca_file: str | None) -> BrowserLikePolicyForHTTPS:
    """Return the policy by which every certificate is verified: chain, dates and name.

    Raises:
        BadAuthorities: ca_file cannot be read.
    """
    if ca_file is None:
        return BrowserLikePolicyForHTTPS()  # type: ignore[no-untyped-call]
    try:
        SSL.Context(SSL.TLS_CLIENT_METHOD).load_verify_locations(ca_file)
    except SSL.Error as error:
        raise BadAuthorities(ca_file) from error
    return BrowserLikePolicyForHTTPS(Authorities(ca_file))  # type: ignore[no-untyped-call]
