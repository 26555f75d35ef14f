"""Fetching official files from a server: only when asked, and a cut-off costs nothing."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from made_up_release import zipped

import infonb
from infonb import reference
from infonb.reference.official.download import SOURCES, Source, download
from infonb.reference.official.install import update


class Agency(BaseHTTPRequestHandler):
    """A server that may hang up after so many bytes, and can send the rest when asked."""

    content = b""
    cut_after: int | None = None
    knows_ranges = True
    asked: list[str | None] = []  # noqa: RUF012 (one list, looked at by the test)

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.asked.append(wanted)
        start = int(wanted[6:-1]) if wanted and self.knows_ranges else 0
        rest = self.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest if self.cut_after is None else rest[: self.cut_after])
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def agency(release, tmp_path) -> Iterator[str]:
    Agency.content = zipped(tmp_path / "release.zip", release()).read_bytes()
    Agency.cut_after, Agency.knows_ranges, Agency.asked = None, True, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Agency)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/db_31_7_text.zip"
    server.shutdown()
    server.server_close()
    thread.join()


def sources(url: str, checksum: str | None = None) -> dict[str, Source]:
    return {"db_31_7_text.zip": Source(url, "https://example.org/by-hand", checksum)}


def test_a_fetched_release_can_be_installed(home, agency):
    update(download(sources(agency)))
    facts = reference.occupation("17-2141")
    assert facts is not None and facts.growth_pct == -10.0


def test_a_download_cut_off_says_so_and_goes_on_where_it_stopped(home, agency):
    Agency.cut_after = 1000
    with pytest.raises(infonb.InfonbError, match=r"[Gg]et it by hand"):
        download(sources(agency))
    Agency.cut_after = None
    folder = download(sources(agency))
    assert Agency.asked == [None, "bytes=1000-"]
    assert (folder / "db_31_7_text.zip").read_bytes() == Agency.content
    assert not list(folder.glob("*.part"))


def test_a_server_that_knows_no_ranges_sends_all_of_it_again(home, agency):
    Agency.cut_after = 1000
    with pytest.raises(infonb.InfonbError):
        download(sources(agency))
    Agency.cut_after, Agency.knows_ranges = None, False
    folder = download(sources(agency))
    assert (folder / "db_31_7_text.zip").read_bytes() == Agency.content


def test_a_file_that_is_another_one_is_refused_where_a_checksum_is_known(home, agency):
    right = "sha256:" + hashlib.sha256(Agency.content).hexdigest()
    with pytest.raises(infonb.InfonbError, match="isn't the file it should be"):
        download(sources(agency, "sha256:" + "0" * 64))
    assert (download(sources(agency, right)) / "db_31_7_text.zip").exists()


def test_a_server_that_is_not_there_is_said_with_the_page(home):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/db.zip"
        with pytest.raises(infonb.InfonbError, match="could not be fetched"):
            download(sources(url))


def test_nothing_is_fetched_unless_asked(home, release, monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a network call nobody asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    update(release())
    reference.match_title("gizmo engineer")
    reference.occupation("17-2141")
    reference.occupations()


def test_every_address_names_the_page_to_get_the_file_by_hand():
    for name, source in SOURCES.items():
        assert source.url.endswith(Path(name).suffix) and source.page.startswith("https://")
