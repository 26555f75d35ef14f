"""The kernels of a report's notebooks: forked from one process that has imported all they need.

Importing pandas, Altair and infonb takes longer than most notebooks run. One process does it, while
the report's own side imports what makes pages; each notebook then runs in a fork of it, as fresh
as any kernel and beside the others. Where there is no safe fork (Windows, macOS) each notebook has
a kernel that imports for itself.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import warnings
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager

CAN_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # Apple's libraries bear no fork

_MODULE = "infonb.report.kernel"
_WARM = "--warm"
_IMPORTED = (
    "ipykernel.kernelapp", "pandas", "pyarrow.compute", "infonb.charts", "infonb.report",
    "infonb.report.withheld", "infonb.opening", "infonb.exchange", "infonb.findings",
)  # fmt: skip


class Kernels:
    """Starts kernels of this very Python, until it is closed.

    Attributes
    ----------
    environment
        Variables that every kernel has.
    """

    def __init__(self) -> None:
        from infonb.files import scratch_folder

        self._open = contextlib.ExitStack()
        # The person's own IPython start-up files belong to their sessions, not to a report; sets
        # keep one order, so that the same journal gives the same bytes.
        self.environment = {
            "PYTHONHASHSEED": "0",
            **os.environ,
            "IPYTHONDIR": str(self._open.enter_context(scratch_folder())),
        }
        self._forks = self._open.enter_context(_Forks(self.environment)) if CAN_FORK else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def manager_class(self) -> type[AsyncKernelManager]:
        """What nbclient starts a kernel with, whatever kernel a notebook names."""
        import zmq
        from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
        from jupyter_client.manager import AsyncKernelManager
        from traitlets import default

        forks = self._forks

        class ThisPython(KernelSpecManager):
            def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
                return KernelSpec(
                    argv=[sys.executable, "-P", "-m", _MODULE, "-f", "{connection_file}"],
                    display_name="Python 3",
                    language="python",
                    metadata={"supported_encryption": ["curve"]},
                )

        class ThisPythonsKernel(AsyncKernelManager):
            @default("kernel_spec_manager")
            def _this_python(self) -> KernelSpecManager:
                return ThisPython(parent=self)

            @default("transport_encryption")
            def _encrypted(self) -> str:
                # other people of a shared machine could read what passes through its ports
                return "auto" if zmq.has("curve") else "disabled"

            async def _async_launch_kernel(self, kernel_cmd: list[str], **options: Any) -> None:
                if forks is None:
                    return await super()._async_launch_kernel(kernel_cmd, **options)
                started: Any = self.provisioner
                arguments = kernel_cmd[kernel_cmd.index(_MODULE) + 1 :]
                folder = str(options.get("cwd") or ".")
                started.process = forks.start(arguments, folder, options["env"])
                started.pid = started.pgid = started.process.pid

        return ThisPythonsKernel


class _Forks:
    """The process that has imported everything, and how it is asked for a fork."""

    def __init__(self, environment: dict[str, str]) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", "-m", _MODULE, _WARM, str(theirs.fileno())]
            self._process = subprocess.Popen(
                command, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
        self._socket, self._stream = ours, ours.makefile("rw", encoding="utf-8")
        self._turn = threading.Lock()
        self._started: list[_Fork] = []

    def start(self, arguments: list[str], folder: str, environment: dict[str, str]) -> _Fork:
        """A kernel that works in a folder, with its variables."""
        with self._turn:
            try:
                self._stream.write(json.dumps([arguments, folder, environment]) + "\n")
                self._stream.flush()
                answer = self._stream.readline()
            except OSError:
                answer = ""
            if not answer:
                raise RuntimeError("it could not be started")
            self._started.append(_Fork(int(answer)))
            return self._started[-1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for kernel in self._started:
            kernel.kill()
        self._stream.close()
        self._socket.close()
        self._process.kill()
        self._process.wait()


class _Fork:
    """A child of a child, with what `subprocess.Popen` offers of a child of one's own."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        from psutil import NoSuchProcess, Process

        self.pid = pid
        self._gone = NoSuchProcess
        try:
            self._process = Process(pid)
        except NoSuchProcess as error:
            raise RuntimeError("it ended at once") from error

    def poll(self) -> int | None:
        return None if self._process.is_running() else 0

    def wait(self) -> int:
        self._process.wait()
        return 0

    def send_signal(self, number: int) -> None:
        with contextlib.suppress(self._gone):
            self._process.send_signal(number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _forked(asked: socket.socket) -> list[str]:
    """Import what reports need, and fork at every request; comes back in the forks alone."""
    for name in _IMPORTED:
        with contextlib.suppress(ImportError):  # the notebook that needs it will say so
            importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    stream = asked.makefile("rw", encoding="utf-8")
    for request in stream:
        warm = os.getpid()
        with warnings.catch_warnings():
            # the libraries keep threads, and they are idle just now
            warnings.filterwarnings("ignore", "This process .* is multi-threaded")
            kernel = os.fork()
        if kernel == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            stream.close()
            asked.close()
            arguments, folder, environment = json.loads(request)
            os.chdir(folder)
            os.environ.clear()
            os.environ.update(environment)
            return [*arguments, f"--IPKernelApp.parent_handle={warm}"]
        stream.write(f"{kernel}\n")
        stream.flush()
    sys.exit()


def main() -> None:
    """Start the IPython kernel with the arguments of the command line."""
    # jsonschema compiles a grammar of internationalised addresses on import (2 s) when this
    # package is there. Charts are checked against a schema without such addresses.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    if _WARM in sys.argv:
        sys.argv[1:] = _forked(socket.socket(fileno=int(sys.argv[-1])))
    from ipykernel import kernelapp

    kernelapp.launch_new_instance(extra_extensions=[__spec__.name])


def load_ipython_extension(shell: Any) -> None:
    """Let charts come into the report as what it draws: infonb's and everybody else's.

    Nothing is imported for it: the shell waits until somebody shows a chart.
    """
    bundles = shell.display_formatter.mimebundle_formatter
    bundles.for_type_by_name("infonb.charts.chart", "Chart", lambda chart: chart.for_report())
    bundles.for_type_by_name("altair.vegalite.v6.api", "TopLevelMixin", _as_data)


def _as_data(chart: Any) -> dict[str, Any]:
    """What the report draws of a chart that is none of ours, whichever renderer is enabled."""
    spec = chart.to_dict()
    words = str(spec.get("description") or "Chart")
    return {"application/vnd.vegalite.v6+json": spec, "text/plain": words}


if __name__ == "__main__":
    main()
