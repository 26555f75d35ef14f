"""A real browser for what only a browser can show.

`browser` is one Chromium for the whole run. `stage` shows a card on a blank page, joined to the
real Python side without a kernel between them. `lab` is a real JupyterLab, `lab_page` a page in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import find_chromium
import pytest
from jupyterlab_server import Lab, LabPage, chromium_arguments, new_lab_page

ORIGIN = "http://localhost:8123"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium that tests use."""
    path = find_chromium.find()
    assert path, "No Chromium found: install it, or name it in INFONB_CHROMIUM."
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments())
        yield running
        running.close()


# ---------------------------------------------------------------- a card on a blank page

STAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>card</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body{margin:0;padding:8px}</style></head><body><main></main></body></html>"""

MOUNT = """async ({script, journal, sketch, sample}) => {
  const url = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
  const widget = (await import(url)).default;
  const heard = new Set();
  window.hearFromPython = (message) => heard.forEach((hear) => hear(message));
  const model = {
    get: (name) => ({journal_id: journal, sketch, sample})[name],
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
        state = {"journal": widget.journal_id, "sketch": widget.sketch, "sample": widget.sample}
        page.evaluate(MOUNT, {"script": str(widget._esm), **state})
        page.locator('.infonb-capture .status:not([data-state="opening"])').wait_for(
            state="attached"
        )
        return page


@pytest.fixture
def stage(browser: Any) -> Iterator[Stage]:
    shown = Stage(browser)
    yield shown
    shown.context.close()
    assert not shown.complaints, shown.complaints


# ---------------------------------------------------------------- a real JupyterLab


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    server = Lab(tmp_path_factory.mktemp("lab"))
    yield server
    server.stop()


@pytest.fixture
def lab_context(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def lab_page(lab_context: Any, lab: Lab) -> LabPage:
    return new_lab_page(lab_context, lab)
