"""The interview card on a blank page, joined to the real Python side and a real journal."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest

import infonb
from infonb.journal import schema
from infonb.journal.question_keys import hashed
from infonb.widgets import Capture

SAVED = re.compile(r"^saved \d\d:\d\d:\d\d$")


@pytest.fixture
def journal(tmp_path: Any) -> Any:
    with infonb.open(tmp_path / "search.db") as journal:
        yield journal


@pytest.fixture
def interview(journal: Any) -> Any:
    return plan(journal)


def plan(journal: Any, who: str = "Ada L.", **more: Any) -> Any:
    more = {"questions": ["path_in", "enjoy_most", "top_skills"], **more}
    return journal.plan_interview(
        journal.add_person(who), journal.add_occupation("Bridge inspector"), **more
    )


def texts(journal: Any, interview: Any) -> dict[str, str]:
    return {answer.question: answer.text for answer in journal.answers(interview)}


def note(page: Any, question: str) -> Any:
    return page.locator(f'textarea[data-question="{question}"]')


def line(page: Any, question: str) -> Any:
    return page.locator(f'li[data-question="{question}"]')


def status(page: Any) -> str:
    return page.locator(".status").inner_text()


def state(page: Any, name: str) -> Any:
    found = page.locator(f'.status[data-state="{name}"]')
    found.wait_for()
    return found


def kept(page: Any) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('infonb'))")


def write(page: Any, question: str, words: str) -> None:
    note(page, question).click()
    page.keyboard.press("End")
    page.keyboard.type(words)


# ---------------------------------------------------------------- saving


def test_saved_shows_only_what_the_journal_has(stage: Any, journal: Any, interview: Any) -> None:
    page = stage.show(Capture(journal))
    assert status(page) == "all saved"
    write(page, "path_in", "By accident")
    assert not SAVED.match(status(page))
    state(page, "saved")
    assert SAVED.match(status(page))
    assert texts(journal, interview) == {"path_in": "By accident"}


def test_every_keystroke_is_in_the_browser_before_the_next_one(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.evaluate("window.kernelDead = true")
    note(page, "path_in").click()
    for typed in ("B", "By"):
        page.keyboard.type(typed[-1])
        [key] = kept(page)
        assert journal.id in key and interview.id in key
        assert page.evaluate("key => JSON.parse(localStorage[key]).text", key) == typed


def test_drafts_leave_the_browser_when_the_journal_has_them(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    write(page, "path_in", "By accident")
    page.locator(".chip-entry").fill("staying calm")
    page.keyboard.press("Enter")
    state(page, "saved")
    page.wait_for_function("Object.keys(localStorage).length === 0")


@pytest.mark.parametrize("how", ["kernelDead", "kernelSilent"])
def test_not_saved_yet_shows_within_three_seconds(
    stage: Any, journal: Any, interview: Any, how: str
) -> None:
    page = stage.show(Capture(journal))
    page.clock.install()
    page.evaluate(f"window.{how} = true")
    note(page, "path_in").click()
    for _ in range(29):  # typing on must not put the warning off
        page.keyboard.type("x")
        page.clock.run_for(100)
    assert "not saved yet" in status(page)


def test_it_goes_on_by_itself_when_the_kernel_answers_again(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.evaluate("window.kernelSilent = true")
    write(page, "path_in", "first, ")
    state(page, "away")
    page.evaluate("window.kernelSilent = false")
    write(page, "path_in", "then more")
    state(page, "saved")
    assert texts(journal, interview)["path_in"] == "first, then more"


def test_a_rerun_brings_back_what_a_dead_kernel_never_got(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    write(page, "path_in", "known. ")
    state(page, "saved")
    page.evaluate("window.kernelDead = true")
    write(page, "path_in", "unknown")
    page.keyboard.press("Alt+4")
    write(page, "enjoy_most", "the river")
    page.evaluate("window.unmount(); window.unmount = null; window.kernelDead = false")
    stage.show(Capture(journal), page)
    state(page, "saved")
    assert texts(journal, interview) == {"path_in": "known. unknown", "enjoy_most": "the river"}
    assert note(page, "path_in").input_value() == "known. unknown"
    assert kept(page) == []


def test_a_draft_from_before_its_question_had_another_key_is_brought_back(
    stage: Any, journal: Any
) -> None:
    own = journal.add_question("Do you travel?")
    interview = plan(journal, questions=["path_in", own])
    page = stage.show(Capture(journal))
    page.evaluate("window.kernelDead = true")
    write(page, own, "every week")
    page.evaluate("window.unmount(); window.unmount = null; window.kernelDead = false")
    [key] = kept(page)
    older = key.replace(own, "own_do_you_travel%3F")  # as an infonb before this one kept it
    page.evaluate("([a, b]) => { localStorage[b] = localStorage[a]; localStorage.removeItem(a); }",
                  [key, older])  # fmt: skip
    with journal.transaction() as write_:
        row = write_.find(schema.question, own)
        write_.change(schema.question, row, {"formerly": hashed("own_do_you_travel?")})
    stage.show(Capture(journal), page)
    page.wait_for_function("Object.keys(localStorage).length === 0")
    assert note(page, own).input_value() == "every week"
    assert texts(journal, interview) == {own: "every week"}


def test_an_answer_lost_on_the_way_is_no_conflict(stage: Any, journal: Any, interview: Any) -> None:
    page = stage.show(Capture(journal))
    page.evaluate("""() => { const to = window.toPython;
        window.toPython = (message) => to(message).then(() => []); }""")
    write(page, "path_in", "stored but never acknowledged")
    page.wait_for_timeout(500)
    assert "stored but never".startswith(texts(journal, interview)["path_in"][:16])
    write(page, "path_in", ", and on")
    page.close()
    page = stage.show(Capture(journal))
    state(page, "saved")
    assert texts(journal, interview)["path_in"] == "stored but never acknowledged, and on"
    assert not page.locator(".versions").first.is_visible()


def test_what_cannot_be_stored_is_shown_as_it_is_stored(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    note(page, "path_in").evaluate(
        "field => { field.value = 'a\\u0000b'; field.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    state(page, "saved")
    assert note(page, "path_in").input_value() == "a\ufffdb"
    assert kept(page) == []


def test_a_full_browser_storage_is_said(stage: Any, journal: Any, interview: Any) -> None:
    page = stage.show(Capture(journal))
    page.evaluate("""() => { window.kernelSilent = true;
        Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; }""")
    write(page, "path_in", "x")
    assert "storage is full" in status(page)


def test_the_copy_in_this_browser_is_removed_after_asking(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.evaluate(
        "localStorage.setItem('infonb:draft:other:x:y', '{}'); localStorage.setItem('kept', '1')"
    )
    page.evaluate("window.kernelDead = true")
    write(page, "path_in", "secret")
    page.locator(".rest > summary").click()
    assert "Your journal keeps everything" in page.locator(".clearing").inner_text()
    page.get_by_role("button", name="Remove that copy").click()
    assert "2 things are kept only in this browser" in page.locator(".clearing").inner_text()
    page.get_by_role("button", name="Remove", exact=True).click()
    assert kept(page) == []
    assert page.evaluate("localStorage.kept") == "1"
    assert note(page, "path_in").input_value() == ""


# ---------------------------------------------------------------- by keyboard


def test_a_whole_interview_by_keyboard_ends_in_the_journal(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.locator(".start").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Through my aunt")
    page.keyboard.press("Alt+4")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("Being outside")
    page.keyboard.press("Alt+5")
    page.keyboard.press("Alt+p")
    page.keyboard.press("Alt+ArrowDown")
    for skill in ("reading drawings", "climbing", "patience"):
        page.keyboard.type(skill)
        page.keyboard.press("Enter")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("1")  # the last skill becomes the first
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("Grace H.")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("Bring boots")
    page.locator(".finish").focus()
    page.keyboard.press("Enter")
    state(page, "saved")
    page.locator(".finish:disabled").wait_for()
    stored = {answer.question: answer for answer in journal.answers(interview)}
    assert stored["path_in"].text == "Through my aunt" and stored["path_in"].rating == 4
    assert stored["enjoy_most"].private and stored["enjoy_most"].rating == 5
    assert stored["ask_next"].text == "Grace H." and stored["notes"].text == "Bring boots"
    assert {m.phrase: m.rank for m in journal.skills(interview)} == {
        "reading drawings": None, "climbing": 2, "patience": 1,
    }  # fmt: skip
    done = journal.interview(interview)
    assert done.status == "done" and done.started_at and done.ended_at


def test_ratings_by_radio_and_taken_back(stage: Any, journal: Any, interview: Any) -> None:
    page = stage.show(Capture(journal))
    note(page, "path_in").focus()  # its rating shows
    line(page, "path_in").locator("input[type=radio]").first.focus()
    page.keyboard.press("3")
    state(page, "saved")
    assert journal.answers(interview)[0].rating == 3
    line(page, "path_in").locator(".dot").nth(1).click()
    page.wait_for_timeout(500)
    assert journal.answers(interview)[0].rating == 2
    note(page, "path_in").focus()
    page.keyboard.press("Alt+0")
    page.wait_for_timeout(500)
    assert journal.answers(interview)[0].rating is None


def test_a_skill_is_removed_and_ranked_by_key(stage: Any, journal: Any, interview: Any) -> None:
    journal.record_skill(interview, "climbing", rank=1)
    journal.record_skill(interview, "patience", rank=2)
    page = stage.show(Capture(journal))
    chip = page.locator(".chip button:not(.remove)")
    chip.first.focus()
    page.keyboard.press("Delete")
    page.wait_for_timeout(500)
    chip.first.focus()
    page.keyboard.press("0")
    page.wait_for_timeout(500)
    assert [(m.phrase, m.rank) for m in journal.skills(interview)] == [("patience", None)]


def test_a_half_typed_skill_is_neither_lost_nor_called_saved(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.locator(".chip-entry").click()
    page.keyboard.type("staying c")
    assert "saved" not in status(page)
    page.reload()
    page = stage.show(Capture(journal))
    assert page.locator(".chip-entry").input_value() == "staying c"


def test_one_key_commands_of_the_notebook_are_not_heard(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.evaluate(
        "window.heard = []; document.addEventListener('keydown', e => window.heard.push(e.key))"
    )
    note(page, "path_in").click()
    page.keyboard.press("d")
    note(page, "path_in").focus()  # its rating shows
    line(page, "path_in").locator("input[type=radio]").first.focus()
    page.keyboard.press("d")
    page.keyboard.press("Shift+Enter")
    assert page.evaluate("window.heard") == []


# ---------------------------------------------------------------- the clock


def test_the_clock_turns_at_five_and_one_minutes_and_says_when_time_is_up(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.page()
    page.clock.install(time=dt.datetime.now())
    stage.show(Capture(journal), page)
    clock, closing = page.locator(".clock"), page.locator(".closing")
    assert clock.inner_text().startswith("20:00")
    page.locator(".start").click()
    page.clock.run_for(14 * 60_000)
    assert clock.get_attribute("data-phase") == "running" and not closing.is_visible()
    page.clock.run_for(62_000)
    assert clock.get_attribute("data-phase") == "closing" and closing.is_visible()
    for hint in ("Thank", "Ask who else", "business card"):
        assert hint in closing.inner_text()
    page.clock.run_for(4 * 60_000)
    assert clock.get_attribute("data-phase") == "last"
    page.clock.run_for(60_000)
    assert "Time is up. You promised 20 minutes." in clock.inner_text()
    assert page.locator(".unseen[role=status]").inner_text().startswith("Time is up")
    page.clock.run_for(60_000)
    assert clock.inner_text().startswith("+01:0")


def test_the_clock_is_right_at_once_after_a_reload(
    stage: Any, journal: Any, interview: Any
) -> None:
    journal.start_interview(
        interview, at=dt.datetime.now(dt.UTC) - dt.timedelta(minutes=7, seconds=30)
    )
    page = stage.show(Capture(journal))
    assert re.match(r"12:(30|29|28)", page.locator(".clock").inner_text())


def test_the_clock_starts_while_the_kernel_is_away(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.evaluate("window.kernelDead = true")
    page.locator(".start").click()
    assert page.locator(".clock").get_attribute("data-phase") == "running"
    page.evaluate("window.unmount(); window.unmount = null; window.kernelDead = false")
    page = stage.show(Capture(journal), page)
    assert page.locator(".clock").get_attribute("data-phase") == "running"
    state(page, "saved")
    assert journal.interview(interview).started_at is not None


def test_an_interview_from_paper_has_no_clock_and_asks_when_it_was(
    stage: Any, journal: Any
) -> None:
    earlier = plan(journal, date="2026-03")
    page = stage.show(Capture(journal))
    assert not page.locator(".clock").is_visible() and not page.locator(".start").is_visible()
    page.locator(".held").get_by_label("Day").select_option("9")
    state(page, "saved")
    assert journal.interview(earlier).date == "2026-03-09"
    page.locator(".held").get_by_label("Month").select_option("")
    page.wait_for_timeout(500)
    assert journal.interview(earlier).date == "2026"


def test_a_card_for_an_interview_from_paper_is_made_on_the_spot(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.locator(".rest > summary").click()
    page.locator(".earlier summary").click()
    form = page.locator(".earlier")
    form.get_by_role("button").click()
    page.get_by_text("Whom did you talk to?").first.wait_for()
    form.locator("summary").click()
    form.get_by_label("Name of the person").fill("Grace H.")
    form.get_by_label("Occupation").fill("Beekeeper")
    form.get_by_label("Year").select_option("2026")
    form.get_by_role("button").click()
    page.get_by_text("When was it?").wait_for()
    made = next(i for i in journal.interviews() if i.id != interview.id)
    assert made.date == "2026"
    write(page, "path_in", "From paper")
    state(page, "saved")
    assert texts(journal, made) == {"path_in": "From paper"}


# ---------------------------------------------------------------- picking


def test_the_next_planned_interview_comes_first(stage: Any, journal: Any) -> None:
    now = dt.datetime.now(dt.UTC)
    plan(journal, "Late", at=now + dt.timedelta(days=9))
    soon = plan(journal, "Soon", at=now + dt.timedelta(days=1))
    plan(journal, "Missed", at=now - dt.timedelta(days=3))
    page = stage.show(Capture(journal))
    options = page.locator(".picker option").all_inner_texts()
    assert [text.split(",")[0] for text in options] == ["Soon", "Late", "Missed"]
    write(page, "path_in", "x")
    state(page, "saved")
    assert texts(journal, soon) == {"path_in": "x"}


def test_changing_the_interview_keeps_both_notes_apart(
    stage: Any, journal: Any, interview: Any
) -> None:
    other = plan(journal, "Grace H.")
    page = stage.show(Capture(journal))
    write(page, "path_in", "Ada's")
    page.locator(".picker").select_option(other.id)
    page.get_by_text("Bridge inspector · second of three").wait_for(state="hidden")
    page.wait_for_function("document.querySelector('textarea').value === ''")
    write(page, "path_in", "Grace's")
    state(page, "saved")
    page.wait_for_timeout(400)
    assert texts(journal, interview) == {"path_in": "Ada's"}
    assert texts(journal, other) == {"path_in": "Grace's"}


def test_without_an_interview_it_says_what_to_do(stage: Any, journal: Any) -> None:
    page = stage.show(Capture(journal))
    assert "Plan one with Prepare" in page.locator(".banner").first.inner_text()


def test_a_question_off_the_agenda_can_be_asked(stage: Any, journal: Any, interview: Any) -> None:
    own = journal.add_question("Do you travel?")
    page = stage.show(Capture(journal))
    page.get_by_label("Ask another question").select_option(own)
    page.keyboard.type("Every week")
    state(page, "saved")
    assert texts(journal, interview) == {own: "Every week"}


# ---------------------------------------------------------------- two windows


def test_the_second_window_reads_only_says_so_and_follows(
    stage: Any, journal: Any, interview: Any
) -> None:
    card = Capture(journal)
    first = stage.show(card)
    second = stage.page()
    stage.show(Capture(journal), second)  # made later in the same kernel: it takes over
    state(first, "reading")
    assert "only read here" in first.locator(".banner:visible").inner_text()
    assert not note(first, "path_in").is_editable()
    write(second, "path_in", "x")
    state(second, "saved")
    assert texts(journal, interview) == {"path_in": "x"}


def test_a_second_view_of_the_same_run_waits_and_goes_on_when_the_first_closes(
    stage: Any, journal: Any, interview: Any
) -> None:
    card = Capture(journal)
    first = stage.show(card)
    second = stage.page()
    stage.show(card, second)
    state(second, "reading")
    assert not note(second, "path_in").is_editable()
    first.infonb_answers = second.infonb_answers
    first.bring_to_front()
    first.close()
    note(second, "path_in").and_(second.locator(":not([readonly])")).wait_for()
    write(second, "path_in", "x")
    state(second, "saved")
    assert texts(journal, interview) == {"path_in": "x"}


def test_the_second_window_can_be_made_the_one_that_writes(
    stage: Any, journal: Any, interview: Any
) -> None:
    card = Capture(journal)
    first = stage.show(card)
    second = stage.page()
    stage.show(card, second)
    state(second, "reading")
    first.infonb_answers = second.infonb_answers
    second.get_by_role("button", name="Write here instead").click()
    state(first, "reading")
    note(second, "path_in").and_(second.locator(":not([readonly])")).wait_for()
    assert second.locator(".start").is_enabled() and second.get_by_label("Ask another").is_enabled()
    assert first.locator(".start").is_disabled()


def test_a_conflict_shows_both_texts_and_overwrites_nothing(
    stage: Any, journal: Any, interview: Any
) -> None:
    for choice, expected in (
        ("Keep mine", "mine"),
        ("Keep the stored one", "theirs"),
        ("Keep both", "theirs\n\nmine"),
    ):
        answer = journal.record_answer(interview, "path_in", text="")
        page = stage.show(Capture(journal))
        journal.record_answer(interview, "path_in", text="theirs", version=answer.version)
        write(page, "path_in", "mine")
        panel = page.locator(".versions:visible")
        panel.wait_for()
        assert "theirs" in panel.inner_text() and "mine" in panel.inner_text()
        assert texts(journal, interview)["path_in"] == "theirs"
        assert "choose" in status(page)
        panel.get_by_role("button", name=choice).click()
        state(page, "saved")
        assert texts(journal, interview)["path_in"] == expected
        assert kept(page) == []
        page.close()


def test_a_conflict_survives_a_reload(stage: Any, journal: Any, interview: Any) -> None:
    page = stage.show(Capture(journal))
    journal.record_answer(interview, "path_in", text="theirs")
    write(page, "path_in", "mine")
    page.locator(".versions:visible").wait_for()
    page.reload()
    page = stage.show(Capture(journal))
    assert "mine" in page.locator(".versions:visible").inner_text()
    assert texts(journal, interview)["path_in"] == "theirs"


def test_different_fields_changed_on_two_sides_go_together(
    stage: Any, journal: Any, interview: Any
) -> None:
    journal.record_answer(interview, "path_in", text="said")
    page = stage.show(Capture(journal))
    journal.record_answer(interview, "path_in", rating=5)
    write(page, "path_in", " more")
    state(page, "saved")
    [answer] = journal.answers(interview)
    assert (answer.text, answer.rating) == ("said more", 5)


# ---------------------------------------------------------------- focus mode, phone, axe


def test_focus_mode_keeps_the_keys_from_whatever_opens_outside(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    note(page, "path_in").click()
    page.keyboard.type("one ")
    page.get_by_role("button", name="Focus").click()
    note(page, "path_in").click()
    page.evaluate(
        "() => { const b = document.createElement('button'); document.body.append(b); b.focus(); }"
    )
    page.keyboard.press("End")
    page.keyboard.type("two")
    assert note(page, "path_in").input_value() == "one two"
    page.keyboard.press("Escape")
    page.wait_for_function("!document.querySelector('.infonb-capture').matches(':modal')")
    page.keyboard.press("Escape")
    assert page.locator(".infonb-capture").is_visible()
    page.keyboard.type(" three")
    assert note(page, "path_in").input_value() == "one two three"


def test_a_phone_needs_no_sideways_scroll(browser: Any, journal: Any, interview: Any) -> None:
    from conftest import Stage

    journal.record_skill(
        interview, "a skill whose name goes on and on and on and on and on and on", rank=1
    )
    narrow = Stage(browser, width=360)
    page = narrow.show(Capture(journal))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Focus").click()
    assert (
        page.locator(".infonb-capture").evaluate("card => card.scrollWidth - card.clientWidth") <= 0
    )
    narrow.context.close()


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(browser: Any, journal: Any, interview: Any, dark: bool) -> None:
    from axe_playwright_python.sync_playwright import Axe

    from conftest import Stage

    stage = Stage(browser, dark=dark)
    page = stage.show(Capture(journal))
    page.evaluate(f"document.body.style.background = '{'#14191f' if dark else '#fff'}'")
    write(page, "path_in", "x")
    journal.record_answer(interview, "enjoy_most", text="theirs")
    write(page, "enjoy_most", "mine")
    page.locator(".versions:visible").wait_for()
    page.locator(".rest > summary").click()
    page.locator(".earlier summary").click()
    page.locator(".start").click()
    found = Axe().run(page, context=".infonb-capture")
    assert found.violations_count == 0, found.generate_report()
    stage.context.close()


# ---------------------------------------------------------------- the first hour


def test_a_finished_interview_gives_way_to_the_next_one_planned(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    write(page, "path_in", "Through my aunt")
    page.locator(".finish").click()
    page.locator(".after", has_text="Finished and saved").wait_for()
    assert page.locator(".after button").count() == 0
    ben = plan(journal, "Ben C.")
    stage.show(Capture(journal), page)  # the cell is run again
    page.wait_for_function("document.querySelector('.picker').value === " + repr(ben.id))
    assert note(page, "path_in").input_value() == ""
    page.locator(".picker").select_option(interview.id)  # who wants the finished one finds it
    page.wait_for_function("document.querySelector('textarea').value === 'Through my aunt'")
    page.locator(".after button", has_text="Next interview: Ben C.").click()
    page.wait_for_function("document.querySelector('.picker').value === " + repr(ben.id))
    write(page, "path_in", "Ben's")
    state(page, "saved")
    assert texts(journal, interview) == {"path_in": "Through my aunt"}
    assert texts(journal, ben) == {"path_in": "Ben's"}


def test_focus_keeps_the_place_and_the_caret_both_ways(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    journal.update(journal.interview(interview), questions=list(infonb.method.QUESTIONS))
    stage.show(Capture(journal), page)
    page.set_viewport_size({"width": 900, "height": 500})
    where = """() => { const field = document.activeElement, box = field.getBoundingClientRect();
        return [field.dataset.question, field.selectionStart, box.top >= 0 && box.bottom <= innerHeight]; }"""
    write(page, "home_life", "Weekends are free")
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Focus", exact=True).click()
    assert page.evaluate(where) == ["home_life", 16, True]
    page.keyboard.press("Escape")
    assert page.evaluate(where) == ["home_life", 16, True]
    assert not page.evaluate("document.querySelector('.infonb-capture').matches(':modal')")
    bar = page.locator(".infonb-capture .bar").bounding_box()
    assert bar and bar["y"] >= 0 and page.locator(".status").is_visible()


def test_the_skill_field_is_on_the_way_and_typed_lines_are_offered(
    stage: Any, journal: Any, interview: Any
) -> None:
    journal.update(journal.interview(interview), questions=["path_in", "top_skills"])
    page = stage.show(Capture(journal))
    note(page, "path_in").click()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("listening")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type(
        "Excel\nstaying calm\nand then she told me how it all began in a very long sentence"
    )
    offered = page.locator(".proposed button")
    assert offered.all_inner_texts() == ["Excel", "staying calm"]
    offered.last.click()
    assert page.evaluate("document.activeElement.textContent") == "Excel"
    offered.first.click()
    state(page, "saved")
    page.wait_for_timeout(300)
    found = {mention.phrase: mention.rank for mention in journal.skills(interview)}
    assert found == {"listening": 1, "staying calm": 2, "Excel": 3}
    assert "Excel\nstaying calm" in texts(journal, interview)["top_skills"]


def test_own_strengths_stand_at_their_question(stage: Any, journal: Any, interview: Any) -> None:
    for phrase in ("patience", "explaining <b>things</b>"):
        journal.add_strength(phrase)
    journal.update(journal.interview(interview), questions=["path_in", "strengths_fit"])
    page = stage.show(Capture(journal))
    note(page, "strengths_fit").click()
    page.get_by_role("button", name="patience").click()
    page.keyboard.type("rare there")
    page.get_by_role("button", name="explaining <b>things</b>").click()
    page.keyboard.type("every day")
    state(page, "saved")
    page.wait_for_timeout(300)
    assert texts(journal, interview) == {
        "strengths_fit": "patience: rare there\nexplaining <b>things</b>: every day"
    }


def test_a_long_answer_scrolls_in_its_box(stage: Any, journal: Any, interview: Any) -> None:
    page = stage.show(Capture(journal))
    note(page, "path_in").fill("a long story\n" * 300)
    state(page, "saved")
    assert note(page, "path_in").bounding_box()["height"] < 320


def test_what_comes_after_five_questions_waits_for_time(
    stage: Any, journal: Any, interview: Any
) -> None:
    journal.update(journal.interview(interview), questions=infonb.method.AGENDA_DEFAULT)
    page = stage.show(Capture(journal))
    before = page.locator(".later").evaluate("line => line.previousElementSibling.dataset.question")
    assert before == infonb.method.AGENDA_DEFAULT[4]
    assert "If there is time" in page.locator(".later").inner_text()


def test_finish_is_hit_by_the_first_click_wherever_the_caret_is(
    stage: Any, journal: Any, interview: Any
) -> None:
    page = stage.show(Capture(journal))
    page.locator(".chip-entry").click()
    page.keyboard.type("climbing")
    page.locator(".finish").click()
    page.locator(".finish:disabled").wait_for()
    state(page, "saved")
    page.wait_for_timeout(300)
    assert [mention.phrase for mention in journal.skills(interview)] == ["climbing"]
    assert journal.interview(interview).status == "done"
