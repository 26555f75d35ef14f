"""A product that the catalogue doesn't have is known by its kind: looked up, else guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_up_release import Rows, write

from infonb.reference import match_skill, same_words
from infonb.reference.official.install import update
from infonb.reference.technologies import is_like_a_product

TECHNOLOGY = [
    ["O*NET-SOC Code", "Example", "Commodity Code", "Commodity Title", "Hot Technology",
     "In Demand"],
    ["99-1001.00", "Lunara DomeWatch", 43232611, "Facilities management software", "N", "N"],
    ["99-1001.00", "Lunara CraterBooks", 43231601, "Accounting software", "N", "N"],
    ["99-1002.00", "Lunara CraterBooks", 43231507, "Project management software", "N", "N"],
    ["99-1001.00", "Clear Plans", 43231507, "Project management software", "N", "N"],
    ["99-1001.00", "Selenite Xylem", 43231513, "Project management software", "N", "N"],
    ["99-1001.00", "Regolith Qubber", 1, "A kind nobody has heard of", "N", "N"],
]  # fmt: skip

DWA = [
    ["Element ID", "Element Name", "IWA ID", "IWA Title", "DWA ID", "DWA Title"],
    ["4.A.1.a.1", "", "4.A.1.a.1.I01", "", "4.A.1.a.1.I01.D01", "Zimble the quargs."],
]


@pytest.fixture
def technology(home: Path, tmp_path: Path) -> Path:
    """A folder with a made-up list of technologies."""
    return listed(tmp_path / "db_31_7_text", TECHNOLOGY)


def listed(folder: Path, technologies: Rows) -> Path:
    write(folder / "Technology Skills.txt", technologies)
    return folder


def test_a_product_of_the_installed_list_is_its_kind(technology: Path) -> None:
    update(technology)
    for said in ("Lunara DomeWatch", "lunara domewatch", "experience with Lunara DomeWatch"):
        match = match_skill(said)[0]
        assert (match.name, match.confident) == ("Facilities management software", True), said
    assert {match.name for match in match_skill("Lunara CraterBooks", n=2)} == {
        "Accounting software", "Project management software",
    }  # fmt: skip


def test_an_update_counts_at_once_in_the_same_session(technology: Path, home: Path) -> None:
    def first(said: str) -> tuple[str, bool]:
        match = match_skill(said)[0]
        return match.name, match.confident

    assert first("Lunara DomeWatch") != ("Facilities management software", True)
    update(technology)
    assert first("Lunara DomeWatch") == ("Facilities management software", True)
    renamed = [[str(cell).replace("DomeWatch", "HullGuard") for cell in row] for row in TECHNOLOGY]
    unknown = match_skill("Zimble the quargs.")
    assert not unknown or unknown[0].name != "Getting Information"
    write(technology / "DWA Reference.txt", DWA)
    update(listed(technology, renamed))
    assert first("Lunara HullGuard") == ("Facilities management software", True)
    assert not match_skill("Lunara DomeWatch")[0].confident
    assert match_skill("Zimble the quargs.")[0].name == "Getting Information"
    (home / "current.json").unlink()
    assert not match_skill("Lunara HullGuard")[0].confident


def test_a_product_called_by_ordinary_words_must_be_written_as_it_is(technology: Path) -> None:
    update(technology)
    assert match_skill("Clear Plans")[0].name == "Project management software"
    assert match_skill("clear plans")[0].name != "Project management software"


def test_two_products_of_one_kind_are_not_counted_as_one(technology: Path) -> None:
    update(technology)
    assert match_skill("Lunara CraterBooks")[0].confident
    assert same_words("Lunara CraterBooks") is None
    assert same_words("Selenite Xylem") is None


def test_a_kind_the_catalogue_does_not_have_is_left_out(technology: Path) -> None:
    update(technology)
    assert not match_skill("Regolith Qubber")[0].confident


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Zylotech PatientChart Pro", "Medical software"),
        ("our Vendorama payroll and timesheet software", "Time accounting software"),
        ("Brixley TaxWizard", "Tax preparation software"),
        ("Nordhav RouteMapper", "Route navigation software"),
        ("TrueSound AudioMixer", "Music or sound editing software"),
    ],
)
def test_an_unknown_product_is_guessed_by_its_name_and_never_surely(said: str, kind: str) -> None:
    found = match_skill(said)
    assert kind in [match.name for match in found]
    assert not any(match.confident for match in found)


@pytest.mark.parametrize(
    "said",
    ["Beekeeping", "HR paperwork", "CPR", "Customer Service", "talking to IT people",
     "Humming with the bees", "IT", "the Navy way", "learning new software quickly", ""],
)  # fmt: skip
def test_ordinary_words_are_no_product(said: str) -> None:
    assert not is_like_a_product(said)
