"""The command ``infonb``, also ``python -m infonb``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shlex
import shutil
import sys
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import infonb
from infonb import files
from infonb.english import count
from infonb.errors import InfonbError
from infonb.notebooks import START, copy_for_a_search
from infonb.opening import (
    JOURNAL,
    MARK,
    NOTEBOOKS,
    check_journal,
    data_journal,
    file_of_journal,
    find_journal,
)
from infonb.shipped import shipped_folder

if TYPE_CHECKING:
    from infonb.exchange import ImportReport
    from infonb.journal import Journal

_BAR = 30
_NAMED = "a file, a PostgreSQL URL, sample:published or sample:example"
_WITHOUT_NAMES = (
    "Names are left out. Read each quote once before sending: words can point to people."
)
_MARKED = "The journal of this folder is search.db; by this file infonb finds it.\n"
_REPORTED = ("3-compare", "4-skills", "5-outlook", "6-decide")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the command line.

    Examples
    --------
    >>> main(["check", "no such folder/search.db"])
    2
    """
    parser = _parser()
    given = sys.argv[1:] if arguments is None else [*arguments]
    if not given:  # whoever types infonb alone asks what there is
        parser.print_help(sys.stderr)
        sys.exit(2)
    options, more = parser.parse_known_args(given)
    if more and options.run is not _lab:
        parser.error(f"unrecognized arguments: {' '.join(more)}")
    options.more = more
    missing = [str(path) for path in _read(options) if not path.exists()]
    try:
        if options.run in _ON_A_JOURNAL:
            options.journal, has_to_be_there = _journal(options)
            file = file_of_journal(options.journal)
            if has_to_be_there and file and not file.exists():
                missing.append(options.journal)
        if missing:
            print(f"There is no file {' and no '.join(missing)}.", file=sys.stderr)
            return 2
        return options.run(options) or 0
    except InfonbError as error:
        print(error, file=sys.stderr)
        return 1


def _journal(options: argparse.Namespace) -> tuple[str, bool]:
    """The journal of a command, and whether its file has to be there.

    A mistyped name is not to become an empty journal, nor is one that its folder has lost.
    """
    at_the_end = options.file if options.run is _check else None
    named = at_the_end or options.journal or os.environ.get("INFONB_JOURNAL")
    found = named or _of_the_folder(options)
    if not found:
        print("No journal is named: this is the one in your data folder.", file=sys.stderr)
        return data_journal(), False
    return found, options.run is not (_import if named else _check)


def _of_the_folder(options: argparse.Namespace) -> str | None:
    """The journal of the search folder one is in; a notebook's own folder comes first."""
    notebooks = options.notebooks if options.run is _report else []
    found = {find_journal(path.parent) or find_journal() for path in notebooks}
    if len(found) > 1:
        raise InfonbError(
            "These notebooks lie in folders with different journals; name one with --journal."
        )
    return found.pop() if found else find_journal()


def _read(options: argparse.Namespace) -> list[Path]:
    """The files that a command is to read."""
    if options.run is _import:
        return options.files
    if options.run is _restore:
        return [options.file]
    return options.notebooks if options.run is _report else []


class _Parser(argparse.ArgumentParser):
    """What can't be understood is said without the rest of a database URL: it may be a password."""

    def error(self, message: str) -> NoReturn:
        super().error(re.sub(r"://.*", "://…", message, flags=re.DOTALL))


class _Command(_Parser):
    """Takes ``--journal``, too; where it isn't given here, the one before the command holds."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        if example := more.pop("example", None):
            more["epilog"] = f"Example: infonb {example}"
        super().__init__(*arguments, **more)
        self.add_argument("--journal", metavar="JOURNAL", default=argparse.SUPPRESS, help=_NAMED)


def _file(name: str) -> Path:
    if "://" in name:
        raise argparse.ArgumentTypeError("this names a file; a database is named by --journal")
    return Path(name)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="infonb",
        description="Keep, compare and learn from informational interviews.",
        epilog="The journal is the one that --journal names, before or after the command, else "
        "INFONB_JOURNAL, else search.db of the folder that infonb new made and you are in, else "
        "the one in your data folder. Exit codes: 0 fine, 1 the data is at fault, 2 the call is.",
    )
    parser.add_argument("--version", action="version", version=f"infonb {infonb.__version__}")
    parser.add_argument("--journal", metavar="JOURNAL", help=_NAMED)
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="COMMAND", parser_class=_Command
    )

    new = commands.add_parser(
        "new", help="make a folder with notebooks and an empty journal", example="new my-search"
    )
    new.add_argument(
        "folder", type=_file, metavar="DIR", help="the folder to make: new, or there and empty"
    )
    new.set_defaults(run=_new)

    lab = commands.add_parser("lab", help="open JupyterLab here", example="lab --port 8899")
    lab.usage = "infonb lab [anything JupyterLab takes]"
    lab.set_defaults(run=_lab)

    report = commands.add_parser(
        "report", help="make HTML files of notebooks, names left out", example="report -o for-ben"
    )
    report.add_argument(
        "notebooks", nargs="*", type=_file, metavar="NOTEBOOK",
        help=f"by default {', '.join(_REPORTED)}, and report.html with all of them",
    )  # fmt: skip
    report.add_argument(
        "-o", "--output", type=_file, default=Path("reports"), metavar="DIR",
        help="the folder they are written to, by default reports",
    )  # fmt: skip
    report.add_argument("--names", action="store_true", help="name people who may be named")
    report.add_argument("--pdf", action="store_true", help="as PDF, too; needs Chrome or the like")
    report.add_argument("-q", "--quiet", action="store_true", help="don't list what people said")
    report.set_defaults(run=_report)

    take = commands.add_parser(
        "import", help="take files in: contacts, answers of a form, transcripts, workbooks",
        example="import contacts.vcf answers.csv --dry-run",
    )  # fmt: skip
    take.add_argument(
        "files", nargs="+", type=_file, metavar="FILE", help="each is taken in whole or not at all"
    )
    take.add_argument("--format", help="by default told from the content")
    take.add_argument("--dry-run", action="store_true", help="only say what would happen")
    take.add_argument("--dates", choices=("dmy", "mdy"), help="day first, or month first")
    take.add_argument("--occupation", metavar="TITLE", help="what all rows of a form are about")
    take.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="HEADER=KEY",
        help="what a column of a form means, where that isn't sure",
    )
    take.add_argument(
        "--scale",
        action="append",
        default=[],
        metavar="HEADER=1..10",
        help="the ends of a column of ratings that isn't from 1 to 5",
    )
    take.add_argument(
        "--reversed",
        action="append",
        default=[],
        metavar="HEADER",
        help="a column of ratings whose lower end is the good one",
    )
    take.add_argument("--encoding", help="how the file's letters are written, such as mac_roman")
    take.add_argument("--interview", metavar="PERSON", help="of whom a transcript is, or an id")
    take.add_argument("--asks", metavar="SPEAKER", help="which speaker of a transcript asks")
    take.add_argument(
        "--skip-bad", action="store_true", help="leave out rows with something wrong, and list them"
    )
    take.add_argument(
        "--edits", action="store_true",
        help="a row that repeats most of an interview with the same person is an edit of it",
    )  # fmt: skip
    take.set_defaults(run=_import)

    give = commands.add_parser(
        "export", help="write a file for others, names left out: .jsonl .csv .xlsx .qdpx .vcf",
        example="export answers.csv",
    )  # fmt: skip
    give.add_argument("file", type=_file, metavar="FILE", help="its ending says what is written")
    give.add_argument("--names", action="store_true", help="with names and contacts")
    give.add_argument("--format", help="where the file's ending doesn't say it")
    give.set_defaults(run=_export)

    hand_in = commands.add_parser(
        "hand-in", help="hand in for a class: one small file, names left out, shown first",
        example="hand-in --as K7M4Q2 --to class-folder --term 2026-autumn",
    )  # fmt: skip
    hand_in.add_argument("--as", dest="code", metavar="CODE", help="the one your adviser gave you")
    hand_in.add_argument(
        "--to", type=_file, metavar="FOLDER", help="where the adviser collects; by default here"
    )
    hand_in.add_argument("--term", help="such as 2026-autumn, as your adviser says it")
    hand_in.add_argument("--cohort", help="such as your class, as your adviser says it")
    hand_in.add_argument(
        "--words-of", dest="texts", action="append", default=[], metavar="QUESTION",
        help="hand in what people said to this question in words, too; once for each question",
    )  # fmt: skip
    hand_in.add_argument("--preview", action="store_true", help="only show what it would be")
    hand_in.set_defaults(run=_hand_in)

    programme = commands.add_parser(
        "programme", help="what a class handed in, as two pages; or codes for its students",
        example="programme class-folder", usage="infonb programme FOLDER\n"
        "       infonb programme codes NUMBER",
    )  # fmt: skip
    programme.add_argument(
        "folder", type=_file, metavar="FOLDER", help="where the class handed in; or: codes"
    )
    programme.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="how many codes")
    programme.add_argument(
        "-o", "--output", type=_file, metavar="DIR", dest="to",
        help="the adviser's own folder; by default FOLDER-collected, beside it",
    )  # fmt: skip
    programme.set_defaults(run=_programme)

    chart = commands.add_parser(
        "chart", help="one chart as a picture, names left out: .svg .png",
        example="chart ratings -o ratings.svg",
    )  # fmt: skip
    chart.add_argument("name", metavar="NAME", help="ratings, coverage, decision, …")
    chart.add_argument("-o", "--output", type=_file, metavar="FILE", help="by default NAME.png")
    chart.add_argument("--names", action="store_true", help="name people who may be named")
    chart.add_argument("--dark", action="store_true", help="on dark paper")
    chart.set_defaults(run=_chart)

    backup = commands.add_parser(
        "backup", help="copy the journal safely, even while it is in use", example="backup copy.db"
    )
    backup.add_argument("file", type=_file, metavar="FILE", help="the copy to make")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser(
        "restore", help="bring a backup back; what is there now is kept as a backup",
        example="restore search.db.backups/2026-03-02.db",
    )  # fmt: skip
    restore.add_argument("file", type=_file, metavar="BACKUP", help="a backup; check names them")
    restore.set_defaults(run=_restore)

    undo = commands.add_parser(
        "undo", help="take back the last removal, overwriting, change or import", example="undo"
    )
    undo.set_defaults(run=_undo)

    people = commands.add_parser("people", help="whom the journal knows", example="people")
    people.set_defaults(run=_people)

    interviews = commands.add_parser(
        "interviews", help="talks held and planned", example="interviews --status planned"
    )
    interviews.add_argument(
        "--status", choices=("planned", "done", "declined", "cancelled"), help="only these"
    )
    interviews.set_defaults(run=_interviews)

    forget = commands.add_parser(
        "forget", help="remove a person's name and contact for good", example='forget "Ada L."'
    )
    forget.add_argument("person", metavar="PERSON", help="a name as `people` lists it, or an id")
    forget.add_argument(
        "--each", action="store_true", help="all entries that seem to be this person"
    )
    forget.add_argument(
        "--dry-run", action="store_true", help="only list every place the name would go from"
    )
    forget.add_argument(
        "--clear-outputs", action="store_true",
        help="clear the outputs of notebooks in the journal's folder that show the name",
    )  # fmt: skip
    forget.add_argument("--yes", action="store_true", help="don't ask; it can't be undone")
    forget.set_defaults(run=_forget)

    check = commands.add_parser(
        "check", help="look whether the journal is sound", example="check copy.db"
    )
    check.add_argument("file", nargs="?", metavar="JOURNAL", help=_NAMED)
    check.set_defaults(run=_check)

    doctor = commands.add_parser(
        "doctor", help="what infonb needs here: whether it is there, what to do", example="doctor"
    )
    doctor.set_defaults(run=_doctor)

    tasks = commands.add_parser(
        "tasks", help="what is owed, whom to ask, whom to remind", example="tasks --draft 1"
    )
    tasks.add_argument("--all", action="store_true", help="tasks that are done, too")
    tasks.add_argument("--draft", type=int, metavar="N", help="a text to begin with for task N")
    tasks.add_argument("--done", type=int, metavar="N", help="task N is done")
    tasks.set_defaults(run=_tasks)

    sheet = commands.add_parser(
        "sheet", help="the questions of an interview, to print or fill in", example="sheet next"
    )
    sheet.add_argument("interview", metavar="INTERVIEW", help="a name, an interview's id, or: next")
    sheet.add_argument("--fill", action="store_true", help="a page to fill in on a phone")
    sheet.add_argument(
        "-o", "--output", type=_file, metavar="FILE", help="by default sheet.html, or fill.html"
    )
    sheet.set_defaults(run=_sheet)

    official = commands.add_parser(
        "reference", help="official figures: install, what is there", example="reference status"
    )
    does = official.add_subparsers(title="commands", required=True, metavar="COMMAND")
    update = does.add_parser(
        "update", help="install releases of O*NET and BLS from files on this computer",
        description="Without --from the agencies are asked for their files: the only command that "
        "uses the internet. Their addresses are unverified; downloading by hand is the safer way.",
        example="reference update --from downloads",
    )  # fmt: skip
    update.add_argument(
        "--from", dest="place", type=_file, metavar="FILE|DIR|ZIP", help="what you downloaded"
    )
    update.add_argument("--onet-release", metavar="30.2", help="where O*NET's files don't tell it")
    update.set_defaults(run=_reference_update)
    status = does.add_parser(
        "status", help="what is installed, of when", example="reference status"
    )
    status.set_defaults(run=_reference_status)
    return parser


def _new(options: argparse.Namespace) -> int:
    folder: Path = options.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"{folder} exists and isn't an empty folder; choose another name.", file=sys.stderr)
        return 2
    folder.parent.mkdir(parents=True, exist_ok=True)
    for place in (folder, folder / NOTEBOOKS):  # what people said is the owner's alone to read
        place.mkdir(mode=0o700, exist_ok=True)
        place.chmod(0o700)
    for notebook in sorted(shipped_folder("notebooks").glob("*.ipynb")):
        copy_for_a_search(notebook, folder / NOTEBOOKS / notebook.name)
    journal = folder / JOURNAL
    infonb.open(journal).close()
    files.write_text(folder / MARK, _MARKED)
    # what people said is not to be published with the code around it
    files.write_text(folder / ".gitignore", "*\n")
    print(f"Made {folder} with notebooks and the journal {journal}.")
    if options.journal or os.environ.get("INFONB_JOURNAL"):
        print(
            "It is used unless another is named: by --journal, or INFONB_JOURNAL as now.",
            file=sys.stderr,
        )
    print(f"Next: cd {shlex.quote(str(folder))} && {_this_command()} lab")
    return 0


def _this_command() -> str:
    """How this very infonb is called, to be pasted as it is from any folder."""
    ran = Path(sys.argv[0])
    if ran.stem != "infonb":
        return f"{shlex.quote(sys.executable)} -m infonb"
    on_path = shutil.which("infonb")
    if on_path and Path(on_path).resolve() == ran.resolve():
        return "infonb"
    return shlex.quote(str(ran.resolve()))


def _lab(options: argparse.Namespace) -> int:
    # notebooks find the journal of their folder; one that is named is the same in each
    if named := options.journal or os.environ.get("INFONB_JOURNAL"):
        file = file_of_journal(named)
        os.environ["INFONB_JOURNAL"] = str(file or named)
        if file and not file.exists():
            print(f"{file} isn't there yet; the first notebook will make it.", file=sys.stderr)
    more = list(options.more)
    start = Path(NOTEBOOKS, START)
    if start.exists() and not any(each.endswith(".ipynb") for each in more):
        more.append(str(start))  # what one begins with, not the bare launcher
    # notebooks and their checkpoints hold what people said: what the server writes is one's own
    before = os.umask(0o077)
    try:
        return os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", "jupyter", "lab", *more])
    finally:
        os.umask(before)


def _report(options: argparse.Namespace) -> int:
    from infonb import report
    from infonb.report.pdf import print_pdf

    notebooks = options.notebooks or [
        path
        for name in _REPORTED
        if (path := shipped_folder("notebooks") / f"{name}.ipynb").exists()
    ]
    options.output.mkdir(parents=True, exist_ok=True)
    made = []
    for one in report.build_each(
        notebooks, options.output, options.journal, redact=not options.names
    ):
        print(f"{one.path}  ({one.path.stat().st_size / 1000:.0f} kB, opens without internet)")
        made.append(one)
    if not options.names:
        print("Names are left out.")
    if not options.quiet:
        _show_doubts(list(dict.fromkeys(doubt for one in made for doubt in one.doubts)))
        _show_quotes(list(dict.fromkeys(quote for one in made for quote in one.quotes)))
    written = [one.path for one in made]
    for one in made if options.pdf else ():
        pdf = print_pdf(one.path, one.path.with_suffix(".pdf"), private=options.names)
        print(f"{pdf}  ({pdf.stat().st_size / 1000:.0f} kB)")
        written.append(pdf)
    if options.names:  # so that forgetting somebody can say where they stand
        with infonb.open(options.journal) as journal:
            for path in written:
                journal.note_copy(path)
    return 0


def _show_quotes(quoted: list[tuple[str, str]]) -> None:
    """All that people said in the reports, to be read once: words can point to people, too."""
    if not quoted:
        print("Nobody's words are quoted.")
        return
    number = "one text" if len(quoted) == 1 else f"{len(quoted)} texts"
    print(f"Read this once before you send anything: {number} in people's own words, as they stand"
          " in the reports. Words can point to people, too.\n")  # fmt: skip
    for who, words in quoted:
        _show(f"{who}: “{words}”")


def _show_doubts(doubts: list[str]) -> None:
    """Words that may be somebody's name, or no name at all: only a reader can tell."""
    if doubts:
        print("Look at these words, too: each may be somebody's name, or an ordinary word.")
    for doubt in doubts:
        _show(doubt)


def _show(text: str) -> None:
    """A text of the journal, of which nothing acts on the terminal."""
    width = min(shutil.get_terminal_size().columns, 100)
    encoding = sys.stdout.encoding or "utf-8"
    shown = "".join(character for character in text if character.isprintable())
    shown = textwrap.fill(shown, width, subsequent_indent="    ")
    print(shown.encode(encoding, "replace").decode(encoding))


def _import(options: argparse.Namespace) -> int:
    for said in options.answer:
        if "=" not in said:
            print(f"--answer {said}: write HEADER=KEY.", file=sys.stderr)
            return 2
    scales: dict[str, tuple[int, int]] = {}
    for scale in options.scale:
        ends = re.fullmatch(r"(.*)=\s*(\d+)\s*(?:\.{2,}|-|to)\s*(\d+)\s*", scale, re.DOTALL)
        if ends is None or int(ends[2]) >= int(ends[3]):
            print(f"--scale {scale}: write HEADER=1..10, the lower end first.", file=sys.stderr)
            return 2
        scales[ends[1]] = (int(ends[2]), int(ends[3]))
    refused = 0
    with infonb.open(options.journal) as journal:
        for path in options.files:
            said: dict[str, Any] = {
                "format": options.format, "dates": options.dates, "scales": dict(scales),
                "occupation": options.occupation, "encoding": options.encoding,
                "interview": options.interview, "asks": options.asks,
                "reversed": [*options.reversed],
                "answers": dict(word.rsplit("=", 1) for word in options.answer),
            }  # fmt: skip
            done = _import_asking(journal, path, options, said)
            if isinstance(done, int):
                return done
            print(f"{path}: {done}")
            bad = any(problem.error for problem in done.problems)
            refused = max(refused, 1 if bad else 0)
    return refused


def _import_asking(
    journal: Journal, path: Path, options: argparse.Namespace, said: dict[str, Any]
) -> ImportReport | int:
    """Take a file in; what it asks is asked in a terminal, and elsewhere named as flags."""
    from infonb.exchange import questions

    asked: list[Any] = []
    while True:
        try:
            done = journal.import_file(
                path, dry_run=options.dry_run, skip_bad=options.skip_bad, edits=options.edits,
                progress=_bar if sys.stderr.isatty() else None, **said,
            )  # fmt: skip
            told, found = f"{path}: {done}", done.problems
        except InfonbError as error:
            done, told, found = error, str(error), getattr(error, "problems", [])
        asks = questions.open_questions(found)
        if not asks or asks == asked:  # what was answered didn't help
            if isinstance(done, InfonbError):
                raise done
            if questions.offers(found) and not options.dry_run and _in_a_terminal():
                print(f"{path}: {done.counts}")
                if _ask_turns(questions.offers(found), said, done.choices):
                    return journal.import_file(path, **said)
            return done
        if not _in_a_terminal():
            print(told, file=sys.stdout if options.dry_run else sys.stderr)
            flags = questions.flags(asks)
            print(f"Say what is asked: infonb import {shlex.quote(str(path))} {flags}",
                  file=sys.stderr)  # fmt: skip
            return 2
        try:
            for problem in asks:
                print(questions.question(problem))
                while wrong := questions.settle(problem, input("> "), said):
                    print(wrong)
        except (EOFError, KeyboardInterrupt):
            print("Nothing was imported.", file=sys.stderr)
            return 2
        asked = asks


def _in_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask_turns(turns: Sequence[Any], said: dict[str, Any], choices: Sequence[str]) -> bool:
    """Ask which question each turn of a transcript is; whether anything was said."""
    from infonb.exchange import questions

    before = len(said["answers"])
    try:
        for turn in turns:
            print(questions.question(turn))
            while wrong := questions.settle_turn(turn, input("> "), said, choices):
                print(wrong)
    except (EOFError, KeyboardInterrupt):
        print("The other turns are left as they are.", file=sys.stderr)
    return len(said["answers"]) > before


def _bar(done: int, every: int) -> None:
    """A bar on the terminal, one line that is written over."""
    share = done / every if every else 1.0
    filled = round(share * _BAR)
    end = "\n" if done == every else ""
    print(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {done} of {every}", end=end, file=sys.stderr,
          flush=True)  # fmt: skip


def _export(options: argparse.Namespace) -> int:
    with infonb.open(options.journal) as journal:
        path = journal.export_file(options.file, format=options.format, redact=not options.names)
    print(f"Wrote {path}.")
    if not options.names:
        print(_WITHOUT_NAMES)
    elif path.suffix == ".jsonl" or options.format == "jsonl":
        print("It holds everything, what was said off the record too: keep it to yourself.")
    return 0


def _hand_in(options: argparse.Namespace) -> int:
    from infonb.programme import hand_ins

    with infonb.open(options.journal) as journal:
        given = hand_ins.prepare(
            journal, options.code, term=options.term, cohort=options.cohort, texts=options.texts
        )
        encoding = sys.stdout.encoding or "utf-8"
        print(hand_ins.preview(given).encode(encoding, "replace").decode(encoding))
        if options.preview:
            print("Nothing was written.")
            return 0
        folder: Path = options.to or Path(hand_ins.last_folder(journal) or ".")
        print(hand_ins.CONSENT)
        if sys.stdin.isatty() and sys.stdout.isatty():
            try:
                agreed = input(f"Hand it in to {folder}? Write yes: ").strip().casefold()
            except (EOFError, KeyboardInterrupt):
                agreed = ""
            if agreed not in ("y", "yes"):
                print("Nothing was handed in.")
                return 2
        path = hand_ins.write(journal, given, folder)
    print(f"Handed in: {path}. Once more replaces it.")
    return 0


def _programme(options: argparse.Namespace) -> int:
    from infonb import programme

    if str(options.folder) == "codes":
        if options.number is None:
            print("Say how many codes: infonb programme codes 30", file=sys.stderr)
            return 2
        print(*programme.codes(options.number), sep="\n")
        return 0
    made = programme.collect(
        options.folder, options.to, progress=_bar if sys.stderr.isatty() else None
    )
    for why in made.left_out:
        print(f"Left out: {why}", file=sys.stderr)
    print(f"{len(made.handed_in)} handed in.")
    print(f"{made.folder / 'class.html'}  (for you alone)")
    print(f"{made.folder / 'findings.html'}  (may be passed on)")
    print(f"{made.folder / 'tables'}  (for you alone, with its key beside it)")
    return 0


def _chart(options: argparse.Namespace) -> int:
    from infonb import charts
    from infonb.findings import Findings, Redaction
    from infonb.privacy.gate import stop_leaks
    from infonb.privacy.registry import withheld

    if options.name not in charts.__all__:
        print(f"There is no chart {options.name}: {', '.join(charts.__all__)}.", file=sys.stderr)
        return 2
    target = options.output or Path(f"{options.name}.png")
    with infonb.open(options.journal) as journal:
        redaction = Redaction.UNNAMED if options.names else Redaction.EVERYBODY
        findings = Findings.from_rows(journal.rows(), journal.today(), redaction)
        chart = getattr(charts, options.name)(findings)
        if options.names:  # only those who agreed
            spec = json.dumps(chart.to_dict(), ensure_ascii=False, default=str)
            page = f'<script type="application/json">{spec}</script>'
            stop_leaks(page, withheld(redact=False), f"The chart {target}")
            journal.note_copy(target)
        path = charts.save(chart, target, dark=options.dark, names=options.names)
    print(f"Wrote {path}.")
    if not options.names:
        print(_WITHOUT_NAMES)
    return 0


def _backup(options: argparse.Namespace) -> int:
    with infonb.open(options.journal) as journal:
        journal.backup(options.file)
    print(f"Copied to {options.file}.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    with infonb.open(options.journal) as journal:
        kept = journal.restore(options.file)
    print(f"{options.file} is the journal now.")
    if kept:
        print(f"What was there is kept in {kept}.")
    return 0


def _undo(options: argparse.Namespace) -> int:
    with infonb.open(options.journal) as journal:
        undone = journal.undo()
    print(f"Taken back: {undone}." if undone else "There is nothing to take back.")
    return 0


def _people(options: argparse.Namespace) -> int:
    with infonb.open(options.journal) as journal:
        people, interviews = journal.people(), journal.interviews()
    for person in people:
        done = [i for i in interviews if i.person_id == person.id and i.status == "done"]
        said = [person.job_title, person.organisation, count(len(done), "talk") if done else None]
        print(_line([person.name, ", ".join(filter(None, said))], [24]))
    if not people:
        print("Nobody is noted yet; step 1, Prepare, takes people in, and so does infonb import.")
    return 0


def _interviews(options: argparse.Namespace) -> int:
    with infonb.open(options.journal) as journal:
        names = {person.id: person.name for person in journal.people()}
        titles = {one.id: one.title for one in journal.occupations()}
        interviews = journal.interviews(options.status)
    for talk in interviews:
        planned = talk.scheduled_at.strftime("%Y-%m-%d %H:%M") if talk.scheduled_at else ""
        about = f"{names[talk.person_id]}, {titles[talk.occupation_id]}"
        print(_line([talk.date or planned or "no day", talk.status, about], [16, 9]))
    if not interviews:
        print("No such interview is noted yet.")
    return 0


def _line(cells: list[str], widths: list[int]) -> str:
    """Cells below one another in columns, on one line each whatever a name holds."""
    padded = [" ".join(c.split()).ljust(w) for c, w in zip(cells, [*widths, 0], strict=True)]
    line = "  ".join(padded).rstrip()
    encoding = sys.stdout.encoding or "utf-8"
    shown = "".join(c for c in line if c.isprintable())
    return shown.encode(encoding, "replace").decode(encoding)


def _forget(options: argparse.Namespace) -> int:
    with infonb.open(options.journal) as journal:
        named = options.person.casefold().split()
        meant = [
            person
            for person in journal.people()
            if person.id == options.person or person.name.casefold().split() == named
        ]
        if not meant:
            print(f"Nobody is called {options.person}; `infonb people` lists all.", file=sys.stderr)
            return 2
        looked = journal.forget(meant, dry_run=True)
        alike = {id for id, _ in looked.same}
        if options.each and alike:
            meant += [person for person in journal.people() if person.id in alike]
        if len(meant) > 1 and not options.each:
            print(f"{len(meant)} entries are called {options.person}. Name one by its id, or say "
                  "--each if all are the same person:")  # fmt: skip
            for person in meant:
                work = ", ".join(filter(None, [person.job_title, person.organisation]))
                print(_line([person.id, work], [34]))
            return 2
        if options.dry_run:
            print(_printable(str(journal.forget(meant, True, options.clear_outputs))))
            return 0
        if not options.yes:
            if alike and not options.each:
                print("These may be the same person; say --each to forget them together:")
                for id, name in looked.same:
                    print(_line([id, name], [34]))
            print(f"This removes {meant[0].name} for good and can't be undone. To do it:")
            flags = "".join(
                f" --{flag.replace('_', '-')}"
                for flag in ("each", "clear_outputs")
                if getattr(options, flag)
            )
            print(f"  {_this_command()} forget {shlex.quote(options.person)}{flags} --yes")
            print("With --dry-run in place of --yes it lists every place first.")
            return 2
        print(_printable(str(journal.forget(meant, clear_outputs=options.clear_outputs))))
    return 0


def _printable(text: str) -> str:
    """Lines in which nothing acts on the terminal, in letters that it has."""
    encoding = sys.stdout.encoding or "utf-8"
    shown = "".join(c for c in text if c.isprintable() or c == "\n")
    return shown.encode(encoding, "replace").decode(encoding)


def _check(options: argparse.Namespace) -> int:
    problems = check_journal(options.journal)
    for problem in problems:
        print(problem)
    if not problems:
        print("The journal is sound.")
    return 1 if problems else 0


def _doctor(options: argparse.Namespace) -> int:
    from infonb.doctor import examine

    print(f"infonb {infonb.__version__} on {platform.system()} {platform.release()}")
    checks = examine(options.journal or os.environ.get("INFONB_JOURNAL"))
    encoding = sys.stdout.encoding or "utf-8"
    for check in checks:
        print(str(check).encode(encoding, "replace").decode(encoding))
    wrong = sum(check.state == "wrong" for check in checks)
    print(f"{count(wrong, 'thing')} to mend." if wrong else "All that is needed is there.")
    return 1 if wrong else 0


def _tasks(options: argparse.Namespace) -> int:
    from infonb import follow_up

    with infonb.open(options.journal) as journal:
        owed = journal.tasks()
        if not options.all:
            owed = owed[owed["done_at"].isna()]
        rows = owed.to_dict("records")
        if options.draft is not None or options.done is not None:
            number = options.done if options.draft is None else options.draft
            if not 1 <= number <= len(rows):
                print(f"There is no task {number}; `infonb tasks` numbers them.", file=sys.stderr)
                return 2
            task = rows[number - 1]["task"]
            if options.draft is not None:
                print(follow_up.letter(journal, task))
            else:
                journal.done(task)
                print("Done.")
            return 0
        leads = journal.findings().leads
        due = follow_up.due_contacts(journal)
        due = due[due["task"].isna()].to_dict("records")  # thanks that are tasks stand there
    for number, row in enumerate(rows, start=1):
        print(f"{number:3}  {_owed(row)}")
    heard_of = leads[leads["status"] == "open"].to_dict("records")
    for row in due:
        print(f"  {_whom(row)}")
    if owed.empty and not due:
        print("Nothing is owed.")
    for row in heard_of:
        print(f"  {'open':10} {row['kind']:12}  {row['text']} (from {row['person']})")
    return 0


def _sheet(options: argparse.Namespace) -> int:
    from infonb import sheet

    path = options.output or Path("fill.html" if options.fill else "sheet.html")
    with infonb.open(options.journal) as journal:
        facts = sheet.sheet_of(journal, sheet.find_interview(journal, options.interview))
        page = sheet.fill_page(facts) if options.fill else sheet.paper_page(facts)
        journal.note_copy(path)
        files.write_text(path, page)
        others = sheet.others_named(page, facts)
    if options.fill:
        print(f"Wrote {path}. Open it on your phone; what it saves comes in with infonb import.")
    else:
        print(f"Wrote {path}. Open it in a browser and print it: one page.")
    if others:
        print(f"Whoever sees the sheet reads of others on it, too: {'; '.join(others)}. Change the "
              "question or strength that says it if that isn't meant.")  # fmt: skip
    return 0


def _owed(row: Mapping[str, Any]) -> str:
    late = "  (overdue)" if row["overdue"] else ""
    who = f"{row['person']}, {row['occupation']}" if isinstance(row["person"], str) else ""
    due = row["due"] if isinstance(row["due"], str) else "any day"
    step = f": {' '.join(row['draft'].split())}" if _is_a_step(row) else ""
    return f"{due:10}  {row['kind'].replace('_', ' '):12}  {who}{step}{late}".rstrip()


def _whom(row: Mapping[str, Any]) -> str:
    since = row["since"] if isinstance(row["since"], str) else "today"
    who = [part for part in (row["name"], row["occupation"]) if isinstance(part, str)]
    why = f"{row['why'][:1].lower()}{row['why'][1:].rstrip('.')}"
    return f"{since:10} {row['do']:12}  {', '.join(who)} ({why})"


def _is_a_step(row: Mapping[str, Any]) -> bool:
    """Whether a task's text is the step itself, not a letter to write."""
    return row["kind"] in ("follow_up", "review_notes") and isinstance(row["draft"], str)


def _reference_update(options: argparse.Namespace) -> int:
    from infonb.reference.official.download import download
    from infonb.reference.official.install import update

    if options.place is not None and not options.place.exists():
        print(f"There is no file or folder {options.place}.", file=sys.stderr)
        return 2
    place: Path = options.place or download(say=print)
    print(update(place, options.onet_release, say=print))
    if options.place is None:
        shutil.rmtree(place, ignore_errors=True)
    return 0


def _reference_status(options: argparse.Namespace) -> int:
    from infonb.reference.official.install import status

    print(status())
    return 0


_ON_A_JOURNAL = (
    _report, _import, _export, _chart, _backup, _restore, _undo, _people, _interviews, _forget,
    _check, _tasks, _sheet, _hand_in,
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
