#!/usr/bin/env python
"""Import rate and peak memory, on SQLite and on PostgreSQL, each command in a process and a database of its own.

    bench/imports.py --source FOLDER --postgresql postgres://USER:PASSWORD@HOST/DATABASE

FOLDER holds the real data; without it, that of OPENGOV_SAMPLE_DATA. Without --postgresql only SQLite is measured. On the server
named there databases are made and removed again; the one in the address is used for nothing else.

Two catalogues: the 16,066 real datasets as they are (titles and links, no descriptions), and as many full records that
make_catalogue recombines from real parts. Seconds are of the whole process, with its start; CPU is what it used itself, without
the database's server, and tells a slow program from a busy machine; memory is its greatest resident size. The rate includes
version and outbox rows; indexing is a step of its own. The bars are of the real datasets on PostgreSQL; where they are
missed it exits with 1.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
UNION = Path("catalogue/catalogue_union_2026.jsonl.gz")
DATASETS = 16_066
BAR_RATE, BAR_MEGABYTES = 500, 400
TABLES = {
    "datasets_dataset": "datasets",
    "datasets_resource": "resources",
    "datasets_version": "versions",
    "search_outboxentry": "outbox",
}
OWN = {"DEBUG": "0", "SECRET_KEY": "for this run alone", "LOG_LEVEL": "ERROR"}  # with DEBUG, Django keeps what it asks
HEADINGS = ("step", *TABLES.values(), "seconds", "datasets/s", "CPU s", "peak MB", "bar")
Engine = Callable[[str], AbstractContextManager["Portal"]]
Connect = Callable[[], "sqlite3.Connection | psycopg.Connection[tuple[int]]"]


@dataclass(frozen=True)
class Portal:
    """A portal with an empty database and a folder of its own."""

    url: str
    folder: Path
    connect: Connect

    def run(self, *arguments: object) -> tuple[float, float, float]:
        """Run a command of it; seconds, seconds of CPU in the process itself, and peak memory in megabytes."""
        environment = os.environ | OWN | {"DATABASE_URL": self.url, "VAR_DIR": str(self.folder)}
        command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # 1: values were refused, and the rest was taken
            raise SystemExit(f"{' '.join(map(str, arguments))} ended with {process.returncode}.")
        return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024

    def counts(self) -> list[int]:
        with closing(self.connect()) as connection:
            return [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]


@contextmanager
def sqlite_portal(_server: str) -> Iterator[Portal]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "portal.sqlite3"
        yield Portal(f"sqlite:///{path}", Path(folder), lambda: sqlite3.connect(path))


@contextmanager
def postgresql_portal(server: str) -> Iterator[Portal]:
    name = f"opengov_bench_{os.getpid()}"
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with psycopg.connect(server, autocommit=True) as admin, tempfile.TemporaryDirectory() as folder:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield Portal(url, Path(folder), lambda: psycopg.connect(url))
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Table:
    """Prints its lines as they are measured, so that a long run can be watched."""

    def __init__(self, title: str) -> None:
        self.misses = 0
        print(f"\n## {title}\n\n| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}", flush=True)

    def measure(self, portal: Portal, step: str, *arguments: object, has_bar: bool = False) -> None:
        seconds, cpu, megabytes = portal.run(*arguments)
        counts = portal.counts()
        rate = counts[0] / seconds
        verdict = ""
        if has_bar:
            is_met = rate >= BAR_RATE and megabytes < BAR_MEGABYTES
            verdict, self.misses = ("met", self.misses) if is_met else ("MISSED", self.misses + 1)
        figures = [f"{seconds:.1f}", f"{rate:,.0f}", f"{cpu:.1f}", f"{megabytes:.0f}", verdict]
        cells = [step, *(f"{count:,}" for count in counts), *figures]
        print(f"| {' | '.join(cells)} |", flush=True)


def measure_engine(title: str, portal_of: Engine, server: str, source: Path, dump: Path) -> int:
    """Measure both catalogues on one engine; how many bars were missed."""
    table = Table(title)
    with portal_of(server) as portal:
        portal.run("migrate", "-v0")
        table.measure(portal, "import_ckan, as they are", "import_ckan", source / UNION, "--no-index", has_bar=bool(server))
        table.measure(portal, "the same again", "import_ckan", source / UNION, "--no-index")
        table.measure(portal, "rebuild_index", "rebuild_index")
    with portal_of(server) as portal:
        portal.run("migrate", "-v0")
        table.measure(portal, "make_catalogue", "make_catalogue", "--datasets", DATASETS, "--source", source, "--no-index")
        table.measure(portal, "export_ckan", "export_ckan", "--out", dump)
    with portal_of(server) as portal:
        portal.run("migrate", "-v0")
        table.measure(portal, "import_ckan, full records", "import_ckan", dump, "--no-index")
        table.measure(portal, "the same again", "import_ckan", dump, "--no-index")
        table.measure(portal, "rebuild_index", "rebuild_index")
    return table.misses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, default=os.environ.get("OPENGOV_SAMPLE_DATA"), help="folder of the real data")
    parser.add_argument("--postgresql", default="", metavar="URL", help="a server on which databases may be made")
    options = parser.parse_args()
    if not options.source or not (options.source / UNION).exists():
        parser.error(f"--source names no folder that holds {UNION}")
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(
        f"{os.cpu_count()} cores, load {load} at the start. Bars, on PostgreSQL: {BAR_RATE} datasets/s, under {BAR_MEGABYTES} MB."
    )
    misses = 0
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "full.jsonl"
        if options.postgresql:
            misses += measure_engine("PostgreSQL", postgresql_portal, options.postgresql, options.source.resolve(), dump)
        measure_engine("SQLite", sqlite_portal, "", options.source.resolve(), dump)
    sys.exit(1 if misses else 0)


if __name__ == "__main__":
    main()
