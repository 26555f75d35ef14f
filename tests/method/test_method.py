"""Every line of the method has its place: questions, scales, checklists, rules, numbers."""

from __future__ import annotations

import dataclasses

import pytest

from infonb import method

KEYS = (
    "path_in preparation enjoy_most enjoy_least top_skills typical_day motivation difficulties "
    "advancement progression stay_competitive outlook home_life entry_level learn_more strengths_fit"
).split()

WHAT_A_RATING_MEANS = {
    "path_in": ("hard to get in", "open way in"),
    "preparation": ("out of my reach", "within my reach"),
    "enjoy_most": ("little I'd enjoy", "much I'd enjoy"),
    "enjoy_least": ("a lot I'd dislike", "little to complain of"),
    "top_skills": ("far from mine", "close to mine"),
    "typical_day": ("not for me", "just right for me"),
    "motivation": ("not what drives me", "what drives me"),
    "difficulties": ("too hard", "I could live with it"),
    "advancement": ("dead end", "wide open"),
    "progression": ("unclear or slow", "clear and steady"),
    "stay_competitive": ("a treadmill", "manageable"),
    "outlook": ("shrinking", "booming"),
    "home_life": ("bad for home life", "good for home life"),
    "entry_level": ("unattractive start", "attractive start"),
    "strengths_fit": ("poor fit", "strong fit"),
}


def test_there_are_fifteen_questions_under_sixteen_keys_in_their_order():
    assert list(method.QUESTIONS) == KEYS
    assert all(question.key == key for key, question in method.QUESTIONS.items())


@pytest.mark.parametrize("key", WHAT_A_RATING_MEANS)
def test_both_ends_of_a_rating_are_worded_as_the_method_says(key: str):
    low, high = WHAT_A_RATING_MEANS[key]
    question = method.QUESTIONS[key]
    assert question.rated
    assert low in question.low and high in question.high
    assert question.to_oneself.endswith("?"), "a rating answers a question to oneself"


def test_only_how_to_find_out_more_is_not_rated():
    assert [key for key, question in method.QUESTIONS.items() if not question.rated] == [
        "learn_more"
    ]


@pytest.mark.parametrize("key", KEYS)
def test_every_question_can_be_said_aloud_and_labelled(key: str):
    question = method.QUESTIONS[key]
    assert question.prompt.endswith("?")
    assert 0 < len(question.short) <= 24
    assert question.group in ("way in", "the work", "the future", "life", "you")
    assert 0 < question.minutes <= 4


def test_prompts_ask_for_what_the_method_wants_to_find_out():
    asked = {key: question.prompt.casefold() for key, question in method.QUESTIONS.items()}
    for key, words in {
        "path_in": ("come to", "this job"), "preparation": ("education", "training", "need"),
        "enjoy_most": ("most",), "enjoy_least": ("least",), "top_skills": ("three skills", "most"),
        "typical_day": ("day", "week"), "motivation": ("keeps you going",),
        "difficulties": ("regularly", "hard"), "advancement": ("advance", "end"),
        "progression": ("steps",), "stay_competitive": ("keep up",),
        "outlook": ("fare", "years"), "home_life": ("life at home",),
        "entry_level": ("titles", "duties", "start"), "learn_more": ("find out more",),
        "strengths_fit": ("my strengths", "fit"),
    }.items():  # fmt: skip
        assert all(word in asked[key] for word in words), (key, asked[key])


def test_no_prompt_asks_for_a_job():
    for question in (*method.QUESTIONS.values(), method.NOTES, method.ASK_NEXT):
        assert method.check_wording(question.prompt) == []


def test_the_first_agenda_is_a_few_questions_that_fit_the_promised_time():
    assert set(method.AGENDA_DEFAULT) < set(method.QUESTIONS)
    assert 4 <= len(method.AGENDA_DEFAULT) <= 8
    assert method.minutes_needed(method.AGENDA_DEFAULT) <= method.MINUTES
    assert method.minutes_needed(KEYS) > method.MINUTES, "all of them don't fit: choose a few"


def test_an_own_question_takes_time_too():
    assert method.minutes_needed(["own_travel"]) > method.minutes_needed([])


def test_the_numbers_of_the_method():
    assert method.MINUTES == 20
    assert method.INTERVIEWS_WANTED == 3


@pytest.mark.parametrize(
    ("scale", "low", "high"),
    [(method.CONFIDENCE, 1, 5), (method.WEIGHT, 0, 1), (method.IMPORTANCE, 0, 5)],
)
def test_every_scale_has_two_worded_ends(scale: method.Scale, low: float, high: float):
    assert (scale.low, scale.high) == (low, high)
    assert scale.low_means and scale.high_means and scale.low_means != scale.high_means
    assert scale.holds(low) and scale.holds(high)
    assert not scale.holds(low - 1) and not scale.holds(high + 1)


def test_whom_to_ask_is_everybody_the_method_names():
    assert list(method.SOURCES) == [
        "friend", "family", "neighbor", "supervisor", "coworker", "referral", "directory",
        "association", "other",
    ]  # fmt: skip
    assert all(method.SOURCES.values())


# a word of each step that the method demands, by stage -------------------------------------------

STEPS = {
    "before": {
        "said_how_name_was_got": "name", "asked_for_information": "information and guidance",
        "asked_for_20_minutes": "twenty minutes", "prepared": "organisation",
        "questions_chosen": "few questions", "dressed": "job interview",
        "paper_and_pen": "paper and pen, and a watch",
    },
    "during": {
        "listened": "notes", "kept_to_time": "twenty minutes",
        "did_not_ask_for_job": "not ask for a job, in any way",
        "asked_for_referrals": "who else", "took_card": "business card",
        "thanked": "before you leave",
    },
    "after": {
        "thank_you_sent": "at once", "conduct_judged": "how well you conducted",
        "weight_decided": "how much weight", "notes_reviewed": "review the notes",
        "next_step_decided": "next step", "told_outcome": "everyone you interviewed",
    },
}  # fmt: skip


@pytest.mark.parametrize(("stage", "key"), [(s, k) for s in STEPS for k in STEPS[s]])
def test_every_step_is_on_its_checklist(stage: str, key: str):
    items = {item.key: item for item in method.CHECKLISTS[stage]}
    assert STEPS[stage][key] in items[key].text.casefold()
    assert items[key].why.endswith(".")


def test_the_checklists_hold_nothing_else_and_each_key_once():
    assert {stage: {i.key for i in items} for stage, items in method.CHECKLISTS.items()} == {
        stage: set(items) for stage, items in STEPS.items()
    }
    keys = [item.key for items in method.CHECKLISTS.values() for item in items]
    assert len(keys) == len(set(keys))


def test_the_grain_of_salt_is_there_in_words():
    item = next(i for i in method.CHECKLISTS["after"] if i.key == "weight_decided")
    assert "grain of salt" in item.why and "judgment" in item.why


def test_one_judges_oneself_by_what_the_method_asks_of_one():
    assert set(method.CONDUCT) >= {
        "kept_to_time", "did_not_ask_for_job", "thanked", "asked_for_referrals", "took_card",
        "said_how_name_was_got", "asked_for_information", "prepared",
    }  # fmt: skip
    after = {item.key for item in method.CHECKLISTS["after"]}
    assert not after & set(method.CONDUCT), "what comes later has tasks of its own"


def test_every_rule_says_where_the_product_keeps_it():
    rules = {rule.key: rule for rule in method.RULES}
    for key, words in {
        "only_real_candidates": "really pursue", "start_with_people_you_know": "anyone they know",
        "strangers_are_fine": "professional associations", "three_people": "three people",
        "say_how_name_was_got": "how you got", "information_and_guidance": "guidance",
        "twenty_minutes": "watch", "notes": "paper and pen", "prepare": "organisation",
        "dress": "behave", "never_ask_for_a_job": "not ask for a job, in any way",
    }.items():  # fmt: skip
        assert words in rules[key].text.casefold(), key
        assert rules[key].where
    assert len(rules) == len(method.RULES)


def test_what_an_interview_gives_and_its_two_goals():
    assert [b.key for b in method.BENEFITS] == ["contact", "knowledge", "confidence", "hidden_jobs"]
    assert all(b.text and b.kept_as for b in method.BENEFITS)
    suit, connection = method.GOALS
    assert "suit you" in suit and "connection" in connection


def test_the_method_cannot_be_changed_by_accident():
    with pytest.raises(TypeError):
        method.QUESTIONS["home_life"] = None  # type: ignore[index]
    with pytest.raises(TypeError):
        method.CHECKLISTS["before"] = ()  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        method.QUESTIONS["home_life"].low = "?"  # type: ignore[misc]
