"""Lists of the forms in a real JupyterLab: also the entry that means "none" is seen."""

from __future__ import annotations

from jupyterlab_server import Lab, LabPage

import infonb

SHOW = "import infonb; journal = infonb.open('lists.db'); infonb.widgets.{form}(journal)"
SHOWN = """selects => selects.map(select => select.selectedOptions[0]?.label.replaceAll("\\u00a0", " "))"""


def test_no_list_is_blank_and_none_can_be_chosen_again(lab: Lab, lab_page: LabPage) -> None:
    path = lab.root / "lists.db"
    with infonb.open(path) as journal:
        journal.add_occupation("Bridge inspector", interest=4)
    lab_page.open(
        lab.notebook("lists.ipynb", *(SHOW.format(form=f) for f in ("Prepare", "Decide")))
    )
    lab_page.run_all()
    lists = lab_page.page.locator(".infonb-form select")
    lab_page.page.locator(".infonb-form").nth(1).wait_for()
    shown = lists.evaluate_all(SHOWN)
    assert len(shown) > 8 and all(shown), shown
    assert {"not said", "nobody", "choose"} <= set(shown)

    page = lab_page.page
    page.get_by_role("button", name="Occupations").click()
    page.get_by_role("button", name="Change Bridge inspector").click()
    seriously = page.get_by_role("radiogroup", name="How seriously do you consider it?")
    seriously.get_by_role("radio", name="4", exact=True).wait_for()
    assert seriously.get_by_role("radio", name="4", exact=True).is_checked()
    seriously.get_by_role("radio", name="not said").check()
    page.locator(".infonb-said").get_by_text("saved").first.wait_for()
    with infonb.open(path) as journal:
        assert [each.interest for each in journal.occupations()] == [None]
    assert seriously.get_by_role("radio", name="not said").is_checked()
