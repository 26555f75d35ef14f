"""A Spark standalone cluster on this computer: one master, two workers, each a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from infonb.exchange.parquet import write_collected
from sample_data import simulate

WAIT = 90


@dataclass
class Cluster:
    """Where the master is, and its processes."""

    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_for(log: Path, words: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + WAIT
    while words not in log.read_text(encoding="utf-8", errors="replace"):
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")[-2000:]
        assert time.monotonic() < end, f"not said in {WAIT} s: {words}"
        time.sleep(0.2)


def stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=30)


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Starts a part of Spark in a process group of its own, and waits until it says some words."""
    import pyspark

    assert shutil.which("java"), "Needs Java 17: apt-get install openjdk-17-jre-headless"
    home, logs = Path(pyspark.__file__).parent, tmp_path_factory.mktemp("spark")
    settings = {
        **os.environ, "SPARK_HOME": str(home), "SPARK_NO_DAEMONIZE": "1",
        "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable,
    }  # fmt: skip
    running: list[subprocess.Popen[bytes]] = []

    def begin(name: str, words: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = logs / f"{name}-{len(running)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments],
                env=settings, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
                cwd=logs,
            )  # fmt: skip
        running.append(process)
        wait_for(log, words, process)
        return process

    yield begin
    for process in reversed(running):
        stop(process)


@pytest.fixture(scope="session")
def cluster(start: Callable[..., Any]) -> Cluster:
    """A master and two workers of one core each."""
    port = str(free_port())
    start("master.Master", "elected leader", "--host", "127.0.0.1", "--port", port,
          "--webui-port", str(free_port()))  # fmt: skip
    made = Cluster(f"spark://127.0.0.1:{port}")
    for _ in range(2):
        made.workers.append(
            start("worker.Worker", "registered with master", "--cores", "1", "--memory", "1200m",
                  "--host", "127.0.0.1", "--webui-port", str(free_port()), made.address)
        )  # fmt: skip
    return made


@pytest.fixture(scope="session")
def session(cluster: Cluster) -> Iterator[Any]:
    """A Spark session on the cluster."""
    from pyspark.sql import SparkSession

    builder: Any = SparkSession.builder
    made = (
        builder.master(cluster.address)
        .appName("infonb-tests")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.executor.memory", "700m")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    yield made
    made.stop()


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulated programme of a hundred students."""
    place = tmp_path_factory.mktemp("programme") / "a folder [1]"
    write_collected(place, simulate.parts(100))
    return place
