"""What one worker answers, and when it ends. Run in this process: the pipe is all it knows."""

import pickle
import resource
import threading
from multiprocessing import Pipe

import pytest

from crawler.errors import UnreadableDocument
from crawler.worker import PICKLE_PROTOCOL, Reply, Task, limit_cpu, limit_memory, run_task, serve_tasks
from tests.crawler import chores


@pytest.fixture
def limits_kept(monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[int, int]]:
    """What the worker asks of the system, which is not done: it would bind the test process."""
    asked: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", asked.__setitem__)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    return asked


@pytest.mark.usefixtures("limits_kept")
def test_it_answers_in_order_until_the_pipe_is_closed() -> None:
    ours, theirs = Pipe()
    thread = threading.Thread(target=serve_tasks, args=(theirs, 1 << 30))
    thread.start()
    for value in ("a", b"b" * 100_000, None):
        ours.send_bytes(pickle.dumps(Task(chores.echo, (value,), 5), PICKLE_PROTOCOL))
        assert pickle.loads(ours.recv_bytes()) == Reply(value=value)
    ours.close()
    thread.join(5)
    assert not thread.is_alive()
    theirs.close()


@pytest.mark.usefixtures("limits_kept")
def test_it_ends_when_nobody_takes_its_answer() -> None:
    ours, theirs = Pipe()
    ours.send_bytes(pickle.dumps(Task(chores.echo, (1,), 5), PICKLE_PROTOCOL))
    ours.close()
    thread = threading.Thread(target=serve_tasks, args=(theirs, 1 << 30))
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    theirs.close()


@pytest.mark.usefixtures("limits_kept")
def test_an_error_of_ours_is_an_answer_and_any_other_ends_it() -> None:
    reply = run_task(Task(chores.object_to, (), 5))
    assert isinstance(reply.error, UnreadableDocument)
    with pytest.raises(AssertionError, match="a parser's own"):
        run_task(Task(chores.fail, (), 5))


@pytest.mark.parametrize(
    ("hard", "expected"), [(resource.RLIM_INFINITY, 1000), (2000, 1000), (400, 400)], ids=["none", "above", "below"]
)
def test_a_limit_of_the_system_is_not_exceeded(
    hard: int, expected: int, limits_kept: dict[int, tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (hard, hard))
    monkeypatch.setattr("time.process_time", lambda: 0.0)
    limit_memory(1000)
    limit_cpu(999)
    assert limits_kept == {resource.RLIMIT_AS: (expected, hard), resource.RLIMIT_CPU: (expected, hard)}
