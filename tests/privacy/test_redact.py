"""With redaction on, nobody's name, employer, contact or secret is anywhere; all else stays."""

from __future__ import annotations

import pandas as pd
import pytest

import infonb
from infonb.findings import Findings, Redaction

FRAMES = [
    "occupations", "people", "interviews", "answers", "skills", "strengths", "themes", "tasks",
    "conducted", "decisions", "leads",
]  # fmt: skip


def cleaned(text: str, *people: dict, redaction: str = "EVERYBODY") -> str:
    """A note as it reads when these people's names are left out, the first being "Nurse 1"."""
    rows: dict = {
        "occupation": [{"id": "o", "title": "Nurse", "soc": None, "notes": None}],
        "person": [], "interview": [], "answer": [],
    }  # fmt: skip
    blank = dict.fromkeys(
        "organisation email phone job_title source name_from referred_by notes".split()
    )
    for number, person in enumerate(people):
        rows["person"].append(
            {**blank, "id": f"p{number}", "may_be_named": False, "has_card": False, **person}
        )
        columns = (
            "source scheduled_at started_at ended_at date medium research_occupation "
            "research_organisation weight_reason confidence_before confidence_after weight"
        )
        rows["interview"].append(
            {**dict.fromkeys(columns.split()), "id": f"i{number}", "person_id": f"p{number}",
             "occupation_id": "o", "status": "done", "minutes": 20}
        )  # fmt: skip
    rows["answer"].append(
        {"id": "a", "interview_id": "i0", "question": "notes", "text": text, "rating": None,
         "why": None, "weight": None, "private": False, "version": 1}
    )  # fmt: skip
    findings = Findings.from_rows(rows, pd.Timestamp("2026-06-01").date(), Redaction[redaction])
    return findings.answers.text.iloc[0]


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace said", "Nurse 1 said"),
        ("Ada Lovelace", "ada  lovelace said", "Nurse 1 said"),
        ("Ada Lovelace", "Ada's advice, Lovelace’s words", "Nurse 1's advice, Nurse 1’s words"),
        ("Ada Lovelace", "“Ada”, (Ada), Ada! @Ada", "“Nurse 1”, (Nurse 1), Nurse 1! [handle]"),
        ("Ada Lovelace", "the Lovelaces; Adas Rat; Adam", "the Nurse 1's; Nurse 1's Rat; Adam"),
        ("Ada Byron", "Ada B., A. Byron and A. B. agreed", "Nurse 1, Nurse 1 and Nurse 1 agreed"),
        ("Ada Byron", "I asked A.B. She knew", "I asked Nurse 1. She knew"),
        ("Ada Lovelace", "Lovelace, Ada; LOVELACE ADA; ADA", "Nurse 1; Nurse 1; ADA"),
        ("Ada King Lovelace", "Ada Lovelace and Ada K. came", "Nurse 1 and Nurse 1 K. came"),
        ("Uma Singh", "in the U.S. and with U. Singh", "in the U.S. and with Nurse 1"),
        ("Thi Nguyen", "This is Thi's; Has she? His", "This is Nurse 1's; Has she? His"),
        ('Robert "Bob" Stoll', "Bob and Robert Stoll", "Nurse 1 and Nurse 1"),
        ("Jördis Müller-Tanaka", "Mueller-Tanaka, Tanaka, Joerdis", "Nurse 1, Nurse 1, Nurse 1"),
        ("Łukasz Sørensen", "Lukasz SORENSEN; with Sorensen", "Nurse 1; with Nurse 1"),
        ("Анна Петрова", "от Анны Петровой, Петрову", "от Nurse 1 Nurse 1, Nurse 1"),
        ("Γιώργος Παππάς", "του Γιώργου", "του Nurse 1"),
        ("김민수", "김민수는 좋다", "Nurse 1는 좋다"),
        ("王芳", "我见了王芳女士", "我见了Nurse 1女士"),
        ("محمد علي", "مع محمد علي", "مع Nurse 1"),
        ("Baker", "A baker starts early. Baker told me", "A baker starts early. Nurse 1 told me"),
        ("Baker", "Bakers and the baker, so Baker said", "Bakers and the baker, so Nurse 1 said"),
        ("Will", "Will it last? It will, Will said", "Will it last? It will, Nurse 1 said"),
        ("Son Hung", "Son of a teacher, hung up", "Son of a teacher, hung up"),
        ("Forest Greene", "Forestry in the forest", "Forestry in the forest"),
        ("1 2", "1 2 3", "1 2 3"),
        ("Lovelace, Ada", "Ask Ada", "Ask Nurse 1"),
        ("Ada L.", "Ada L. and Ada", "Nurse 1 and Nurse 1"),
        ("Pat O'Brien", "Mr O’Brien and O'Brien's", "Mr Nurse 1 and Nurse 1's"),
        ("Pat O’Brien", "PAT O'BRIEN, O`Brien, OBrien", "Nurse 1, Nurse 1, Nurse 1"),
        ("Émile Ünal", "Ünal, U\u0308nal, Unal and UNAL EMILE", "Nurse 1, Nurse 1, Nurse 1 and Nurse 1"),
        ("Émile Ünal", "émile ünal", "Nurse 1"),
        ("Anna-Lena Groß", "Anna-Lena called", "Nurse 1 called"),
        ("Dr. Ada Lovelace, RN", "Dr. Lovelace, an RN", "Dr. Nurse 1, an RN"),
        ("王芳", "王芳 said", "Nurse 1 said"),
        ("Will Rose", "I met Will Rose", "I met Nurse 1"),
        ("Will Rose", "Prices will rose-tint; will you?", "Prices will rose-tint; will you?"),
        ("Will Rose", "Then Will told me; ask Ms. Rose", "Then Nurse 1 told me; ask Ms. Nurse 1"),
        ("Will Rose", "Will told me. Rose's shop", "Nurse 1 told me. Nurse 1's shop"),
        ("Will Rose", "Will it last? It will.", "Will it last? It will."),
        ("May Bond", "you may bond with people in May", "you may bond with people in May"),
        ("May Bond", "May Bond, MAY BOND", "Nurse 1, Nurse 1"),
        ("May Bond", "May says so; Mrs. May", "Nurse 1 says so; Mrs. Nurse 1"),
        ("Art Price", "The art price went up; art at any price", "The art price went up; art at any price"),
        ("Art Price", "Art Price paints, says Art", "Nurse 1 paints, says Nurse 1"),
        ("Ann", "planning an annual plan with Ann", "planning an annual plan with Nurse 1"),
        ("A", "A nurse has a plan", "A nurse has a plan"),
        ("A.", "A. or B. but a plan", "A. or B. but a plan"),
        ("Jo Li", "Jo Li, and Jo; job, limit", "Nurse 1, and Nurse 1; job, limit"),
        ("Not named", "Not easy, not named here", "Not easy, not named here"),
        ("ada", "Ada and ada", "Nurse 1 and Nurse 1"),
    ],
)  # fmt: skip
def test_a_name_is_replaced_and_innocent_words_are_not(name: str, text: str, shown: str):
    assert cleaned(text, {"name": name}) == shown


def test_the_longer_name_goes_first():
    people = {"name": "Ann Lee"}, {"name": "Ann Lee Hopper"}
    assert cleaned("Ann Lee Hopper and Ann Lee", *people) == "Nurse 2 and Nurse 1"


def test_an_organisation_that_holds_a_name_is_one_organisation():
    person = {"name": "Ada Lovelace", "organisation": "Ada Lovelace Hospital"}
    assert cleaned("at Ada Lovelace Hospital with Ada", person) == "at [organisation] with Nurse 1"


def test_two_people_with_one_name_are_not_taken_for_each_other():
    people = {"name": "Sam Lee"}, {"name": "Sam Fox"}, {"name": "Jo"}, {"name": "Jo"}
    assert cleaned("Sam Fox, then Sam, so Lee", *people) == "Nurse 2, then [name], so Nurse 1"
    assert cleaned("Sam's idea; so Jo said", *people) == "[name]'s idea; so [name] said"


def test_a_label_that_holds_a_name_is_not_taken_for_the_person():
    people = {"name": "Ada Stoll"}, {"name": "Tom Nurse"}
    assert cleaned("so Ada said, and Nurse told", *people) == "so Nurse 1 said, and Nurse 2 told"


@pytest.mark.parametrize(
    ("organisation", "text", "shown"),
    [
        ("Rose & Sons", "at Rose and Sons, ROSE & SONS; a rose", "at [organisation], [organisation]; a rose"),
        ("Acme GmbH", "ACME pays well, acme's too", "[organisation] pays well, [organisation]'s too"),
        ("The Quill Group, Inc.", "left Quill Group", "left [organisation]"),
        ("Nurse", "A nurse at Nurse is a nurse. Nurse on duty", "A nurse at [organisation] is a nurse. Nurse on duty"),
        ("City hospital", "a city hospital; City Hospital", "a city hospital; [organisation]"),
        ("School", "school is hard; at School", "school is hard; at [organisation]"),
        ("Self-employed", "self-employed people", "self-employed people"),
        ("I", "I think I do", "I think I do"),
        ("HP", "at HP with 5 hp", "at [organisation] with 5 hp"),
        ("Bureau of Labor Statistics", "the Bureau of Labor Statistics", "the [organisation]"),
    ],
)  # fmt: skip
def test_an_employer_is_left_out_and_its_words_are_not(organisation: str, text: str, shown: str):
    assert cleaned(text, {"name": "Ada Stoll", "organisation": organisation}) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mail a.b+c@example.org now", "mail [e-mail] now"),
        ("mail ada (at) example (dot) org", "mail [e-mail]"),
        ("call 555-0101 or +49 30 1234567", "call [phone] or [phone]"),
        ("call (555) 010-1234.", "call [phone]."),
        ("06 12 34 56 78, 030/5550134, +4915123456789", "[phone], [phone], [phone]"),
        ("ask @ada_l, not @work", "ask [handle], not @work"),
        ("@ada@mastodon.example", "[handle]"),
        ("linkedin.com/in/ada-l, https://www.linkedin.com/in/ada", "[profile], [profile]"),
        ("see https://ada.example/cv.", "see [link]."),
        ("bls.gov/ooh, https://www.bls.gov/ooh, Indeed.com", "bls.gov/ooh, https://www.bls.gov/ooh, Indeed.com"),
        ("at 12 Rose Lane, Lakemont, OH 44444, at noon", "at [address], at noon"),
        ("9 Elm St. Apt 4, or P.O. Box 12", "[address], or [address]"),
        ("Hauptstraße 12, 10115 Berlin; 5 rue de la Paix", "[address]; [address]"),
        ("3 Test Drive sessions in Spring 2024, 24/7", "3 Test Drive sessions in Spring 2024, 24/7"),
        ("from 2014-2024 and 2024–34", "from 2014-2024 and 2024–34"),
        ("45 000 a year, 1 000 000 in all, 12-hour shifts", "45 000 a year, 1 000 000 in all, 12-hour shifts"),
        ("2026-03-02 at 14:00, 3.5 %, $45 000", "2026-03-02 at 14:00, 3.5 %, $45 000"),
        ("ASP.NET and Node.js, code 29-1141.00", "ASP.NET and Node.js, code 29-1141.00"),
    ],
)  # fmt: skip
def test_contacts_in_notes_go_and_figures_stay(text: str, shown: str):
    assert cleaned(text, {"name": "Ada"}) == shown


def test_a_number_of_the_journal_is_found_however_it_is_parted():
    person = {"name": "Ada", "phone": "+49 30 555-01"}
    assert cleaned("(030) 55501 or 30/555 01, not 55502", person) == "[phone] or [phone], not 55502"


def test_a_question_of_ones_own_names_nobody(tmp_path):
    with infonb.open(tmp_path / "search.db") as journal:
        journal.plan_interview(journal.add_person("Ada Stoll"), journal.add_occupation("Nurse"))
        key = journal.add_question("Do you know Ada Stoll?", short="Ada")
        assert journal.findings().questions[key].prompt == "Do you know Ada Stoll?"
        asked = journal.findings(redact=True).questions[key]
        assert (asked.prompt, asked.short) == ("Do you know Nurse 1?", "Nurse 1")


@pytest.mark.parametrize(
    ("person", "title", "shown"),
    [
        ("Ottoline Quist", "Assistant to Ottoline Quist", "Assistant to [name]"),
        ("Ottoline Quist", "OTTOLINE QUIST'S AIDE", "[name]'S AIDE"),
        ("Ottoline Quist", "Aide (Quist)", "Aide ([name])"),
        ("Ottoline Quist", "Ottoline Quist", "[name]"),
        ("Ada Lovelace @ Engine Works", "Engineer, Engine Works", "Engineer, [organisation]"),
        ("Ada", "Ada's understudy", "[name]'s understudy"),
        ("Ada", "Aide, ada@example.org", "Aide, [e-mail]"),
        ("Will Case", "Assistant to Will", "Assistant to [name]"),
        ("Grace Field", "PA to Mr Field", "PA to Mr [name]"),
        # whose name is an occupation's, or a word of its title
        ("Amy Cook", "Line Cook", "Line Cook"),
        ("Rose Miller", "Grain Miller and Rose Grower", "Grain Miller and Rose Grower"),
        ("Baker", "Baker", "Baker"),
        ("Will", "Will writer", "Will writer"),
        ("Head barista", "Head Barista", "Head Barista"),
        ("Registered nurse", "registered nurse", "registered nurse"),
        ("May Bond", "Bond trader", "Bond trader"),
        ("A nurse", "Nurse", "Nurse"),
        ("Ada", ".NET/Node.js developer, C# (24/7)", ".NET/Node.js developer, C# (24/7)"),
    ],
)  # fmt: skip
def test_a_title_names_nobody_and_stays_one(tmp_path, person: str, title: str, shown: str):
    name, _, employer = person.partition(" @ ")
    with infonb.open(tmp_path / "search.db") as journal:
        known = journal.add_person(name, organisation=employer or None)
        journal.plan_interview(known, journal.add_occupation(title))
        assert journal.findings(redact=True).occupations.occupation.tolist() == [shown]
        assert journal.findings(redact=True).people.person.tolist() == [f"{shown} 1"]
        journal.update(known, may_be_named=True)
        rows = journal.rows()
    seen = Findings.from_rows(rows, pd.Timestamp("2026-06-01").date(), Redaction.UNNAMED)
    assert seen.occupations.occupation.tolist() == [title.replace("ada@example.org", "[e-mail]")]


def test_no_title_of_the_lists_is_touched_whoever_is_known():
    from infonb.privacy.redact import titles
    from infonb.reference import titles as known

    listed = sorted({entry.text for entry in known.known_at(None)})
    surnames = ["Cook", "Baker", "Miller", "Carpenter", "Page", "Rose", "Marsh", "Glass", "Field"]
    people = [
        {"id": n, "name": f"Kim {name}", "organisation": name, "phone": None, "may_be_named": False}
        for n, name in enumerate([*surnames, "Nurse", "Public", "Systems", "Officer", "Engineer"])
    ]
    rows = [{"id": str(n), "title": title} for n, title in enumerate(listed)]
    assert list(titles(rows, people, Redaction.EVERYBODY).values()) == listed


def test_who_may_be_named_is_named_only_where_that_is_asked():
    people = {"name": "Ada Lovelace", "may_be_named": True}, {"name": "Ben Cole"}
    said = "Ada knows Ben Cole"
    assert cleaned(said, *people, redaction="NOBODY") == said
    assert cleaned(said, *people, redaction="UNNAMED") == "Ada knows Nurse 2"
    assert cleaned(said, *people, redaction="EVERYBODY") == "Nurse 1 knows Nurse 2"


@pytest.mark.parametrize(
    ("variable", "redaction"),
    [(None, "NOBODY"), ("", "NOBODY"), ("1", "EVERYBODY"), ("0", "UNNAMED"), ("yes", "EVERYBODY")],
)
def test_the_environment_says_who_is_left_out(monkeypatch, shapes, variable, redaction: str):
    monkeypatch.delenv("INFONB_REDACT", raising=False)
    if variable is not None:
        monkeypatch.setenv("INFONB_REDACT", variable)
    assert shapes.journal("one_answer").findings().redaction is Redaction[redaction]
    assert shapes.journal("one_answer").findings(redact=True).redaction is Redaction.EVERYBODY
    assert shapes.journal("one_answer").findings(redact=False).redaction is Redaction.NOBODY


def words_of(findings: Findings) -> str:
    """Everything that stands in any text of any frame."""
    frames = [getattr(findings, name) for name in FRAMES]
    frames += [
        findings.pathways(),
        findings.contradictions(),
        findings.network(),
        findings.quotes(),
    ]
    cells = [frame[c].dropna().astype(str) for frame in frames for c in frame.columns]
    return "\n".join(text for column in cells for text in column)


@pytest.fixture(scope="module")
def telling(tmp_path_factory):
    """A journal in which a name stands in every field that takes text."""
    with infonb.open(tmp_path_factory.mktemp("telling") / "search.db") as journal:
        nurse = journal.add_occupation("Nurse", notes="Zelda Quux says so")
        ben = journal.add_person("Named Ben", may_be_named=True, email="ben@example.org",
                                 phone="555-0102", organisation="Benco", name_from="Zelda Quux")  # fmt: skip
        zelda = journal.add_person(
            "Zelda Quux", source="friend", name_from="her mother", referred_by=ben,
            job_title="Boss", organisation="Quux & Co", email="z@quux.example", phone="555-0101",
            notes="tall",
        )  # fmt: skip
        interview = journal.plan_interview(
            zelda, nurse, research_occupation="Zelda wrote", research_organisation="Quux & Co has 5",
            medium="at Zelda's",
        )  # fmt: skip
        answer = journal.record_answer(
            interview, "enjoy_most", text="Zelda likes Quux & Co", rating=4, why="because Zelda"
        )
        journal.record_answer(interview, "home_life", text="a secret", rating=1, private=True)
        journal.record_skill(interview, "being Zelda")
        journal.add_strength("like Zelda")
        journal.add_lead(interview, "ask Zelda", status="Zelda waits")
        journal.finish_interview(interview, weight=0.5, weight_reason="Zelda is new")
        journal.add_referral(interview, "Cleo Quark")
        journal.code(answer, journal.add_theme("As Zelda", "what Zelda means"))
        journal.record_decision(nurse, "write to Zelda", "because Zelda Quux")
        journal.plan_interview(ben, nurse)
        yield journal


@pytest.mark.parametrize("redaction", ["EVERYBODY", "UNNAMED"])
def test_no_name_contact_employer_or_secret_is_anywhere(telling, redaction: str):
    findings = Findings.from_rows(telling.rows(), telling.today(), Redaction[redaction])
    words = words_of(findings)
    for told in ("Zelda", "Quux", "quux", "Cleo", "Quark", "555-", "@", "Boss", "secret", "mother"):
        assert told not in words, told
    assert ("Named Ben" in words) == ("Benco" in words) == (redaction == "UNNAMED")
    people = findings.people
    hidden = people if redaction == "EVERYBODY" else people[~people.may_be_named]
    for column in ("job_title", "organisation", "email", "phone", "name_from"):
        assert hidden[column].isna().all(), column
    assert people.email.isna().all() and people.phone.isna().all()


def test_without_redaction_all_is_there(telling):
    words = words_of(telling.findings())
    for told in (
        "Zelda Quux",
        "Cleo Quark",
        "555-0101",
        "z@quux.example",
        "a secret",
        "her mother",
    ):
        assert told in words


def test_private_answers_are_there_only_for_oneself(shapes):
    assert "home_life" in set(shapes.findings("private_answers").answers.question)
    for redaction in ("EVERYBODY", "UNNAMED"):
        findings = shapes.findings("private_answers", redaction)
        assert findings.answers.question.tolist() == ["outlook"]
        assert "home_life" not in findings.matrix("text").index
        assert findings.ratings().empty


def test_labels_are_unique_and_the_same_in_every_frame(shapes, shape: str, redaction: str):
    findings = shapes.findings(shape, redaction)
    people = findings.people
    assert people.person.is_unique
    for name in ("interviews", "answers", "skills", "themes", "leads", "conducted"):
        assert set(getattr(findings, name).person.dropna()) <= set(people.person)
    assert set(people.referred_by.dropna()) <= set(people.person)


def test_a_label_says_role_and_number_in_order_of_entry(telling):
    people = telling.findings(redact=True).people
    assert people.person.tolist() == ["Nurse 2", "Nurse 1", "Contact 1"]
    assert people.referred_by.tolist()[1:] == ["Nurse 2", "Nurse 1"]


def test_namesakes_get_labels_of_their_own(shapes):
    people = shapes.findings("namesakes").people.person
    assert people.is_unique and people.iloc[0] == "Sam Lee"
    assert len(shapes.findings("namesakes").answers.person.unique()) == 3
    assert shapes.findings("namesakes").ratings().n.tolist() == [3]


def test_no_number_changes_when_names_are_left_out(shapes, shape: str):
    open_, closed = (shapes.findings(shape, r) for r in ("NOBODY", "EVERYBODY"))
    if open_.answers.private.any():  # these are left out, too
        return
    # whoever is called as an occupation is left out of its title, too
    titled = dict(zip(open_.occupations.occupation, closed.occupations.occupation, strict=True))
    for frames in (lambda f: f.ratings(), lambda f: f.outlook().drop(columns="gap")):
        frame = frames(open_)
        frame["occupation"] = frame["occupation"].map(titled).astype(frame["occupation"].dtype)
        pd.testing.assert_frame_equal(frame, frames(closed))
