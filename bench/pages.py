#!/usr/bin/env python
"""Server time, queries and weight of every kind of page, at 300, 16,066 and 50,000 datasets.

    bench/pages.py --source FOLDER [--datasets N…] [--rounds 15]

FOLDER holds the real data; without it, that of OPENGOV_SAMPLE_DATA. Pages are asked for in the process with the settings of
production, by a browser that takes gzip. Milliseconds are from request to the last byte, without a network: the median and the
fastest of the rounds, after one to warm up; the CPU's share tells a slow page from a busy machine. Beside each figure with a bar
stands how much of it is used; nothing is asserted.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from portals import ROOT, SEEDED, environment, portal_of

SIZES = [SEEDED, 16_066, 50_000]
BAR_DATASET, BAR_RESULTS, BAR_KILOBYTES, FULL = 25, 500, 40, 16_066
BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
    "Accept-Encoding": "gzip",
}
HEADINGS = ("page", "queries", "ms", "fastest", "CPU ms", "kB", "of the time's bar", "of the weight's bar")


@dataclass(frozen=True)
class Page:
    """An address, and for how many milliseconds it may take, where that is said."""

    label: str
    path: str
    bar: int | None = None


@dataclass(frozen=True)
class Figures:
    queries: int
    milliseconds: float
    fastest: float
    cpu: float
    kilobytes: float


def pages(datasets: int) -> Iterator[Page]:
    """What is measured: the pages of the catalogue, and searches from the broadest to the narrowest."""
    from django.db.models import Count
    from django.urls import reverse

    from accounts.models import Organization
    from datasets.models import Dataset, Resource

    public = Dataset.objects.published()
    results_bar = BAR_RESULTS if datasets <= FULL else None
    organization = Organization.objects.filter(pk__in=public.values("owner_org")).annotate(n=Count("datasets")).order_by("-n")[0]
    common = public.annotate(n=Count("resources")).order_by("-n", "id")
    resource = Resource.objects.published().order_by("id")[0]
    deep = min(100, -(-public.count() // 20))  # a page that there is
    yield Page("front page", "/en/")
    yield Page("front page, French", "/fr/")
    for label, query in (
        ("everything", ""), (f"everything, page {deep}", f"?page={deep}"), ("a broad word", "?q=data"),
        ("a broad word, French", "?q=donn%C3%A9es"), ("two words", "?q=water+quality"), ("a phrase", "?q=%22climate+change%22"),
        ("any ending", "?q=agri*"), ("a misspelt word", "?q=enviromnent"), ("no result", "?q=zzzzqqqq"),
        ("a format and an organization", f"?format=CSV&organization={organization.name}"), ("by title", "?sort=title"),
        ("100 results", "?rows=100"), ("an area", "?box=-80,43,-70,50"), ("dates", "?published_from=2015-01-01"),
    ):  # fmt: skip
        path = "/fr/jeux-de-donnees/" if "French" in label else "/en/datasets/"
        yield Page(f"results: {label}", path + query, results_bar)
    yield Page("dataset", common[len(common) // 2].get_absolute_url(), BAR_DATASET)
    yield Page("dataset with the most resources", common[0].get_absolute_url(), BAR_DATASET)
    yield Page("resource", resource.get_absolute_url())
    yield Page("organizations", "/en/organizations/")
    yield Page("organization", organization.get_absolute_url())
    yield Page("subjects", "/en/subjects/")
    yield Page("subject", reverse("datasets:subject-detail", args=["nature_and_environment"]))
    yield Page("statistics", "/en/statistics/")
    yield Page("feed of the new", "/en/feeds/new.atom")


def measure(page: Page, rounds: int) -> Figures:
    """Ask for the page again and again."""
    from django.db import connection
    from django.test import Client

    client = Client(headers=BROWSER)
    queries, seconds, cpu, weight = [], [], [], 0

    def counted(execute: Any, *arguments: Any) -> Any:
        queries[-1] += 1
        return execute(*arguments)

    with connection.execute_wrapper(counted):
        for _round in range(rounds + 1):
            queries.append(0)
            started, used = time.perf_counter(), time.process_time()
            response = client.get(page.path)
            weight = len(response.getvalue() if response.streaming else response.content)
            seconds.append(time.perf_counter() - started)
            cpu.append(time.process_time() - used)
            if response.status_code != 200:
                raise SystemExit(f"{page.path} answers {response.status_code}.")
    milliseconds = [1000 * each for each in seconds[1:]]
    return Figures(
        queries=round(statistics.median(queries[1:])),
        milliseconds=statistics.median(milliseconds),
        fastest=min(milliseconds),
        cpu=1000 * statistics.median(cpu[1:]),
        kilobytes=weight / 1000,
    )


def line(page: Page, figures: Figures) -> str:
    time_share = f"{figures.milliseconds / page.bar:.0%} of {page.bar} ms" if page.bar else ""
    cells = [
        page.label, str(figures.queries), f"{figures.milliseconds:.1f}", f"{figures.fastest:.1f}", f"{figures.cpu:.1f}",
        f"{figures.kilobytes:.1f}", time_share, f"{figures.kilobytes / BAR_KILOBYTES:.0%}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def measure_here(datasets: int, rounds: int) -> None:
    """Measure the portal that the environment names."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "opengov.settings"
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from datasets.models import Dataset, Resource

    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"\n## {Dataset.objects.count():,} datasets, {Resource.objects.count():,} resources (load {load})\n")
    print(f"| {' | '.join(HEADINGS)} |\n|{' --- |' * len(HEADINGS)}", flush=True)
    for page in pages(datasets):
        print(line(page, measure(page, rounds)), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, default=os.environ.get("OPENGOV_SAMPLE_DATA"), help="folder of the real data")
    parser.add_argument("--datasets", type=int, nargs="+", default=SIZES, help="sizes of the portals (%(default)s)")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        measure_here(options.datasets[0], options.rounds)
        return
    if not options.source and set(options.datasets) != {SEEDED}:
        parser.error("--source names no folder of real data, of which larger portals are made")
    for datasets in options.datasets:
        own = environment(portal_of(datasets, options.source), ALLOWED_HOSTS="testserver")
        command = [sys.executable, __file__, "--here", "--datasets", str(datasets), "--rounds", str(options.rounds)]
        subprocess.run(command, env=own, check=True)


if __name__ == "__main__":
    main()
