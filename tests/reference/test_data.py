"""The small tables that come with infonb: complete, sorted, and no larger than they need be."""

from __future__ import annotations

from importlib.resources import files

import pytest

from infonb import reference
from infonb.reference.facts import rows, shipped
from infonb.reference.titles import normal

DATA = files("infonb.reference") / "data"


@pytest.mark.parametrize("name", ["wages.csv", "titles.csv", "combined.csv", "facts.csv"])
def test_tables_are_sorted_by_code_and_small(name):
    codes = [row["soc"] for row in rows(name)]
    assert codes == sorted(codes)
    assert len((DATA / name).read_bytes()) < 200_000


def test_every_everyday_title_names_an_occupation_and_none_stands_twice():
    titles = [(row["soc"], row["title"]) for row in rows("titles.csv")]
    assert {soc for soc, _ in titles} <= set(shipped())
    assert len(set(titles)) == len(titles) > 5000
    assert all(normal(title) for _, title in titles)


def test_nearly_every_occupation_has_an_everyday_title():
    named = {row["soc"] for row in rows("titles.csv")}
    others = {soc for soc in shipped() if soc not in named and not soc.startswith("55-")}
    assert {
        title for soc in others if not (title := shipped()[soc].title).endswith("All Other")
    } <= {
        "Forestry and Conservation Science Teachers, Postsecondary",
        "Family and Consumer Sciences Teachers, Postsecondary",
    }


def test_all_occupations_of_the_soc_are_known():
    assert len(shipped()) == 867


def test_broader_occupations_that_lend_their_figures_have_some():
    lenders = {row["figures_of"] for row in rows("combined.csv")} - {""}
    for soc in lenders:
        facts = reference.occupation(soc)
        assert facts is not None and facts.median_wage is not None


def test_abbreviations_are_written_in_plain_words():
    for row in rows("abbreviations.csv"):
        assert row["short"] == row["short"].lower() and row["long"] == row["long"].lower()
        assert row["short"].isalnum()
