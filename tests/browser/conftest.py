"""A real browser for what only a browser can show.

`browser` is one Chromium for the whole run. `stage` shows a card on a blank page, joined to the
real Python side without a kernel between them. `lab` is a real JupyterLab, `lab_page` a page in it.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

ORIGIN = "http://localhost:8123"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str:
    named = os.environ.get("INFONB_CHROMIUM")
    found = named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    assert found, "No Chromium found: install it, or name it in INFONB_CHROMIUM."
    return found


def chromium_arguments() -> list[str]:
    arguments = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*arguments, "--no-sandbox"] if as_root else arguments


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=find_chromium(), args=chromium_arguments()
        )
        yield running
        running.close()


# ---------------------------------------------------------------- a card on a blank page

STAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>card</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{margin:0;padding:8px}</style></head><body><main></main></body></html>"""

MOUNT = """async ({script, journal}) => {
  const url = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
  const widget = (await import(url)).default;
  const heard = new Set();
  window.hearFromPython = (message) => heard.forEach((hear) => hear(message));
  const model = {
    get: (name) => ({journal_id: journal})[name],
    on: (_event, hear) => heard.add(hear),
    off: (_event, hear) => heard.delete(hear),
    send: (message) => {
      if (window.kernelDead) throw new Error("the kernel is dead");
      if (!window.kernelSilent) window.toPython(message).then((answers) => answers.forEach(window.hearFromPython));
    },
  };
  const el = document.createElement("div");
  el.className = "cell";
  document.querySelector("main").append(el);
  const controller = new AbortController();
  const leave = widget.render({model, el, signal: controller.signal});
  window.unmount = () => { leave(); controller.abort(); el.remove(); };
}"""


class Stage:
    """Cards on pages of one browser context: one origin, so one localStorage for all."""

    def __init__(self, browser: Any, dark: bool = False, width: int = 900) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 1000},
            color_scheme="dark" if dark else "light",
        )
        self.context.set_default_timeout(5000)
        self.context.route(
            "**/*", lambda route: route.fulfill(body=STAGE, content_type="text/html")
        )
        self.complaints: list[str] = []

    def page(self) -> Any:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(ORIGIN)
        return page

    def show(self, widget: Any, page: Any = None) -> Any:
        """Show a widget on a page, as running its cell does; what was shown before goes."""
        page = page or self.page()
        answers: list[dict[str, Any]] = []
        widget.send = lambda message, buffers=None: answers.append(message)

        def to_python(message: dict[str, Any]) -> list[dict[str, Any]]:
            page_widget = page.infonb_widget
            page_widget._handle_custom_msg(message, [])
            given, page.infonb_answers[:] = list(page.infonb_answers), []
            return given

        if not hasattr(page, "infonb_widget"):
            page.expose_function("toPython", to_python)
        page.infonb_widget, page.infonb_answers = widget, answers
        page.evaluate("() => window.unmount && window.unmount()")
        page.add_style_tag(content=str(widget._css))
        page.evaluate(MOUNT, {"script": str(widget._esm), "journal": widget.journal_id})
        page.locator(".infonb-capture .body").wait_for()
        return page


@pytest.fixture
def stage(browser: Any) -> Iterator[Stage]:
    shown = Stage(browser)
    yield shown
    shown.context.close()
    assert not shown.complaints, shown.complaints


# ---------------------------------------------------------------- a real JupyterLab


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Lab:
    """A JupyterLab server with folders of its own."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "root"
        self.root.mkdir()
        self.log = folder / "lab.log"
        self.base = f"http://127.0.0.1:{free_port()}"
        self.process = self._start(folder)
        self._wait()

    def _start(self, folder: Path) -> subprocess.Popen[bytes]:
        settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True)
        (settings / "notification.jupyterlab-settings").write_text(
            '{"fetchNews": "false", "checkForUpdates": false}', encoding="utf-8"
        )
        places = {
            "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime", "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython",
        }  # fmt: skip
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("INFONB_")},
            **{name: str(folder / place) for name, place in places.items()},
        }
        with self.log.open("w", encoding="utf-8") as log:
            return subprocess.Popen(
                [
                    sys.executable, "-m", "jupyter", "lab", "--no-browser", "--ip=127.0.0.1",
                    f"--port={self.base.rsplit(':', 1)[1]}", "--allow-root",
                    "--ServerApp.port_retries=0", "--IdentityProvider.token=",
                    "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True",
                    "--LabApp.expose_app_in_browser=True",
                    "--LabApp.extension_manager=readonly", f"--ServerApp.root_dir={self.root}",
                    # tests kill kernels often: notice soon, and never give up restarting
                    "--KernelRestarter.time_to_dead=0.5", "--KernelRestarter.restart_limit=1000",
                ],
                env=environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def _wait(self) -> None:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                self.api("/api/status")
                return
            except OSError:
                assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
                time.sleep(0.1)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def api(self, path: str, method: str = "GET") -> Any:
        request = urllib.request.Request(
            self.base + path, method=method, data=b"" if method == "POST" else None
        )
        with urllib.request.urlopen(request, timeout=20) as reply:
            body = reply.read()
        return json.loads(body) if body else None

    def notebook(self, name: str, *cells: str) -> str:
        """Write a notebook with these code cells into the served folder; its name."""
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        book = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(cell) for cell in cells],
            metadata={"kernelspec": kernel},
        )
        nbformat.write(book, self.root / name)
        return name

    def stop(self) -> None:
        for kernel in self.api("/api/kernels"):
            self.api(f"/api/kernels/{kernel['id']}", "DELETE")
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    server = Lab(tmp_path_factory.mktemp("lab"))
    yield server
    server.stop()


READY = """name => { const current = window.jupyterapp?.shell?.currentWidget;
  return current?.context?.path === name && current.context.isReady
    && current.sessionContext?.session?.kernel?.status === "idle"; }"""
RUN_ALL = """async () => { const current = window.jupyterapp.shell.currentWidget;
  await current.context.ready; await current.sessionContext.ready;
  await current.sessionContext.session.kernel.info;
  await window.jupyterapp.commands.execute("notebook:run-all-cells"); }"""
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


class LabPage:
    """A browser page with a notebook open in JupyterLab; `page` is Playwright's own."""

    def __init__(self, page: Any, lab: Lab) -> None:
        self.page, self.lab = page, lab

    def open(self, name: str) -> LabPage:
        self.page.goto(f"{self.lab.base}/doc/tree/{name}?reset", wait_until="domcontentloaded")
        return self.ready(name)

    def ready(self, name: str) -> LabPage:
        self.page.wait_for_function(READY, arg=name, timeout=60_000)
        return self

    def run_all(self) -> None:
        self.page.evaluate(RUN_ALL)

    def save(self) -> None:
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def theme(self, name: str) -> None:
        self.page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})",
            THEMES[name],
        )
        light = "true" if name == "light" else "false"
        self.page.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached")


@pytest.fixture
def lab_context(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def lab_page(lab_context: Any, lab: Lab) -> LabPage:
    return new_lab_page(lab_context, lab)


def new_lab_page(context: Any, lab: Lab) -> LabPage:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    return LabPage(page, lab)
