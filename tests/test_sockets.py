"""Only the gate opens sockets to the web: who imports what could open one, and who calls what does, name by name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path for package in ("bowerbird", "scheduler", "crawler", "storage") for path in (ROOT / package).rglob("*.py")
)

# What can open a connection, by the beginning of its dotted name.
CONNECTING = (
    "_socket", "aiohttp", "curl_cffi", "ftplib", "http.client", "http.server", "httpcore", "httpx", "imaplib",
    "nntplib", "playwright", "poplib", "pycurl", "requests", "scrapy_playwright", "selenium", "smtplib", "socket",
    "socketserver", "ssl", "telnetlib", "twisted.internet", "twisted.web", "urllib.request", "urllib3", "websockets",
    "wsproto", "xmlrpc", "scrapy.core", "scrapy.shell", "scrapy.downloadermiddlewares", "scrapy.utils.reactor",
    "scrapy.crawler", "trafilatura.downloads", "uvicorn",
)  # fmt: skip
# Calls that connect, or that fetch where they are given an address.
FETCHING = frozenset({
    "open_connection", "open_unix_connection", "create_connection", "create_unix_connection", "sock_connect",
    "connect_ex", "connectTCP", "connectSSL", "connectUDP", "clientFromString", "urlopen", "urlretrieve", "fetch_url",
    "fetch_response", "create_datagram_endpoint", "HostnameEndpoint", "TCP4ClientEndpoint", "TCP6ClientEndpoint",
})  # fmt: skip
# Each with what it is for; none of them leads to the web.
ALLOWED = {
    "bowerbird/cli/serve.py": {"socket", "uvicorn"},  # listens: the status page
    "bowerbird/demo/newsroom/running.py": {"socket", "uvicorn"},  # listens: the bundled newsroom, on loopback
    "crawler/pool.py": {"socket", "open_connection"},  # a pair to each worker, never an address
    "crawler/reactor.py": {"twisted.internet", "scrapy.utils.reactor"},  # starts the loop that the gate guards
    "crawler/run.py": {"scrapy.crawler"},  # starts crawls, whose requests the gate's handler carries
    "crawler/spiders/article.py": {"scrapy.crawler"},  # a type
    "crawler/workshop.py": {"twisted.internet"},  # hands the reactor to the gate
    "storage/database/process.py": {"socket"},  # the name of this machine
}


def uses_in(tree: ast.AST) -> Iterator[str]:
    """Yield what code imports or calls of what can connect."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (begin for alias in node.names if (begin := beginning_of(alias.name)))
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                if begin := beginning_of(name):
                    yield begin
            yield from (alias.name for alias in node.names if alias.name in FETCHING)
        elif isinstance(node, ast.Attribute) and node.attr in FETCHING:
            yield node.attr
        elif isinstance(node, ast.Call) and is_dynamic_import(node):
            yield from (
                begin
                for name in node.args
                if isinstance(name, ast.Constant) and (begin := beginning_of(str(name.value)))
            )


def beginning_of(module: str) -> str | None:
    """Return which of CONNECTING a dotted name begins with."""
    return next((begin for begin in CONNECTING if module == begin or module.startswith(f"{begin}.")), None)


def is_dynamic_import(call: ast.Call) -> bool:
    """Whether a call is import_module(...) or __import__(...)."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in ("import_module", "__import__")


def test_nothing_outside_the_gate_can_open_a_socket_to_the_web() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): uses
        for path in MODULES
        if "gate" not in path.relative_to(ROOT).parts
        and (uses := set(uses_in(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert found == ALLOWED


@pytest.mark.parametrize(
    ("code", "used"),
    [
        ("import socket", {"socket"}),
        ("import socket as plug", {"socket"}),
        ("from socket import create_connection", {"socket", "create_connection"}),
        ("import urllib.request", {"urllib.request"}),
        ("from urllib import request", {"urllib.request"}),
        ("from urllib.parse import urlsplit", set()),
        ("def f():\n    import http.client as c", {"http.client"}),
        ("from http import HTTPStatus", set()),
        ("import httpx", {"httpx"}),
        ("import asyncio\nasyncio.open_connection('example.org', 80)", {"open_connection"}),
        ("loop.sock_connect(s, a)", {"sock_connect"}),
        ("from trafilatura import fetch_url", {"fetch_url"}),
        ("from twisted.internet.endpoints import HostnameEndpoint", {"twisted.internet", "HostnameEndpoint"}),
        ("reactor.connectTCP('127.0.0.1', 80, f)", {"connectTCP"}),
        ("importlib.import_module('requests')", {"requests"}),
        ("__import__('ssl')", {"ssl"}),
        ("import asyncio, json", set()),
    ],
)
def test_the_lint_sees_what_it_looks_for(code: str, used: set[str]) -> None:
    assert set(uses_in(ast.parse(code))) == used
