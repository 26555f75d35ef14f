"""The question sheet: one page of paper; and a page for a phone that saves what the journal takes."""

from __future__ import annotations

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

import infonb
from infonb import method
from infonb.cli import main

HOSTILE = '</script><img src=x onerror="window.pwned=1">'


@pytest.fixture
def journal(tmp_path, monkeypatch):
    monkeypatch.setenv("INFONB_JOURNAL", str(tmp_path / "search.db"))
    with infonb.open(tmp_path / "search.db") as opened:
        yield opened


def plan(journal, questions=("enjoy_most", "home_life", "learn_more"), name="Ada <b>L.</b>"):
    nurse = journal.add_occupation(f"Nurse {HOSTILE}")
    return journal.plan_interview(journal.add_person(name), nurse, questions=questions,
                                  at="2026-03-02T14:00+01:00")  # fmt: skip


def opened(browser, path, **more):
    """A page of a phone without a network; what it asks for and complains of."""
    context = browser.new_context(accept_downloads=True, **more)
    page = context.new_page()
    page.set_default_timeout(8000)
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url)
            if not request.url.startswith(("file:", "blob:")) else None)  # fmt: skip
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text)
            if message.type == "error" else None)  # fmt: skip
    page.goto(path.as_uri())
    return page, heard


PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}


def test_what_is_filled_in_on_a_phone_comes_into_the_journal(journal, browser, tmp_path):
    talk = plan(journal)
    path = tmp_path / "fill.html"
    assert main(["sheet", talk.id, "--fill", "-o", str(path)]) == 0
    page, heard = opened(browser, path, **PHONE)
    page.get_by_role("button", name="Start the clock").click()
    first = page.get_by_label(method.QUESTIONS["enjoy_most"].prompt)
    first.fill('The quiet\n"really"')
    page.locator('[name="enjoy_most.rating"][value="4"]').check()
    page.get_by_label(method.QUESTIONS["home_life"].prompt).fill("Between us")
    page.locator('[name="home_life.private"]').check()
    page.locator('[name="skill.1"]').fill("calm")
    page.locator('[name="skill.3"]').fill("lifting")
    page.locator('[name="referral.1"]').fill("Grace H.")
    page.reload()  # the phone was put away
    assert (
        page.get_by_label(method.QUESTIONS["enjoy_most"].prompt).input_value()
        == 'The quiet\n"really"'
    )
    assert page.locator('[name="home_life.private"]').is_checked()
    assert re.fullmatch(r"(20|19):\d\d", page.locator("#clock").inner_text())
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert "infonb import" in page.get_by_role("status").inner_text()
    assert heard == [] and page.evaluate("window.pwned") is None
    page.context.close()

    report = journal.import_file(file)
    assert (report.updated, report.problems) == (1, []), str(report)
    said = {a.question: a for a in journal.answers(talk)}
    assert (said["enjoy_most"].text, said["enjoy_most"].rating) == ('The quiet\n"really"', 4)
    assert said["home_life"].private and set(said) == {"enjoy_most", "home_life"}
    now = journal.interview(talk)
    assert now.status == "done" and now.started_at is not None and now.ended_at is not None
    assert [(s.phrase, s.rank) for s in journal.skills(talk)] == [("calm", 1), ("lifting", 3)]
    assert [p.name for p in journal.people()] == ["Ada <b>L.</b>", "Grace H."]
    assert journal.people()[1].referred_by == talk.person_id
    assert set(journal.tasks()["kind"]) == {"thank_you", "review_notes"}
    assert journal.import_file(file).updated == 0


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_for_a_phone_is_for_everybody(journal, browser, tmp_path, dark: bool):
    talk = plan(journal, questions=list(method.QUESTIONS))
    path = tmp_path / "fill.html"
    main(["sheet", talk.id, "--fill", "-o", str(path)])
    page, heard = opened(browser, path, color_scheme="dark" if dark else "light",
                         viewport={"width": 320, "height": 700})  # fmt: skip
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert heard == []
    page.context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("many", [3, 16])
def test_the_sheet_is_one_page_with_room_to_write(
    journal, browser, tmp_path, paper: str, many: int
):
    talk = plan(journal, questions=list(method.QUESTIONS)[:many])
    path = tmp_path / "sheet.html"
    assert main(["sheet", "ada", "-o", str(path)]) == 0
    page, heard = opened(browser, path)
    printed = page.pdf(format=paper, prefer_css_page_size=False)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    room = page.evaluate(
        "[...document.querySelectorAll('.space')].map((e) => e.getBoundingClientRect().height)"
    )
    assert len(room) == many and min(room) > 18, room
    words = page.locator("body").inner_text()
    for needed in (method.QUESTIONS["path_in"].prompt, "1′", "17′", "Almost time", "Whom else"):
        assert needed in words
    assert heard == [] and talk.id not in words
    page.context.close()


def test_a_page_may_run_nothing_but_its_own_script(journal, tmp_path):
    from infonb import sheet

    facts = sheet.sheet_of(journal, plan(journal))
    for page in (sheet.fill_page(facts), sheet.paper_page(facts)):
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "http://" not in page and "https://" not in page
        assert HOSTILE not in page and "<b>L.</b>" not in page
    data = re.search(r'id="facts">(.*?)</script>', sheet.fill_page(facts))
    assert data and json.loads(data[1])["occupation"] == f"Nurse {HOSTILE}"


def test_whom_the_sheet_is_for_can_be_said_in_several_ways(journal, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["sheet", "next"]) == 1
    assert "None is planned yet" in capsys.readouterr().err
    plan(journal, name="Ada L.")
    plan(journal, name="Adam B.")
    assert main(["sheet", "adam"]) == 0 and (tmp_path / "sheet.html").exists()
    assert main(["sheet", "next", "--fill"]) == 0 and (tmp_path / "fill.html").exists()
    capsys.readouterr()
    assert main(["sheet", "ada"]) == 1
    said = capsys.readouterr().err
    assert "Several planned interviews fit" in said and "Adam B." in said
