"""Starting and stopping: nothing is left behind, and two starts show the same."""

import signal
import socket
import subprocess
import sys
import threading

import pytest

from bowerbird.demo.newsroom.running import running_newsroom
from tests.bowerbird.demo.newsroom.visitor import visit


def test_stopping_leaves_no_thread_no_port_and_no_signal_handler() -> None:
    handler, threads = signal.getsignal(signal.SIGINT), set(threading.enumerate())
    with running_newsroom() as newsroom:
        assert signal.getsignal(signal.SIGINT) is handler
        ports = [int(host.rpartition(":")[2]) for host in newsroom.hosts]
    assert set(threading.enumerate()) == threads
    for port in ports:
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=1)


def test_each_publication_has_a_host_of_its_own_on_loopback() -> None:
    with running_newsroom() as newsroom:
        assert len(set(newsroom.hosts)) == 3
        assert all(host.startswith("127.0.0.1:") for host in newsroom.hosts)


def test_a_port_that_is_taken_is_reported_and_the_others_are_given_back() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), running_newsroom(ports=(0, 0, port)):
            pytest.fail("it started")


def test_an_error_within_the_block_stops_the_servers_too() -> None:
    with pytest.raises(KeyError), running_newsroom() as newsroom:
        raise KeyError(newsroom.hosts[0])


def test_two_starts_on_the_same_ports_serve_the_same_bytes() -> None:
    tags: list[list[str]] = []
    ports = (0, 0, 0)
    for _ in range(2):
        with running_newsroom(ports=ports) as newsroom:
            first, second, third = (int(host.rpartition(":")[2]) for host in newsroom.hosts)
            ports = (first, second, third)
            urls = [source.url for source in newsroom.sources] + [newsroom.url_of("tool-library")]
            tags.append([visit(url).headers["ETag"] for url in urls])
    assert tags[0] == tags[1]


def test_the_command_serves_until_interrupted() -> None:
    command = [sys.executable, "-m", "bowerbird.demo.newsroom", "--publish-every", "0.1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = [process.stdout.readline() for _ in range(5)]
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
        assert [line.split("\t")[1] for line in lines[:4]] == ["feed", "feed", "sitemap", "section"]
        assert lines[4].startswith("published\thttp://127.0.0.1:")
        assert "requests answered" in process.stderr.read()
