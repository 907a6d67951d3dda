#!/usr/bin/env python
"""Lighthouse's four scores of the front page, results and a dataset, in both languages.

    bench/lighthouse.py [--port 8790] [--runs 2] [--pages WORD…]

Gunicorn serves the demonstration with the settings of production, in plain HTTP. Lighthouse comes from npm into `var/bench/node`
(Node 18 or later); the browser is Debian's Chromium. Scores are of a throttled phone, as Lighthouse has it by default, and of
the run with the best performance: what else the machine does only takes away. Audits that cost points are named below the table;
nothing is asserted. A search with words is not among the pages: robots are asked to leave it out, which costs points for SEO.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from portals import ADDRESS, ROOT, SEEDED, environment, portal_of

VERSION = "12.8.2"
BAR = 95
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FIGURES = {"largest-contentful-paint": "LCP", "total-blocking-time": "TBT", "cumulative-layout-shift": "CLS"}
CHROMIUM = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage --disable-sync"
PAGES = {
    "home": "/en/",
    "home, French": "/fr/",
    "results": "/en/datasets/",
    "results, French": "/fr/jeux-de-donnees/",
    "dataset": "/en/datasets/tide-gauge-observed-water-levels/",
    "dataset, French": "/fr/jeux-de-donnees/tide-gauge-observed-water-levels/",
}


def installed(folder: Path) -> Path:
    """Lighthouse's program, fetched from npm the first time."""
    program = folder / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), f"lighthouse@{VERSION}"]
        subprocess.run(command, check=True)
    return program


@contextmanager
def served(portal: Path, port: int) -> Iterator[str]:
    """The portal behind gunicorn, once it answers."""
    address = ADDRESS.format(port=port)
    own = environment(portal, SITE_URL=address, WEB_CONCURRENCY="1", BIND=f"127.0.0.1:{port}")
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], cwd=ROOT, env=own, stderr=subprocess.DEVNULL)
    try:
        for path in ("/healthz", *PAGES.values()):
            _wait_for(address + path)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(url: str) -> None:
    for _try in range(100):
        try:
            urlopen(url).close()
            return
        except URLError:
            time.sleep(0.2)
    raise SystemExit(f"{url} does not answer.")


def best_of(program: Path, url: str, runs: int) -> dict[str, Any]:
    """The report with the best performance; a run in which the browser failed is left out."""
    reports = []
    for _run in range(runs):
        with suppress(subprocess.CalledProcessError):
            reports.append(report_of(program, url))
    if not reports:
        raise SystemExit(f"Lighthouse failed on {url}.")
    return max(reports, key=lambda report: report["categories"]["performance"]["score"] or 0)


def report_of(program: Path, url: str) -> dict[str, Any]:
    command = [str(program), url, "--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={CHROMIUM}"]
    command.append(f"--only-categories={','.join(CATEGORIES)}")
    done = subprocess.run(command, env=os.environ | {"CHROME_PATH": "/usr/bin/chromium"}, capture_output=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def line(label: str, report: dict[str, Any]) -> str:
    scores = [round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES]
    figures = [report["audits"][name]["displayValue"].replace("\u00a0", " ") for name in FIGURES]
    weight = report["audits"]["total-byte-weight"]["numericValue"] / 1000
    verdict = "met" if min(scores) >= BAR else "MISSED"
    return f"| {' | '.join([label, *map(str, scores), *figures, f'{weight:.0f}', verdict])} |"


def losses(report: dict[str, Any]) -> list[str]:
    """The audits that cost points, other than the performance's own measures."""
    weighed = {audit["id"] for name in CATEGORIES for audit in report["categories"][name]["auditRefs"] if audit["weight"]}
    audits = (report["audits"][name] for name in sorted(weighed))
    return [f"{each['title']} ({each['score']})" for each in audits if each["score"] is not None and each["score"] < 0.9]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--runs", type=int, default=2, help="how often each page is looked at (2)")
    parser.add_argument("--pages", nargs="+", metavar="WORD", default=[""], help="only pages whose name holds one of these")
    options = parser.parse_args()
    program = installed(ROOT / "var" / "bench" / "node")
    lost: dict[str, None] = {}
    headings = ("page", *CATEGORIES, *FIGURES.values(), "kB", f"bar {BAR}")
    with served(portal_of(SEEDED), options.port) as address:
        print(f"| {' | '.join(headings)} |\n|{' --- |' * len(headings)}", flush=True)
        for label, path in PAGES.items():
            if any(word in label for word in options.pages):
                report = best_of(program, address + path, options.runs)
                print(line(label, report), flush=True)
                lost |= dict.fromkeys(losses(report))
    if lost:
        print("\nWhat cost points:", *lost, sep="\n- ")


if __name__ == "__main__":
    main()
