"""On a Spark cluster of several processes every question has the answer that pandas has."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from infonb.exchange.parquet import write_collected
from infonb.programme import read, release

from .conftest import Cluster, stop

QUESTIONS = (
    "coverage ratings skill_overlap outlook skills agreement confidence expectations"
).split()


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other, rtol=0, atol=1e-9)


def test_both_workers_are_there(session: Any, cluster: Cluster) -> None:
    assert session.sparkContext.master == cluster.address
    found = session.sparkContext.parallelize(range(8), 8).map(lambda n: n * n).sum()
    assert found == sum(n * n for n in range(8))


@pytest.mark.parametrize("by", [None, "term"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_cluster_says_what_pandas_says(
    session: Any, simulated: Path, question: str, by: Any
) -> None:
    expected = getattr(read(simulated), question)(by=by)
    assert len(expected)
    same(getattr(read(simulated, engine="pyspark", session=session), question)(by=by), expected)


def test_what_is_published_is_the_same(session: Any, simulated: Path) -> None:
    expected = release(read(simulated))
    found = release(read(simulated, engine="pyspark", session=session))
    for name, frame in expected.items():
        assert len(frame), name
        same(found[name], frame)


def test_a_programme_of_nobody_has_no_rows(session: Any, tmp_path: Path) -> None:
    write_collected(tmp_path / "class", [])
    programme = read(tmp_path / "class", engine="pyspark", session=session)
    assert len(programme.ratings()) == 0 and len(programme.coverage()) == 0


@pytest.mark.soak
def test_a_worker_is_killed_amid_the_questions(
    session: Any, cluster: Cluster, simulated: Path
) -> None:
    expected = {question: getattr(read(simulated), question)() for question in QUESTIONS}
    programme = read(simulated, engine="pyspark", session=session)

    def kill() -> None:
        time.sleep(2)
        stop(cluster.workers[0])

    threading.Thread(target=kill).start()
    for question, frame in expected.items():
        same(getattr(programme, question)(), frame)
    assert cluster.workers[0].poll() is not None
