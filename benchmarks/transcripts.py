"""A transcript of 200 pages (10,000 captions) is read, its questions proposed, in two seconds.

python benchmarks/transcripts.py
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path

from infonb import exchange

CUES = 10_000
WORDS = (
    "we did not know what the weather would do and so the whole crew had to wait until late on "
    "every day of that long year"
).split()


def transcript() -> str:
    """Captions as Zoom writes them; the interviewer asks at every twelfth."""
    chance = random.Random(3)
    cues = []
    for n in range(CUES):
        at = f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}"
        said = " ".join(chance.choices(WORDS, k=10))
        who = f"Zoë Quist: {said}" if n % 12 else f"Robin Ash: And what did you do about {said}?"
        cues.append(f"{n}\n{at}.000 --> {at}.900\n{who}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


def main() -> None:
    """Print how long each part takes, and what both cost beside reading the words."""
    text = transcript()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "talk.vtt"
        path.write_text(text, encoding="utf-8")
        started = time.perf_counter()
        for _ in range(10):
            sum(len(line.split()) for line in path.read_text(encoding="utf-8").splitlines())
        words = (time.perf_counter() - started) / 10
        started = time.perf_counter()
        talk = exchange.read_transcript(path)
        read = time.perf_counter() - started
        started = time.perf_counter()
        asked = talk.asked(talk.speakers[0])
        proposed = time.perf_counter() - started
    print(f"{len(talk.turns)} turns read: {read:.2f} s; {len(asked)} questions: {proposed:.2f} s")
    print(f"both: {(read + proposed) / words:.0f} times as long as to part it into words")


if __name__ == "__main__":
    main()
