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
    assert {"a new one", "not chosen", "not said", "nobody", "choose"} <= set(shown)

    page = lab_page.page
    page.get_by_label("Occupation", exact=True).select_option(index=1)
    seriously = page.get_by_label("How seriously")
    page.wait_for_function("select => select.selectedIndex === 4", arg=seriously.element_handle())
    seriously.select_option(index=0)
    page.locator(".infonb-said").get_by_text("saved").first.wait_for()
    with infonb.open(path) as journal:
        assert [each.interest for each in journal.occupations()] == [None]
    assert seriously.evaluate("select => select.selectedIndex") == 0
