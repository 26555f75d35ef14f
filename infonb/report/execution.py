"""Run a notebook from top to bottom in a fresh kernel of this very Python."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from infonb.errors import InfonbError
from infonb.files import scratch_folder
from infonb.report.sanitising import without_terminal_codes

if TYPE_CHECKING:
    from nbformat import NotebookNode


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in a file, in today's format.

    Raises
    ------
    InfonbError
        When there is no such file, or it is no notebook.
    """
    with _without_the_grammar_of_addresses():
        import nbformat

    if not path.is_file():
        raise InfonbError(
            f"There is no notebook {path}. Check the name; `infonb new FOLDER` makes a folder with"
            " all of them."
        )
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except OSError as error:
        raise InfonbError(f"{path} can't be read: {error.strerror or error}.") from error
    except (ValueError, AttributeError, KeyError, TypeError, nbformat.ValidationError) as error:
        # nbformat takes the shape of a notebook for granted before it looks for it
        reason = " ".join(str(error).split())[:200]
        raise InfonbError(f"{path} is not a notebook that can be read: {reason}") from error
    return notebook


def execute(
    notebook: NotebookNode,
    path: Path,
    environment: dict[str, str],
    on_cell: Callable[[NotebookNode], object] = lambda cell: None,
) -> NotebookNode:
    """Run every cell and keep what it shows in the notebook.

    Parameters
    ----------
    notebook
        Its outputs are replaced.
    path
        Where it comes from: the kernel works in that folder, errors name it.
    environment
        Variables for the kernel, beside those of this process.
    on_cell
        Is handed each cell once it has run, while the kernel goes on; it must not take long.

    Returns
    -------
    NotebookNode
        The same notebook, executed.

    Raises
    ------
    InfonbError
        When a cell fails or the kernel ends early; it names the cell and the error.
    """
    import zmq
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError
    from traitlets import default

    class ThisPython(KernelSpecManager):
        """Whatever kernel the notebook names, it runs in the Python that infonb runs in."""

        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            command = [sys.executable, "-P", "-m", "infonb.report.kernel"]
            return KernelSpec(
                argv=[*command, "-f", "{connection_file}"],
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

    client = NotebookClient(
        notebook,
        timeout=None,
        kernel_name="python3",
        kernel_manager_class=ThisPythonsKernel,
        on_cell_executed=lambda cell, **_: on_cell(cell),
        resources={"metadata": {"path": str(path.parent)}},
    )
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    with scratch_folder() as settings:
        # The person's own IPython start-up files belong to their sessions, not to a report; sets
        # keep one order, so that the same journal gives the same bytes.
        environment = {
            "PYTHONHASHSEED": "0",
            **os.environ,
            "IPYTHONDIR": str(settings),
            **environment,
        }
        try:
            return client.execute(env=environment)
        except CellExecutionError as error:
            number = _failed_cell(notebook)
            raise InfonbError(
                f"{path}: code cell {number} failed with {error.ename}: {_short(error.evalue)}\n"
                "No report was written. Open the notebook in JupyterLab and run it to see more."
            ) from error
        except (DeadKernelError, RuntimeError) as error:
            raise InfonbError(
                f"{path}: the kernel stopped while running the notebook ({error}). No report was"
                " written."
            ) from error


def _failed_cell(notebook: NotebookNode) -> int:
    """Which code cell, counted from 1 as JupyterLab does, shows an error."""
    code = [c for c in notebook.cells if c.cell_type == "code" and c.source.strip()]
    failed = [
        number
        for number, cell in enumerate(code, start=1)
        if any(output.output_type == "error" for output in cell.outputs)
        and "raises-exception" not in cell.metadata.get("tags", [])
    ]
    return failed[-1] if failed else len(code)


def _short(message: str) -> str:
    """The beginning of an error's message, without the colours of a terminal."""
    plain = without_terminal_codes(message).strip()
    return plain if len(plain) <= 600 else f"{plain[:600]}…"


@contextlib.contextmanager
def _without_the_grammar_of_addresses() -> Iterator[None]:
    """Let jsonschema load without a grammar it would compile for 2 s and a notebook never needs."""
    name = "rfc3987_syntax"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[name]
