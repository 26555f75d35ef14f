"""What `findings.decide` and its neighbours promise to somebody who has to choose."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import infonb

GOLDEN = {
    "A": [((4, 3, 4), 1), ((5, 2, 4), 1), ((3, 4, None), 0.5)],
    "B": [((3, 5, 3), 1), ((4, 4, 2), 1), ((3, 5, 4), 1)],
    "C": [((5, 1, 5), 1)],
}
QUESTIONS = ("enjoy_most", "home_life", "outlook")
IMPORTANCE = {"enjoy_most": 5, "home_life": 3, "outlook": 4}


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Any]:
    with infonb.open(tmp_path / "decide.db") as opened:
        yield opened


def log(journal: Any, occupation: str, ratings: Any, weight: float = 1, name: str = "P") -> Any:
    about = journal.add_occupation(occupation)
    interview = journal.plan_interview(journal.add_person(name), about)
    for question, rating in zip(QUESTIONS, ratings, strict=True):
        if rating is not None:
            journal.record_answer(interview, question, text=f"{question} {rating}", rating=rating)
    journal.finish_interview(interview, weight=weight)
    return interview


def log_golden(journal: Any) -> None:
    for occupation, people in GOLDEN.items():
        for number, (ratings, weight) in enumerate(people, start=1):
            log(journal, occupation, ratings, weight, f"{occupation}{number}")


def test_golden_values_come_out_of_the_journal(journal: Any) -> None:
    log_golden(journal)
    ranking = journal.findings().decide(IMPORTANCE).ranking.set_index("occupation")
    assert ranking["first"].to_dict() == pytest.approx({"A": 0.35, "B": 0.21, "C": 0.44}, abs=0.02)
    assert ranking["fit"].to_dict() == pytest.approx({"A": 63.5, "B": 60.4, "C": 62.5}, abs=0.4)
    assert ranking["interviews"].to_dict() == {"A": 3, "B": 3, "C": 1}
    assert (ranking["low"] < ranking["fit"]).all() and (ranking["fit"] < ranking["high"]).all()


def test_the_frames_have_the_promised_columns_and_add_up(journal: Any) -> None:
    log_golden(journal)
    decision = journal.findings().decide(IMPORTANCE)
    assert decision.rank_shares.columns.tolist() == ["occupation", "rank", "share"]
    assert decision.wins.columns.tolist() == ["occupation", "other", "share"]
    assert decision.central_weights.columns.tolist() == ["occupation", "question", "weight"]
    assert decision.fragility.columns.tolist() == ["left_out", "leader", "share", "changes"]
    shares = decision.rank_shares
    assert shares.groupby("occupation")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    assert shares.groupby("rank")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    pairs = decision.wins.set_index(["occupation", "other"])["share"]
    assert pairs["A", "B"] + pairs["B", "A"] == pytest.approx(1)
    weights = decision.central_weights.groupby("occupation")["weight"].sum()
    assert weights.tolist() == pytest.approx([1, 1, 1])


def test_an_occupation_nobody_was_asked_about_stays_in_the_table(journal: Any) -> None:
    log_golden(journal)
    journal.add_occupation("Beekeeper")
    ranking = journal.findings().decide(IMPORTANCE).ranking
    last = ranking.iloc[-1]
    assert (last["occupation"], last["interviews"]) == ("Beekeeper", 0)
    assert last["note"] == "no one asked yet"
    assert pd.isna(last["fit"]) and pd.isna(last["first"])
    assert ranking["note"].notna().sum() == 1


def test_the_same_journal_gives_the_same_numbers_redacted_or_not(journal: Any) -> None:
    log_golden(journal)
    plain = journal.findings(redact=False).decide(IMPORTANCE)
    redacted = journal.findings(redact=True).decide(IMPORTANCE)
    pd.testing.assert_frame_equal(plain.ranking, redacted.ranking)
    assert "A1" in plain.fragility["left_out"].tolist()
    assert "A 1" in redacted.fragility["left_out"].tolist()


def test_scaling_importances_changes_nothing_and_a_better_rating_never_hurts(journal: Any) -> None:
    log_golden(journal)
    before = journal.findings().decide(IMPORTANCE).ranking
    tenth = journal.findings().decide({key: value / 10 for key, value in IMPORTANCE.items()})
    pd.testing.assert_frame_equal(before, tenth.ranking, atol=1e-6)
    better = next(i for i in journal.interviews() if journal.answers(i)[0].rating == 4)
    journal.record_answer(better, "enjoy_most", rating=5)
    after = journal.findings().decide(IMPORTANCE).ranking
    a = [frame.set_index("occupation")["fit"]["A"] for frame in (before, after)]
    assert a[1] > a[0]


def test_leaving_people_out_is_as_if_they_had_never_been_asked(journal: Any) -> None:
    log_golden(journal)
    without = journal.findings().decide(IMPORTANCE, without=["C1"])
    assert without.ranking.iloc[-1]["occupation"] == "C"
    assert without.leader == "A"
    fragile = journal.findings().decide(IMPORTANCE).fragility.set_index("left_out")
    assert fragile.loc["C1", "changes"]
    assert fragile.loc["C1", "leader"] == "A"
    assert without.ranking.iloc[0]["first"] == pytest.approx(fragile.loc["C1", "share"])


def test_stored_importances_are_the_default_then_all_rated_questions_alike(journal: Any) -> None:
    log_golden(journal)
    alike = journal.findings().decide()
    assert alike.importance == dict.fromkeys(QUESTIONS, 1.0)
    assert not alike.stated
    assert "say what matters to you" in alike.sentence()
    for key, value in IMPORTANCE.items():
        journal.set_importance(key, value)
    stored = journal.findings().decide()
    assert stored.stated
    pd.testing.assert_frame_equal(
        stored.ranking, journal.findings().decide(IMPORTANCE).ranking, atol=1e-9
    )


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"importance": {"salary": 3}}, "salary"),
        ({"importance": {"outlook": -1}}, "-1"),
        ({"importance": {"outlook": "much"}}, "much"),
        ({"importance": {"outlook": 0}}, "0"),
        ({"certainty": 0}, "certainty"),
        ({"seed": -1}, "seed"),
        ({"without": ["Nobody"]}, "Nobody"),
    ],
)
def test_a_wrong_argument_is_named(journal: Any, arguments: dict[str, Any], named: str) -> None:
    log_golden(journal)
    with pytest.raises(infonb.InfonbError, match=named):
        journal.findings().decide(**arguments)


def test_edge_journals_give_words_not_errors(journal: Any) -> None:
    empty = journal.findings().decide()
    assert empty.leader is None and empty.ranking.empty
    assert empty.sentence().startswith("Nothing to compare yet. No answer that matters")
    journal.add_occupation("Beekeeper")
    assert journal.findings().decide().ranking["note"].tolist() == ["no one asked yet"]
    unrated = log(journal, "Beekeeper", (None, None, None))
    journal.record_answer(unrated, "path_in", text="By chance")
    assert journal.findings().decide().leader is None
    assert journal.findings().decide().ranking["note"].tolist() == ["not rated yet"]
    only = log(journal, "Beekeeper", (5, None, None), name="Q")
    assert "only occupation" in journal.findings().decide().sentence()
    assert journal.findings().decide().headline() == "Nothing to compare yet"
    journal.update(journal.interview(only.id), weight=0)
    assert journal.findings().decide().leader is None
    journal.update(journal.interview(only.id), weight=1)
    log(journal, "Baker", (5, None, None), name="R")
    level = journal.findings().decide()
    assert level.sentence().startswith("Too early to say. Only one person each rated")
    assert level.fragility["leader"].isna().all(), "without one of two nothing can be compared"
    assert level.ranking["first"].tolist() == pytest.approx([0.5, 0.5], abs=0.02)


def test_whom_to_ask_next_is_coverage_first_then_split_answers(journal: Any) -> None:
    log_golden(journal)
    journal.add_occupation("Beekeeper")
    referrer = journal.interviews()[0]
    journal.add_referral(referrer, "Grace H.")
    ahead = journal.findings().next_interview()
    assert ahead.columns.tolist() == [
        "occupation", "why", "interviews", "planned", "changes", "gain", "referrals",
    ]  # fmt: skip
    assert ahead["occupation"].tolist()[:2] == ["Beekeeper", "C"]
    assert ahead["why"].str.len().min() > 20
    assert ahead.set_index("occupation")["referrals"]["A"] == "Grace H."
    assert ahead["changes"].between(0, 1).all() and (ahead["gain"] >= 0).all()
    two = journal.findings().next_interview(look_ahead=2).set_index("occupation")["gain"]
    one = ahead.set_index("occupation")["gain"]
    assert (two >= one - 0.2).all()
    with pytest.raises(infonb.InfonbError, match="look_ahead"):
        journal.findings().next_interview(look_ahead=0)


def test_a_split_answer_shows_both_quotes(journal: Any) -> None:
    log(journal, "Nurse", (5, 1, 3), name="Ada")
    log(journal, "Nurse", (4, 5, 3), name="Ben")
    split = journal.findings().contradictions()
    assert split["person"].tolist() == ["Ada", "Ben"]
    assert split["rating"].tolist() == [1, 5]
    assert split["text"].tolist() == ["home_life 1", "home_life 5"]
    assert journal.findings().ratings().set_index("question")["agreement"]["home_life"] == "split"


def test_ratings_say_how_likely_the_next_person_is_to_rate_high(journal: Any) -> None:
    for number in range(3):
        log(journal, "Nurse", (5, 1, 4), name=f"P{number}")
    chance = journal.findings().ratings().set_index("question")["next_high"]
    assert chance["enjoy_most"] == pytest.approx((3 + 0.4) / 4)
    assert chance["home_life"] == pytest.approx(0.4 / 4)


def test_saturation_follows_the_order_of_dates(journal: Any) -> None:
    nurse = journal.add_occupation("Nurse")
    for date, skills in (("2026-03-09", "ab"), ("2026-03-02", "bc"), ("2026-03-16", "bd")):
        interview = journal.plan_interview(journal.add_person(date), nurse, date=date)
        for skill in skills:
            journal.record_skill(interview, f"skill {skill}")
        journal.finish_interview(interview)
    found = journal.findings().saturation()
    assert found["person"].tolist() == ["2026-03-02", "2026-03-09", "2026-03-16"]
    assert found["new_skills"].tolist() == [2, 1, 1]
    assert found["known_skills"].tolist() == [2, 3, 4]
    assert found["next_skills"].iloc[0] == pytest.approx(3 / 3 - 0 + 1 / 27)


def test_confidence_and_conduct_say_what_to_do_better(journal: Any) -> None:
    nurse = journal.add_occupation("Nurse")
    for before, after, kept in ((2, 3, 0), (3, 5, 2)):
        person = journal.add_person("P")
        interview = journal.plan_interview(person, nurse, confidence_before=before)
        journal.record_conduct(interview, "kept_to_time", kept)
        journal.record_conduct(interview, "thanked", 2)
        journal.finish_interview(interview, confidence_after=after)
    felt = journal.findings().confidence()
    assert felt[["before", "after", "change"]].to_numpy().tolist() == [[2, 3, 1], [3, 5, 2]]
    judged = journal.findings().conduct()
    assert judged["item"].tolist() == ["kept_to_time", "thanked"]
    assert judged["latest"].tolist() == [2, 2]
    assert "twenty minutes" in judged["better"].iloc[0]
    assert pd.isna(judged["better"].iloc[1])


def test_the_network_knows_who_led_to_whom_and_what_is_owed(journal: Any) -> None:
    first = log(journal, "Nurse", (4, 4, 4), name="Ada")
    grace = journal.add_referral(first, "Grace")
    second = journal.plan_interview(grace, journal.add_occupation("Nurse"))
    journal.finish_interview(second)
    journal.add_referral(second, "Hedy")
    owed = journal.tasks().query("kind == 'thank_you' and person == 'Ada'")
    journal.done(owed["task"].iloc[0])
    known = journal.findings().network().set_index("person")
    assert known.index.tolist() == ["Ada", "Grace", "Hedy"]
    assert known["steps"].tolist() == [0, 1, 2]
    assert known["referred"].tolist() == [1, 1, 0]
    assert known["thank_you"].tolist()[:2] == ["sent", "owed"]
    assert pd.isna(known.loc["Hedy", "thank_you"])


def test_a_circle_of_referrals_does_not_hang(journal: Any) -> None:
    ada = journal.add_person("Ada")
    ben = journal.add_person("Ben", referred_by=ada)
    with sqlite3.connect(journal.path) as older:  # journals from before it was refused hold it
        older.execute("UPDATE person SET referred_by = ? WHERE id = ?", (ben.id, ada.id))
    older.close()
    assert sorted(journal.findings().network()["person"]) == ["Ada", "Ben"]


def test_overlap_compares_like_with_like(journal: Any) -> None:
    for occupation in ("Nurse", "Medic"):
        for number in range(2):
            interview = log(journal, occupation, (4, 4, 4), name=f"{occupation}{number}")
            journal.record_skill(interview, "staying calm", rank=1)
            journal.record_skill(interview, f"{occupation} talk", rank=2)
            journal.record_skill(interview, f"unranked {occupation} {number}")
    pair = journal.findings().skill_overlap().iloc[0]
    assert pair["shared"] == 1
    assert pair["between"] == pytest.approx(0.5)
    assert pair["within"] == pytest.approx(1.0)
    assert "Self-Control" in pair["sentence"]
