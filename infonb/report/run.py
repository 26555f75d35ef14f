"""From a notebook and a journal to a finished file."""

from __future__ import annotations

import asyncio
import contextlib
import operator
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from infonb.errors import InfonbError
from infonb.files import NotWritten, write_text
from infonb.opening import file_of_journal, find_journal
from infonb.privacy.gate import LeftOut, doubts, quotes_in, stop_leaks
from infonb.report import withheld
from infonb.report.display import OWN
from infonb.report.sanitize import without_terminal_codes

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from infonb.report.kernel import Kernels


@dataclass(frozen=True)
class Made:
    """A report that was written.

    Attributes
    ----------
    path : pathlib.Path
    quotes : tuple of (str, str)
        How people are called and what they say in it, to be read once before it is sent.
    doubts : tuple of str
        Words in it that may be somebody's name, or an ordinary word: to be looked at, too.
    """

    path: Path
    quotes: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...] = ()


def build(
    notebook: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    journal: str | os.PathLike[str] | None = None,
    redact: bool = True,
) -> Path:
    """Run a notebook on a journal and write what it shows as one HTML file.

    The file needs no network and makes no request; charts, style and text are inside. It is
    written in one step: a failed report leaves an older one as it was. Before that it is searched
    for everybody and everything that is to be left out (`infonb.privacy.gate`).

    Parameters
    ----------
    notebook
        The ``.ipynb`` file; it stays as it is. Several make one report, each a chapter.
    out
        The HTML file to write; missing folders are made.
    journal
        A journal's file or address, or ``"sample:published"`` or ``"sample:example"``. None means
        the environment's ``INFONB_JOURNAL``, else the journal of the search folder in which the
        notebook lies or, failing that, you are; and without any the published sample.
    redact
        Whether interviewees go by their occupation ("Nurse 2") instead of their names. Without
        it those are named who may be.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    InfonbError
        When the notebook or the journal is not there, a cell fails, somebody who is to be left out
        is found in the page, or the file can't be written.

    Examples
    --------
    >>> import nbformat
    >>> story = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Who leads?")])
    >>> nbformat.write(story, tmp_path / "story.ipynb")
    >>> build(tmp_path / "story.ipynb", tmp_path / "story.html", journal="sample:example").name
    'story.html'
    """
    several = not isinstance(notebook, (str, os.PathLike))
    sources = [Path(one) for one in notebook] if several else [Path(notebook)]
    if not sources:
        raise InfonbError("A report needs a notebook at least; none was named.")
    executed = [*_run_each(sources, journal, redact)]
    return _write(Path(out), executed, several, private=not redact).path


def build_each(
    notebooks: Sequence[str | os.PathLike[str]],
    folder: str | os.PathLike[str],
    journal: str | os.PathLike[str] | None = None,
    redact: bool = True,
) -> Iterator[Made]:
    """Make a report of each notebook, and one of all together, each notebook run once.

    Parameters
    ----------
    notebooks
        ``.ipynb`` files; ``3-compare.ipynb`` becomes ``3-compare.html``.
    folder
        Where the files go; of several notebooks ``report.html`` holds all, chapter by chapter.
    journal, redact
        As in `build`.

    Yields
    ------
    Made
        Each file once it is written, with what people say in it.

    Raises
    ------
    InfonbError
        As in `build`; what was written by then stays.

    Examples
    --------
    >>> import nbformat
    >>> for name in ("1-pay", "2-hours"):
    ...     nbformat.write(nbformat.v4.new_notebook(), tmp_path / f"{name}.ipynb")
    >>> notebooks = sorted(tmp_path.glob("*.ipynb"))
    >>> [made.path.name for made in build_each(notebooks, tmp_path, journal="sample:example")]
    ['1-pay.html', '2-hours.html', 'report.html']
    """
    executed = []
    for one in _run_each([*map(Path, notebooks)], journal, redact):
        executed.append(one)
        yield _write(Path(folder) / f"{one.path.stem}.html", [one], False, private=not redact)
    if len(executed) > 1:
        yield _write(Path(folder) / "report.html", executed, True, private=not redact)


@dataclass(frozen=True)
class Executed:
    """A notebook with its outputs, and what a page made of it must not say.

    Before any page is written it has to pass `infonb.privacy.gate.stop_leaks`; what several
    notebooks leave out is added with ``|``.
    """

    path: Path
    notebook: NotebookNode
    left_out: LeftOut


def _write(target: Path, executed: Sequence[Executed], several: bool, private: bool) -> Made:
    """Write the page of one notebook, or of several as chapters, if nobody left out is in it."""
    from infonb.report.render import combined, page

    if several:
        made = page(combined((one.notebook, one.path.stem) for one in executed))
    else:
        made = page_of(executed[0].notebook, executed[0].path.stem)
    left_out = reduce(operator.or_, (one.left_out for one in executed))
    stop_leaks(made, left_out, f"The report {target}")
    write_page(target, made, private)
    unsure = (f"“{doubt.what}” {doubt.where} “{doubt.context}”" for doubt in doubts(made, left_out))
    return Made(target, tuple(quotes_in(made, left_out)), tuple(unsure))


def _run_each(
    paths: Sequence[Path], journal: str | os.PathLike[str] | None, redact: bool
) -> Iterator[Executed]:
    """Run notebooks beside one another, each in a kernel of its own; they come in their order."""
    from infonb.report.kernel import Kernels

    journals = [_journal_address(journal, path) for path in paths]
    with ExitStack() as ending:
        # what makes pages loads, and charts are drawn, while kernels are busy
        drawing = ending.enter_context(ThreadPoolExecutor(1))
        running = ending.enter_context(ThreadPoolExecutor(os.cpu_count()))
        kernels = ending.enter_context(Kernels())  # the first to end
        ready = drawing.submit(_get_ready)
        notebooks = [read_notebook(path) for path in paths]
        runs = [
            running.submit(_run, path, notebook, address, redact, kernels, drawing)
            for path, notebook, address in zip(paths, notebooks, journals, strict=True)
        ]
        ending.callback(lambda: [run.cancel() for run in runs])
        for run in runs:
            executed = run.result()
            ready.result()
            yield executed


def _run(
    path: Path,
    notebook: NotebookNode,
    journal: str,
    redact: bool,
    kernels: Kernels,
    drawing: ThreadPoolExecutor,
) -> Executed:
    from infonb.report.chart_svg import draw_ahead

    environment = {"INFONB_REDACT": "1" if redact else "0"}
    if journal:
        environment["INFONB_JOURNAL"] = journal
    written = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    notebook.cells.append(withheld.asking_cell(redact, written))
    drawn: list[Future[None]] = []

    def draw(cell: NotebookNode) -> None:
        drawn.append(drawing.submit(draw_ahead, cell))

    execute(notebook, path.resolve(), environment, kernels, draw)
    wait(drawn)
    return Executed(path, notebook, withheld.answered(notebook.cells.pop()))


def page_of(notebook: NotebookNode, name: str = "report") -> str:
    """The page of a notebook that has its outputs already.

    Parameters
    ----------
    notebook
        As nbformat reads it; it stays as it is.
    name
        What it goes by when it has no heading.

    Returns
    -------
    str
        HTML, complete in itself.
    """
    from infonb.report.blocks import tell
    from infonb.report.render import page

    return page(tell(notebook, name))


def _get_ready() -> None:
    from infonb.report import chart_svg
    from infonb.report.render import template
    from infonb.report.sanitize import safe_markdown
    from infonb.report.vega import vega_bundle

    chart_svg.get_ready()
    template()
    safe_markdown("")
    vega_bundle()


def _journal_address(journal: str | os.PathLike[str] | None, notebook: Path) -> str:
    """The journal as any working folder finds it; empty when none is named anywhere.

    Raises
    ------
    InfonbError
        When it is a file that is not there: a new, empty journal would make an empty report.
    """
    if journal is not None:
        named = os.fspath(journal)
    else:
        named = find_journal(notebook.absolute().parent) or find_journal() or ""
    file = file_of_journal(named) if named else None
    if file is None:
        return named
    if not file.exists():
        raise InfonbError(
            f"There is no journal {named}. Check the name, or make it with `infonb new FOLDER`;"
            ' "sample:published" shows the interviews that come with infonb.'
        )
    return str(file)


def write_page(target: Path, page: str, private: bool) -> None:
    """Write a file so that it is there whole or not at all.

    Raises
    ------
    InfonbError
        When the folder can't be written to.
    """
    try:
        with contextlib.suppress(FileExistsError):  # a file in the folder's place says so below
            target.parent.mkdir(parents=True, exist_ok=True)
        write_text(target, page, private=private)
    except (OSError, NotWritten) as error:
        reason = error if isinstance(error, OSError) else error.__cause__
        raise InfonbError(
            f"The report can't be written to {target}: {getattr(reason, 'strerror', reason)}."
            " Choose another folder, or close the program that has it open."
        ) from error


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
    kernels: Kernels,
    on_cell: Callable[[NotebookNode], object] = lambda cell: None,
) -> None:
    """Run every cell and keep what it shows in the notebook.

    Parameters
    ----------
    notebook
        Its outputs are replaced.
    path
        Where it comes from: the kernel works in that folder, errors name it.
    environment
        Variables for the kernel, beside those of this process.
    kernels
        Where it gets its kernel.
    on_cell
        Is handed each cell once it has run, while the kernel goes on; it must not take long.

    Raises
    ------
    InfonbError
        When a cell fails or the kernel ends early; it names the cell and the error.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    client = NotebookClient(
        notebook,
        timeout=None,
        skip_cells_with_tag=OWN,
        kernel_name="python3",
        kernel_manager_class=kernels.manager_class(),
        on_cell_executed=lambda cell, **_: on_cell(cell),
        resources={"metadata": {"path": str(path.parent)}},
    )
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    try:
        asyncio.run(client.async_execute(env={**kernels.environment, **environment}))
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
