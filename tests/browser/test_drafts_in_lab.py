"""Drafts in a real JupyterLab: copied with one click, or selected where copying isn't allowed."""

from __future__ import annotations

from typing import Any

from jupyterlab_server import Lab, LabPage

import infonb

SHOW = "import infonb; infonb.widgets.Debrief(infonb.open('drafts.db'))"
NOTE = "Dear Ada, “thank you” 🌱\nfor your time."


def test_a_draft_is_copied_or_selected_and_opens_in_the_mail_program(
    lab: Lab, lab_page: LabPage, lab_context: Any
) -> None:
    with infonb.open(lab.root / "drafts.db") as journal:
        interview = journal.plan_interview(
            journal.add_person("Ada Confidential", email="ada@example.org"),
            journal.add_occupation("Bridge inspector"),
        )
        journal.finish_interview(interview)
        journal.add_task(interview, "thank_you", draft=NOTE)
    lab_context.set_default_timeout(30_000)
    lab_context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab_page.open(lab.notebook("drafts.ipynb", SHOW)).run_all()
    page = lab_page.page
    page.locator(".infonb-form .widget-toggle-button", has_text="Thanks").click()
    thanks = page.locator(".infonb-draft").first
    copies = thanks.get_by_role("button", name="Copy: thank-you note")

    copies.click()
    thanks.get_by_role("status").get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == NOTE
    link = thanks.get_by_role("link", name="Open in your mail program").get_attribute("href")
    assert link is not None and link.startswith("mailto:ada@example.org?subject=Thank%20you")

    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }"
    )
    copies.click()
    thanks.get_by_role("status").get_by_text("press Ctrl+C").wait_for()
    assert page.evaluate("String(getSelection())") == NOTE
