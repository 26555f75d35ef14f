"""What infonb needs from the computer: is it there, and if not, what to do."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from infonb.errors import InfonbError

State = Literal["ok", "note", "wrong"]

_OLDEST_PYTHON = (3, 11)
_EXTENSIONS = {"@jupyter-widgets/jupyterlab-manager": "ipywidgets", "anywidget": "anywidget"}
_OLDEST_MANAGER = 5
"""JupyterLab's side of ipywidgets 8."""
_OLDEST_JAVA = 17
"""What Spark 4 runs on."""
_NEEDS_AN_ENVIRONMENT = (
    "Install infonb into an environment of its own: python -m venv env, then"
    " env/bin/python -m pip install infonb (on Windows env\\Scripts\\python)."
)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes
    ----------
    about : str
        What: ``"Python"``, ``"packages"``, …
    state : str
        ``"ok"``; ``"note"`` where something optional is missing or may go wrong; ``"wrong"``.
    found : str
        What was found, a sentence.
    to_do : str
        What to do about it; empty when nothing is to be done.
    """

    about: str
    state: State
    found: str
    to_do: str = ""

    def __str__(self) -> str:
        line = f"{self.state:5}  {self.about}: {self.found}"
        return f"{line}\n       {self.to_do}" if self.to_do else line


def examine(journal: str | None = None) -> list[Check]:
    """Look at everything infonb needs here, and say what to do where something is missing.

    Nothing is made, changed or sent.

    Parameters
    ----------
    journal : str, optional
        The journal to look at: a file, a URL or a sample. By default the one of the folder one
        is in, else the one in the user's data folder.

    Returns
    -------
    list of Check
        One each for Python, the packages, JupyterLab's extensions, its kernel, the browser, Java,
        the journal and its folder.

    See Also
    --------
    show_versions : which versions are in use, to be pasted into a report of a fault.

    Examples
    --------
    >>> checks = examine("sample:example")
    >>> [check.about for check in checks][:2]
    ['Python', 'packages']
    """
    looks: tuple[Callable[[], Iterator[Check]], ...] = (
        _python, _packages, _extensions, _kernel, _browser, _java, lambda: _journal(journal),
    )  # fmt: skip
    return [check for look in looks for check in look()]


def show_versions() -> None:
    """Print the versions of infonb, Python, the system and every package infonb needs.

    Returns
    -------
    None

    See Also
    --------
    examine : whether all of them are right, and what to do; the command is ``infonb doctor``.

    Examples
    --------
    >>> show_versions()  # doctest: +ELLIPSIS
    infonb: ...
    """
    import infonb

    print(f"infonb: {infonb.__version__}")
    print(f"Python: {platform.python_version()} ({platform.python_implementation()})")
    print(f"system: {platform.system()} {platform.release()} {platform.machine()}")
    for name in sorted({name for name, _, _ in _requirements(with_extras=True)}, key=str.lower):
        print(f"{name}: {_version(name) or 'not installed'}")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _requirements(with_extras: bool = False) -> list[tuple[str, str, Callable[[str], bool]]]:
    """Name, wanted versions, and whether a version is one; those of the installed infonb."""
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(line) for line in metadata.requires("infonb") or ()]
    except metadata.PackageNotFoundError:  # a bare folder on the path
        return []
    extras = ["", *("postgres duckdb polars spark skills words".split() if with_extras else ())]
    return [
        (each.name, str(each.specifier), lambda v, each=each: each.specifier.contains(v, True))
        for each in wanted
        if each.name != "infonb"
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in extras)
    ]


def _python() -> Iterator[Check]:
    found = f"{platform.python_version()}, {sys.executable}"
    if sys.version_info < _OLDEST_PYTHON:
        yield Check("Python", "wrong", found, "infonb needs Python 3.11 or newer; install one.")
    else:
        yield Check("Python", "ok", found)


def _packages() -> Iterator[Check]:
    wanted = _requirements()
    if not wanted:
        yield Check("packages", "note", "infonb runs from a folder that isn't installed, so"
                    " nothing says what it needs",
                    f"{sys.executable} -m pip install -e FOLDER")  # fmt: skip
        return
    wrong = [
        f"{name} {version or 'is missing'} (wanted {versions or 'any'})"
        for name, versions, fits in wanted
        if (version := _version(name)) is None or not fits(version)
    ]
    if wrong:
        yield Check("packages", "wrong", "; ".join(wrong), _NEEDS_AN_ENVIRONMENT)
    else:
        yield Check("packages", "ok", f"all {len(wanted)} are there, in versions that fit")


def _extensions() -> Iterator[Check]:
    """The browser's half of the forms: there, of the right kind, and not switched off."""
    from jupyter_core.paths import jupyter_config_path, jupyter_path
    from jupyter_server.services.config.manager import ConfigManager

    about = "forms in JupyterLab"
    there = {
        name: json.loads(described.read_text(encoding="utf-8"))
        for folder in reversed(jupyter_path("labextensions"))
        for name in _EXTENSIONS
        if (described := Path(folder, name, "package.json")).is_file()
    }
    settings = [os.path.join(folder, "labconfig") for folder in jupyter_config_path()]
    off = ConfigManager(read_config_path=settings).get("page_config").get("disabledExtensions", {})
    off = [each for each in off if not isinstance(off, dict) or off[each]]
    off = [name for name in _EXTENSIONS if any(each.split(":")[0] == name for each in off)]
    missing = [name for name in _EXTENSIONS if name not in there]
    manager = str(there.get("@jupyter-widgets/jupyterlab-manager", {}).get("version", ""))
    if missing:
        packages = " ".join(_EXTENSIONS[name] for name in missing)
        yield Check(about, "wrong", f"the extension {' and '.join(missing)} is missing, so a form"
                    " shows as a line of text", f"{sys.executable} -m pip install --force-reinstall"
                    f" {packages}, then start JupyterLab again")  # fmt: skip
    elif off:
        yield Check(about, "wrong", f"{' and '.join(off)} is switched off", "; ".join(
            f"jupyter labextension enable {name}" for name in off))  # fmt: skip
    elif (number := re.match(r"\d+", manager)) and int(number[0]) < _OLDEST_MANAGER:
        found = f"JupyterLab's side of ipywidgets is {manager}, of ipywidgets 7"
        yield Check(about, "wrong", found, _NEEDS_AN_ENVIRONMENT)
    else:
        yield Check(about, "ok", "both extensions are there and switched on")


def _kernel() -> Iterator[Check]:
    """Whether notebooks run in the Python that has infonb."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    to_do = f"{sys.executable} -m ipykernel install --sys-prefix"
    try:
        program = KernelSpecManager().get_kernel_spec("python3").argv[0]
    except NoSuchKernel:
        yield Check("kernel", "wrong", "JupyterLab has no kernel python3 here", to_do)
        return
    same = os.path.realpath(program) == os.path.realpath(sys.executable)
    if program.startswith("python") or (
        same and Path(program).parent == Path(sys.executable).parent
    ):
        yield Check("kernel", "ok", "notebooks run in this Python")
    else:
        yield Check("kernel", "wrong", f"notebooks run in {program}, where infonb may be missing",
                    to_do)  # fmt: skip


def _browser() -> Iterator[Check]:
    from infonb.report.pdf import find_chromium

    about = "browser for --pdf"
    try:
        found = find_chromium()
    except InfonbError as error:
        yield Check(about, "wrong", str(error), "Name one that is there, or unset it.")
        return
    if found:
        yield Check(about, "ok", found)
    else:
        yield Check(about, "note", "none of Chromium, Chrome, Edge and Brave is here",
                    "Only `infonb report --pdf` needs one; any browser can print the"
                    " HTML file.")  # fmt: skip


def _java() -> Iterator[Check]:
    """Spark's Java matters where Spark is installed, and nowhere else."""
    about = "Java for Spark"
    if _version("pyspark") is None:
        yield Check(about, "ok", "Spark isn't installed, so none is needed")
        return
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home, "bin"))) if home else shutil.which("java")
    to_do = f"Install Java {_OLDEST_JAVA} or newer, or set JAVA_HOME to one; pandas needs none."
    if java is None:
        yield Check(about, "wrong", "Spark is installed and Java isn't found", to_do)
        return
    said = subprocess.run([java, "-version"], capture_output=True, encoding="utf-8",
                          errors="replace", timeout=60).stderr  # fmt: skip
    number = re.search(r'version "(\d+)', said)
    old = number is None or int(number[1]) < _OLDEST_JAVA
    found = f"{java}, {number[1] if number else 'of a version it does not tell'}"
    yield Check(about, "wrong" if old else "ok", found, to_do if old else "")


def _journal(named: str | None) -> Iterator[Check]:
    from infonb.journal.risky_folders import danger_of
    from infonb.opening import check_journal, data_journal, file_of_journal, find_journal

    location = named or find_journal() or data_journal()
    try:
        file = file_of_journal(location)
    except InfonbError as error:
        yield Check("journal", "wrong", str(error))
        return
    if file is None:
        shown = location.split("://")[0] + "://…" if "://" in location else location
    else:
        shown = str(file)
    if file and not file.exists():
        if named or find_journal():
            yield Check("journal", "wrong", f"there is no file {file}", "Name the right one with"
                        " --journal, or bring a backup back with `infonb restore`.")  # fmt: skip
        else:
            yield Check("journal", "note", "none is here yet",
                        "infonb new my-search makes a folder with one.")  # fmt: skip
        return
    problems = check_journal(location)
    if problems:
        yield Check("journal", "wrong", f"{shown}: {problems[0]}",
                    " ".join(problems[1:]) or "infonb check says more.")  # fmt: skip
    else:
        yield Check("journal", "ok", f"{shown} is sound")
    if file:
        yield _folder(file, danger_of(str(file)))


def _folder(file: Path, danger: str | None) -> Check:
    if not os.access(file.parent, os.W_OK):
        return Check("folder", "wrong", f"{file.parent} can't be written to",
                     "Move the journal into a folder of your own.")  # fmt: skip
    if danger:
        return Check("folder", "note", f"the journal lies {danger}, which can damage it while it is"
                     " in use, and others may read it there", "Move it to a folder of this computer"
                     " alone, and let the other hold backups: infonb backup FILE.")  # fmt: skip
    return Check("folder", "ok", f"{file.parent} is of this computer alone")
