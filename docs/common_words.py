"""Make `infonb/privacy/data/common_words.txt`: words that say nobody's name by themselves.

    python docs/common_words.py

The spelling dictionary en_US of Hunspell, made from SCOWL (whose notice stands in the file), says
which words English writes small; SymSpell's list of 82,765 words (MIT) says how usual each is.
Both come as Python packages: ``pip install spylls symspellpy``. Added are the words in which
infonb's own lists of occupations and skills are written.
"""

from __future__ import annotations

import importlib.resources
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
EVERYDAY, ALL = 9_000, 30_000
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "ness", "'s")
HEADER = """\
# Words of English that say nobody's name by themselves, made by docs/common_words.py.
# First those of everyday and of the lists of occupations and skills, then the others,
# then those that English writes with a capital: places, first names.
# The words are those of SCOWL, as in Hunspell's dictionary en_US, Copyright 2000-2019 Kevin
# Atkinson: permission to use, copy, modify, distribute and sell these word lists and what is
# made from them for any purpose is granted without fee, provided that this notice stands in all
# copies; nothing is said about their fitness, they are provided "as is" without warranty. How
# usual they are is from SymSpell's frequency dictionary (MIT licence).
"""


def main() -> None:
    """Write the list."""
    entries = set()
    dictionary = importlib.resources.files("spylls") / "hunspell/data/en/en_US.dic"
    for line in dictionary.read_text(encoding="utf-8").splitlines()[1:]:
        entries.add(line.partition("/")[0])
    usual = [
        line.split()[0]
        for line in (
            importlib.resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
        ).read_text(encoding="utf-8-sig").splitlines()
        if line.strip()
    ]  # fmt: skip

    def is_small(word: str) -> bool:
        stems = [word, *(word.removesuffix(e) for e in ENDINGS if word.endswith(e))]
        stems += [stem + "e" for stem in stems] + [s[:-1] + "y" for s in stems if s.endswith("i")]
        stems += [stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2]]
        return any(len(stem) > 1 and stem in entries for stem in stems)

    words = [word for word in usual if word.isalpha() and is_small(word)]
    # "John", "Hung": also names there; of these, those of everyday stand in WORDS_TOO
    everyday_words = [w for w in words if w.capitalize() not in entries][:EVERYDAY]
    data = ROOT / "infonb/reference/data"
    own: set[str] = set()
    for name in ("skill_phrases.csv", "titles.csv"):
        own.update(re.findall(r"(?<![\w'])[a-z]{2,}(?![\w'])", (data / name).read_text("utf-8")))
    everyday = sorted(own.union(everyday_words))
    others = sorted(set(words[:ALL]).difference(everyday))
    target = ROOT / "infonb/privacy/data/common_words.txt"
    proper = sorted(
        {e.lower() for e in entries if e.istitle() and e.isalpha()}.difference(everyday)
    )
    lists = "\n\n".join(" ".join(words) for words in (everyday, others, proper))
    target.write_text(f"{HEADER}{lists}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
