"""A transcript stays with its interview; what was asked is proposed, and nothing attached unasked."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import infonb
from infonb import exchange
from infonb.errors import InfonbError
from infonb.exchange.asked_questions import ANOTHER, NO_QUESTION
from infonb.journal import Journal

HERE = Path(__file__).parent / "transcripts"

# file -> who asks, who else, what the last of the others says, first proposal of each turn that asks
SHAPES = {
    "zoom.vtt": ("Robin Ash", "Zoë Quist", "Night shifts. After two of them I'm no use to anybody.",
                 ["path_in", "enjoy_least"]),
    "teams.vtt": ("Robin Ash", "Quist, Zoë (Lab)",
                  "Maps at six, the forecast at seven, phone calls until four.", [None, "typical_day"]),
    "voices.vtt": ("Robin", "Zoë", "Yes.", ["difficulties", None]),
    "otter.srt": ("Robin Ash", "Zoë Quist", "Two steps, then you wait.",
                  ["stay_competitive", "advancement"]),
    "otter.txt": ("Robin Ash", "Zoë Quist",
                  "I sleep when others eat.\n\nTranscribed by https://otter.ai", ["motivation", "home_life"]),
    "meet.txt": ("Robin Ash", "Zoë Quist",
                 'Maps, plain words, and patience.\nAlso: saying "I don\'t know".', ["top_skills"]),
    "q_and_a.txt": ("Q", "A", "You ask good questions.", ["entry_level", "strengths_fit"]),
    "notes.md": ("Robin", "Zoë", "Enough.", ["home_life", None]),
    "deutsch.txt": ("Interviewerin", "Befragter", "Früh auf, Karten lesen, telefonieren.",
                    ["path_in", "enjoy_most", "home_life", "typical_day"]),
    "francais.txt": ("Robin", "Zoé", "Les nuits.", ["path_in", "typical_day", "enjoy_least"]),
    "espanol.txt": ("Entrevistadora", "Entrevistado", "Habrá menos puestos.",
                    ["path_in", "enjoy_most", "outlook"]),
    "teams.docx": ("Robin Ash", "Quist, Zoë (Lab)", "Being right, now and then.",
                   ["path_in", "motivation"]),
    "table.docx": ("Robin", "Zoë", "The telephone, when it's quiet.\nEnd of the talk",
                   ["difficulties", "enjoy_most"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_speakers_turns_and_questions_are_found_in_every_shape(name: str) -> None:
    asks, other, last, questions = SHAPES[name]
    talk = exchange.read_transcript(HERE / name)
    assert talk.speakers == (asks, other)
    assert [turn.text for turn in talk.turns if turn.speaker == other][-1] == last
    asked = talk.asked(asks)
    assert len(asked) == len(questions)
    for turn, question in zip(asked, questions, strict=True):
        assert len(turn.proposals) == 3
        assert question is None or question in turn.proposals, (turn.text, turn.proposals)


def test_each_voice_of_a_cue_keeps_its_words() -> None:
    said = [(t.speaker, t.text) for t in exchange.read_transcript(HERE / "voices.vtt").turns]
    assert said[:2] == [
        ("Robin", "What is regularly hard?"),
        ("Zoë", "Being wrong in public. From here --> there."),
    ]


def test_signs_are_read_as_they_were_said() -> None:
    turns = exchange.read_transcript(HERE / "teams.vtt").turns
    assert turns[1].text == "Yes & gladly, it is <fun>."


def test_no_cue_of_a_bad_file_is_lost() -> None:
    said = " ".join(turn.text for turn in exchange.read_transcript(HERE / "bad.srt").turns)
    assert said == "I mean it. Do you? No number here. First part second part of the cue. The end."


def test_lines_that_roll_up_are_said_once() -> None:
    said = [turn.text for turn in exchange.read_transcript(HERE / "rolling.vtt").turns]
    assert said == [
        "how did you get into this kind of work?",
        "My aunt had a bakery.",
        "No.",
        "No.",
    ]


def test_word_reads_what_was_inserted_and_not_what_was_deleted(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    document.add_paragraph("Robin: Why?")
    paragraph = document.add_paragraph("Zoë: People")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for inside in (
        f'<w:ins {space} w:id="1" w:author="R"><w:r><w:t>, mostly.</w:t></w:r></w:ins>',
        f'<w:del {space} w:id="2" w:author="R"><w:r><w:delText> and pay</w:delText></w:r></w:del>',
    ):
        paragraph._p.append(parse_xml(inside))
    document.save(str(tmp_path / "talk.docx"))
    talk = exchange.read_transcript(tmp_path / "talk.docx")
    assert [turn.text for turn in talk.turns] == ["Why?", "People, mostly."]


@pytest.fixture
def talk(journal: Journal) -> str:
    """An interview with Zoë Quist, and one more."""
    meteorologist = journal.add_occupation("Meteorologist")
    journal.plan_interview(journal.add_person("Bo Lund"), meteorologist)
    return journal.plan_interview(journal.add_person("Zoë Quist"), meteorologist).id


def test_the_interview_and_who_asks_are_asked(journal: Journal, talk: str) -> None:
    with pytest.raises(exchange.ImportRefused) as refused:
        journal.import_file(HERE / "zoom.vtt")
    asked = {problem.asks: problem for problem in refused.value.problems if problem.error}
    assert asked["interview"].options == ("Zoë Quist", "Bo Lund")  # who speaks in it comes first
    assert asked["asks"].options == ("Robin Ash", "Zoë Quist", "nobody")
    assert journal.transcripts() == []


def test_nothing_is_attached_without_a_yes(journal: Journal, talk: str) -> None:
    report = journal.import_file(HERE / "zoom.vtt", interview="zoë quist", asks="robin ash")
    assert (report.added, report.format) == (1, "transcript")
    assert journal.answers(talk) == []
    kept = journal.transcripts(talk)[0]
    assert kept.asks == "Robin Ash" and len(kept.turns) == 4 and kept.text.count("\n\n") == 3
    offers = [problem for problem in report.problems if problem.asks == "answers"]
    assert [offer.column for offer in offers] == ["turn 1", "turn 3"]
    assert "path_in" in offers[0].options[:3] and offers[0].options[3:] == (ANOTHER, NO_QUESTION)


def test_what_a_person_says_a_turn_asks_becomes_an_answer(journal: Journal, talk: str) -> None:
    said = {"turn 1": "path_in", "turn 3": NO_QUESTION}
    journal.import_file(HERE / "zoom.vtt", interview=talk, asks="Robin Ash", answers=said)
    answers = {answer.question: answer.text for answer in journal.answers(talk)}
    assert list(answers) == ["path_in"]
    assert answers["path_in"].startswith("I flew gliders") and "Night shifts" in answers["path_in"]


def test_a_turn_that_nobody_named_ends_an_answer(journal: Journal, talk: str) -> None:
    journal.import_file(HERE / "zoom.vtt", interview=talk, asks="Robin Ash",
                        answers={"turn 1": "path_in"})  # fmt: skip
    [answer] = journal.answers(talk)
    assert "Night shifts" not in answer.text


def test_an_answer_that_is_there_keeps_its_words(journal: Journal, talk: str) -> None:
    journal.record_answer(talk, "enjoy_least", text="The pay.", rating=2)
    how = {"interview": talk, "asks": "Robin Ash", "answers": {"turn 3": "enjoy_least"}}
    report = journal.import_file(HERE / "zoom.vtt", **how)
    [answer] = journal.answers(talk)
    assert answer.text.startswith("The pay.") and "Night shifts." in answer.text
    assert answer.rating == 2
    assert any("both are kept" in problem.what for problem in report.problems)
    once = answer.text
    assert journal.import_file(HERE / "zoom.vtt", **how).skipped == 1
    assert journal.answers(talk)[0].text == once


def test_what_a_turn_asks_may_be_said_later(journal: Journal, talk: str) -> None:
    how = {"interview": talk, "asks": "Robin Ash"}
    journal.import_file(HERE / "zoom.vtt", **how)
    [kept] = journal.transcripts()
    journal.update(kept, text=kept.text.replace("gliders", "sailplanes"))
    report = journal.import_file(HERE / "zoom.vtt", **how, answers={"turn 3": "enjoy_least"})
    assert report.updated == 1 and len(journal.answers(talk)) == 1
    [again] = journal.transcripts()  # one, and as it was corrected
    assert "sailplanes" in again.text


def test_an_import_is_undone_in_one_step(journal: Journal, talk: str) -> None:
    journal.import_file(HERE / "zoom.vtt", interview=talk, asks="Robin Ash",
                        answers={"turn 3": "enjoy_least"})  # fmt: skip
    journal.undo()
    assert journal.transcripts() == [] and journal.answers(talk) == []
    journal.import_file(HERE / "zoom.vtt", interview=talk, asks="Robin Ash")
    assert len(journal.transcripts()) == 1


def test_what_is_no_turn_or_no_question_is_named(journal: Journal, talk: str) -> None:
    for said, told in (
        ({"turn 2": "path_in"}, "turn 2: 'path_in' isn't a turn that asks"),
        ({"turn 1": "pathin"}, "turn 1: 'pathin' is no question; write one of"),
    ):
        with pytest.raises(InfonbError, match=told):
            journal.import_file(HERE / "zoom.vtt", interview=talk, asks="Robin Ash", answers=said)
    with pytest.raises(InfonbError, match="'Sam' is none of the speakers"):
        journal.import_file(HERE / "zoom.vtt", interview=talk, asks="Sam")
    with pytest.raises(InfonbError, match="'Sam' names no interview"):
        journal.import_file(HERE / "zoom.vtt", interview="Sam", asks="Robin Ash")
    assert journal.transcripts() == []


def test_ones_own_questions_are_proposed_too(journal: Journal, talk: str, tmp_path: Path) -> None:
    key = journal.add_question("Do you fly gliders nowadays?")
    path = tmp_path / "talk.txt"
    path.write_text("Me: And do you still fly gliders?\nZoë: On Sundays.\n", encoding="utf-8")
    report = journal.import_file(path, interview=talk, asks="Me")
    [offer] = [problem for problem in report.problems if problem.asks == "answers"]
    assert offer.options[0] == key
    journal.import_file(path, interview=talk, asks="Me", answers={"turn 1": key})
    assert journal.answers(talk)[0].text == "On Sundays."


def test_a_language_that_is_not_known_is_named(journal: Journal, talk: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(
        "Robin: Jak to się stało, że pani została meteorologiem i pracuje w tym urzędzie?\n"
        "Zoë: Przypadkiem.\nRobin: Co pani najbardziej lubi w swojej pracy na co dzień?\nZoë: Mapy.\n",
        encoding="utf-8",
    )
    report = journal.import_file(path, interview=talk, asks="Robin")
    assert any("another language (pl)" in problem.what for problem in report.problems)


def test_a_transcript_without_names_needs_nobody_who_asks(journal: Journal, talk: str) -> None:
    report = journal.import_file(HERE / "rolling.vtt", interview=talk,
                                 answers={"turn 1": "path_in"})  # fmt: skip
    assert report.added == 1
    assert journal.answers(talk)[0].text.startswith("My aunt had a bakery.")


def test_names_in_a_transcript_stay_behind(journal: Journal, talk: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(
        "Robin: Who taught you?\nZoë Quist: I am Zoë Quist; Bo Lund did.\n", encoding="utf-8"
    )
    journal.import_file(path, interview=talk, asks="Robin")
    for name in ("all.jsonl", "all.xlsx", "all.csv"):
        journal.export_file(tmp_path / name)
    told = (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert "transcript" in told and "Quist" not in told and "Lund" not in told
    with infonb.open(tmp_path / "other.db") as other:
        journal.export_file(tmp_path / "whole.jsonl", redact=False)
        other.import_file(tmp_path / "whole.jsonl")
        assert other.transcripts()[0].turns == journal.transcripts()[0].turns
    journal.forget(journal.interview(talk).person_id)
    assert "Quist" not in str(journal.rows()["transcript"])


def infonb_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infonb", *arguments], capture_output=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip


def test_the_command_line_names_the_flags_and_takes_them(
    journal: Journal, talk: str, tmp_path: Path
) -> None:
    base = ("--journal", str(journal.path), "import", str(HERE / "zoom.vtt"))
    asked = infonb_command(*base)
    assert asked.returncode == 2
    assert "--interview 'Zoë Quist' --asks 'Robin Ash'" in asked.stderr
    done = infonb_command(*base, "--interview", "Zoë Quist", "--asks", "Robin Ash",
                          "--answer", "turn 3=enjoy_least")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "1 added" in done.stdout and "turn 1" in done.stdout
    assert [answer.question for answer in journal.answers(talk)] == ["enjoy_least"]


def packed(*parts: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as into:
        with zipfile.ZipFile(HERE / "teams.docx") as good:
            given = dict(parts)
            for name in good.namelist():
                into.writestr(name, given.pop(name, good.read(name)))
        for name, content in given.items():
            into.writestr(name, content)
    return made.getvalue()


BILLION = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">%s]><d>&j;</d>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'
HOSTILE = {
    "bomb of entities": (("word/document.xml", BILLION), "document type"),
    "a file outside": (("word/document.xml", OUTSIDE), "document type"),
    "a file outside, in UTF-16": (
        ("word/document.xml", OUTSIDE.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")),
        "document type",
    ),
    "a document type in the relations": (
        ("word/_rels/document.xml.rels", b"<!DOCTYPE r SYSTEM 'x'><r/>"), "document type"),
    "a part outside": (("../../evil.txt", b"x"), "lies outside"),
    "a part at the root": (("/etc/evil", b"x"), "lies outside"),
    "a bomb of zeros": (("word/media/a.bin", bytes(201_000_000)), "at most"),
    "nested a thousand times": (("word/document.xml", b"<a>" * 1000 + b"</a>" * 1000), "within one another"),
    "no XML": (("word/document.xml", b"\x00<w:document"), "is a Word document that can't be read"),
    "no document": (("[Content_Types].xml", b"<a/>"), "is a Word document that can't be read"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_word_documents_are_refused(
    journal: Journal, talk: str, tmp_path: Path, kind: str
) -> None:
    part, told = HOSTILE[kind]
    path = tmp_path / "talk.docx"
    path.write_bytes(packed(part))
    with pytest.raises(InfonbError, match=told) as refused:
        journal.import_file(path, interview=talk, asks="Robin Ash")
    assert "talk.docx" in str(refused.value) and journal.transcripts() == []
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith("evil")] == []


def test_a_cut_off_document_and_empty_captions_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "cut.docx").write_bytes((HERE / "teams.docx").read_bytes()[:-200])
    (tmp_path / "empty.vtt").write_text("WEBVTT\n\nNOTE nothing\n", encoding="utf-8")
    with pytest.raises(InfonbError, match=r"empty\.vtt holds no cue"):
        exchange.read_transcript(tmp_path / "empty.vtt")
    with pytest.raises(InfonbError, match=r"cut\.docx"):
        exchange.read_transcript(tmp_path / "cut.docx")


def test_libraries_for_transcripts_are_loaded_by_one_who_needs_them() -> None:
    code = "import infonb.exchange, sys; print([m for m in ('webvtt', 'srt', 'docx') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60
    )
    assert done.stdout.strip() == "[]"


BITS = ["Zoë: ", "Sam:", "\n", "\n\n", "0:03", "[00:01:02] ", "Q. ", "-->", "word ", "😀", "Note: ", "<v Sam>", "</v>",
        "00:00:01.000 --> 00:00:02.000\n", "SPEAKERS\n", "**Sam:** ", "\u00a0", "\r", "\x00", "1\n", "& &amp; "]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(BITS), max_size=30).map("".join), st.sampled_from(["", "WEBVTT\n\n"])
)
def test_any_file_is_read_or_refused_in_our_words(text: str, head: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk.vtt"
        path.write_bytes((head + text).encode())
        try:
            talk = exchange.read_transcript(path)
        except InfonbError as error:
            assert "talk.vtt" in str(error)
            return
    said = "".join(turn.text for turn in talk.turns)
    assert said.count("😀") == text.count("😀") or "-->" in text


def test_what_is_no_transcript_is_not_taken_for_one(journal: Journal, tmp_path: Path) -> None:
    for text in ("Name: Ada\nEmail: ada@x.example\n", "Title: My notes\nAuthor: Ada\n\nSome words.\n",
                 "Remember: call the bakery.\nAlso: buy bread.\n"):  # fmt: skip
        path = tmp_path / "notes.txt"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(InfonbError) as refused:
            journal.import_file(path)
        assert "transcript, and there is no interview" not in str(refused.value)
