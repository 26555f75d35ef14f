"""A student hands in one small file: shown first, without names, words only where ticked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import infonb
from infonb.cli import main
from infonb.journal import Journal
from infonb.programme import codes, hand_in, prepare, preview
from infonb.programme.hand_ins import read

WORDS = ["it grows", "Never", "She smiled", "folding swans", "travel", "That it was easy"]
SECRETS = ["Ada", "Lovelace", "ada@", "Engine Works", "Not for others"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "class").mkdir()
    return tmp_path / "class"


def test_no_word_leaves_that_was_not_ticked(journal: Journal, folder: Path) -> None:
    said = hand_in(journal, folder, "K7").read_text(encoding="utf-8")
    assert not [words for words in WORDS + SECRETS if words.casefold() in said.casefold()]
    assert "Self-Control" in said  # a skill of the catalogue has its official name
    own = next(key for key in journal.findings().questions if key.startswith("own"))
    for ticked, expected in {
        ("outlook",): {"it grows"}, (own,): {"Never", "travel"}, ("notes",): {"She smiled"},
        ("top_skills",): {"folding swans"},
    }.items():  # fmt: skip
        said = hand_in(journal, folder, "K7", texts=ticked).read_text(encoding="utf-8")
        assert {words for words in WORDS if words in said} == expected
        assert not [secret for secret in SECRETS if secret in said]


def test_the_preview_is_the_file_letter_by_letter(journal: Journal, folder: Path) -> None:
    shown = preview(prepare(journal, "K7", texts=["outlook"]))
    path = hand_in(journal, folder, "K7", texts=["outlook"])
    assert path.read_text(encoding="utf-8") in shown
    assert "words only of: outlook" in shown and "1 interview, " in shown


def test_the_file_says_what_it_is(journal: Journal, folder: Path) -> None:
    path = hand_in(journal, folder, "K7", term="2026-autumn", cohort="10b")
    first = path.read_text(encoding="utf-8").splitlines()[1]
    assert "what one student hands in" in first and "don't publish it" in first
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["journal"] == journal.id and (told["term"], told["cohort"]) == (
        "2026-autumn",
        "10b",
    )
    assert told["consent"]["given"] is True and "five students" in told["consent"]["words"]
    assert told["tables"]["journals"][1] == [1, 3, 0, 1]
    assert path.stat().st_size < 6000


@pytest.mark.parametrize(
    "code", ["Ada", "ada", "LOVELACE", "a-lovelace", "alovelace7", "ada_7", "Engine", "", "a b", "../x", "x" * 30]
)  # fmt: skip
def test_a_code_names_nobody_and_no_place(journal: Journal, folder: Path, code: str) -> None:
    with pytest.raises(infonb.InfonbError, match="code"):
        hand_in(journal, folder, code)
    assert list(folder.iterdir()) == []


def test_a_term_that_names_somebody_is_refused(journal: Journal, folder: Path) -> None:
    with pytest.raises(infonb.InfonbError, match="names somebody"):
        hand_in(journal, folder, "K7", cohort="Lovelace's class")


def test_codes_are_told_apart_by_two_signs() -> None:
    listed = codes(300)
    assert len({code[:at] + code[at + 1 :] + str(at) for code in listed for at in range(6)}) == 1800
    assert not set("".join(listed)) & set("AEIOUY01IL")
    with pytest.raises(infonb.InfonbError, match="1 to 2,000"):
        codes(0)


def test_the_same_journal_replaces_what_it_handed_in(
    journal: Journal, folder: Path, tmp_path: Path
) -> None:
    hand_in(journal, folder, "K7", term="2026-autumn")
    journal.backup(tmp_path / "copy.db")
    with infonb.open(tmp_path / "copy.db") as copy:
        path = hand_in(copy, folder, "M4")
    assert list(folder.iterdir()) == [path]
    assert read(path).part.term == "2026-autumn"  # what was said once needn't be said again
    with (
        infonb.open(tmp_path / "other.db") as other,
        pytest.raises(infonb.InfonbError, match="another journal was handed in as m4"),
    ):
        hand_in(other, folder, "m4")
    assert hand_in(journal, folder, "K7").name == "K7.hand-in.json"
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t["tables"]["answers"][1].__setitem__(6, 9), "answers, row 1: rating is 9"),
        (lambda t: t["tables"]["answers"][1].__setitem__(8, None), "weight is missing"),
        (lambda t: t["tables"]["answers"][1].pop(), "values are expected"),
        (lambda t: t["tables"].pop("skills"), "tables aren't those"),
        (lambda t: t.pop("journal"), "something else"),
        (lambda t: t.update(schema=1), "schema 1, this infonb reads 2"),
        (lambda t: t.update(consent={}), "no consent"),
        (lambda t: t.update(code="../x"), "is no code"),
        (lambda t: t.update(term=7), "term is 7"),
        (lambda t: t["tables"]["interviews"][1].__setitem__(0, None), "interview is missing"),
        (lambda t: t["tables"]["answers"][1].__setitem__(6, True), "rating is True"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(
    journal: Journal, folder: Path, change, said: str
) -> None:
    path = hand_in(journal, folder, "K7")
    told = json.loads(path.read_text(encoding="utf-8"))
    change(told)
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(infonb.InfonbError, match=said):
        read(path)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"[]", b"[" * 100_000, b'{"a": 1}'])
def test_a_damaged_file_is_said_to_be_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "K7.hand-in.json").write_bytes(content)
    with pytest.raises(infonb.InfonbError, match=r"K7\.hand-in\.json"):
        read(tmp_path / "K7.hand-in.json")


def test_own_questions_are_one_by_their_prompt(journal: Journal, tmp_path: Path) -> None:
    with infonb.open(tmp_path / "other.db") as other:
        other.add_question("do you travel")
        talk = other.plan_interview(other.add_person("Bo"), other.add_occupation("Baker"))
        own = next(key for key in other.findings().questions if key.startswith("own"))
        other.record_answer(talk, own, rating=5)
        there = {row["question"] for row in prepare(other, "M4").part.rows["answers"]}
    here = {row["question"] for row in prepare(journal, "K7").part.rows["answers"]}
    assert len(there) == 1 and there < here


def test_the_command_shows_and_hands_in(
    journal: Journal, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["--journal", str(journal.path), "hand-in"]
    assert main(call) == 1 and "say yours: infonb hand-in --as CODE" in capsys.readouterr().err
    assert main([*call, "--as", "K7", "--to", str(folder), "--preview"]) == 0
    assert "Nothing was written" in capsys.readouterr().out and not list(folder.iterdir())
    assert main([*call, "--as", "K7", "--to", str(folder), "--words-of", "outlook"]) == 0
    said = capsys.readouterr().out
    (path,) = folder.iterdir()
    assert path.read_text(encoding="utf-8") in said and "I have seen all of this file" in said
    path.unlink()
    assert main(call) == 0 and list(folder.iterdir()) == [path]  # code and folder are remembered
    assert main(["programme", "codes", "30"]) == 0
    assert len(set(capsys.readouterr().out.split()[-30:])) == 30
    assert main(["programme", "codes"]) == 2
