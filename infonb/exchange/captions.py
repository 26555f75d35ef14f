"""Captions: WebVTT as Zoom, Teams and Meet write it, and SRT as Otter does."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from infonb.errors import InfonbError
from infonb.exchange.speakers import names_in, speaker_of
from infonb.exchange.turns import Turn, joined, seconds

_CLOCK = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"^[ \t]*({_CLOCK})[ \t]*-->[ \t]*({_CLOCK})(.*)$", re.MULTILINE)
_SRT = re.compile(rf"\s*(?:\d+[ \t]*\n+)?[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)*[ \t]+([^<>]*)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<(?:\d+:)?\d+:\d+\.\d+>|\{\\[^}]*\}")
_DASH = re.compile(r"^[-–—]\s*(?=\S)", re.MULTILINE)


def is_vtt(text: str) -> bool:
    """Whether a text is WebVTT."""
    return re.match(r"\s*WEBVTT(?:[ \t\r\n]|$)", text) is not None


def is_srt(text: str) -> bool:
    """Whether a text is SRT: a number, and a time from when to when."""
    return _SRT.match(text.replace("\r\n", "\n").replace("\r", "\n")) is not None


def read_captions(file: str, text: str) -> tuple[Turn, ...]:
    """The turns of a WebVTT or an SRT file.

    Raises
    ------
    InfonbError
        Where it can't be read, or holds no cue.

    Examples
    --------
    >>> vtt = "WEBVTT\\n\\n00:01.000 --> 00:02.000\\n<v Zoë>Tea &amp; cake.</v>\\n"
    >>> read_captions("talk.vtt", vtt)[0].text
    'Tea & cake.'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    cues = list(_without_repeats(_vtt(file, text) if is_vtt(text) else _srt(file, text)))
    if not cues:
        raise InfonbError(
            f"{file} holds no cue: nothing that is said from one time to another, such as "
            "00:00:01.000 --> 00:00:04.000. Download the transcript once more."
        )
    names = names_in(line for _, raw in cues for line in _lines(raw))
    turns: list[Turn] = []
    for row, (at, raw) in enumerate(cues, 1):
        goes_on = turns[-1].speaker if turns and names and not _VOICE.search(raw) else None
        turns += _turns(raw, at, row, names, goes_on)
    return joined(turns)


def _vtt(file: str, text: str) -> Iterator[tuple[float | None, str]]:
    import webvtt
    from webvtt.errors import MalformedFileError

    text = "\n".join(_harmless(line) for line in text.split("\n"))
    try:
        captions: Any = webvtt.from_string(text).captions
    except MalformedFileError as error:
        raise InfonbError(f"{file} can't be read as WebVTT ({error}).") from None
    for caption in captions:
        yield seconds(caption.start), caption.raw_text


def _harmless(line: str) -> str:
    """A line as webvtt-py reads it whole: a comma in a time, an arrow in what was said."""
    timing = _TIMING.match(line)
    if timing:
        first, last = (time.replace(",", ".") for time in timing.group(1, 2))
        return f"{first} --> {last}{timing[3]}"
    return line.replace("-->", "--&gt;")


def _srt(file: str, text: str) -> Iterator[tuple[float | None, str]]:
    import srt

    try:
        for cue in srt.parse(text.lstrip()):
            yield cue.start.total_seconds(), cue.content
    except srt.SRTParseError as error:
        row = text.count("\n", 0, error.expected_start) + 1
        shown = text[error.expected_start :].split("\n", 1)[0][:60]
        raise InfonbError(
            f"{file}, row {row}: {shown!r} belongs to no cue; put a time above it, such as "
            "00:00:01,000 --> 00:00:04,000."
        ) from None


def _without_repeats(
    cues: Iterator[tuple[float | None, str]],
) -> Iterator[tuple[float | None, str]]:
    """Cues without the lines that captions repeat while they roll up."""
    before: list[str] = []
    for at, raw in cues:
        lines = [line for line in raw.split("\n") if line.strip()]
        shown = lines
        if len(lines) > 1:
            same = next((n for n in range(len(lines) - 1, 0, -1) if lines[:n] == before[-n:]), 0)
            shown = lines[same:]
        before = lines
        yield at, "\n".join(shown)


def _turns(
    raw: str, at: float | None, row: int, names: frozenset[str], speaker: str | None
) -> Iterator[Turn]:
    parts = _VOICE.split(raw)
    if parts[0].strip():
        lines = _lines(parts[0])
        if len(lines) > 1 and all(_DASH.match(line) for line in lines):  # two who aren't named
            for line in lines:
                yield Turn(None, _DASH.sub("", line), at, row)
        else:
            yield from _named(lines, at, row, names, speaker)
    for name, said in zip(parts[1::2], parts[2::2], strict=True):
        yield Turn(html.unescape(name).strip(), " ".join(_lines(said)), at, row)


def _named(
    lines: list[str], at: float | None, row: int, names: frozenset[str], speaker: str | None
) -> Iterator[Turn]:
    """The lines of a cue, parted where a name stands before what is said."""
    name = speaker  # who isn't named again goes on
    said: list[str] = []
    for line in lines:
        found = speaker_of(line, names)
        if found is not None:
            if said:
                yield Turn(name, " ".join(said), at, row)
            name, said = found[0], [found[1]] if found[1] else []
        else:
            said.append(line)
    if said:
        yield Turn(name, " ".join(said), at, row)


def _lines(raw: str) -> list[str]:
    """What is said in a cue, without its tags."""
    text = html.unescape(_TAG.sub("", raw))
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]
