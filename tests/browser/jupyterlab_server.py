"""A real JupyterLab for the tests, the pictures and the benchmark: its server, and a page in it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import nbformat


def chromium_arguments() -> list[str]:
    """What Chromium needs to run without a screen, also as root."""
    arguments = ["--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*arguments, "--no-sandbox"] if as_root else arguments


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


def new_lab_page(context: Any, lab: Lab) -> LabPage:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    return LabPage(page, lab)
