"""Every sentence, of every journal: it can be said, and each number in it is recomputed here."""

from __future__ import annotations

import re

import pytest

import infonb
from infonb.english import a_few, count, first_capital, in_words
from infonb.findings.sentences import told_apart
from infonb.findings.snapshot import SENTENCES

NUMBERS = {
    word: n for n, word in enumerate("no one two three four five six seven eight nine".split())
}


def number(said: str) -> int:
    return NUMBERS[said.lower()] if said.lower() in NUMBERS else int(said)


def test_every_sentence_can_be_said_of_every_journal(shapes, shape: str, redaction: str):
    findings = shapes.findings(shape, redaction)
    for about in SENTENCES:
        said = findings.sentence(about)
        assert said and (said[0] == said[0].upper()) and said.rstrip()[-1] == ".", about
        wrong = r"\b(nan|None|NaN|<NA>|no of them|one (people|occupations|questions))\b"
        assert not re.search(wrong, said), said
    facts = findings.in_brief()
    assert [fact[0] for fact in facts] == [
        "What did I learn?", "What leads?", "How sure is that?", "What next?",
    ]  # fmt: skip
    for fact in facts:
        assert len(fact) == 3 or (len(fact) == 4 and fact[3] == "warn")
        assert all(fact) and not re.search(wrong, " ".join(fact)), fact
        assert len(fact[1]) < 60 + max(map(len, findings.occupations.occupation), default=0)


def test_people_occupations_and_answers_are_counted_right(shapes, shape: str):
    findings = shapes.findings(shape)
    answers = findings.answers
    said = findings.sentence("coverage")
    if answers.empty:
        assert said == "Nobody was asked yet."
        return
    people, occupations = re.match(
        r"You asked (\w+) (?:person|people) about (\w+) occupation", said
    ).groups()
    assert number(people) == answers.person.nunique()
    assert number(occupations) == answers.occupation.nunique()
    if rated := re.search(r"(\d+) of (\d+) answers carry", said):
        assert [int(n) for n in rated.groups()] == [answers.rating.notna().sum(), len(answers)]
    elif "Every answer carries a rating" in said:
        assert answers.rating.notna().all()
    else:
        assert answers.rating.isna().all()
    told = findings.in_brief()[0][2]
    people, occupations, answered, rated = re.search(
        r"(\w+) (?:person|people), (\w+) occupations?: (\w+) answers?, (\w+) rated", told
    ).groups()
    assert number(people) == answers.person.nunique()
    assert number(occupations) == answers.occupation.nunique()
    assert number(answered) == len(answers)
    assert (0 if rated == "none" else number(rated)) == answers.rating.notna().sum()


def test_one_voice_is_said_where_there_is_one(shapes, shape: str):
    findings = shapes.findings(shape)
    covered = findings.coverage()
    thin = covered[covered.interviews == 1].occupation.tolist()
    said = findings.sentence("coverage")
    assert ("Only one voice on" in said) == bool(thin and not findings.answers.empty)
    if thin and not findings.answers.empty:
        assert a_few(thin) in said


def test_questions_that_tell_apart_are_counted_right(shapes, shape: str):
    findings = shapes.findings(shape)
    known = findings.ratings()
    known = known[known.n > 0]
    compared = sum(part.occupation.nunique() > 1 for _, part in known.groupby("question"))
    clear = told_apart(findings.differences())
    said = findings.sentence("ratings")
    if not compared:
        assert said.startswith("No question is rated for two occupations")
    elif clear.empty:
        assert said.startswith(
            f"On none of {count(compared, 'question')}" if compared > 1 else "On no"
        )
    else:
        assert f"on {in_words(len(clear))} of {count(compared, 'question')}" in said
        assert (len(clear) < compared) == ("on the others" in said)
        first = clear.iloc[0]
        assert said.startswith(
            f"{first_capital(first.higher)} sounds clearly better than {first.lower}"
        )
        rows = known[known.question == first.question].set_index("occupation")
        high, low = rows.loc[first.higher], rows.loc[first.lower]
        assert high["mean"] - low["mean"] == pytest.approx(first.gap)
        assert min(high["n"], low["n"]) >= 2 and first.chance >= 0.9
    told = findings.in_brief()[0][1]
    assert ("tell the occupations apart" in told or "tells the" in told) == (not clear.empty)
    for hint in told_apart(findings.differences(), "hint").itertuples():
        assert hint.question not in set(clear.question)


def test_contradictions_are_counted_right(shapes, shape: str):
    findings = shapes.findings(shape)
    answers = findings.answers
    heard = answers[answers.rating.notna() & (answers.weight > 0)]
    split = [
        pair for pair, part in heard.groupby(["occupation", "question"])
        if part.rating.min() <= 2 and part.rating.max() >= 4
    ]  # fmt: skip
    said = findings.sentence("split")
    if split:
        assert f"in {count(len(split), 'place')}:" in said
    else:
        could = (findings.ratings().n > 1).sum()
        assert said.startswith("Nobody contradicts anybody" if could else "Nobody could contradict")


def test_skills_are_counted_right(shapes, shape: str):
    findings = shapes.findings(shape)
    said, skills = findings.sentence("skills"), findings.skills
    if skills.empty:
        assert said == "Nobody has named a skill yet."
        return

    def names(frame):
        said = [" ".join(phrase.split()).casefold() for phrase in frame.phrase]
        return frame.skill.where(frame.skill.notna(), said).str.casefold().tolist()

    folded = skills.assign(name=names(skills))
    people = folded.groupby("name").person.nunique()
    named, twice = re.match(r"(\w+) skills? (?:was|were) named, (\w+) of them", said).groups()
    assert number(named) == len(people)
    assert (0 if twice == "none" else number(twice)) == (people > 1).sum()
    own = set(names(findings.strengths)) & set(people.index)
    yours = re.search(r"You have (\w+) of them too", said)
    assert (number(yours[1]) if yours else 0) == len(own)


def test_outlook_names_the_largest_and_smallest_projection(shapes, shape: str):
    findings = shapes.findings(shape)
    known = findings.outlook().dropna(subset="growth_pct")
    said = findings.sentence("outlook")
    if known.empty:
        assert said.startswith("No occupation here has official figures")
    elif len(known) > 1:
        growth = known.set_index("occupation").growth_pct.astype(float)
        most, least = (
            f"{growth[k]:+.1f}%".replace("-", "−").replace(".0%", "%")
            for k in (growth.idxmax(), growth.idxmin())
        )
        assert f"grow most: {growth.idxmax()} ({most} over" in said
        assert f"least: {growth.idxmin()} ({least})" in said
    gaps = findings.outlook().dropna(subset="gap").occupation.tolist()
    assert ("Worth asking about" in said) == bool(gaps and not known.empty)


def test_ways_in_are_counted_right(shapes, shape: str):
    findings = shapes.findings(shape)
    told = findings.answers
    told = told[(told.question == "path_in") & (told.text.str.strip() != "")]
    said = findings.sentence("pathways")
    if told.empty:
        assert said.startswith("Nobody told yet")
    else:
        assert number(said.split()[0]) == told.person.nunique()


def test_what_the_findings_rest_on(shapes, shape: str):
    findings = shapes.findings(shape)
    basis = findings.basis()
    held = findings.interviews[findings.interviews.status == "done"]
    assert (basis["interviews"], basis["people"]) == (len(held), held.person.nunique())
    assert basis["occupations"] == held.occupation.nunique()
    dates = held.date.dropna()
    assert basis["journal_dates"] == ([min(dates), max(dates)] if len(dates) else [])
    assert basis["vintages"] == [] and findings.basis(official=True)["vintages"]


def test_numbers_in_words():
    assert [in_words(n) for n in (0, 1, 9, 10)] == ["no", "one", "nine", "10"]
    assert count(0, "skill") == "no skills" and count(1, "person", "people") == "one person"
    assert (
        a_few([]) == "" and a_few(["a"]) == "a" and a_few(["a", "b", "c", "d"]) == "a, b, c and d"
    )


def test_the_first_screen_says_no_more_than_the_verdict(shapes, shape: str):
    findings = shapes.findings(shape)
    _, leads, sure, _ = findings.in_brief()
    decision = findings.decide()
    ranked = decision.ranking[decision.ranking.fit.notna()]
    assert leads[1] == decision.headline()
    assert decision.sentence().startswith(f"{leads[1]}. ")
    named = decision.verdict in ("a little ahead", "leads", "leads clearly")
    assert (decision.leader or "") in leads[1] if named else leads[1].lower() == decision.verdict
    if len(ranked) < 2:
        assert decision.verdict == "nothing to compare yet" and decision.fragility.empty
        assert sure[1] == "Nothing to be sure of yet" and decision.rank_shares.empty
        return
    assert f"fits {ranked.fit.iloc[0]:.0f} of 100" in sure[2]
    changing = int(decision.fragility.changes.fillna(False).astype(bool).sum())
    is_ranking = decision.verdict != "too early to say"
    assert ("hangs on one voice" in sure[1]) == (is_ranking and changing == 1)
    assert ("could tip it" in sure[1]) == (is_ranking and changing > 1)


def test_what_comes_next_is_the_step_decided_else_whom_to_ask(shapes, shape: str):
    findings = shapes.findings(shape)
    *_, (_, answer, told, *_) = findings.in_brief()
    if len(findings.decisions):
        assert answer.startswith("You decided: ")
    elif len(findings.occupations):
        first = findings.next_interview().iloc[0]
        assert answer.endswith(first.occupation) and told == first.why
    else:
        assert answer == "Note an occupation"


def test_a_decision_without_words_is_said_too(tmp_path):
    with infonb.open(tmp_path / "search.db") as journal:
        journal.record_decision(next_step=" ".join(["Ask"] * 99))
        _, answer, told = journal.findings().in_brief()[3]
        assert (answer, told[-5:]) == ("You decided: the next step", "Ask …")
        journal.record_decision(journal.add_occupation("Nurse"))
        assert journal.findings().in_brief()[3][1:] == (
            "You decided: Nurse", "No next step was noted.",
        )  # fmt: skip
