"""Fetching the official files from the agencies, when asked to and only then.

Downloading by hand and `infonb reference update --from` is the main path: the addresses here are
where the agencies had their files, and nobody has tried them from this program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from infonb.errors import InfonbError
from infonb.reference.official import store

FOLDER = "downloads"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of an agency's.

    Attributes
    ----------
    url : str
    page : str
        Where to download it by hand.
    checksum : str or None
        "sha256:…" where one is known. The agencies publish none, and change a file in place.
    """

    url: str
    page: str
    checksum: str | None = None


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        "db_31_0_text.zip": Source(
            "https://www.onetcenter.org/dl_files/database/db_31_0_text.zip",
            "https://www.onetcenter.org/database.html",
        ),
        "occupation.xlsx": Source(
            "https://www.bls.gov/emp/ind-occ-matrix/occupation.xlsx",
            "https://www.bls.gov/emp/data/occupational-data.htm",
        ),
        "oesm25nat.zip": Source(
            "https://www.bls.gov/oes/special-requests/oesm25nat.zip",
            "https://www.bls.gov/oes/tables.htm",
        ),
    }
)
"""The files by name. The addresses are unverified."""


def download(
    sources: Mapping[str, Source] = SOURCES, say: Callable[[str], None] = lambda words: None
) -> Path:
    """Fetch files into the folder of official data; what was cut off goes on where it stopped.

    A file that is there from before is not fetched again: remove the folder once it is read.

    Parameters
    ----------
    sources : mapping of str to Source
        What to fetch, by the name to keep it under.
    say : callable, optional
        Told what is being done.

    Returns
    -------
    Path
        The folder with the files.

    Raises
    ------
    InfonbError
        When a file can't be fetched whole, with the page to get it from by hand.
    """
    import pooch

    pooch.get_logger().setLevel("WARNING")
    folder = store.folder() / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in sources.items():
        say(f"Fetching {source.url} (an address nobody has verified)")
        part = folder / f"{name}.part"
        try:
            pooch.retrieve(
                source.url, known_hash=source.checksum, fname=name, path=folder,
                downloader=_Resuming(part, say),
            )  # fmt: skip
        except ValueError as error:  # pooch's, where the checksum is another
            part.unlink(missing_ok=True)
            raise InfonbError(
                f"{name} isn't the file it should be: {error} Get it by hand from {source.page}."
            ) from error
        except OSError as error:
            raise InfonbError(
                f"{name} could not be fetched: {error}. Try again, and it goes on where it "
                f"stopped; or get it by hand from {source.page} and run "
                "`infonb reference update --from FILE`."
            ) from error
        part.unlink(missing_ok=True)
    return folder


class _Resuming:
    """A downloader for pooch that keeps what it has and asks for the rest only."""

    def __init__(self, part: Path, say: Callable[[str], None]) -> None:
        self._part = part
        self._say = say

    def __call__(self, url: str, output_file: Any, pooch: Any) -> None:
        import requests

        have = self._part.stat().st_size if self._part.exists() else 0
        headers = {"User-Agent": "infonb (personal use)"}
        if have:
            headers["Range"] = f"bytes={have}-"
        with requests.get(url, headers=headers, stream=True, timeout=30) as answer:
            if have and answer.status_code != 206:
                have = 0  # the server sends all of it again
            if answer.status_code != 416:
                answer.raise_for_status()
                self._keep(answer, have)
        Path(output_file).write_bytes(self._part.read_bytes())

    def _keep(self, answer: Any, have: int) -> None:
        whole = have + int(answer.headers.get("Content-Length", 0))
        told = have
        with self._part.open("ab" if have else "wb") as file:
            for piece in _pieces(answer):
                have += file.write(piece)
                if whole and have - told > whole / 10:
                    told = have
                    self._say(f"  {have / 1e6:.1f} of {whole / 1e6:.1f} MB")
        if whole and have < whole:
            raise OSError(f"it was cut off after {have:,} of {whole:,} bytes")


def _pieces(answer: Any) -> Iterator[bytes]:
    """All bytes that arrive, also the last ones before the line goes dead."""
    from urllib3.exceptions import HTTPError

    with suppress(HTTPError):  # what is missing is seen from the length
        while piece := answer.raw.read1(1 << 16):
            yield piece
