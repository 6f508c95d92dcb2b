"""A process of the fork server that does not import the parent's main module. Not for anything else a process is.

multiprocessing has every child import what the parent was started as, so that functions defined there are found. Ours
never are, and that main module is the whole program: 1.3 s of CPU and its memory, for each worker.
"""

import io
import os
from multiprocessing import forkserver, popen_forkserver, reduction, spawn, util
from multiprocessing.context import ForkServerProcess, set_spawning_popen
from multiprocessing.process import BaseProcess


class BareProcess(ForkServerProcess):
    """Its target must stand in a module that can be imported."""

    @staticmethod
    def _Popen(process_obj: BaseProcess) -> "BarePopen":  # noqa: N802
        return BarePopen(process_obj)


class BarePopen(popen_forkserver.Popen):
    """CPython's own, 3.11 to 3.14, without the two keys that name the main module."""

    def _launch(self, process_obj: BaseProcess) -> None:
        about = spawn.get_preparation_data(process_obj.name)
        about.pop("init_main_from_name", None)
        about.pop("init_main_from_path", None)
        buffer = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump(about, buffer)
            reduction.dump(process_obj, buffer)
        finally:
            set_spawning_popen(None)
        self.sentinel, writer = forkserver.connect_to_new_process(self._fds)  # type: ignore[attr-defined]
        held = os.dup(writer)  # the child sees by its other end that we are gone
        self.finalizer = util.Finalize(self, close_both, (held, self.sentinel))
        with os.fdopen(writer, "wb") as file:
            file.write(buffer.getbuffer())
        self.pid = forkserver.read_signed(self.sentinel)


def close_both(one: int, other: int) -> None:
    """Close two file descriptors."""
    os.close(one)
    os.close(other)
