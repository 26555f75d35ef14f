"""The catalogue: every element is there, ids stay, phrases lead somewhere."""

from __future__ import annotations

import re
from collections import Counter

from infonb.reference import catalogue as names


def test_all_of_onets_elements_are_there_by_name() -> None:
    kinds = Counter(each.kind for each in names.skills().values())
    assert kinds["skill"] == 35
    assert kinds["knowledge"] == 33
    assert kinds["work activity"] == 41
    assert kinds["work style"] == 16
    assert kinds["technology"] > 300


def test_ids_say_where_they_come_from() -> None:
    for each in names.skills().values():
        assert re.fullmatch(
            r"[124]\.[A-C](\.\d+)?(\.[a-z]|\.\d+)*(\.\d+)?|own:[a-z-]+|tech:[a-z0-9-]+", each.id
        )


def test_our_own_are_described_and_near_to_something_official() -> None:
    own = [each for each in names.skills().values() if each.kind == "own"]
    assert own
    for each in own:
        assert each.description.endswith(".")
        assert each.near and all(names.skill(id) for id in each.near)


def test_a_technology_belongs_to_a_kind() -> None:
    for each in names.skills().values():
        if each.group:
            group = names.skill(each.group)
            assert group is not None and group.kind == "technology" and not group.group


def test_every_phrase_belongs_to_a_skill_and_stands_once_there() -> None:
    for id, said in names.phrases().items():
        assert id == names.NO_SKILL or names.skill(id)
        assert len(said) == len(set(said)), id
        assert all(phrase == phrase.strip() and phrase for phrase in said)


def test_every_element_has_words_that_people_use() -> None:
    for each in names.skills().values():
        if each.kind != "technology":
            assert len(names.phrases()[each.id]) >= 8, each.id


def test_every_phrase_is_found_again() -> None:
    for id, said in names.phrases().items():
        if id != names.NO_SKILL:
            for phrase in said:
                assert id in names.look_up(phrase), phrase
