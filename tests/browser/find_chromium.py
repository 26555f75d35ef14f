"""Finds the Chromium that tests use, and installs one where there is none.

In this order: the one that infonb itself prints with, Playwright's own, Debian's (apt, when root).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from infonb.report.pdf import find_chromium


def find() -> str | None:
    """The path of a Chromium that is there, or None."""
    return find_chromium() or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def install() -> str | None:
    """Install a Chromium; its path, or None when none can be had."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("== installing Debian's Chromium")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        subprocess.run(
            [*command, "fonts-dejavu-core"], env=quiet, check=False, stdout=subprocess.DEVNULL
        )
        if path := find():
            return path
    print("== installing Playwright's Chromium")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return find()


def main() -> int:
    """Print the path; with ``--install`` get one first where there is none."""
    path = find()
    if path is None and "--install" in sys.argv:
        path = install()
    if path is None:
        print(
            "No Chromium was found and none could be installed. Install Chromium or Chrome, or set "
            "INFONB_CHROMIUM to its path; the browser tests can't run without one.",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
