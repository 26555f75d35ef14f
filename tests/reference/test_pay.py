"""What an occupation pays in a state stands to the digit as published, and what isn't, says so."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import infonb
from infonb import reference
from infonb.reference.pay import NATION

# Read from the survey's cells by the names of states and occupations, not by the keys of the
# program that makes the shipped file.
CHECKED = Path(__file__).parents[1] / "data" / "wages_of_states.csv"


def checked() -> list[dict[str, str]]:
    with CHECKED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_state(soc: str, state: str) -> reference.Wages | None:
    return next((each for each in reference.wages(soc, state) if each.place == state), None)


@pytest.mark.parametrize("row", checked(), ids=lambda row: f"{row['state']} {row['soc']}")
def test_ten_occupations_in_five_states_are_as_published(row: dict[str, str]) -> None:
    found = in_state(row["soc"], row["state"])
    if row["footnotes"] == "no cell":
        assert found is None
        return
    assert found is not None and found.vintage == "May 2025"
    written = [
        "" if value is None else str(value) for value in (found.p10, found.median, found.p90)
    ]
    assert written == [row["p10"], row["median"], row["p90"]]
    assert (found.note is None) == all(written)


def test_the_nation_comes_first_and_alone_where_no_state_is_asked_for() -> None:
    facts = reference.occupation("29-1141")
    assert facts is not None
    (nation,) = reference.wages("29-1141.00")
    assert nation.place == NATION
    assert (nation.p10, nation.median, nation.p90) == (
        facts.wage_p10, facts.median_wage, facts.wage_p90,
    )  # fmt: skip
    both = reference.wages("29-1141", "  new   york ")
    assert [each.place for each in both] == [NATION, "New York"]


@pytest.mark.parametrize(
    ("soc", "state", "says"),
    [
        ("27-2011", "California", "not released"),
        ("27-2011", "New York", "no yearly pay"),
        ("29-1022", "Alabama", "Lowest tenth, median, highest tenth: $239,200 or more"),
        ("27-2021", "California", "Highest tenth: $239,200 or more"),
    ],
)
def test_a_figure_that_is_not_published_is_missing_and_says_why(soc, state, says) -> None:
    found = in_state(soc, state)
    assert found is not None and found.p90 is None and found.note is not None
    assert says in found.note
    if soc == "27-2021":
        assert (found.p10, found.median) == (40120, 79040)


def test_an_occupation_counted_with_others_says_with_which() -> None:
    counselor = in_state("21-1014", "Ohio")
    assert counselor is not None and counselor.of == "21-1018" and counselor.median


def test_a_state_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(infonb.InfonbError, match=r"“Bavaria”.*Alabama.*Wyoming"):
        reference.wages("29-1141", "Bavaria")


def test_an_unknown_occupation_pays_nothing_known() -> None:
    assert reference.wages("99-9999", "Ohio") == () and reference.wages(None) == ()


def test_newer_national_figures_stand_beside_the_states_of_their_own_vintage(home, release) -> None:
    from infonb.reference.official.install import update

    update(release(without=["Occupation Data", "Alternate Titles", "Sample of Reported Titles"]))
    nation, state = reference.wages("17-2141", "Ohio")
    assert (nation.median, nation.vintage, state.vintage) == (100500, "May 2031", "May 2025")
